"""Reads of audit: entries, what an event waits for, a subject as it was known at a date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Label,
    Row,
    Select,
    func,
    select,
)
from sqlalchemy.orm import Session

from services.audit.hashing import GENESIS
from services.audit.models import Divergence, LedgerEntry, LedgerHead, WaitingEntry
from shared.errors import NotFound
from shared.events.envelope import Envelope
from shared.web.paging import LARGEST_PAGE, Page, decode_cursor, page_of

BATCH = 1000

TimeOf = Literal["recorded", "acted"]


@dataclass(frozen=True, kw_only=True)
class Head:
    """Where a ledger ends by its head and by its entries (``end``), and what waits to enter it."""

    authority: str
    size: int
    chain: bytes
    end: int
    waiting: int
    waiting_since: datetime | None


def head_of(session: Session, authority: str) -> Head:
    """Where an authority's ledger ends; size 0 for one without entries.

    One statement, so that head and entries are those of the same moment.
    """
    head, entry, waits = LedgerHead.authority, LedgerEntry.authority, WaitingEntry.authority
    row = session.execute(
        select(
            _one(select(LedgerHead.size).where(head == authority), "size"),
            _one(select(LedgerHead.chain).where(head == authority), "chain"),
            _one(select(func.max(LedgerEntry.index)).where(entry == authority), "newest"),
            _one(select(func.count()).where(waits == authority), "waiting"),
            _one(select(func.min(WaitingEntry.kept_at)).where(waits == authority), "since"),
        )
    ).one()
    return Head(
        authority=authority,
        size=row.size or 0,
        chain=row.chain or GENESIS,
        end=0 if row.newest is None else row.newest + 1,
        waiting=row.waiting,
        waiting_since=row.since,
    )


def _one(statement: Select[Any], name: str) -> Label[Any]:
    return statement.scalar_subquery().label(name)


def entries_between(session: Session, authority: str, first: int, end: int) -> Iterator[Any]:
    """The entries ``first`` to ``end`` - 1 in order, streamed in batches (Core rows)."""
    table = LedgerEntry.__table__.c
    statement = (
        select(
            table.index,
            table.event_id,
            table.subject,
            table.sequence,
            table.type,
            table.body,
            table.leaf,
            table.chain,
        )
        .where(table.authority == authority, table.index >= first, table.index < end)
        .order_by(table.index)
        .execution_options(yield_per=BATCH)
    )
    yield from session.execute(statement)


def page_of_entries(
    session: Session, authority: str, cursor: str | None, *, newest_first: bool
) -> Page[Row[Any]]:
    """A page of the ledger, without the bytes."""
    last = decode_cursor(cursor, int)
    statement = _shown().where(LedgerEntry.authority == authority).limit(LARGEST_PAGE + 1)
    order = LedgerEntry.index.desc() if newest_first else LedgerEntry.index.asc()
    if last:
        beyond = LedgerEntry.index < last[0] if newest_first else LedgerEntry.index > last[0]
        statement = statement.where(beyond)
    rows = session.execute(statement.order_by(order)).all()
    return page_of(rows, LARGEST_PAGE, keys=lambda row: (row.index,))


def body_of_entry(session: Session, authority: str, index: int) -> bytes:
    """The bytes of one entry as they came; raises ``NotFound``."""
    body = session.scalar(
        select(LedgerEntry.body).where(
            LedgerEntry.authority == authority, LedgerEntry.index == index
        )
    )
    if body is None:
        raise NotFound("The ledger has no entry %(index)s.", index=index)
    return body


def entry_known_at(
    session: Session, authority: str, subject: str, *, until: ColumnElement[bool] | None
) -> Row[Any]:
    """The last entry of a subject for which ``until`` holds; raises ``NotFound``."""
    statement = _shown(LedgerEntry.body).where(
        LedgerEntry.authority == authority, LedgerEntry.subject == subject
    )
    if until is not None:
        statement = statement.where(until)
    row = session.execute(statement.order_by(LedgerEntry.sequence.desc()).limit(1)).one_or_none()
    if row is None:
        raise NotFound("Nothing was known of %(subject)s by then.", subject=subject[:80])
    return row


def has_later_act_before(
    session: Session, authority: str, subject: str, *, sequence: int, day: date
) -> bool:
    """Whether an act after ``day`` was recorded before entry ``sequence`` of the subject."""
    found = session.execute(
        select(LedgerEntry.index)
        .where(
            LedgerEntry.authority == authority,
            LedgerEntry.subject == subject,
            LedgerEntry.sequence < sequence,
            LedgerEntry.acted_on > day,
        )
        .limit(1)
    )
    return found.first() is not None


def divergences_of(session: Session, authority: str, cursor: str | None) -> Page[Divergence]:
    """What was found to differ, newest first."""
    last = decode_cursor(cursor, UUID)
    statement = select(Divergence).where(Divergence.authority == authority)
    if last:
        statement = statement.where(Divergence.id < last[0])
    rows = session.scalars(statement.order_by(Divergence.id.desc()).limit(LARGEST_PAGE + 1)).all()
    return page_of(rows, LARGEST_PAGE, keys=lambda row: (str(row.id),))


def open_divergences(
    session: Session, authority: str, reasons: Sequence[str]
) -> Sequence[Divergence]:
    """What was found for one of these reasons and is not settled."""
    return session.scalars(
        select(Divergence)
        .where(
            Divergence.authority == authority,
            Divergence.state == "open",
            Divergence.reason.in_(reasons),
        )
        .order_by(Divergence.id)
    ).all()


def is_recorded(
    session: Session, authority: str, about: str, *, sequence: int, reason: str
) -> bool:
    """Whether this divergence is on record already."""
    found = session.execute(
        select(Divergence.id).where(
            Divergence.authority == authority,
            Divergence.about == about,
            Divergence.about_sequence == sequence,
            Divergence.reason == reason,
        )
    )
    return found.first() is not None


def least_in_log(session: Session) -> int:
    """How many events of all authorities entered the ledger or wait to: the log had each before."""
    entered = session.scalar(select(func.sum(LedgerHead.size))) or 0
    waiting = session.scalar(select(func.count()).select_from(WaitingEntry)) or 0
    return int(entered) + waiting


def bytes_of(session: Session, envelope: Envelope) -> bytes | None:
    """The bytes under an event's id, as they entered the ledger or wait to; None where none did."""
    id_ = UUID(envelope.id)
    for kept in (LedgerEntry, WaitingEntry):
        body = session.scalar(select(kept.body).where(kept.event_id == id_))
        if body is not None:
            return body
    return None


def _shown(*more: Any) -> Select[Any]:
    return select(
        LedgerEntry.index,
        LedgerEntry.event_id,
        LedgerEntry.type,
        LedgerEntry.subject,
        LedgerEntry.sequence,
        LedgerEntry.acted_on,
        LedgerEntry.recorded_at,
        LedgerEntry.leaf,
        LedgerEntry.chain,
        *more,
    )
