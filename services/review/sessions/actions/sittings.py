"""The opening of a session: who was there, and whether that is the quorum (``record_sitting``)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from services.review.council.office import check_office
from services.review.council.queries import members_in_office
from services.review.sessions import queries, rules
from services.review.sessions.models import CouncilSession, Sitting
from services.review.sessions.state import SESSION_WORKFLOW, SITTING_WORKFLOW
from services.review.sessions.workflow import SittingState
from shared.errors import InvalidInput
from shared.events.sessions import QuorumFailed, QuorumMet, SessionOpened
from shared.law.quorum import Quorum, quorum
from shared.unit_of_work import UnitOfWork
from shared.workflow import Act, move


@dataclass(frozen=True, kw_only=True)
class Opening:
    """What the secretary of the sitting counted; dates are civil dates in the authority's zone.

    ``called_on`` is when the second call was sent (articles 42); other calls need none.
    """

    call: int
    present: int
    held_on: date
    called_on: date | None = None


def record_sitting(
    uow: UnitOfWork, session: CouncilSession, opening: Opening, *, late_reason: str | None = None
) -> Sitting:
    """Record the count at an opening, with the members in office on that day (article 42).

    Met: the session opens. Failed: a further call follows. Raises ``LawError`` on ``present`` when
    more were counted than are in office.
    """
    _check_dates(uow, opening)
    check_office(uow, opening.held_on)
    in_office = members_in_office(uow.session, uow.authority, opening.held_on)
    pack = rules.pack_for(uow.profile, opening.held_on)
    counted = quorum(pack, in_office, opening.present, opening.call)
    before = queries.sittings_of(uow.session, session.id)
    sitting = _sitting(session, opening, counted=counted, in_office=in_office)
    facts = {
        "session_state": session.state,
        "calls_before": len(before),
        **_days_of(uow, session, opening, before=before),
    }
    uow.add(sitting)
    trigger, what = ("meet_quorum", QuorumMet()) if counted.met else ("fail_quorum", QuorumFailed())
    said: dict[str, Any] = {"acted_on": opening.held_on, "late_reason": late_reason}
    move(SITTING_WORKFLOW, sitting, trigger, uow, Act(what=what, facts=facts, **said))
    if counted.met:
        session.opened_on = opening.held_on
        opened = SessionOpened(sitting=str(sitting.id))
        is_met = {"is_met": True}
        move(SESSION_WORKFLOW, session, "open", uow, Act(what=opened, facts=is_met, **said))
    return sitting


def _check_dates(uow: UnitOfWork, opening: Opening) -> None:
    if opening.held_on > uow.today:
        raise InvalidInput(
            "A sitting is recorded once it was held; today is %(today)s.",
            field="held_on",
            remedy="Give the day on which it was held.",
            today=uow.today,
        )
    if opening.call == 2 and opening.called_on is None:
        raise InvalidInput(
            "A second call has the day on which it was sent.",
            field="called_on",
            remedy="Give the day on which the second call was sent.",
        )


def _sitting(
    session: CouncilSession, opening: Opening, *, counted: Quorum, in_office: int
) -> Sitting:
    return Sitting(
        state=SittingState.PLANNED.value,
        session_id=session.id,
        call=opening.call,
        called_on=opening.called_on,
        held_on=opening.held_on,
        in_office=in_office,
        present=opening.present,
        needed=counted.needed,
    )


def _days_of(
    uow: UnitOfWork, session: CouncilSession, opening: Opening, *, before: list[Sitting]
) -> dict[str, Any]:
    """When this call may be sent and its sitting held, each as first and last day.

    Where the call before it is not recorded, ``call_follows`` refuses first and no day matters.
    """
    always = (date.min, date.max)
    days = {"called_between": always, "held_between": always}
    if opening.call == 1:
        days["held_between"] = (session.opens_on, session.opens_on)
    elif opening.call == 2 and len(before) == 1:
        earliest, latest = rules.second_call_window(uow.profile, before[0])
        days["called_between"] = (earliest.due_on, latest.due_on)
        days["held_between"] = (opening.called_on or date.max, date.max)
    elif opening.call == 3 and len(before) == 2:
        day = rules.third_meeting(uow.profile, before[1]).due_on
        days["held_between"] = (day, day)
    return days
