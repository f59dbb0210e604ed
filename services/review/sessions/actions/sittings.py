"""The count at the opening of a sitting: by number (``record_sitting``), by roll (``declare``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from services.review.council.office import check_office
from services.review.council.queries import members_in_office
from services.review.sessions import attendance, queries, rules
from services.review.sessions.actions import roll
from services.review.sessions.actions.roll import Mark
from services.review.sessions.models import CouncilSession, Sitting
from services.review.sessions.notice_queries import failures_of
from services.review.sessions.sitting_workflow import SittingState
from services.review.sessions.state import SESSION_WORKFLOW, SITTING_WORKFLOW
from shared.errors import GuardRefused
from shared.events.envelope import instant_text
from shared.events.sessions import SessionOpened
from shared.events.sittings import QuorumFailed, QuorumMet, SittingOpened
from shared.events.votes import RollMark
from shared.law.model import LANGUAGES
from shared.law.quorum import Quorum
from shared.unit_of_work import UnitOfWork
from shared.workflow import Act, move


@dataclass(frozen=True, kw_only=True)
class Opening:
    """What the secretary of the sitting counted; dates are civil dates in the authority's zone.

    ``call`` is 0 for a sitting after the opening one. ``called_on`` is when the second call was
    sent (article 42); other calls need none. With ``marks`` the members are counted by name.
    """

    call: int
    present: int
    held_on: date
    called_on: date | None = None
    marks: Sequence[Mark] = field(default=())


def record_sitting(
    uow: UnitOfWork, session: CouncilSession, opening: Opening, *, late_reason: str | None = None
) -> Sitting:
    """Record the count at an opening, with the members in office on that day (article 42).

    Met: the session opens. Failed: a further call follows. Raises ``LawError`` on ``present`` when
    more were counted than are in office.
    """
    roll.check_held_on(uow, opening.held_on)
    roll.check_call_sent(session, opening.call, opening.called_on)
    check_office(uow, opening.held_on)
    before = queries.sittings_of(uow.session, session.id)
    if attendance.draft_of(before):
        raise GuardRefused(
            "The roll of a sitting is being called: declare it first.", article=roll.ARTICLE
        )
    sitting = roll.drafted(
        uow,
        session,
        call=opening.call,
        held_on=opening.held_on,
        called_on=opening.called_on,
        before=before,
    )
    sitting.present, sitting.is_named = opening.present, bool(opening.marks)
    uow.add(sitting)
    for one in opening.marks:
        roll.mark(uow, sitting, one)
    return _count(uow, session, sitting, late_reason=late_reason)


def declare(uow: UnitOfWork, session: CouncilSession, *, late_reason: str | None = None) -> Sitting:
    """Close the roll of a session (locked by the caller) and count it.

    Raises ``GuardRefused`` where no roll is being called.
    """
    draft = attendance.draft_of(queries.sittings_of(uow.session, session.id))
    if draft is None:
        raise GuardRefused("No roll is being called in this session.", article=roll.ARTICLE)
    sitting = uow.get(Sitting, draft.id)
    check_office(uow, sitting.held_on)
    return _count(uow, session, sitting, late_reason=late_reason)


def _count(
    uow: UnitOfWork, session: CouncilSession, sitting: Sitting, *, late_reason: str | None
) -> Sitting:
    """Move the sitting by its count, and the session with it."""
    if sitting.is_named:
        uow.session.flush()
        sitting.present = attendance.marked_present(uow.session, sitting.id)
    sitting.in_office = members_in_office(uow.session, uow.authority, sitting.held_on)
    said: dict[str, Any] = {"acted_on": sitting.held_on, "late_reason": late_reason}
    facts = _facts(uow, session, sitting)
    if sitting.call == 0:
        what = SittingOpened(roll=_told_roll(uow, sitting))
        move(SITTING_WORKFLOW, sitting, "open", uow, Act(what=what, facts=facts, **said))
        return sitting
    counted = quorum_by_the_rules(uow, session, sitting)
    event = QuorumMet if counted.met else QuorumFailed
    done = event(roll=_told_roll(uow, sitting), called_on=sitting.called_on)
    trigger = "meet_quorum" if counted.met else "fail_quorum"
    move(SITTING_WORKFLOW, sitting, trigger, uow, Act(what=done, facts=facts, **said))
    if counted.met:
        session.opened_on = sitting.held_on
        opened = SessionOpened(sitting=str(sitting.id))
        unsettled = [one for one in failures_of(uow.session, session.id) if one.is_open]
        act = Act(what=opened, facts={"is_met": True, "failed_notices": unsettled}, **said)
        move(SESSION_WORKFLOW, session, "open", uow, act)
    return sitting


def _told_roll(uow: UnitOfWork, sitting: Sitting) -> list[RollMark] | None:
    """How each member was entered, by person id; None where they were counted by number."""
    if not sitting.is_named:
        return None
    known = attendance.roll_of(uow.session, sitting.id)
    return [
        RollMark(
            person=str(row.person_id),
            mark=row.mark,
            recorded_by=row.recorded_by,
            recorded_at=instant_text(row.recorded_at),
        )
        for _person, row in sorted(known.items())
    ]


def quorum_by_the_rules(uow: UnitOfWork, session: CouncilSession, sitting: Sitting) -> Quorum:
    """The quorum by the rules of the day, kept with the sitting for its minutes."""
    counted = rules.quorum_of(
        uow.profile,
        session,
        sitting.held_on,
        in_office=sitting.in_office,
        present=sitting.present,
        call=sitting.call,
    )
    sitting.needed, sitting.article = counted.needed, counted.article
    sitting.calculation = {code: counted.explanation[code] for code in LANGUAGES}
    return counted


def _facts(uow: UnitOfWork, session: CouncilSession, sitting: Sitting) -> dict[str, Any]:
    rows = queries.sittings_of(uow.session, session.id)
    before = [one for one in rows if one.state != SittingState.PLANNED]
    return {
        "on": sitting.held_on,
        "session_state": session.state,
        "session_kind": session.session_kind,
        "opened_on": session.opened_on,
        "last_day": rules.last_day(uow.profile, session),
        "calls_before": len(before),
        "ends_before": [one.ended_on for one in before if one.state in attendance.HELD],
        "is_governors": session.called_by == "governor",
        **_days_of(uow, session, sitting, before=before),
    }


def _days_of(
    uow: UnitOfWork, session: CouncilSession, sitting: Sitting, *, before: Sequence[Sitting]
) -> dict[str, Any]:
    """When this call may be sent and its sitting held, each as first and last day.

    Where the call before it is not recorded, ``call_follows`` refuses first and no day matters.
    """
    always = (date.min, date.max)
    days = {"called_between": always, "held_between": always}
    if sitting.call == 1:
        days["held_between"] = (session.opens_on, session.opens_on)
    elif (
        sitting.call == 2
        and len(before) == 1
        and (day := rules.governor_second_meeting(uow.profile, session, before[0]))
    ):
        days["held_between"] = (day.due_on, day.due_on)
    elif sitting.call == 2 and len(before) == 1:
        earliest, latest = rules.second_call_window(uow.profile, before[0])
        days["called_between"] = (earliest.due_on, latest.due_on)
        days["held_between"] = (sitting.called_on or date.max, date.max)
    elif sitting.call == 3 and len(before) == 2:
        third = rules.third_meeting(uow.profile, before[1]).due_on
        days["held_between"] = (third, third)
    return days
