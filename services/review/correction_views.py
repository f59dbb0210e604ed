"""Corrections as the interface shows them beside what they correct: with author and reason."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from services.review.correction_reads import corrections_of
from services.review.correction_schemas import CorrectionOut
from services.review.corrections import Correction
from services.review.council.names import names_of
from shared.db.personal import PersonalVault


def shown(
    session: Session, vault: PersonalVault, authority: str, subjects: Iterable[str]
) -> list[dict[str, Any]]:
    """The corrections of acts on some subjects, in their order, with the names of their authors."""
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
