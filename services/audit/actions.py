"""Everything that changes the ledger. Where an event enters it: ``enter_event``."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import cast
from uuid import UUID

import structlog
from sqlalchemy import Table, insert, inspect

from services.audit import queries, waiting
from services.audit.findings import Finding
from services.audit.hashing import GENESIS, chain_hash, leaf_hash
from services.audit.models import Divergence, LedgerEntry, LedgerHead, WaitingEntry
from services.audit.reasons import CAUSE_MISSING
from services.audit.state import DIVERGENCE_WORKFLOW
from services.audit.workflow import DivergenceState
from shared.db.upsert import insert_and_set, locked_or_new
from shared.events.envelope import Envelope, decode
from shared.events.ledger import DivergenceFound
from shared.unit_of_work import UnitOfWork
from shared.workflow import Act, move

log = structlog.get_logger()

HEADS, ENTRIES = cast(Table, LedgerHead.__table__), cast(Table, LedgerEntry.__table__)


def enter_event(uow: UnitOfWork, envelope: Envelope, body: bytes) -> None:
    """Append an event after its cause, or keep it until that has come; then what waited for it.

    Events about the ledger itself are no entries, but may be what others wait for.
    """
    head = _locked_head(uow)
    if envelope.kind not in waiting.NO_ENTRIES:
        first = waiting.what_must_come_first(uow.session, envelope)
        if first is not None:
            _keep_waiting(uow, envelope, body, first)
            return
        _append(uow, head, envelope, body)
    _append_what_waited(uow, head, UUID(envelope.id))


def enter_without_cause(uow: UnitOfWork, *, longest: timedelta) -> int:
    """Append what has waited longer than ``longest``, and put on record that its cause is missing.

    Returns how many such entries there were. An event whose subject has an earlier one waiting
    goes on waiting for that one.
    """
    head, entered = _locked_head(uow), 0
    expired = waiting.waiting_since_before(uow.session, uow.authority, uow.recorded_at - longest)
    for row in expired:
        # One appended before it may have let this one in already.
        if inspect(row).deleted or _waits_for_its_own_subject(uow, row):
            continue
        envelope = decode(row.body)
        _append(uow, head, envelope, row.body)
        uow.session.delete(row)
        record_divergence(
            uow,
            row.subject,
            sequence=row.sequence,
            reason=CAUSE_MISSING,
            event=row.event_id,
        )
        _append_what_waited(uow, head, row.event_id)
        entered += 1
    return entered


def record_divergence(
    uow: UnitOfWork, about: str, *, sequence: int, reason: str, event: UUID | str
) -> None:
    """Put a divergence on record and tell it, once for each subject, sequence and reason."""
    if queries.is_recorded(uow.session, uow.authority, about, sequence=sequence, reason=reason):
        return
    row = Divergence(
        state=DivergenceState.NEW.value,
        about=about,
        about_sequence=sequence,
        reason=reason,
        event=str(event),
        found_at=uow.recorded_at,
    )
    what = DivergenceFound(event=str(event))
    move(DIVERGENCE_WORKFLOW, uow.add(row), "find", uow, Act(what=what))


def record_findings(uow: UnitOfWork, findings: Sequence[Finding]) -> None:
    """Put what a replay found on record."""
    for finding in findings:
        record_divergence(
            uow,
            finding.subject,
            sequence=finding.sequence,
            reason=finding.reason,
            event=finding.event or "",
        )


@dataclass(kw_only=True)
class _Head:
    """How long the ledger is and what its chain ends with, under the lock of who appends."""

    size: int
    chain: bytes


def _locked_head(uow: UnitOfWork) -> _Head:
    """The authority's head under its lock, so that one entry is appended at a time."""
    row = locked_or_new(uow.session, HEADS, authority=uow.authority, size=0, chain=GENESIS)
    return _Head(size=row.size, chain=row.chain)


def _append(uow: UnitOfWork, head: _Head, envelope: Envelope, body: bytes) -> None:
    leaf = leaf_hash(body)
    chain = chain_hash(head.chain, leaf)
    entry = {
        "authority": uow.authority,
        "index": head.size,
        "event_id": UUID(envelope.id),
        "subject": envelope.subject,
        "sequence": envelope.sequence,
        "type": envelope.type,
        "acted_on": envelope.data.acted_on,
        "recorded_at": envelope.time,
        "body": body,
        "leaf": leaf,
        "chain": chain,
    }
    head.size, head.chain = head.size + 1, chain
    insert_and_set(
        uow.session, (ENTRIES, entry), HEADS, "authority", size=head.size, chain=head.chain
    )


def _append_what_waited(uow: UnitOfWork, head: _Head, event_id: UUID) -> None:
    """Append what waited for an event, then what waited for that, and so on."""
    come = deque([event_id])
    while come:
        latest = come.popleft()
        for row in waiting.waiting_for(uow.session, uow.authority, latest):
            envelope = decode(row.body)
            first = waiting.what_must_come_first(uow.session, envelope, come=latest)
            if first is not None:
                row.waits_for = first
                continue
            come.append(row.event_id)
            _append(uow, head, envelope, row.body)
            uow.session.delete(row)


def _keep_waiting(uow: UnitOfWork, envelope: Envelope, body: bytes, first: UUID) -> None:
    uow.session.execute(
        insert(WaitingEntry).values(
            event_id=UUID(envelope.id),
            authority=uow.authority,
            subject=envelope.subject,
            sequence=envelope.sequence,
            waits_for=first,
            body=body,
            kept_at=uow.recorded_at,
        )
    )
    log.info("entry_waits", waits_for=str(first))


def _waits_for_its_own_subject(uow: UnitOfWork, row: WaitingEntry) -> bool:
    return waiting.earlier_waiting(uow.session, decode(row.body)) is not None
