"""Replay: fold an authority's ledger and hold it against the live services."""

from __future__ import annotations

from dataclasses import dataclass, field

import structlog

from services.audit import queries, reasons, waiting
from services.audit.compare import Comparison, compare_kind
from services.audit.findings import MOST_FINDINGS, Finding
from services.audit.fold import Fold
from services.audit.queries import Head
from services.audit.settings import settings_of
from services.audit.workflow_tables import WorkflowTables
from shared.clock import monotonic, sleep
from shared.context import ServiceContext
from shared.events import all as _whole_catalogue  # noqa: F401 - registers every event
from shared.events.catalogue import EVENTS, kind_of

log = structlog.get_logger()

POLL_SECONDS = 0.25


@dataclass(frozen=True, kw_only=True)
class ReplayResult:
    """Cases and events in the ledger, subjects it has yet to follow, and what differs."""

    cases: int
    events: int
    behind: int
    divergences: list[Finding] = field(default_factory=list)


class Replay:
    """One run for one authority; it opens no transaction while it asks other services."""

    def __init__(self, context: ServiceContext, authority: str) -> None:
        settings = settings_of(context)
        self._context = context
        self._authority = authority
        self._patience = settings.replay_wait_seconds
        self._tables = WorkflowTables(settings.workflow_tables)
        self._fold = Fold(authority, self._tables)

    def run(self) -> ReplayResult:
        """Fold, compare, and wait a little for what is on its way; raises ``CouldNotCompare``."""
        until = monotonic() + self._patience
        head = self._read_on()
        compared = {kind: self._compare(kind) for kind in _kinds() | self._fold.last.keys()}
        while _behind(compared) and monotonic() < until:
            sleep(POLL_SECONDS)
            head = self._read_on()
            late = [kind for kind, found in compared.items() if found.behind]
            compared |= {kind: self._compare(kind) for kind in late}
        self._fold.end_at(head)
        return self._result(compared, head.waiting)

    def _read_on(self) -> Head:
        """Fold what was appended since; returns where the ledger ended then."""
        with self._context.database.read(self._authority) as session:
            head = queries.head_of(session, self._authority)
            self._fold.take(
                queries.entries_between(session, self._authority, self._fold.size, head.size)
            )
        return head

    def _compare(self, kind: str) -> Comparison:
        return compare_kind(self._context, self._fold, kind, self._body_at)

    def _body_at(self, index: int) -> bytes:
        with self._context.database.read(self._authority) as session:
            return queries.body_of_entry(session, self._authority, index)

    def _on_record(self) -> list[Finding]:
        with self._context.database.read(self._authority) as session:
            rows = queries.open_divergences(session, self._authority, reasons.RECORDED_ON_ENTRY)
        return [
            Finding(
                subject=row.about, sequence=row.about_sequence, reason=row.reason, event=row.event
            )
            for row in rows
        ]

    def _result(self, compared: dict[str, Comparison], waiting: int) -> ReplayResult:
        findings = [*self._fold.findings, *self._on_record()]
        for found in compared.values():
            findings += found.findings
        result = ReplayResult(
            cases=len(self._fold.last.get("case", {})),
            events=self._fold.events,
            behind=_behind(compared),
            divergences=findings[:MOST_FINDINGS],
        )
        log.info(
            "replay_finished",
            authority=self._authority,
            cases=result.cases,
            events=result.events,
            behind=result.behind,
            divergences=len(findings),
            waiting=waiting,
            workflows_not_checked=self._tables.unchecked(set(self._fold.last)),
        )
        return result


def _kinds() -> set[str]:
    """The kinds whose events are entries."""
    return {kind_of(type_) for type_ in EVENTS} - set(waiting.NO_ENTRIES)


def _behind(compared: dict[str, Comparison]) -> int:
    return sum(found.behind for found in compared.values())
