"""Reads of corrections: what was corrected on which day, by whom and why, for pages and minutes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from services.review.base import Base
from services.review.correction_schemas import CorrectionOut
from services.review.corrections import Correction
from services.review.council.names import names_of
from shared.db.personal import PersonalVault


@dataclass(frozen=True, kw_only=True)
class Corrected:
    """One correction: its civil date, who recorded it in which role, and why.

    ``because`` is None where it is not known any more: reasons do not come back from the log.
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


def shown(
    session: Session, vault: PersonalVault, authority: str, subjects: Iterable[str]
) -> list[dict[str, Any]]:
    """The same for a page, in the order of the subjects, with the names of their authors."""
    found = corrections_of(session, authority, subjects)
    told = [one for rows in found.values() for one in rows]
    people = {one.author for one in told} | {mark["person"] for one in told for mark in one.marks}
    names = _names(session, vault, authority, people)
    dump = CorrectionOut().dump
    return [
        dump(
            {
                **vars(one),
                "author": {"person": one.author, "role": one.role, **names[one.author]},
                "marks": [{**mark, **names[mark["person"]]} for mark in one.marks],
            }
        )
        for one in told
    ]


def explained(
    session: Session, vault: PersonalVault, authority: str, acts: Sequence[Row[Any]]
) -> list[dict[str, Any]]:
    """Acts of a timeline; one that corrects another has its author and reason beside it.

    ``is_corrected`` says that a later act of the list corrects this one.
    """
    said = {row.event_id for row in acts if row.corrects}
    because = _reasons(session, said) if said else {}
    names = _names(session, vault, authority, {row.actor_id for row in acts if row.corrects})
    corrected = {row.corrects for row in acts if row.corrects}
    return [
        {
            **row._mapping,
            "is_corrected": row.event_id in corrected,
            "because": because.get(row.event_id),
            "author": _author(row, names) if row.corrects else None,
        }
        for row in acts
    ]


def _reasons(session: Session, events: Iterable[UUID]) -> dict[UUID, str]:
    statement = select(Correction.event_id, Correction.because)
    rows = session.execute(statement.where(Correction.event_id.in_(list(events))))
    return {row.event_id: row.because for row in rows}


def _names(
    session: Session, vault: PersonalVault, authority: str, people: Collection[str]
) -> dict[str, dict[str, Any]]:
    """The names of some members by id, in both scripts; no statement where there is nobody."""
    if not people:
        return {}
    names = names_of(session, vault, authority, map(UUID, people))
    return {one: {"ar": names[UUID(one)].ar, "latin": names[UUID(one)].latin} for one in people}


def _author(row: Row[Any], names: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    return {"person": row.actor_id, "role": row.actor_role, **names[row.actor_id]}


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
