"""The table of authorities."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Boolean, Date, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.identity.base import Base
from shared.clock import civil_date
from shared.db.base import Subject
from shared.db.columns import internal_text, json_column


class Authority(Subject, Base):
    """A commune, province or region. Its code stands in ``authority`` and names it everywhere."""

    __tablename__ = "authority"
    __table_args__ = (UniqueConstraint("authority"),)
    kind = "authority"

    authority_kind: Mapped[str] = internal_text()
    name: Mapped[dict[str, Any]] = json_column("public")
    zone: Mapped[str] = internal_text()
    languages: Mapped[list[str]] = json_column("public")
    population: Mapped[int] = mapped_column(Integer)
    has_arrondissements: Mapped[bool] = mapped_column(Boolean)
    council_seats: Mapped[int | None] = mapped_column(Integer)
    business_date: Mapped[date | None] = mapped_column(Date)
    holidays: Mapped[list[str]] = json_column("public")
    local_rules: Mapped[dict[str, Any]] = json_column("public")

    @property
    def key(self) -> str:
        """An authority is named by its code, not by its id."""
        return self.authority

    def today(self, moment: datetime) -> date:
        """The business date if one is set, else the civil date of ``moment`` in the zone."""
        return self.business_date or civil_date(moment, self.zone)
