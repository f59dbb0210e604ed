"""Table of the actions that carry decisions out: who does what by when, and with which proof."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from services.review.base import Base
from services.review.control.models import Decision
from shared.db.columns import internal_text, json_column, public_text, utc_instant
from shared.ids import new_id

OPEN = ("planned", "under-way")


class FollowUp(Base):
    """One action of one decision as it stands now; the decision's events tell how it came there.

    ``owner`` is a service or an office, never a person's name; title and owner become public.
    """

    __tablename__ = "follow_up"

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    authority: Mapped[str] = internal_text()
    decision_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(Decision.id), index=True)
    title: Mapped[str] = public_text()
    owner: Mapped[str] = public_text()
    due_on: Mapped[date] = mapped_column(Date)
    state: Mapped[str] = public_text()
    note: Mapped[str] = internal_text()
    sha256: Mapped[list[str]] = json_column("internal")
    changed_on: Mapped[date] = mapped_column(Date)
    changed_by: Mapped[str] = internal_text()
    recorded_at: Mapped[datetime] = utc_instant()
