"""The table of erasures."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy import Boolean, Date, Index, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from services.identity.base import Base
from shared.db.base import Subject
from shared.db.columns import internal_text, json_column


class Erasure(Subject, Base):
    """A request to erase a person's data in one authority; the person by opaque id alone.

    ``waits_for`` are codes of what keeps data, ``until_on`` the last day of it where one is known;
    ``erased`` and ``stays`` are purposes of the retention table.
    """

    __tablename__ = "erasure"
    __table_args__ = (Index("ix_erasure_of_person", "authority", "person_id", "id"),)
    kind = "erasure"

    person_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    ground: Mapped[str] = internal_text()
    requested_on: Mapped[date] = mapped_column(Date)
    answer_due_on: Mapped[date] = mapped_column(Date)
    names_settled: Mapped[bool] = mapped_column(Boolean, default=False)
    waits_for: Mapped[list[str]] = json_column("internal")
    until_on: Mapped[date | None] = mapped_column(Date)
    erased: Mapped[list[str]] = json_column("internal")
    stays: Mapped[list[str]] = json_column("internal")
    reason: Mapped[str | None] = internal_text()
