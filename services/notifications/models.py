"""Tables of notifications: notices, and what it must know of others to find the people concerned.

No name and no e-mail address is kept here: identity is asked for the contact at each sending.
"""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, Index, Integer, UniqueConstraint, Uuid
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from services.notifications.workflow import NoticeState
from shared.db.base import ServiceBase, Subject
from shared.db.columns import internal_text, json_column, public_text, utc_instant
from shared.db.plumbing import service_metadata


class Base(ServiceBase, DeclarativeBase):
    """The declarative base of notifications."""

    metadata = service_metadata()


class Notice(Subject, Base):
    """One thing told to one person.

    ``due_version`` is the version of what is told (the event's number, or a term's rule and day):
    the same version is told once. ``lease`` names the sender that has the notice in hand.
    """

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("authority", "about", "notice_kind", "person_id", "due_version"),
        Index("ix_notice_due", "state", "next_try_at"),
        Index("ix_notice_of_person", "authority", "person_id", "id"),
        Index("ix_notice_about", "authority", "about", "id"),
    )
    kind = "notice"

    about: Mapped[str] = internal_text()
    notice_kind: Mapped[str] = internal_text()
    person_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    due_version: Mapped[str] = internal_text()
    channel: Mapped[str] = internal_text()
    language: Mapped[str] = internal_text()
    attempts: Mapped[int] = mapped_column(Integer)
    facts: Mapped[dict[str, Any]] = json_column("internal")
    cause_event_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    correlation_id: Mapped[str] = internal_text()
    intended_at: Mapped[datetime] = utc_instant()
    next_try_at: Mapped[datetime] = utc_instant()
    lease: Mapped[str | None] = internal_text()
    leased_until: Mapped[datetime | None] = utc_instant()
    last_problem: Mapped[str | None] = internal_text()
    sent_at: Mapped[datetime | None] = utc_instant()
    acknowledged_at: Mapped[datetime | None] = utc_instant()

    def is_unsent(self, moment: datetime) -> bool:
        """Whether it waits to be sent, and no sender has it in hand at ``moment`` (UTC)."""
        is_in_hand = self.leased_until is not None and self.leased_until >= moment
        return self.state == NoticeState.INTENDED and not is_in_hand


class Bounce(Subject, Base):
    """That a notice which the law wants proven failed for good: others hear of those alone."""

    __tablename__ = "bounce"
    __table_args__ = (UniqueConstraint("notice_id"),)
    kind = "bounce"

    notice_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    about: Mapped[str] = internal_text()
    notice_kind: Mapped[str] = internal_text()
    person_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    channel: Mapped[str] = internal_text()


class KnownCase(Base):
    """A case with the people of its file, by opaque ids, as its newest event says."""

    __tablename__ = "known_case"

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True)
    authority: Mapped[str] = internal_text(index=True)
    reference: Mapped[str] = public_text()
    subject_line: Mapped[dict[str, Any]] = json_column("public")
    people: Mapped[list[dict[str, str]]] = json_column("internal")


class KnownMembership(Base):
    """A role that a person holds in an authority; the row goes when the role ends."""

    __tablename__ = "known_membership"
    __table_args__ = (Index("ix_known_membership_role", "authority", "role"),)

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True)
    authority: Mapped[str] = internal_text()
    person_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    role: Mapped[str] = internal_text()
    scope: Mapped[str | None] = internal_text()
    from_on: Mapped[date] = mapped_column(Date)
    until_on: Mapped[date | None] = mapped_column(Date)


class KnownMandate(Base):
    """An office in the council, with its first and last day."""

    __tablename__ = "known_mandate"

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True)
    authority: Mapped[str] = internal_text(index=True)
    person_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    office: Mapped[str] = internal_text()
    from_on: Mapped[date] = mapped_column(Date)
    until_on: Mapped[date | None] = mapped_column(Date)


class KnownBody(Base):
    """A consultative body with its members in office."""

    __tablename__ = "known_body"

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True)
    authority: Mapped[str] = internal_text(index=True)
    name: Mapped[dict[str, Any]] = json_column("public")
    members: Mapped[list[dict[str, str]]] = json_column("internal")


class KnownSession(Base):
    """A session of the council and the day it opens, once it was called."""

    __tablename__ = "known_session"

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True)
    authority: Mapped[str] = internal_text(index=True)
    opens_on: Mapped[date] = mapped_column(Date)
