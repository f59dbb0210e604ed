"""Table of the conditions of a petition as people checked them, one row a check, never changed."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from services.review.base import Base
from services.review.cases.models import Case
from shared.db.columns import internal_text, json_column, utc_instant
from shared.ids import new_id


class CaseCheck(Base):
    """One condition as one person judged it; a later check of the same condition stands instead.

    ``event_id`` is the event that told of it; ``sha256`` names documents of the file.
    """

    __tablename__ = "case_check"
    __table_args__ = (Index("ix_case_check_case", "case_id", "id"),)

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    authority: Mapped[str] = internal_text()
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(Case.id))
    condition: Mapped[str] = internal_text()
    outcome: Mapped[str] = internal_text()
    note: Mapped[str] = internal_text()
    sha256: Mapped[list[str]] = json_column("internal")
    checked_on: Mapped[date] = mapped_column(Date)
    checked_by: Mapped[str] = internal_text()
    checked_as: Mapped[str] = internal_text()
    event_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    recorded_at: Mapped[datetime] = utc_instant()
