"""Reads of memberships: the list for operators, and the roles that a token may carry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from services.identity.authorities.models import Authority
from services.identity.memberships.models import Membership
from services.identity.memberships.workflow import MembershipState
from shared.web.paging import LARGEST_PAGE, Page, decode_cursor, page_of


@dataclass(frozen=True, kw_only=True)
class Roles:
    """The roles of a person on a day; ``scopes`` limits some of them to ids."""

    roles: list[str]
    scopes: dict[str, list[str]]


def list_memberships(session: Session, authority: str, cursor: str | None) -> Page[Membership]:
    """Every membership of an authority, newest first."""
    last = decode_cursor(cursor, UUID)
    statement = (
        select(Membership)
        .where(Membership.authority == authority)
        .order_by(Membership.id.desc())
        .limit(LARGEST_PAGE + 1)
    )
    if last:
        statement = statement.where(Membership.id < last[0])
    rows = session.scalars(statement).all()
    return page_of(rows, LARGEST_PAGE, keys=lambda row: (str(row.id),))


def in_force(session: Session, authority: str, person: UUID, day: date) -> Sequence[Membership]:
    """The memberships of a person that hold on a civil date of the authority."""
    return session.scalars(
        select(Membership)
        .where(
            Membership.authority == authority,
            Membership.person_id == person,
            Membership.state == MembershipState.GRANTED.value,
            Membership.from_on <= day,
            or_(Membership.until_on.is_(None), Membership.until_on >= day),
        )
        .order_by(Membership.role, Membership.scope)
    ).all()


def roles_on(session: Session, authority: str, person: UUID, day: date) -> Roles:
    """The roles of a person on a civil date of the authority, and the ids they are limited to."""
    held = in_force(session, authority, person, day)
    scopes: dict[str, list[str]] = {}
    for membership in held:
        if membership.scope is not None:
            scopes.setdefault(membership.role, []).append(membership.scope)
    return Roles(roles=sorted({membership.role for membership in held}), scopes=scopes)


def authorities_of(session: Session, person: UUID, moment: datetime) -> list[str]:
    """The codes of the authorities in which a person has a role at ``moment``."""
    candidates = session.scalars(
        select(Authority)
        .where(
            Authority.authority.in_(
                select(Membership.authority).where(Membership.person_id == person)
            )
        )
        .order_by(Authority.authority)
    ).all()
    return [
        one.authority
        for one in candidates
        if in_force(session, one.authority, person, one.today(moment))
    ]


def is_known_in(session: Session, authority: str, person: UUID) -> bool:
    """Whether a person has, or had, a role in an authority."""
    found = session.scalars(
        select(Membership.id)
        .where(Membership.authority == authority, Membership.person_id == person)
        .limit(1)
    ).first()
    return found is not None
