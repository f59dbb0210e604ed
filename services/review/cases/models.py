"""Tables of cases."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from services.review.base import Base
from shared.db.base import Subject
from shared.db.columns import internal_text, json_column, public_text, utc_instant


class Case(Subject, Base):
    """A petition before the council; it has the petition's id and reference."""

    __tablename__ = "case"
    __table_args__ = (Index("ix_case_queue", "authority", "state", "refusal_safe_on", "id"),)
    kind = "case"

    reference: Mapped[str] = public_text(unique=True)
    petitioner: Mapped[str] = internal_text()
    subject_line: Mapped[dict[str, Any]] = json_column("public")
    association: Mapped[dict[str, Any] | None] = json_column("public", nullable=True)
    people: Mapped[list[dict[str, str]]] = json_column("internal")
    signatures: Mapped[int] = mapped_column(Integer)
    signatures_needed: Mapped[int] = mapped_column(Integer)
    filed_on: Mapped[date] = mapped_column(Date)
    law_version: Mapped[str] = internal_text()
    refusal_due_on: Mapped[date] = mapped_column(Date)
    refusal_safe_on: Mapped[date] = mapped_column(Date)
    decided_on: Mapped[date | None] = mapped_column(Date)
    reasons: Mapped[list[str]] = json_column("public")
    committee: Mapped[str | None] = internal_text()
    opened_at: Mapped[datetime] = utc_instant()
