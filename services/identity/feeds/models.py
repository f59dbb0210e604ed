"""The table of calendar feeds."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from services.identity.base import Base
from shared.db.columns import internal_text, utc_instant
from shared.ids import new_id


class CalendarFeed(Base):
    """A person's feed of one authority's calendar; a new secret takes the place of the old one.

    Only the SHA-256 of the secret is kept: whoever copies the database reads no calendar.
    """

    __tablename__ = "calendar_feed"
    __table_args__ = (UniqueConstraint("authority", "person_id"),)

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    authority: Mapped[str] = internal_text()
    person_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    secret_hash: Mapped[str] = internal_text(unique=True)
    made_at: Mapped[datetime] = utc_instant()
