"""Tables of who was there and how each voted, by person id; names are council/names.py's."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Integer, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from services.review.base import Base
from services.review.sessions.models import Item, Sitting
from shared.db.columns import internal_text, utc_instant
from shared.ids import new_id

WITHOUT_DEBATE = 0
"""The round of the vote on whether to deliberate at all (113-14, article 28)."""


class Attendance(Base):
    """One member at one sitting: the mark at the opening, and whether they are there now."""

    __tablename__ = "attendance"
    __table_args__ = (UniqueConstraint("sitting_id", "person_id"),)

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    authority: Mapped[str] = internal_text()
    sitting_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(Sitting.id))
    person_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    mark: Mapped[str] = internal_text()
    is_there: Mapped[bool] = mapped_column(Boolean)
    recorded_by: Mapped[str] = internal_text()
    recorded_at: Mapped[datetime] = utc_instant()


class NamedVote(Base):
    """How one member voted on an item; ``round`` is 2 for the vote of the second sitting,
    0 for the one without debate on whether to deliberate (article 28).

    ``revision`` is 0 as it was first recorded; the names of a correction have the next number.
    """

    __tablename__ = "named_vote"
    __table_args__ = (UniqueConstraint("item_id", "round", "person_id", "revision"),)

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    authority: Mapped[str] = internal_text()
    item_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(Item.id))
    round: Mapped[int] = mapped_column(Integer)
    person_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    side: Mapped[str] = internal_text()
    revision: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
