"""What must hold after a storm, asked of the databases and of the client's own history.

The numbers are those of the project's fault plan: I1 to I4, I6, I7, I11 and I12.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import text

from services.audit.workflow_tables import WorkflowTables
from shared.broker.dead_letters import dead_letters
from shared.broker.status import bus_status
from shared.broker.topology import SUBSCRIPTIONS
from shared.context import ServiceContext, open_context
from shared.db.engine import EVERY_AUTHORITY
from shared.http_client import ServiceClients
from shared.parts import WITH_DATABASE, load_part
from shared.settings import PlatformSettings, load_settings
from shared.testing.installation import ROOT
from tests.faults.history import History
from tests.faults.letters import log_of

Rows = list[Any]
TABLES = ROOT / "docs/contracts/workflows"


class Checks:
    """The databases of all services at rest; ``poison`` are the ids that nobody can handle."""

    def __init__(self, environ: Mapping[str, str], poison: set[str]) -> None:
        self._environ = environ
        self._poison = poison

    def on_their_way(self) -> list[str]:
        """What is not handled yet: the messages that wait or, without any, what databases lack.

        Databases are asked last, because asking all of them takes time from those at work.
        """
        platform = load_settings(PlatformSettings, environ=self._environ)
        statuses = bus_status(platform.bus_url, prefix=platform.broker_prefix)
        queues = [one for one in statuses if ".delay." in one.name or one.name.endswith(".events")]
        waiting = [f"I11 {one.ready} messages wait in {one.name}" for one in queues if one.ready]
        return waiting or self.unfinished()

    def unfinished(self) -> list[str]:
        """What is not as it must be when all events were handled (I11)."""
        found = []
        for service in WITH_DATABASE:
            with self._read(service) as ask:
                left = ask("SELECT count(*) FROM outbox")[0][0]
                if left:
                    found.append(f"I11 {service} has {left} events in its outbox")
                found += [
                    f"I11 {service} holds {row.event_id} of {row.subject}: {row.reason}"
                    for row in ask("SELECT event_id, subject, reason FROM inbox_parked")
                    if _id(row.event_id) not in self._poison
                ]
        return [*found, *self._behind()]

    def violations(self, history: History) -> list[str]:
        """Every rule that does not hold, in a line each."""
        noted = [f"{one['rule']} {one}" for one in history.of("violation")]
        return [
            *noted,
            *self._petitions(history),
            *self._cases(),
            *self._histories(),
            *self._authorities(),
            *self._ledger(),
            *self.unfinished(),
        ]

    def _petitions(self, history: History) -> Iterator[str]:
        """I1 and I3: what was answered is there, once, and numbered without a gap."""
        with self._read("intake") as ask:
            rows = ask("SELECT id, authority, state, reference, filed_on FROM petition")
        filed = {_id(row.id): row for row in rows if row.state == "filed"}
        answered = {one["petition"]: one for one in history.of("done", act="file")}
        unclear = {one.get("petition") for one in history.of("given-up", act="file")}
        for id_, one in answered.items():
            if id_ not in filed or filed[id_].reference != one["reference"]:
                yield f"I1 {id_} was answered as {one['reference']} and is not there as that"
        for id_ in filed.keys() - answered.keys() - unclear:
            yield f"I1 {id_} is filed and nobody was told"
        drafts = {one["petition"] for one in history.of("done", act="draft")}
        if not history.of("given-up", act="draft") and {_id(row.id) for row in rows} != drafts:
            yield f"I1 {len(rows)} petitions, {len(drafts)} answered drafts"
        numbers = Counter(row.reference for row in filed.values())
        for authority in {row.authority for row in filed.values()}:
            own = [row for row in filed.values() if row.authority == authority]
            wanted = {f"{authority}/{str(own[0].filed_on)[:4]}/{n}" for n in range(1, len(own) + 1)}
            if {row.reference for row in own} != wanted or max(numbers.values()) > 1:
                yield f"I3 {authority} has numbers {sorted(numbers)}"

    def _cases(self) -> Iterator[str]:
        """I2: a filed petition has exactly one case, of the same reference."""
        with self._read("intake") as ask:
            filed = [
                tuple(map(_id, row))
                for row in ask(
                    "SELECT id, reference, authority FROM petition WHERE state = 'filed'"
                )
            ]
        with self._read("review") as ask:
            cases = [
                tuple(map(_id, row))
                for row in ask('SELECT id, reference, authority FROM "case"')
                if _id(row.id) not in self._poison
            ]
        if sorted(filed) != sorted(cases):
            yield f"I2 petitions and cases differ: {sorted(set(filed) ^ set(cases))[:5]}"

    def _histories(self) -> Iterator[str]:
        """I6 and I7: numbers without a gap, steps of the table, each from where the last led."""
        tables = WorkflowTables(TABLES)
        for service in WITH_DATABASE:
            last: dict[str, tuple[int, str]] = {}
            for row in self._steps(service):
                sequence, state = last.get(row.subject, (0, row.from_state))
                if row.sequence != sequence + 1:
                    yield f"I6 {row.subject} has {row.sequence} after {sequence}"
                step = (row.trigger, row.from_state, row.to_state, row.type)
                if row.from_state != state or not tables.allows(row.subject.split("/")[0], step):
                    yield f"I7 {row.subject} took {step} in state {state}"
                last[row.subject] = (row.sequence, row.to_state)

    def _steps(self, service: str) -> Rows:
        with self._read(service) as ask:
            return ask(
                'SELECT subject, sequence, type, "trigger", from_state, to_state FROM history'
                " ORDER BY subject, sequence"
            )

    def _behind(self) -> Iterator[str]:
        """I6 and I11 for consumers: each has handled every event of the kinds it takes."""
        reached = self._emitted()
        for service, kinds in SUBSCRIPTIONS.items():
            with self._read(service) as ask:
                cursors = {row.subject: row.sequence for row in ask("SELECT * FROM inbox_cursor")}
            for subject, sequence in reached.items():
                takes = kinds == ("#",) or subject.split("/")[0] in kinds
                if takes and cursors.get(subject) != sequence:
                    yield f"I11 {service} is at {cursors.get(subject)} of {sequence} {subject}"

    def _emitted(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for service in WITH_DATABASE:
            for row in self._steps(service):
                found[row.subject] = row.sequence
        return found

    def _ledger(self) -> Iterator[str]:
        """Every committed event stands in the ledger, once, and in the log of the bus."""
        own = ("checkpoint", "divergence")
        platform = load_settings(PlatformSettings, environ=self._environ)
        logged = {one.id for one in log_of(platform)}
        with self._read("audit") as ask:
            entered = Counter(_id(row.event_id) for row in ask("SELECT event_id FROM ledger_entry"))
        for service in WITH_DATABASE:
            with self._read(service) as ask:
                for row in ask("SELECT event_id, subject FROM history"):
                    if row.subject.split("/")[0] not in own and entered[_id(row.event_id)] != 1:
                        yield f"I11 {row.subject} stands {entered[_id(row.event_id)]} times"
                    if _id(row.event_id) not in logged:
                        yield f"I11 {row.subject}: {row.event_id} is not in the log"

    def _authorities(self) -> Iterator[str]:
        """I12: what belongs to a petition carries its petition's authority, everywhere."""
        with self._read("intake") as ask:
            owner = {
                _id(row.id): row.authority for row in ask("SELECT id, authority FROM petition")
            }
        for service in WITH_DATABASE:
            for table in ("history", "inbox_event", "inbox_cursor"):
                with self._read(service) as ask:
                    rows = ask(f"SELECT subject, authority FROM {table}")  # noqa: S608
                for row in rows:
                    kind, _, id_ = row.subject.partition("/")
                    if (
                        kind in {"petition", "case"}
                        and owner.get(id_, row.authority) != row.authority
                    ):
                        yield f"I12 {service}.{table} gives {row.subject} to {row.authority}"

    @contextmanager
    def _read(self, service: str) -> Iterator[Any]:
        context = open_part(service, self._environ)
        try:
            with context.database.read(EVERY_AUTHORITY) as session:
                yield lambda sql: list(session.execute(text(sql)))
        finally:
            context.close()


def open_part(service: str, environ: Mapping[str, str]) -> ServiceContext:
    """Open one service's context for looking at its tables."""
    part = load_part(service)
    clients = ServiceClients({})
    return open_context(service, part.settings, part.base, environ=environ, clients=clients)


def letters_of(environ: Mapping[str, str]) -> set[tuple[str, str]]:
    """Service and id of every dead letter; one whose worker died over it lies there twice."""
    platform = load_settings(PlatformSettings, environ=environ)
    found: set[tuple[str, str]] = set()
    for service in SUBSCRIPTIONS:
        with dead_letters(platform.bus_url, service, platform.broker_prefix) as held:
            found |= {(service, letter.id) for letter in held.letters}
    return found


def count_in_logs(folder: Path, word: str) -> int:
    """How often a word stands in the logs of a folder."""
    return sum(path.read_text(errors="replace").count(word) for path in folder.glob("*.log"))


def _id(value: Any) -> str:
    """Ids compare alike, whichever database they come from."""
    plain = str(value)
    is_hex = len(plain) == 32 and "-" not in plain and plain.isalnum()
    parts = (plain[:8], plain[8:12], plain[12:16], plain[16:20], plain[20:])
    return "-".join(parts) if is_hex else plain
