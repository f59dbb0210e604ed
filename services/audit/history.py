"""A subject as it was known, or as it stood, at a date."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from services.audit import queries
from services.audit.models import Base, LedgerEntry
from shared.db.authorities import load_authority
from shared.events.envelope import decode


def subject_as_of(
    session: Session, authority: str, subject: str, *, as_of: date | None, by: str
) -> dict[str, Any]:
    """The last state of a subject by a date, with the entry that carries it.

    ``by`` is ``recorded`` (what was known at the end of that day in the authority's zone) or
    ``acted`` (what had been done by that day, whenever it was recorded). Raises ``NotFound``.
    """
    until = _until(session, authority, as_of, by) if as_of else None
    row = queries.entry_known_at(session, authority, subject, until=until)
    later = as_of is not None and queries.has_later_act_before(
        session, authority, subject, sequence=row.sequence, day=as_of
    )
    return {
        **row._mapping,
        "as_of": as_of,
        "by": by,
        "state": decode(row.body).data.after,
        "has_later_act": by == "acted" and later,
    }


def end_of_day(day: date, zone: str) -> datetime:
    """The first instant (UTC) after a civil day in a zone."""
    return datetime.combine(day + timedelta(days=1), time.min, ZoneInfo(zone)).astimezone(UTC)


def _until(session: Session, authority: str, as_of: date, by: str) -> ColumnElement[bool]:
    if by == "acted":
        return LedgerEntry.acted_on <= as_of
    zone = load_authority(session, Base.plumbing, authority).zone
    return LedgerEntry.recorded_at < end_of_day(as_of, zone)
