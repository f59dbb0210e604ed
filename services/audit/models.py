"""Tables of audit: the ledger with its heads, what waits to enter it, what was found to differ."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import (
    BigInteger,
    Date,
    Index,
    Integer,
    LargeBinary,
    UniqueConstraint,
    Uuid,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from shared.db.base import ServiceBase, Subject
from shared.db.columns import internal_text, utc_instant
from shared.db.plumbing import service_metadata


class Base(ServiceBase, DeclarativeBase):
    """The declarative base of audit."""

    metadata = service_metadata()


class LedgerHead(Base):
    """How long an authority's ledger is and what its chain ends with; locked by who appends."""

    __tablename__ = "ledger_head"

    authority: Mapped[str] = internal_text(primary_key=True)
    size: Mapped[int] = mapped_column(BigInteger)
    chain: Mapped[bytes] = mapped_column(LargeBinary)


class LedgerEntry(Base):
    """One event with its bytes; triggers of the migration refuse to change or delete a row."""

    __tablename__ = "ledger_entry"
    __table_args__ = (UniqueConstraint("authority", "subject", "sequence"),)

    authority: Mapped[str] = internal_text(primary_key=True)
    index: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    event_id: Mapped[uuid.UUID] = mapped_column(Uuid, unique=True)
    subject: Mapped[str] = internal_text()
    sequence: Mapped[int] = mapped_column(Integer)
    type: Mapped[str] = internal_text()
    acted_on: Mapped[date] = mapped_column(Date)
    recorded_at: Mapped[datetime] = utc_instant()
    body: Mapped[bytes] = mapped_column(LargeBinary)
    leaf: Mapped[bytes] = mapped_column(LargeBinary)
    chain: Mapped[bytes] = mapped_column(LargeBinary)


class WaitingEntry(Base):
    """An event that came before its cause, or before an earlier one of its subject that waits."""

    __tablename__ = "waiting_entry"
    __table_args__ = (Index("ix_waiting_entry_subject", "authority", "subject", "sequence"),)

    event_id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True)
    authority: Mapped[str] = internal_text()
    subject: Mapped[str] = internal_text()
    sequence: Mapped[int] = mapped_column(Integer)
    waits_for: Mapped[uuid.UUID] = mapped_column(Uuid, index=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)
    kept_at: Mapped[datetime] = utc_instant(index=True)


class Divergence(Subject, Base):
    """A difference that somebody has to look at; ``about`` is a subject, or the ledger itself."""

    __tablename__ = "divergence"
    __table_args__ = (Index("ix_divergence_about", "authority", "about", "about_sequence"),)
    kind = "divergence"

    about: Mapped[str] = internal_text()
    about_sequence: Mapped[int] = mapped_column(Integer)
    reason: Mapped[str] = internal_text()
    event: Mapped[str] = internal_text()
    found_at: Mapped[datetime] = utc_instant()
