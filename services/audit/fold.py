"""Reads a ledger from its first entry on: hashes, order, steps, each subject's last state."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import msgspec

from services.audit import reasons
from services.audit.findings import MOST_FINDINGS, Finding
from services.audit.hashing import GENESIS, chain_hash, leaf_hash
from services.audit.queries import Head
from services.audit.workflow_tables import WorkflowTables
from shared.converting import decoder_of


class _Data(msgspec.Struct, rename={"from_": "from"}):
    trigger: str
    from_: str
    to: str
    after: msgspec.Raw


class _Event(msgspec.Struct):
    id: str
    type: str
    subject: str
    sequence: str
    authority: str
    data: _Data


@dataclass(frozen=True, slots=True)
class Last:
    """The last entry of a subject; ``digest`` is SHA-256 over the bytes of its ``after``."""

    sequence: int
    state: str
    index: int
    digest: bytes


class Fold:
    """What the entries read so far come to; feed it rows in order with ``take``."""

    def __init__(self, authority: str, tables: WorkflowTables) -> None:
        self.authority = authority
        self.size = 0
        self.events = 0
        self.chain = GENESIS
        self.last: defaultdict[str, dict[str, Last]] = defaultdict(dict)
        self.findings: list[Finding] = []
        self._tables = tables
        self._decoder = decoder_of(_Event)

    def take(self, rows: Iterable[Any]) -> None:
        """Fold entries in; each is checked on its own, so one wrong entry is one finding."""
        for row in rows:
            self._check_hashes(row)
            self.size, self.chain = row.index + 1, row.chain
            self.events += 1
            try:
                event = self._decoder.decode(row.body)
                sequence = int(event.sequence)
            except (msgspec.MsgspecError, ValueError):
                self._find(row, reasons.UNREADABLE)
                continue
            self._check_columns(row, event, sequence)
            self._step(row, event, sequence)

    def end_at(self, head: Head) -> None:
        """Hold what was read against the head: every entry there, and the same chain."""
        if (self.size, self.chain, head.end) != (head.size, head.chain, head.size):
            about = f"ledger/{self.authority}"
            finding = Finding(subject=about, sequence=head.size, reason=reasons.WRONG_HEAD)
            self.findings.append(finding)

    def _check_hashes(self, row: Any) -> None:
        if row.index != self.size:
            self._find(row, reasons.INDEX_GAP)
        elif chain_hash(self.chain, row.leaf) != row.chain:
            self._find(row, reasons.WRONG_CHAIN)
        if leaf_hash(row.body) != row.leaf:
            self._find(row, reasons.WRONG_LEAF)

    def _check_columns(self, row: Any, event: _Event, sequence: int) -> None:
        listed = (str(row.event_id), row.subject, row.sequence, row.type, self.authority)
        if listed != (event.id, event.subject, sequence, event.type, event.authority):
            self._find(row, reasons.WRONG_COLUMNS)

    def _step(self, row: Any, event: _Event, sequence: int) -> None:
        kind, _, key = event.subject.partition("/")
        subjects, data = self.last[kind], event.data
        before = subjects.get(key)
        if sequence != (before.sequence if before else 0) + 1:
            self._find(row, reasons.SEQUENCE_GAP)
        elif before is not None and data.from_ != before.state:
            self._find(row, reasons.STATE_JUMP)
        if not self._tables.allows(kind, (data.trigger, data.from_, data.to, event.type)):
            self._find(row, reasons.UNKNOWN_STEP)
        digest = sha256(data.after).digest()
        subjects[key] = Last(sequence, data.to, row.index, digest)

    def _find(self, row: Any, reason: str) -> None:
        if len(self.findings) < MOST_FINDINGS:
            self.findings.append(
                Finding(
                    subject=row.subject,
                    sequence=row.sequence,
                    reason=reason,
                    index=row.index,
                    event=str(row.event_id),
                )
            )
