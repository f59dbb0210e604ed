"""The table of running clocks: one row for each term of a case that has begun and not ended."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy import Boolean, Date, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from services.review.base import Base
from shared.db.columns import internal_text


class RunningClock(Base):
    """One running term: its legal day, the day to act by, and the days of its alarms.

    A clock that ended has no row; what it told stands in the history of its case.
    """

    __tablename__ = "running_clock"
    __table_args__ = (
        Index("ix_running_clock_warn", "authority", "warn_on"),
        Index("ix_running_clock_due", "authority", "due_on"),
    )

    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case.id"), primary_key=True)
    rule: Mapped[str] = internal_text(primary_key=True)
    authority: Mapped[str] = internal_text()
    start_on: Mapped[date] = mapped_column(Date)
    due_on: Mapped[date] = mapped_column(Date)
    safe_on: Mapped[date] = mapped_column(Date)
    is_given: Mapped[bool] = mapped_column(Boolean, default=False)
    """A person gave the day, so a new holiday does not move it."""
    warn_on: Mapped[date] = mapped_column(Date)
    remind_on: Mapped[date | None] = mapped_column(Date)
    escalate_on: Mapped[date | None] = mapped_column(Date)
