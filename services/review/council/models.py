"""Tables of the council: mandates, names of members, committees and their reports."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, ForeignKey, Index, Integer, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from services.review.base import Base
from shared.db.base import Subject
from shared.db.columns import (
    internal_text,
    json_column,
    personal_text,
    public_text,
    utc_instant,
)
from shared.ids import new_id


class Mandate(Subject, Base):
    """One person's office in the council; every councillor has one as member, others beside it."""

    __tablename__ = "mandate"
    __table_args__ = (Index("ix_mandate_person", "authority", "person_id", "office"),)
    kind = "mandate"

    person_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    office: Mapped[str] = internal_text()
    committee_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("committee.id"))
    from_on: Mapped[date] = mapped_column(Date)
    until_on: Mapped[date | None] = mapped_column(Date)


class MemberName(Base):
    """A member's name as lists and minutes print it, in Arabic and in Latin letters; sealed."""

    __tablename__ = "member_name"

    authority: Mapped[str] = internal_text(primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True)
    name_ar: Mapped[str | None] = personal_text()
    name_latin: Mapped[str | None] = personal_text()


class Committee(Subject, Base):
    """A permanent committee (113-14, article 25)."""

    __tablename__ = "committee"
    __table_args__ = (UniqueConstraint("authority", "code"),)
    kind = "committee"

    code: Mapped[str] = public_text()
    name: Mapped[dict[str, Any]] = json_column("public")
    remit: Mapped[dict[str, Any] | None] = json_column("public", nullable=True)
    """What it deals with; None where that is not recorded."""


class CommitteeReport(Base):
    """What a committee recommends on a case; the text stays with the council.

    ``event_sequence`` finds the committee's event about it, for the case's timeline. A report that
    was corrected on ``corrected_on`` says what stands; what it said before is a ``ReplacedReport``.
    """

    __tablename__ = "committee_report"
    __table_args__ = (UniqueConstraint("committee_id", "case_id"),)

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    authority: Mapped[str] = internal_text()
    committee_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("committee.id"))
    case_id: Mapped[uuid.UUID] = mapped_column(Uuid, index=True)
    recommendation: Mapped[str] = internal_text()
    text: Mapped[str] = internal_text()
    sha256: Mapped[str] = internal_text()
    reported_on: Mapped[date] = mapped_column(Date)
    event_sequence: Mapped[int] = mapped_column(Integer)
    corrected_on: Mapped[date | None] = mapped_column(Date)
    recorded_at: Mapped[datetime] = utc_instant()


class ReplacedReport(Base):
    """What a committee's report said until it was corrected, with the event that had told of it."""

    __tablename__ = "replaced_report"

    committee_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("committee.id"), primary_key=True)
    event_sequence: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    authority: Mapped[str] = internal_text()
    case_id: Mapped[uuid.UUID] = mapped_column(Uuid, index=True)
    recommendation: Mapped[str] = internal_text()
    text: Mapped[str] = internal_text()
    sha256: Mapped[str] = internal_text()
    reported_on: Mapped[date] = mapped_column(Date)
    replaced_on: Mapped[date] = mapped_column(Date)
