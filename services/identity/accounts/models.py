"""The table of accounts; the only one that belongs to no authority."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import Uuid
from sqlalchemy.orm import Mapped, mapped_column

from services.identity.base import Base
from shared.db.columns import internal_text, personal_hash, personal_text, utc_instant
from shared.ids import new_id


class Account(Base):
    """Somebody who can sign in; ``id`` is the person's id everywhere.

    Address and names are sealed; the address is found by its search hash. Accounts tell nobody
    of themselves: they emit no events.
    """

    __tablename__ = "account"

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    email: Mapped[str] = personal_text()
    email_hash: Mapped[str] = personal_hash(unique=True)
    name_arabic: Mapped[str | None] = personal_text()
    name_latin: Mapped[str | None] = personal_text()
    language: Mapped[str] = internal_text()
    password_hash: Mapped[str] = internal_text()
    created_at: Mapped[datetime] = utc_instant()
