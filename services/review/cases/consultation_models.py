"""Tables of consultations: opinions asked for, bodies known here, opinions received."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from sqlalchemy import Boolean, Date, ForeignKey, Index, Uuid, true
from sqlalchemy.orm import Mapped, mapped_column

from services.review.base import Base
from shared.db.base import Subject
from shared.db.columns import internal_text, json_column, public_text


class Consultation(Subject, Base):
    """An opinion asked of a body about a case, with the day on which it lapses."""

    __tablename__ = "consultation"
    __table_args__ = (Index("ix_consultation_due", "authority", "state", "due_on"),)
    kind = "consultation"

    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case.id"), index=True)
    reference: Mapped[str] = public_text()
    body_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    subject_line: Mapped[dict[str, Any]] = json_column("public")
    is_mandatory: Mapped[bool] = mapped_column(Boolean)
    requested_on: Mapped[date] = mapped_column(Date)
    due_on: Mapped[date] = mapped_column(Date)
    is_given: Mapped[bool] = mapped_column(Boolean, default=True, server_default=true())
    """Whether a person gave the day; else the authority's own rule counted it."""
    opinion_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)


class KnownBody(Base):
    """A consultative body as opinions told it."""

    __tablename__ = "known_body"

    body_id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True)
    authority: Mapped[str] = internal_text()
    code: Mapped[str] = public_text()
    name: Mapped[dict[str, Any]] = json_column("public")
    state: Mapped[str] = internal_text()


class ReceivedOpinion(Base):
    """An opinion that a body handed to the council, asked for or of its own accord."""

    __tablename__ = "received_opinion"

    opinion_id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True)
    authority: Mapped[str] = internal_text()
    body_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    consultation_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    case_id: Mapped[uuid.UUID | None] = mapped_column(Uuid, index=True)
    session_id: Mapped[uuid.UUID | None] = mapped_column(Uuid, index=True)
    subject_line: Mapped[dict[str, Any]] = json_column("public")
    origin: Mapped[str] = internal_text()
    submitted_on: Mapped[date] = mapped_column(Date)
    receipt: Mapped[str] = internal_text()
    text_sha256: Mapped[str | None] = internal_text()
