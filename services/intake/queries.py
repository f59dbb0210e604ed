"""Reads of intake."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.intake.models import Petition, PetitionPerson
from shared.db.personal import PersonalVault
from shared.errors import NotFound
from shared.web.paging import LARGEST_PAGE, Page, decode_cursor, page_of


@dataclass(frozen=True, kw_only=True)
class NamedPerson:
    """Somebody of a file with the name opened; it never leaves the request that opened it."""

    person_id: UUID
    role: str
    name_arabic: str | None
    name_latin: str | None
    is_erased: bool


def people_of_file(vault: PersonalVault, petition: Petition) -> list[NamedPerson]:
    """The people of a file by name; of one who was erased nothing but the role is left."""
    people = [one for one in petition.people if one.is_active]
    sealed = [text for one in people for text in (one.name_arabic, one.name_latin)]
    clear = vault.reveal_all(sealed)
    return [
        NamedPerson(
            person_id=one.person_id,
            role=one.role,
            name_arabic=arabic,
            name_latin=latin,
            is_erased=bool(one.name_arabic or one.name_latin) and not (arabic or latin),
        )
        for one, arabic, latin in zip(people, clear[::2], clear[1::2], strict=True)
    ]


def petitions_of_person(
    session: Session, authority: str, person: str, cursor: str | None
) -> Page[Petition]:
    """The petitions a person is on, newest first."""
    last = decode_cursor(cursor, UUID)
    statement = (
        select(Petition)
        .join(PetitionPerson)
        .where(
            Petition.authority == authority,
            PetitionPerson.person_id == UUID(person),
            PetitionPerson.is_active,
        )
        .order_by(Petition.id.desc())
        .limit(LARGEST_PAGE + 1)
    )
    if last:
        statement = statement.where(Petition.id < last[0])
    rows = session.scalars(statement).all()
    return page_of(rows, LARGEST_PAGE, keys=lambda row: (str(row.id),))


def petition_of(session: Session, authority: str, petition_id: UUID) -> Petition:
    """One petition; raises ``NotFound``."""
    row = session.scalars(
        select(Petition).where(Petition.id == petition_id, Petition.authority == authority)
    ).one_or_none()
    if row is None:
        raise NotFound("Nothing was found under this id.", kind="petition")
    return row


def petition_by_reference(session: Session, reference: str) -> Petition | None:
    """The petition with this reference, if there is one."""
    return session.scalars(
        select(Petition).where(Petition.reference == reference.strip())
    ).one_or_none()
