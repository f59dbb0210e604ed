"""Sittings and their rolls as their events tell them, for a fill from the log."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID

from services.review.sessions import attendance
from services.review.sessions.actions import rectifying_counts, rectifying_rolls, sittings
from services.review.sessions.actions.rectifying_rolls import Entered
from services.review.sessions.actions.roll import Mark
from services.review.sessions.attendance_models import Attendance
from services.review.sessions.models import CouncilSession, Sitting
from shared.events.envelope import Envelope
from shared.recall import EarlierMissing
from shared.unit_of_work import UnitOfWork

LEFT, ARRIVED = "left", "arrived"


def recall_sitting(uow: UnitOfWork, sitting: Sitting, told: Envelope) -> None:
    """Bring back what an event says of a sitting beside its snapshot."""
    step = _STEPS.get(told.type.split(".")[1])
    if step is not None:
        step(uow, sitting, told)


def _opened(uow: UnitOfWork, sitting: Sitting, told: Envelope) -> None:
    """Bring back the count and the roll; events of before the roll travelled have none."""
    if sitting.call:
        sitting.number = sitting.call
        sittings.quorum_by_the_rules(uow, _session_of(uow, sitting), sitting)
    roll = told.data.what.get("roll")
    sitting.is_named = roll is not None
    for one in roll or ():
        by = Entered(who=one["recorded_by"], at=datetime.fromisoformat(one["recorded_at"]))
        mark = Mark(person=UUID(one["person"]), mark=one["mark"])
        rectifying_rolls.enter(uow, sitting, [mark], moved={}, by=by)


def _changed(uow: UnitOfWork, sitting: Sitting, told: Envelope) -> None:
    """Bring back that a member came, left, or was excused."""
    said = told.data.what
    person, change = UUID(said["person"]), said["change"]
    row = attendance.roll_of(uow.session, sitting.id).get(person)
    if row is None:
        row = Attendance(
            authority=told.authority,
            sitting_id=sitting.id,
            person_id=person,
            mark="unexcused",
            is_there=False,
            recorded_by=told.actorid,
            recorded_at=told.time,
        )
        uow.session.add(row)
    if change in {ARRIVED, LEFT}:
        row.is_there = change == ARRIVED
    else:
        row.mark = change


def _rectified(uow: UnitOfWork, sitting: Sitting, told: Envelope) -> None:
    """Bring back the count as it was corrected, and the members who were entered wrongly."""
    rectifying_counts.count_again(uow, _session_of(uow, sitting), sitting)
    marks = [
        Mark(person=UUID(one["person"]), mark=one["now"]) for one in told.data.what.get("marks", ())
    ]
    moved = rectifying_rolls.moved_in(uow, sitting)
    by = Entered(who=told.actorid, at=told.time)
    rectifying_rolls.enter(uow, sitting, marks, moved=moved, by=by)


def _session_of(uow: UnitOfWork, sitting: Sitting) -> CouncilSession:
    found = uow.session.get(CouncilSession, sitting.session_id)
    if found is None:
        raise EarlierMissing("An earlier event of %(subject)s is missing.", subject=sitting.subject)
    return found


_STEPS: Mapping[str, Callable[[UnitOfWork, Sitting, Envelope], None]] = {
    "quorum_met": _opened,
    "quorum_failed": _opened,
    "opened": _opened,
    "attendance_changed": _changed,
    "rectified": _rectified,
}
