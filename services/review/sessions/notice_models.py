"""Tables of notices that did not reach a member, and of the president's choice about them."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, Integer, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from services.review.base import Base
from services.review.sessions.models import CouncilSession
from shared.db.columns import internal_text, utc_instant
from shared.ids import new_id


class FailedNotice(Base):
    """One member whom a session's notice did not reach, and the sending that made it good.

    ``latest_on`` is the last day on which a sending counts; ``renewed_on`` the day of the new one.
    """

    __tablename__ = "failed_notice"
    __table_args__ = (Index("ix_failed_notice_session", "authority", "session_id"),)

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    authority: Mapped[str] = internal_text()
    session_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(CouncilSession.id))
    person_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    channel: Mapped[str] = internal_text()
    reason: Mapped[str] = internal_text()
    failed_on: Mapped[date] = mapped_column(Date)
    latest_on: Mapped[date] = mapped_column(Date)
    renewed_on: Mapped[date | None] = mapped_column(Date)
    renewed_channel: Mapped[str | None] = internal_text()
    renewed_proof: Mapped[str | None] = internal_text()
    recorded_by: Mapped[str] = internal_text()
    recorded_at: Mapped[datetime] = utc_instant()


class NoticeChoice(Base):
    """What the president chose where notices failed for good, and why."""

    __tablename__ = "notice_choice"

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    authority: Mapped[str] = internal_text()
    session_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(CouncilSession.id), index=True)
    choice: Mapped[str] = internal_text()
    reason: Mapped[str] = internal_text()
    members: Mapped[int] = mapped_column(Integer)
    chosen_on: Mapped[date] = mapped_column(Date)
    recorded_by: Mapped[str] = internal_text()
    recorded_at: Mapped[datetime] = utc_instant()
