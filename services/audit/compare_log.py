"""``arida audit compare-log``: rebuilds the ledger's leaves from the log, and compares the two."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import islice
from uuid import UUID

import click
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from services.audit import queries, waiting
from services.audit.hashing import leaf_hash
from services.audit.models import Base, LedgerEntry, LedgerHead, WaitingEntry
from shared.broker.connection import BrokerUnavailable
from shared.clock import monotonic, sleep
from shared.context import ServiceContext
from shared.db.engine import EVERY_AUTHORITY
from shared.event_log import read_events
from shared.opening import open_service
from shared.settings import SettingsError
from shared.terminal import language_of_terminal, reason_of
from shared.web.i18n import gettext as _
from shared.web.i18n import gettext_noop, set_language

EQUAL, DIFFERENT, NOT_COMPARED = 0, 1, 2
"""What the command exits with."""

PATIENCE_SECONDS = 10.0
"""How long an event of the log may take to enter the ledger before it counts as missing."""

AT_ONCE = 500

REASONS = {
    "not-in-log": gettext_noop("The log does not hold it."),
    "another-leaf": gettext_noop("The log holds other bytes under this id."),
    "not-in-ledger": gettext_noop("It has not entered the ledger."),
}


@dataclass(frozen=True, kw_only=True)
class Leaf:
    """One event of the log as the ledger would hash it."""

    offset: int
    subject: str
    sequence: int
    leaf: bytes


@dataclass(frozen=True, kw_only=True)
class Difference:
    """Where ledger and log part: an index of the ledger or an offset of the log, and why."""

    reason: str
    subject: str
    sequence: int
    event: str
    index: int | None = None
    offset: int | None = None


@dataclass(frozen=True, kw_only=True)
class Compared:
    """What came of one authority; ``aside`` are events that wait, or were put aside by a person."""

    authority: str
    entries: int
    equal: int
    aside: int
    first_difference: Difference | None


Leaves = dict[str, dict[UUID, Leaf]]


def compare_log(authority: str | None, *, as_json: bool) -> int:
    """Compare the ledger of one authority or of all with the log; returns the exit code."""
    set_language(language_of_terminal())
    try:
        context = open_service("audit")
    except SettingsError as error:
        return _not_compared(error)
    try:
        results = list(comparisons(context, authority))
    except (BrokerUnavailable, OperationalError) as error:
        return _not_compared(error)
    finally:
        context.close()
    if as_json:
        click.echo(json.dumps({"authorities": [asdict(one) for one in results]}))
    else:
        for one in results:
            _tell(one)
    return DIFFERENT if any(one.first_difference for one in results) else EQUAL


def comparisons(context: ServiceContext, authority: str | None = None) -> Iterator[Compared]:
    """The comparison of each authority; raises ``BrokerUnavailable`` when the log cannot be read.

    Where each ledger ends is looked up first: all that is in it by then is in the log too.
    """
    with context.database.read(EVERY_AUTHORITY) as session:
        rows = session.execute(select(LedgerHead.authority, LedgerHead.size)).all()
    ends = {code: size for code, size in rows if authority in {None, code}}
    leaves = _leaves(context, authority)
    for code in sorted({*ends, *leaves}):
        yield _compared(context, code, ends.get(code, 0), leaves.get(code, {}))


def _leaves(context: ServiceContext, authority: str | None) -> Leaves:
    """The ledger as the log has it: one leaf for each event that is to be an entry."""
    leaves: Leaves = defaultdict(dict)
    for logged in read_events(context.platform):
        told = logged.envelope
        if told is None or told.kind in waiting.NO_ENTRIES:
            continue
        if authority in {None, told.authority}:
            leaves[told.authority][UUID(told.id)] = Leaf(
                offset=logged.offset,
                subject=told.subject,
                sequence=told.sequence,
                leaf=leaf_hash(logged.body),
            )
    return leaves


def _compared(
    context: ServiceContext, authority: str, end: int, leaves: dict[UUID, Leaf]
) -> Compared:
    first, equal = None, 0
    with context.database.read(authority) as session:
        for entry in queries.entries_between(session, authority, 0, end):
            told = leaves.pop(entry.event_id, None)
            if told is not None and told.leaf == bytes(entry.leaf):
                equal += 1
                continue
            first = first or Difference(
                reason="not-in-log" if told is None else "another-leaf",
                subject=entry.subject,
                sequence=entry.sequence,
                event=str(entry.event_id),
                index=entry.index,
            )
    aside, missing = _outside(context, leaves)
    return Compared(
        authority=authority,
        entries=end,
        equal=equal,
        aside=aside,
        first_difference=first or missing,
    )


def _outside(context: ServiceContext, leaves: dict[UUID, Leaf]) -> tuple[int, Difference | None]:
    """How many events of the log wait or were put aside, and the first that is nowhere."""
    until = monotonic() + PATIENCE_SECONDS
    while True:
        with context.database.read(EVERY_AUTHORITY) as session:
            entered, aside = _entered(session, leaves), _aside(session)
        lost = {id_: leaf for id_, leaf in leaves.items() if id_ not in entered | aside}
        if not lost or monotonic() >= until:
            break
        sleep(0.5)
    kept = len(leaves.keys() & (aside - entered))
    if not lost:
        return kept, None
    id_, leaf = min(lost.items(), key=lambda one: one[1].offset)
    return kept, Difference(
        reason="not-in-ledger",
        subject=leaf.subject,
        sequence=leaf.sequence,
        event=str(id_),
        offset=leaf.offset,
    )


def _entered(session: Session, ids: Iterable[UUID]) -> set[UUID]:
    found: set[UUID] = set()
    coming = iter(ids)
    while some := list(islice(coming, AT_ONCE)):
        statement = select(LedgerEntry.event_id).where(LedgerEntry.event_id.in_(some))
        found.update(session.scalars(statement))
    return found


def _aside(session: Session) -> set[UUID]:
    tables = Base.plumbing
    places = (
        WaitingEntry.event_id,
        tables.inbox_parked.c.event_id,
        tables.inbox_discarded.c.event_id,
    )
    return {id_ for place in places for id_ in session.scalars(select(place)) if id_ is not None}


def _not_compared(error: Exception) -> int:
    click.echo(_("Nothing was compared: %(reason)s", reason=reason_of(error)), err=True)
    return NOT_COMPARED


def _tell(one: Compared) -> None:
    click.echo(
        _(
            "%(authority)s: %(equal)s of %(entries)s entries are in the log, byte for byte;"
            " %(aside)s wait or were put aside.",
            authority=one.authority,
            equal=one.equal,
            entries=one.entries,
            aside=one.aside,
        )
    )
    first = one.first_difference
    if first is not None:
        place = f"index {first.index}" if first.index is not None else f"offset {first.offset}"
        named = f"{place}, {first.subject} {first.sequence}, {first.event}"
        click.echo(_("First difference: %(place)s.", place=named) + " " + _(REASONS[first.reason]))
