"""Reads of bodies, opinions and what is known of requests and sessions."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, and_, false, or_, select, tuple_
from sqlalchemy.orm import Session, selectinload

from services.opinions.models import (
    Base,
    Body,
    BodyMember,
    KnownConsultation,
    KnownSession,
    Opinion,
    OpinionDraft,
)
from shared.errors import NotFound
from shared.web.paging import LARGEST_PAGE, Page, decode_cursor, page_of


@dataclass(frozen=True, kw_only=True)
class View:
    """Which opinions a reader may see: all of their own bodies, submitted ones, or every one."""

    bodies: frozenset[UUID] = frozenset()
    submitted: bool = False
    every: bool = False

    def shows(self, opinion: Opinion) -> bool:
        """Whether the reader may see that this opinion exists."""
        own = self.every or opinion.body_id in self.bodies
        return own or (self.submitted and opinion.state == "submitted")

    def reads(self, opinion: Opinion) -> bool:
        """Whether the reader may see its text: the body always, others once it is submitted."""
        is_out = opinion.state == "submitted" and (self.submitted or self.every)
        return is_out or opinion.body_id in self.bodies


def bodies_of_authority(session: Session, authority: str, cursor: str | None) -> Page[Body]:
    """The bodies of an authority, in order of their code."""
    last = decode_cursor(cursor, str)
    statement = (
        select(Body).where(Body.authority == authority).order_by(Body.code).limit(LARGEST_PAGE + 1)
    )
    if last:
        statement = statement.where(Body.code > last[0])
    rows = session.scalars(statement).all()
    return page_of(rows, LARGEST_PAGE, keys=lambda row: (row.code,))


def body_of(session: Session, authority: str, body_id: UUID) -> Body:
    """One body; raises ``NotFound``."""
    row = session.scalars(
        select(Body).where(Body.id == body_id, Body.authority == authority)
    ).one_or_none()
    if row is None:
        raise NotFound("Nothing was found under this id.", kind="body")
    return row


def sits_in(body: Body, person: str) -> bool:
    """Whether a person is a member in office, by this service's own table."""
    return any(str(member.person_id) == person for member in body.current_members)


def bodies_of_person(session: Session, authority: str, person: str) -> frozenset[UUID]:
    """The bodies in which a person is a member in office."""
    statement = select(BodyMember.body_id).where(
        BodyMember.authority == authority,
        BodyMember.person_id == UUID(person),
        BodyMember.until_on.is_(None),
    )
    return frozenset(session.scalars(statement))


def opinion_of(session: Session, authority: str, opinion_id: UUID, view: View) -> Opinion:
    """One opinion that the reader may see; raises ``NotFound``."""
    row = session.scalars(
        select(Opinion).where(Opinion.id == opinion_id, Opinion.authority == authority)
    ).one_or_none()
    if row is None or not view.shows(row):
        raise NotFound("Nothing was found under this id.", kind="opinion")
    return row


def opinions_in(
    session: Session, authority: str, view: View, *, body: UUID | None, cursor: str | None
) -> Page[Opinion]:
    """The opinions that a reader may see, of one body or of all, newest first."""
    statement = select(Opinion).where(Opinion.authority == authority)
    if not view.every:
        submitted = Opinion.state == "submitted" if view.submitted else false()
        statement = statement.where(or_(Opinion.body_id.in_(view.bodies), submitted))
    if body is not None:
        statement = statement.where(Opinion.body_id == body)
    return _newest_opinions(session, statement, cursor)


def public_opinions(session: Session, authority: str, cursor: str | None) -> Page[Opinion]:
    """The submitted opinions of an authority, newest first."""
    statement = select(Opinion).where(Opinion.authority == authority, Opinion.state == "submitted")
    return _newest_opinions(session, statement, cursor)


def latest_draft(session: Session, opinion_id: UUID) -> OpinionDraft | None:
    """The newest version of an opinion's text; after adoption it is the adopted one."""
    return session.scalars(
        select(OpinionDraft)
        .where(OpinionDraft.opinion_id == opinion_id)
        .order_by(OpinionDraft.number.desc())
        .limit(1)
    ).one_or_none()


def drafts_of(session: Session, opinion_id: UUID, cursor: str | None) -> Page[OpinionDraft]:
    """The versions of an opinion's text, newest first."""
    last = decode_cursor(cursor, int)
    statement = (
        select(OpinionDraft)
        .where(OpinionDraft.opinion_id == opinion_id)
        .order_by(OpinionDraft.number.desc())
        .limit(LARGEST_PAGE + 1)
    )
    if last:
        statement = statement.where(OpinionDraft.number < last[0])
    rows = session.scalars(statement).all()
    return page_of(rows, LARGEST_PAGE, keys=lambda row: (row.number,))


def has_live_opinion(session: Session, consultation: UUID) -> bool:
    """Whether an opinion for this request is under way or done."""
    statement = select(Opinion.id).where(
        Opinion.consultation_id == consultation, Opinion.state != "declined"
    )
    return session.scalars(statement.limit(1)).one_or_none() is not None


def requests_to(
    session: Session, authority: str, bodies: Collection[UUID], cursor: str | None
) -> Page[KnownConsultation]:
    """The council's requests to some bodies with the opinions begun for them, latest due first."""
    last = decode_cursor(cursor, date, UUID)
    key = (KnownConsultation.due_on, KnownConsultation.id)
    statement = (
        select(KnownConsultation)
        .options(selectinload(KnownConsultation.opinions))
        .where(
            and_(KnownConsultation.authority == authority, KnownConsultation.body_id.in_(bodies))
        )
        .order_by(*(column.desc() for column in key))
        .limit(LARGEST_PAGE + 1)
    )
    if last:
        seen = (last[0], last[1])
        statement = statement.where(tuple_(*key) < tuple_(*seen))
    rows = session.scalars(statement).all()
    return page_of(rows, LARGEST_PAGE, keys=lambda row: (row.due_on.isoformat(), str(row.id)))


def called_sessions(session: Session, authority: str, cursor: str | None) -> Page[KnownSession]:
    """The sessions that were called, latest first."""
    last = decode_cursor(cursor, date, UUID)
    key = (KnownSession.opens_on, KnownSession.id)
    statement = (
        select(KnownSession)
        .where(KnownSession.authority == authority)
        .order_by(*(column.desc() for column in key))
        .limit(LARGEST_PAGE + 1)
    )
    if last:
        seen = (last[0], last[1])
        statement = statement.where(tuple_(*key) < tuple_(*seen))
    rows = session.scalars(statement).all()
    return page_of(rows, LARGEST_PAGE, keys=lambda row: (row.opens_on.isoformat(), str(row.id)))


def known_session(session: Session, authority: str, session_id: UUID) -> KnownSession | None:
    """A called session, if it is known here."""
    return session.scalars(
        select(KnownSession).where(
            KnownSession.id == session_id, KnownSession.authority == authority
        )
    ).one_or_none()


def acts_of(session: Session, subject: str) -> Sequence[Row[Any]]:
    """The recorded acts of a subject, in order."""
    history = Base.plumbing.history
    return session.execute(
        select(history).where(history.c.subject == subject).order_by(history.c.sequence)
    ).all()


def _newest_opinions(
    session: Session, statement: Select[Opinion], cursor: str | None
) -> Page[Opinion]:
    last = decode_cursor(cursor, UUID)
    if last:
        statement = statement.where(Opinion.id < last[0])
    rows = session.scalars(statement.order_by(Opinion.id.desc()).limit(LARGEST_PAGE + 1)).all()
    return page_of(rows, LARGEST_PAGE, keys=lambda row: (str(row.id),))
