"""Tables around an agenda: its versions, members' requests, documents, proofs of sending."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Date,
    ForeignKey,
    Index,
    Integer,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from services.review.base import Base
from services.review.cases.models import Case
from services.review.sessions.models import CouncilSession, Item
from shared.db.columns import internal_text, json_column, utc_instant
from shared.ids import new_id


class AgendaVersion(Base):
    """The items of an agenda, in order, as they stood from one change to the next."""

    __tablename__ = "agenda_version"
    __table_args__ = (UniqueConstraint("session_id", "version"),)

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    authority: Mapped[str] = internal_text()
    session_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(CouncilSession.id))
    version: Mapped[int] = mapped_column(Integer)
    cause: Mapped[str] = internal_text()
    items: Mapped[list[str]] = json_column("internal")
    made_on: Mapped[date] = mapped_column(Date)
    recorded_at: Mapped[datetime] = utc_instant()


class AgendaRequest(Base):
    """What members asked in writing to be put on an agenda, and the answer (113-14, article 40)."""

    __tablename__ = "agenda_request"

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    authority: Mapped[str] = internal_text()
    session_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(CouncilSession.id), index=True)
    subject_line: Mapped[dict[str, Any]] = json_column("public")
    members: Mapped[int] = mapped_column(Integer)
    in_office: Mapped[int] = mapped_column(Integer)
    is_binding: Mapped[bool] = mapped_column(Boolean)
    received_on: Mapped[date] = mapped_column(Date)
    answer: Mapped[str | None] = internal_text()
    refusal_reason: Mapped[str | None] = internal_text()
    answered_on: Mapped[date | None] = mapped_column(Date)
    item_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey(Item.id))
    recorded_by: Mapped[str] = internal_text()
    recorded_at: Mapped[datetime] = utc_instant()


class AgendaDocument(Base):
    """A document sent with an agenda, on one item or on all; kept by its hash.

    One that is taken off again keeps its row and its file, and may be attached anew.
    """

    __tablename__ = "agenda_document"
    __table_args__ = (
        Index(
            "uq_agenda_document_attached",
            "session_id",
            "sha256",
            unique=True,
            postgresql_where=text("taken_off_on IS NULL"),
            sqlite_where=text("taken_off_on IS NULL"),
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    authority: Mapped[str] = internal_text()
    session_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(CouncilSession.id), index=True)
    item_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey(Item.id))
    title: Mapped[str] = internal_text()
    sha256: Mapped[str] = internal_text()
    media_type: Mapped[str] = internal_text()
    size: Mapped[int] = mapped_column(Integer)
    stored_as: Mapped[str] = internal_text(server_default="")
    added_on: Mapped[date] = mapped_column(Date)
    recorded_by: Mapped[str] = internal_text()
    recorded_at: Mapped[datetime] = utc_instant()
    taken_off_on: Mapped[date | None] = mapped_column(Date)
    taken_off_because: Mapped[str | None] = internal_text()
    taken_off_by: Mapped[str | None] = internal_text()


class Convocation(Base):
    """The proof that one member was sent a notice: the first, a supplement, or a second call."""

    __tablename__ = "convocation"
    __table_args__ = (UniqueConstraint("session_id", "notice", "version", "person_id"),)

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    authority: Mapped[str] = internal_text()
    session_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(CouncilSession.id))
    notice: Mapped[str] = internal_text()
    version: Mapped[int] = mapped_column(Integer)
    person_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    channel: Mapped[str] = internal_text()
    proof: Mapped[str] = internal_text()
    sent_on: Mapped[date] = mapped_column(Date)
    recorded_by: Mapped[str] = internal_text()
    recorded_at: Mapped[datetime] = utc_instant()


class ClashChoice(Base):
    """What the president chose for a petition accepted too late for the agenda's last day."""

    __tablename__ = "clash_choice"
    __table_args__ = (UniqueConstraint("case_id", "session_id"),)

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    authority: Mapped[str] = internal_text()
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(Case.id))
    session_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(CouncilSession.id), index=True)
    choice: Mapped[str] = internal_text()
    reason: Mapped[str] = internal_text()
    governor_agreed_on: Mapped[date | None] = mapped_column(Date)
    chosen_on: Mapped[date] = mapped_column(Date)
    recorded_by: Mapped[str] = internal_text()
    recorded_at: Mapped[datetime] = utc_instant()
