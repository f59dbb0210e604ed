"""A service with its bus and its log: what it hears is published, what it says is relayed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select, text

from shared.broker import log_stream, topology
from shared.broker.connection import connect, is_embedded
from shared.broker.publisher import OutgoingMessage, Publisher
from shared.db.engine import EVERY_AUTHORITY
from shared.db.timer_hold import TimerHold
from shared.event_log import read_events
from shared.events.authorities import AuthorityChanged, AuthorityRegistered, AuthoritySnapshot
from shared.events.envelope import Envelope, decode, encode
from shared.events.texts import Texts
from shared.filling import Filled, Filling
from shared.ids import new_id
from shared.parts import load_part
from shared.relay import Relay
from shared.testing.harness import AUTHORITY, TODAY, Harness, event_envelope
from tests.integration.shared.conftest import Bus, is_emptied, remove_whole

NEVER_THE_SAME = {"received_at", "intended_at", "next_try_at", "told_at", "version", "kept_at"} | {
    "body_sha256"
}
"""Instants of receiving, how often a row was written, the hash that only some deliveries leave."""

MASTER_KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
NOT_FILLED = {"outbox", "outbox_slot", "timer_lease", "idempotent_answer", "alembic_version"}


class Ground:
    """One service under test with everything that was ever told to it or by it in a log."""

    def __init__(self, harness: Harness, *, is_first: bool = True) -> None:
        self.harness = harness
        self.context = harness.context
        self.platform = harness.context.platform
        self._publisher = Publisher(self.platform.bus_url)
        self._receive = harness.deliver_bytes
        self._changes = 0
        connection = connect(self.platform.bus_url)
        topology.declare(connection, prefix=self.platform.broker_prefix)
        connection.release()
        harness.deliver_bytes = self.hear  # type: ignore[method-assign]
        harness.know_authority = self.know_authority  # type: ignore[method-assign]
        self.lose()
        if is_first:
            self.know_authority()
        else:
            self.fill()

    def hear(self, body: bytes, **options: Any) -> Any:
        """Put an event into the log and hand it to the worker."""
        self.publish(decode(body))
        return self._receive(body, **options)

    def publish(self, *events: Envelope) -> None:
        """Put events into the log only."""
        exchange = self.platform.broker_prefix + topology.EXCHANGE
        messages = [
            OutgoingMessage(
                id=one.id,
                routing_key=topology.routing_key(one.type, one.subject),
                body=encode(one),
                exchange=exchange,
            )
            for one in events
        ]
        assert not self._publisher.publish(messages).refused

    def know_authority(
        self,
        code: str = AUTHORITY,
        *,
        today: date | None = TODAY,
        fields: Sequence[str] = ("business_date",),
        **changes: Any,
    ) -> None:
        """Let everybody hear of the authority and its day; ``fields`` say what changed."""
        self._changes += 1
        facts: dict[str, Any] = {"holidays": [], "local_rules": {}, **changes}
        after = AuthoritySnapshot(
            code=code,
            state="active",
            kind="commune",
            name=Texts(fr=code, original="fr"),
            zone="Africa/Casablanca",
            languages=["ar", "fr"],
            population=80149,
            has_arrondissements=False,
            business_date=today,
            **facts,
        )
        is_new = self._changes == 1
        what = AuthorityRegistered() if is_new else AuthorityChanged(fields=list(fields))
        envelope = event_envelope(
            what,
            after,
            subject=f"authority/{code}",
            sequence=self._changes,
            acted_on=today or TODAY,
        )
        self.hear(encode(envelope), message_id=envelope.id)

    def relay(self) -> None:
        """Take everything that was said to the log."""
        relay = Relay(self.context)
        while relay.relay_once():
            pass
        relay.close()
        assert self.harness.emitted() == []

    def lose(self) -> None:
        """Lose every row of the database, those too that triggers keep."""
        if not self.context.database.is_sqlite:
            self.harness._empty()
            return
        with self.context.database.write(EVERY_AUTHORITY) as (session, _):
            kept = text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = session.execute(kept).all()
            for name, _sql in triggers:
                session.execute(text(f"DROP TRIGGER {name}"))
            for table in reversed(self.context.base.metadata.sorted_tables):
                session.execute(delete(table))
            for _name, sql in triggers:
                session.execute(text(sql))

    def rows(self, *without: str) -> dict[str, list[dict[str, Any]]]:
        """Every row of every table that a fill is to bring back, in an order of their own."""
        found = {}
        with self.context.database.read(EVERY_AUTHORITY) as session:
            for table in self.context.base.metadata.sorted_tables:
                if table.name in NOT_FILLED or table.name in without:
                    continue
                rows = session.execute(select(table)).mappings()
                kept = [{k: v for k, v in row.items() if k not in NEVER_THE_SAME} for row in rows]
                found[table.name] = sorted(kept, key=str)
        return found

    def fill(self) -> Filled:
        """Fill the database from the log."""
        return Filling(self.context, load_part(self.context.name)).run()

    def log(self) -> list[Envelope]:
        """Every event of the log."""
        return [one.envelope for one in read_events(self.platform) if one.envelope]

    def holding(self) -> TimerHold:
        """What a running worker holds."""
        return TimerHold(self.context)

    def lose_bus(self) -> None:
        """Lose everything on the bus."""
        connection = connect(self.platform.bus_url)
        topology.remove(connection, prefix=self.platform.broker_prefix)
        connection.release()

    def close(self) -> None:
        """Give its connection to the bus back."""
        self._publisher.close()


_LEFT_EMPTY: list[str] = []
"""Prefixes of whole tables on the server that earlier tests of this process left without a log."""


def left(bus: Bus) -> None:
    """Leave the table to the next test, for making one takes longer than most tests; no log."""
    if is_embedded(bus.url) or not is_emptied(bus):
        remove_whole(bus)
        return
    connection = connect(bus.url)
    connection.channel().queue_delete(bus.prefix + topology.LOG)
    connection.release()
    _LEFT_EMPTY.append(bus.prefix)


# The embedded way takes a minute more and differs only in where databases and log lie.
EMBEDDED = pytest.param("embedded", marks=[pytest.mark.embedded, pytest.mark.long])


@pytest.fixture(params=[EMBEDDED, "servers"])
def on(request: pytest.FixtureRequest) -> str:
    """SQLite and the embedded bus, or PostgreSQL and RabbitMQ."""
    return str(request.param)


@pytest.fixture
def ground_of(
    on: str,
    harness_on: Any,
    tmp_path: Path,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Callable[[str], Ground]]:
    """``ground_of(service)`` opens a service; a second one hears from the log what was said."""
    # A new log is empty, which is waited for before it is believed.
    monkeypatch.setattr(log_stream, "FIRST_SECONDS", 1.0)
    opened: list[Ground] = []
    is_shared = on == "servers"
    prefix = _LEFT_EMPTY.pop() if is_shared and _LEFT_EMPTY else f"test-{new_id()}."

    def open_ground(service: str) -> Ground:
        url = f"arida+sqlite:///{tmp_path}/bus.db"
        if is_shared:
            url = request.getfixturevalue("broker_url")
        kind = "postgresql" if is_shared else "sqlite"
        harness = harness_on(
            service,
            kind,
            BROKER_URL=url,
            BROKER_PREFIX=prefix,
            MASTER_KEY=MASTER_KEY,
        )
        opened.append(Ground(harness, is_first=not opened))
        return opened[-1]

    yield open_ground
    for ground in opened:
        ground.close()
    if opened:
        left(Bus(opened[0].platform.bus_url, prefix))
