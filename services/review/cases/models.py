"""Tables of cases: the petition before the council, its people, and what was handed in later."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import Boolean, Date, ForeignKey, Index, Integer, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from services.review.base import Base
from shared.db.base import Subject
from shared.db.columns import internal_text, json_column, public_text, utc_instant
from shared.ids import new_id

NOT_URGENT = date.max
"""Sorts a case that waits for nothing behind all others in the secretariat's queue."""


class Case(Subject, Base):
    """A petition before the council; it has the petition's id and reference.

    ``urgent_on`` only sorts the queue; the next legal step itself is computed when it is shown.
    """

    __tablename__ = "case"
    __table_args__ = (
        Index("ix_case_urgent", "authority", "urgent_on", "id"),
        Index("ix_case_queue", "authority", "state", "urgent_on", "id"),
        Index("ix_case_public", "authority", "filed_on", "id"),
    )
    kind = "case"

    decision_state = cast("str | None", None)
    """The state of the council's decision on it, where a query has looked it up for a list."""

    reference: Mapped[str] = public_text(unique=True)
    petitioner: Mapped[str] = internal_text()
    subject_line: Mapped[dict[str, Any]] = json_column("public")
    association: Mapped[dict[str, Any] | None] = json_column("public", nullable=True)
    people: Mapped[list[dict[str, str]]] = json_column("internal")
    signatures: Mapped[int] = mapped_column(Integer)
    signatures_needed: Mapped[int] = mapped_column(Integer)
    filed_on: Mapped[date] = mapped_column(Date)
    law_version: Mapped[str] = internal_text()
    local_rules: Mapped[dict[str, Any] | None] = json_column("public", nullable=True)
    """The authority's own rules as they were when the case was opened; it keeps them to its end."""
    refusal_due_on: Mapped[date] = mapped_column(Date)
    refusal_safe_on: Mapped[date] = mapped_column(Date)
    missing: Mapped[list[str]] = json_column("internal", default=list)
    completion_due_on: Mapped[date | None] = mapped_column(Date)
    decided_on: Mapped[date | None] = mapped_column(Date)
    decided_by: Mapped[list[str] | None] = json_column("internal", nullable=True)
    """The persons of the bureau who were there, by id."""
    despite_reason: Mapped[str | None] = internal_text()
    """Why the bureau accepted although conditions are not met or were not checked."""
    rectified_because: Mapped[str | None] = internal_text()
    """Why the bureau's decision was corrected by a new act."""
    refusal_notified_on: Mapped[date | None] = mapped_column(Date)
    consented_on: Mapped[date | None] = mapped_column(Date)
    """The day the petitioners agreed to have the petition handled as a complaint."""
    reasons: Mapped[list[str]] = json_column("public")
    refusal_text: Mapped[str | None] = internal_text()
    session_on: Mapped[date | None] = mapped_column(Date)
    is_clash: Mapped[bool] = mapped_column(Boolean, default=False)
    committee: Mapped[str | None] = internal_text()
    referred_on: Mapped[date | None] = mapped_column(Date)
    # Without the database's own default, for with one the new case needs a statement of its own.
    referrals: Mapped[list[dict[str, Any]]] = json_column("internal", default=list)
    """Where it is before several committees: each with referral and last day (referred.py)."""
    outcome: Mapped[str | None] = public_text()
    urgent_on: Mapped[date] = mapped_column(Date)
    opened_at: Mapped[datetime] = utc_instant()


class CasePerson(Base):
    """Who may follow a case as one of its petitioners, findable by person."""

    __tablename__ = "case_person"

    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case.id"), primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True, index=True)
    authority: Mapped[str] = internal_text()
    role: Mapped[str] = internal_text()


class HandedIn(Base):
    """What petitioners handed in after filing, as intake told it: hashes and the receipt."""

    __tablename__ = "handed_in"

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    authority: Mapped[str] = internal_text()
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case.id"), index=True)
    sha256: Mapped[list[str]] = json_column("internal")
    receipt: Mapped[str] = internal_text()
    handed_in_on: Mapped[date] = mapped_column(Date)
    told_at: Mapped[datetime] = utc_instant()
