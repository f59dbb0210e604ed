"""Reads of corrections: what was corrected on which day, by whom and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from services.review.base import Base
from services.review.corrections import Correction


@dataclass(frozen=True, kw_only=True)
class Corrected:
    """One correction: its civil date, who recorded it in which role, and why.

    ``because`` is None where it is not known any more: the log has its hash, the files its text.
    """

    event_id: UUID
    corrects: UUID
    subject: str
    trigger: str
    corrected_on: date
    author: str
    role: str
    because: str | None
    what: Mapping[str, Any]

    @property
    def marks(self) -> Sequence[Mapping[str, Any]]:
        """The members whose mark on a roll was corrected: person, was, now."""
        marks: Sequence[Mapping[str, Any]] = self.what.get("marks") or ()
        return marks


def corrections_of(
    session: Session, authority: str, subjects: Iterable[str]
) -> dict[str, list[Corrected]]:
    """The corrections of acts on some subjects by subject, oldest first; one statement."""
    found: dict[str, list[Corrected]] = {one: [] for one in subjects}
    history = Base.plumbing.history
    statement = (
        select(history, Correction.because)
        .outerjoin(Correction, Correction.event_id == history.c.event_id)
        .where(
            history.c.authority == authority,
            history.c.subject.in_(found),
            history.c.corrects.is_not(None),
        )
        .order_by(history.c.sequence)
    )
    for row in session.execute(statement):
        found[row.subject].append(_corrected(row))
    return found


def _corrected(row: Row[Any]) -> Corrected:
    return Corrected(
        event_id=row.event_id,
        corrects=row.corrects,
        subject=row.subject,
        trigger=row.trigger,
        corrected_on=row.acted_on,
        author=row.actor_id,
        role=row.actor_role,
        because=row.because,
        what=row.what,
    )
