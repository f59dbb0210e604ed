"""The table of memberships."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy import Date, Index, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from services.identity.base import Base
from shared.db.base import Subject
from shared.db.columns import internal_text


class Membership(Subject, Base):
    """One role of one person in one authority, from a first to a last day (both included).

    ``source`` names the subject that the role follows (``mandate/...``, ``body/...``); None for
    one that an operator gave. The person may have no account yet.
    """

    __tablename__ = "membership"
    __table_args__ = (Index("ix_membership_authority_person", "authority", "person_id"),)
    kind = "membership"

    person_id: Mapped[uuid.UUID] = mapped_column(Uuid, index=True)
    role: Mapped[str] = internal_text()
    scope: Mapped[str | None] = internal_text()
    from_on: Mapped[date] = mapped_column(Date)
    until_on: Mapped[date | None] = mapped_column(Date)
    source: Mapped[str | None] = internal_text(index=True)
