"""The recorded day of a call, a notice or the governor's receipt corrected by a new act."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.review import corrections
from services.review.council.office import check_office
from services.review.kept_texts import hash_of
from services.review.sessions import rules
from services.review.sessions.models import CouncilSession
from services.review.sessions.state import SESSION_WORKFLOW
from shared.errors import InvalidInput
from shared.events.corrections import SessionRectified
from shared.unit_of_work import UnitOfWork
from shared.workflow import Act, move

DATES = {
    "call": "agenda_to_governor_on",
    "convene": "notice_to_members_on",
    "note_receipt": "governor_received_on",
}
"""The act whose day is corrected -> where the session keeps it."""


def rectify_date(
    uow: UnitOfWork, session: CouncilSession, *, of: str, day: date, because: str, **act: Any
) -> CouncilSession:
    """Correct the day of an act around a session (locked by the caller); ``because`` stays inside.

    Raises ``IllegalMove`` where the act is not recorded, ``GuardRefused`` without a second person
    or for a day that the law does not allow, ``InvalidInput`` for one that has not come.
    """
    check_office(uow, act.get("acted_on") or uow.today)
    old = corrections.old_act(uow, session, (of, f"rectify_{of}"))
    was: date = getattr(session, DATES[of])
    _check(uow, day, was=was)
    setattr(session, DATES[of], day)
    latest = _latest(uow, session, of)
    facts = {**old.facts(uow), "on": day, "latest": latest, "received_on": day}
    what = SessionRectified(
        act=of, was=was, now=day, latest_on=latest, reason_sha256=hash_of(because)
    )
    done = Act(what=what, corrects=old.event_id, facts=facts, **act)
    told = move(SESSION_WORKFLOW, session, f"rectify_{of}", uow, done)
    corrections.keep_reason(uow, told, because)
    return session


def _latest(uow: UnitOfWork, session: CouncilSession, of: str) -> date | None:
    """The last day that the law gives the act; None where it gives none."""
    steps = rules.steps_before(uow.profile, session)
    step = {"call": steps.agenda, "convene": steps.notice}.get(of)
    return step.due_on if step else None


def _check(uow: UnitOfWork, day: date, *, was: date) -> None:
    if day > uow.today or day == was:
        raise InvalidInput(
            "The corrected day is another than the recorded one, and not after today, %(today)s.",
            field="day",
            remedy="Give the day on which it was done.",
            today=uow.today,
        )
