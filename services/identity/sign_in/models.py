"""The table of sign-ins."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import Uuid
from sqlalchemy.orm import Mapped, mapped_column

from services.identity.base import Base
from shared.db.columns import internal_text, utc_instant
from shared.ids import new_id


class SignIn(Base):
    """A person who is signed in with a browser, for one authority (empty: for none yet).

    Only the SHA-256 of the handle is kept: whoever copies the database can use no sign-in.
    """

    __tablename__ = "sign_in"

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    authority: Mapped[str] = internal_text()
    handle_hash: Mapped[str] = internal_text(unique=True)
    person_id: Mapped[uuid.UUID] = mapped_column(Uuid, index=True)
    started_at: Mapped[datetime] = utc_instant()
    used_at: Mapped[datetime] = utc_instant()
    expires_at: Mapped[datetime] = utc_instant(index=True)
