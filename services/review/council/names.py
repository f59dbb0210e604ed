"""The names of the council's members: sealed where they are kept, shown to the council's people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.review.council.models import MemberName
from shared.db.personal import PersonalVault
from shared.unit_of_work import UnitOfWork

PURPOSE = "council-member"


@dataclass(frozen=True, kw_only=True)
class Name:
    """A person's name in Arabic and in Latin letters; either may be missing."""

    ar: str | None = None
    latin: str | None = None


NO_NAME = Name()


def set_name(uow: UnitOfWork, person: UUID, name: Name) -> MemberName:
    """Keep a member's name, in place of the one before."""
    row = uow.session.get(MemberName, (uow.authority, person))
    if row is None:
        row = MemberName(authority=uow.authority, person_id=person)
        uow.session.add(row)
    row.name_ar = _sealed(uow, person, name.ar)
    row.name_latin = _sealed(uow, person, name.latin)
    return row


def names_of(
    session: Session, vault: PersonalVault, authority: str, people: Iterable[UUID]
) -> Mapping[UUID, Name]:
    """The names of some members by person id; two statements for all of them.

    A person without a kept name, or whose name was erased, has an empty one.
    """
    wanted = set(people)
    statement = select(MemberName).where(
        MemberName.authority == authority, MemberName.person_id.in_(wanted)
    )
    rows = session.scalars(statement).all()
    clear = vault.reveal_all([text for row in rows for text in (row.name_ar, row.name_latin)])
    pairs = zip(clear[::2], clear[1::2], strict=True)
    known = {
        row.person_id: Name(ar=ar, latin=latin)
        for row, (ar, latin) in zip(rows, pairs, strict=True)
    }
    return {person: known.get(person, NO_NAME) for person in wanted}


def _sealed(uow: UnitOfWork, person: UUID, text: str | None) -> str | None:
    return uow.vault.seal(person, PURPOSE, text) if text else None
