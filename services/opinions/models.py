"""Tables: bodies and members, opinions and their drafts, and what is known of others."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import Boolean, Date, ForeignKey, Index, Integer, UniqueConstraint, Uuid
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from shared.db.base import ServiceBase, Subject
from shared.db.columns import internal_text, json_column, public_text, utc_instant
from shared.db.plumbing import service_metadata
from shared.ids import new_id


class Base(ServiceBase, DeclarativeBase):
    """The declarative base of opinions."""

    metadata = service_metadata()


class Body(Subject, Base):
    """A consultative body: by law (113-14, article 120) or by the authority's own charter.

    ``quorum_percent`` is the body's own rule; None means more than half of its members.
    """

    __tablename__ = "body"
    __table_args__ = (UniqueConstraint("authority", "code"),)
    kind = "body"

    code: Mapped[str] = public_text()
    name: Mapped[dict[str, Any]] = json_column("public")
    seats: Mapped[int] = mapped_column(Integer)
    quorum_percent: Mapped[int | None] = mapped_column(Integer)
    formed_on: Mapped[date] = mapped_column(Date)

    members: Mapped[list[BodyMember]] = relationship(order_by="BodyMember.id", lazy="selectin")

    @property
    def current_members(self) -> list[BodyMember]:
        """Members whose end nobody has recorded; the snapshot's members."""
        return [member for member in self.members if member.until_on is None]

    @property
    def members_count(self) -> int:
        """How many they are; the public learns no more of them."""
        return len(self.current_members)

    def people_on(self, day: date) -> set[uuid.UUID]:
        """Who held a seat on a civil date; ``until_on`` is the last day in office."""
        return {
            member.person_id
            for member in self.members
            if member.from_on <= day and (member.until_on is None or day <= member.until_on)
        }


class BodyMember(Base):
    """A seat held by one person, by opaque id, from a day and perhaps until one."""

    __tablename__ = "body_member"

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    authority: Mapped[str] = internal_text()
    body_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("body.id"), index=True)
    person_id: Mapped[uuid.UUID] = mapped_column(Uuid, index=True)
    role: Mapped[str] = internal_text()
    from_on: Mapped[date] = mapped_column(Date)
    until_on: Mapped[date | None] = mapped_column(Date)


class KnownConsultation(Base):
    """A request of the council to a body, as review's events tell it."""

    __tablename__ = "known_consultation"
    __table_args__ = (Index("ix_known_consultation_list", "body_id", "due_on", "id"),)

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True)
    authority: Mapped[str] = internal_text()
    case_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    reference: Mapped[str] = public_text()
    body_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    subject_line: Mapped[dict[str, Any]] = json_column("public")
    is_mandatory: Mapped[bool] = mapped_column(Boolean)
    due_on: Mapped[date] = mapped_column(Date)
    state: Mapped[str] = internal_text()
    reason: Mapped[str | None] = internal_text()
    answered_by: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    answered_on: Mapped[date | None] = mapped_column(Date)

    opinions: Mapped[list[Opinion]] = relationship(
        primaryjoin="KnownConsultation.id == foreign(Opinion.consultation_id)",
        order_by="Opinion.id",
        viewonly=True,
        lazy="raise",
    )


class KnownSession(Base):
    """A session of the council that was called, as review's events tell it."""

    __tablename__ = "known_session"
    __table_args__ = (Index("ix_known_session_list", "authority", "opens_on", "id"),)

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True)
    authority: Mapped[str] = internal_text()
    session_kind: Mapped[str] = internal_text()
    opens_on: Mapped[date] = mapped_column(Date)
    closed_on: Mapped[date | None] = mapped_column(Date)
    state: Mapped[str] = internal_text()


class CouncilAnswer(Base):
    """What a decision of the council makes of an opinion, as review's events tell it."""

    __tablename__ = "council_answer"

    opinion_id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True)
    decision_id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True)
    authority: Mapped[str] = internal_text()
    number: Mapped[str] = public_text()
    decided_on: Mapped[date] = mapped_column(Date)
    adopted: Mapped[bool] = mapped_column(Boolean)
    answer: Mapped[str] = public_text()


class Opinion(Subject, Base):
    """An opinion of a body; its subject line is public, its text is the body's until submission."""

    __tablename__ = "opinion"
    __table_args__ = (Index("ix_opinion_list", "authority", "body_id", "id"),)
    kind = "opinion"

    body_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("body.id"))
    origin: Mapped[str] = internal_text()
    consultation_id: Mapped[uuid.UUID | None] = mapped_column(Uuid, index=True)
    case_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    session_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    subject_line: Mapped[dict[str, Any]] = json_column("public")
    started_on: Mapped[date] = mapped_column(Date)
    adopted_on: Mapped[date | None] = mapped_column(Date)
    submitted_on: Mapped[date | None] = mapped_column(Date)
    text_sha256: Mapped[str | None] = public_text()
    receipt: Mapped[str | None] = internal_text()
    drafts: Mapped[int] = mapped_column(Integer, default=0)

    request: Mapped[KnownConsultation | None] = relationship(
        primaryjoin="foreign(Opinion.consultation_id) == KnownConsultation.id",
        viewonly=True,
        lazy="selectin",
    )
    addressed_to: Mapped[KnownSession | None] = relationship(
        primaryjoin="foreign(Opinion.session_id) == KnownSession.id",
        viewonly=True,
        lazy="selectin",
    )
    answers: Mapped[list[CouncilAnswer]] = relationship(
        primaryjoin="Opinion.id == foreign(CouncilAnswer.opinion_id)",
        order_by="CouncilAnswer.decided_on",
        viewonly=True,
        lazy="selectin",
    )


class OpinionDraft(Base):
    """One version of an opinion's text; versions are added, never changed."""

    __tablename__ = "opinion_draft"
    __table_args__ = (UniqueConstraint("opinion_id", "number"),)

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    authority: Mapped[str] = internal_text()
    opinion_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("opinion.id"))
    number: Mapped[int] = mapped_column(Integer)
    text: Mapped[str] = internal_text()
    language: Mapped[str] = internal_text()
    author: Mapped[str] = internal_text()
    written_at: Mapped[datetime] = utc_instant()
