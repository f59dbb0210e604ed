"""Reads of attendance: who sits in the council on a day, who was marked how, who is there now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.review.correction_reads import Corrected, corrections_of
from services.review.sessions.attendance_models import Attendance, NamedVote
from services.review.sessions.models import Recusal, Sitting
from services.review.sessions.sitting_workflow import RUNNING, SittingState

PRESENT = "present"
HELD = (*RUNNING, SittingState.SUSPENDED.value, SittingState.ENDED.value)
"""States of a sitting that took place."""


def roll_of(session: Session, sitting_id: UUID) -> dict[UUID, Attendance]:
    """The marks of one sitting by person."""
    statement = select(Attendance).where(Attendance.sitting_id == sitting_id)
    return {row.person_id: row for row in session.scalars(statement)}


def rolls_of(session: Session, sitting_ids: Sequence[UUID]) -> dict[UUID, list[Attendance]]:
    """The marks of some sittings by sitting."""
    found: dict[UUID, list[Attendance]] = {id_: [] for id_ in sitting_ids}
    statement = select(Attendance).where(Attendance.sitting_id.in_(sitting_ids))
    for row in session.scalars(statement.order_by(Attendance.id)):
        found[row.sitting_id].append(row)
    return found


def marked_present(session: Session, sitting_id: UUID) -> int:
    """How many were marked present at the opening of a sitting."""
    return sum(row.mark == PRESENT for row in roll_of(session, sitting_id).values())


def there_now(session: Session, sitting: Sitting) -> int:
    """How many members are in the room; where only a number was recorded, that number."""
    if not sitting.is_named:
        return sitting.present
    return sum(row.is_there for row in roll_of(session, sitting.id).values())


def away(session: Session, sitting: Sitting | None, recused: Sequence[Recusal]) -> int:
    """How many recused members are not in the room, as far as the roll by name can tell."""
    if sitting is None or not sitting.is_named:
        return 0
    known = roll_of(session, sitting.id)
    people = [one.person_id for one in recused if one.person_id is not None]
    return sum(one not in known or not known[one].is_there for one in people)


def count_corrections(session: Session, sittings: Sequence[Sitting]) -> dict[UUID, list[Corrected]]:
    """The corrections of the openings of some sittings, oldest first, by sitting."""
    if not sittings:
        return {}
    told = corrections_of(session, sittings[0].authority, [one.subject for one in sittings])
    return {one.id: told[one.subject] for one in sittings}


def sitting_on(sittings: Sequence[Sitting], on: date) -> Sitting | None:
    """The sitting in which an act of a civil date was done: the last one that took place then."""
    held = [
        one
        for one in sittings
        if one.state in HELD and one.held_on <= on and (one.ended_on is None or on <= one.ended_on)
    ]
    return held[-1] if held else None


def draft_of(sittings: Sequence[Sitting]) -> Sitting | None:
    """The sitting whose roll is being called, if any."""
    return next((one for one in sittings if one.state == SittingState.PLANNED), None)


def running_of(sittings: Sequence[Sitting]) -> Sitting | None:
    """The sitting that was held and has not ended, if any."""
    going = (*RUNNING, SittingState.SUSPENDED.value)
    return next((one for one in sittings if one.state in going), None)


def votes_by_name(session: Session, item_ids: Sequence[UUID]) -> dict[UUID, list[NamedVote]]:
    """How members voted on some items, by item; of a round that was corrected, as it stands now."""
    found: dict[UUID, list[NamedVote]] = {id_: [] for id_ in item_ids}
    newest: dict[tuple[UUID, int], int] = {}
    statement = select(NamedVote).where(NamedVote.item_id.in_(item_ids)).order_by(NamedVote.id)
    for row in session.scalars(statement):
        found[row.item_id].append(row)
        place = (row.item_id, row.round)
        newest[place] = max(newest.get(place, 0), row.revision)
    return {
        item: [one for one in rows if one.revision == newest[item, one.round]]
        for item, rows in found.items()
    }
