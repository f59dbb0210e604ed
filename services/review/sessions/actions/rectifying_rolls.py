"""The roll of a sitting corrected by a new act: who was there at the opening, member by member.

The old marks stay in the history of the sitting; the quorum is worked out again from the new ones.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from services.review.council.office import check_office
from services.review.sessions import attendance
from services.review.sessions.actions import roll
from services.review.sessions.actions.rectifying_counts import (
    Recount,
    recount,
    sitting_of,
    voted_in,
)
from services.review.sessions.actions.roll import LEFT, Mark
from services.review.sessions.attendance_models import Attendance
from services.review.sessions.models import CouncilSession, Sitting
from shared.errors import InvalidInput
from shared.events.corrections import MarkRectified
from shared.unit_of_work import UnitOfWork

ARRIVED = "arrived"


@dataclass(frozen=True, kw_only=True)
class Entered:
    """Who entered a mark, by id, and the instant at which it was written."""

    who: str
    at: datetime


def rectify_roll(
    uow: UnitOfWork,
    session: CouncilSession,
    *,
    sitting_id: UUID,
    marks: Sequence[Mark],
    because: str,
    **act: Any,
) -> Sitting:
    """Correct how members were entered at the opening (session locked by the caller).

    ``because`` stays inside. Who is in the room follows, unless the member came or left later.
    Raises ``InvalidInput`` for who is not in office and where nothing changes, ``GuardRefused`` for
    who voted by name, without a second person, where the quorum or a result would change, and once
    a decision went to the governor.
    """
    check_office(uow, act.get("acted_on") or uow.today)
    sitting = sitting_of(uow, session, sitting_id, is_named=True)
    known = attendance.roll_of(uow.session, sitting.id)
    changed = _changed(uow, sitting, marks, known)
    moved = moved_in(uow, sitting)
    entered = [Mark(person=UUID(one.person), mark=one.now) for one in changed]
    enter(uow, sitting, entered, moved=moved, by=Entered(who=uow.actor.id, at=uow.recorded_at))
    after = attendance.roll_of(uow.session, sitting.id)
    there = {person for person, row in after.items() if row.mark == attendance.PRESENT}
    came = {person for person, changes in moved.items() if ARRIVED in changes}
    right = Recount(
        present=len(there),
        ever_there=len(there | came),
        marks=changed,
        absent_voters=_voters(uow, session, sitting) - there - came,
    )
    return recount(uow, session, sitting, right, because=because, **act)


def enter(
    uow: UnitOfWork,
    sitting: Sitting,
    marks: Sequence[Mark],
    *,
    moved: Mapping[UUID, Sequence[str]],
    by: Entered,
) -> None:
    """Enter the right marks of members; ``moved`` says who came or left later (``moved_in``)."""
    known = attendance.roll_of(uow.session, sitting.id)
    for one in marks:
        row = known.get(one.person) or Attendance(
            authority=uow.authority, sitting_id=sitting.id, person_id=one.person
        )
        uow.session.add(row)
        steps = moved.get(one.person)
        row.mark = one.mark
        row.is_there = steps[-1] == ARRIVED if steps else one.mark == attendance.PRESENT
        row.recorded_by, row.recorded_at = by.who, by.at
    uow.session.flush()


def _changed(
    uow: UnitOfWork, sitting: Sitting, marks: Sequence[Mark], known: Mapping[UUID, Attendance]
) -> list[MarkRectified]:
    """The marks that were wrong; raises ``InvalidInput`` where there is none, or one twice."""
    if len({one.person for one in marks}) < len(marks):
        raise InvalidInput(
            "A member stands on a roll once.",
            field="attendance",
            remedy="Enter each member once.",
            article=roll.ARTICLE,
        )
    found = []
    for one in marks:
        roll.check_member(uow, one.person, on=sitting.held_on)
        roll.check_mark(uow, one.mark, on=sitting.held_on)
        was = known[one.person].mark if one.person in known else None
        if was != one.mark:
            found.append(MarkRectified(person=str(one.person), was=was, now=one.mark))
    if not found:
        raise InvalidInput(
            "These members are entered so already.",
            field="attendance",
            remedy="Choose how the member should have been entered.",
            article=roll.ARTICLE,
        )
    return found


def moved_in(uow: UnitOfWork, sitting: Sitting) -> dict[UUID, list[str]]:
    """Who came and left after the opening, by person, in order."""
    history = uow.base.plumbing.history
    rows = uow.session.scalars(
        select(history.c.what)
        .where(history.c.subject == sitting.subject, history.c.trigger == "change_attendance")
        .order_by(history.c.sequence)
    )
    found: dict[UUID, list[str]] = {}
    for what in rows:
        if what["change"] in {ARRIVED, LEFT}:
            found.setdefault(UUID(what["person"]), []).append(what["change"])
    return found


def _voters(uow: UnitOfWork, session: CouncilSession, sitting: Sitting) -> set[UUID]:
    """Who voted by name in a sitting, by the votes as they stand."""
    items = [item.id for item in voted_in(uow, session, sitting)]
    votes = attendance.votes_by_name(uow.session, items)
    return {one.person_id for item in items for one in _last_round(votes[item])}


def _last_round(votes: Sequence[Any]) -> list[Any]:
    last = max((one.round for one in votes), default=0)
    return [one for one in votes if one.round == last]
