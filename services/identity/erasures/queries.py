"""Reads of erasures."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, not_, select
from sqlalchemy.orm import Session

from services.identity.erasures.accounts import holds_role
from services.identity.erasures.models import Erasure
from services.identity.erasures.workflow import ErasureState
from services.identity.memberships.models import Membership
from shared.web.paging import LARGEST_PAGE, Page, decode_cursor, page_of

UNDER_WAY = (ErasureState.REQUESTED.value, ErasureState.WAITING.value)
OFFICE = "mandate/"
"""What the source of a membership begins with, when it follows an office of the council."""


def is_asked(session: Session, authority: str, person: UUID) -> bool:
    """Whether a request for this person is under way."""
    return _is_any(session, authority, person, Erasure.state.in_(UNDER_WAY))


def is_erased(session: Session, authority: str, person: UUID) -> bool:
    """Whether the authority erased what it had of this person."""
    return _is_any(session, authority, person, Erasure.state == ErasureState.DONE.value)


def held_an_office(session: Session, authority: str, person: UUID) -> bool:
    """Whether the person holds, or held, an office of the council, whose acts name them."""
    statement = select(Membership.id).where(
        Membership.authority == authority,
        Membership.person_id == person,
        Membership.source.startswith(OFFICE, autoescape=True),
    )
    return session.scalars(statement.limit(1)).first() is not None


def erasures_of(
    session: Session, authority: str, *, people: list[UUID] | None, cursor: str | None
) -> Page[Erasure]:
    """The requests of an authority, of some people or (None) of all, newest first."""
    last = decode_cursor(cursor, UUID)
    statement = select(Erasure).where(Erasure.authority == authority)
    if people is not None:
        statement = statement.where(Erasure.person_id.in_(people))
    if last:
        statement = statement.where(Erasure.id < last[0])
    rows = session.scalars(statement.order_by(Erasure.id.desc()).limit(LARGEST_PAGE + 1)).all()
    return page_of(rows, LARGEST_PAGE, keys=lambda row: (str(row.id),))


def accounts_due(session: Session, authority: str, today: date) -> list[UUID]:
    """The erasures that waited for the end of a role, now that the person holds none."""
    statement = select(Erasure.id).where(
        Erasure.authority == authority,
        Erasure.state == ErasureState.WAITING.value,
        Erasure.names_settled,
        not_(holds_role(Erasure.person_id, authority=authority, today=today)),
    )
    return list(session.scalars(statement.order_by(Erasure.id)).all())


def _is_any(session: Session, authority: str, person: UUID, condition: ColumnElement[bool]) -> bool:
    statement = select(Erasure.id).where(
        Erasure.authority == authority, Erasure.person_id == person, condition
    )
    return session.scalars(statement.limit(1)).first() is not None
