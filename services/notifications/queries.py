"""Reads of notifications: notices for people, and what is known of others."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from services.notifications.models import (
    KnownBody,
    KnownCase,
    KnownMandate,
    KnownMembership,
    KnownSession,
    Notice,
)
from services.notifications.workflow import NoticeState
from shared.errors import NotFound, TryLater
from shared.web.paging import LARGEST_PAGE, Page, decode_cursor, page_of

TAKEN_BACK = NoticeState.CANCELLED.value
"""What was taken back before it left was told to nobody; the record of proofs still has it."""


def notices_of_person(
    session: Session, authority: str, person: str, cursor: str | None
) -> Page[Notice]:
    """What a person was told, newest first."""
    told = and_(Notice.person_id == UUID(person), Notice.state != TAKEN_BACK)
    return _page(session, authority, told, cursor)


def notices_about(session: Session, authority: str, about: str, cursor: str | None) -> Page[Notice]:
    """Who was told of a subject, newest first."""
    return _page(session, authority, Notice.about == about, cursor)


def notice_of_person(session: Session, authority: str, person: str, notice_id: UUID) -> Notice:
    """One notice of this person; raises ``NotFound`` for anybody else's as for an unknown one."""
    row = session.scalars(
        select(Notice).where(
            Notice.id == notice_id,
            Notice.authority == authority,
            Notice.person_id == UUID(person),
            Notice.state != TAKEN_BACK,
        )
    ).one_or_none()
    if row is None:
        raise NotFound("Nothing was found under this id.", kind="notice")
    return row


def known_case(session: Session, authority: str, case_id: str) -> KnownCase:
    """A case as its events told it; raises ``TryLater`` while its first one is on its way."""
    row = session.scalars(
        select(KnownCase).where(KnownCase.id == UUID(case_id), KnownCase.authority == authority)
    ).one_or_none()
    if row is None:
        raise TryLater("The case %(id)s is not known here yet.", id=case_id)
    return row


def members_of_body(session: Session, authority: str, body_id: str) -> list[UUID]:
    """The members of a body; raises ``TryLater`` while the body is not known here."""
    row = session.scalars(
        select(KnownBody).where(KnownBody.id == UUID(body_id), KnownBody.authority == authority)
    ).one_or_none()
    if row is None:
        raise TryLater("The body %(id)s is not known here yet.", id=body_id)
    return [UUID(member["person"]) for member in row.members]


def holders_of_roles(
    session: Session, authority: str, roles: Collection[str], day: date
) -> dict[str, list[UUID]]:
    """The persons who hold each of some roles of the authority on a day."""
    held = KnownMembership
    rows = session.execute(
        select(held.role, held.person_id)
        .where(
            held.authority == authority,
            held.role.in_(sorted(roles)),
            held.from_on <= day,
            or_(held.until_on.is_(None), held.until_on >= day),
        )
        .order_by(held.id)
    )
    holders: dict[str, list[UUID]] = {role: [] for role in roles}
    for role, person_id in rows:
        holders[role].append(person_id)
    return holders


def council_members(session: Session, authority: str, day: date) -> Sequence[UUID]:
    """The persons in office in the council on a day."""
    known = KnownMandate
    return session.scalars(
        select(known.person_id).where(
            known.authority == authority,
            known.from_on <= day,
            or_(known.until_on.is_(None), known.until_on >= day),
        )
    ).all()


def opening_day(session: Session, authority: str, session_id: str) -> date | None:
    """The day a session of the council opens, if it was called already."""
    known = KnownSession
    return session.scalars(
        select(known.opens_on).where(known.id == UUID(session_id), known.authority == authority)
    ).one_or_none()


def _page(
    session: Session, authority: str, condition: ColumnElement[bool], cursor: str | None
) -> Page[Notice]:
    last = decode_cursor(cursor, UUID)
    statement = (
        select(Notice)
        .where(Notice.authority == authority, condition)
        .order_by(Notice.id.desc())
        .limit(LARGEST_PAGE + 1)
    )
    if last:
        statement = statement.where(Notice.id < last[0])
    rows = session.scalars(statement).all()
    return page_of(rows, LARGEST_PAGE, keys=lambda row: (str(row.id),))
