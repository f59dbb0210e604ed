"""One play of intake and review from filing to case, in a process that a failpoint may kill.

Played again it goes on where it was killed: with the same keys, as a client would.
"""

from __future__ import annotations

import base64
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import func, select, text

from shared import failpoints, relay
from shared.broker import consumer as consuming
from shared.broker.consumer import Consumer
from shared.broker.status import bus_status
from shared.broker.topology import queue_of
from shared.clock import monotonic, sleep
from shared.context import ServiceContext, open_context
from shared.db.authorities import AuthorityProfile, remember_authority
from shared.db.engine import EVERY_AUTHORITY
from shared.db.migrations import migrate
from shared.http_client import ServiceClients
from shared.logs import configure_logs
from shared.parts import load_part
from shared.relay import Relay
from shared.testing.harness import TODAY
from shared.testing.tokens import TokenMint
from shared.web.tokens import TokenVerifier

Ask = Callable[[str, dict[str, Any], str], dict[str, Any]]
PETITIONS = 10
POISONS = 10
PATIENCE_SECONDS = 30.0
DRAFT = {
    "petitioner": "association",
    "subject": {"fr": "Un centre"},
    "association": {"name": {"fr": "Annakhil"}, "founded_on": "2011-04-18", "has_seat_here": True},
    "people": [{"role": "legal-representative"}],
}


@dataclass(frozen=True, kw_only=True)
class World:
    """Where the play takes place; it survives the process."""

    folder: Path
    databases: dict[str, str]
    bus_url: str
    prefix: str

    def open(self, service: str) -> ServiceContext:
        """Open one service here."""
        part = load_part(service)
        environ = {
            "DATA_DIR": str(self.folder),
            f"{service.upper()}_DATABASE_URL": self.databases[service],
            "BROKER_URL": self.bus_url,
            "BROKER_PREFIX": self.prefix,
            "MASTER_KEY": base64.b64encode(bytes(32)).decode(),
        }
        clients = ServiceClients({})
        return open_context(service, part.settings, part.base, environ=environ, clients=clients)


@contextmanager
def opened(world: World) -> Iterator[tuple[ServiceContext, ServiceContext]]:
    """intake and review on new databases that know the authority."""
    prepare(world)
    intake, review = world.open("intake"), world.open("review")
    try:
        yield intake, review
    finally:
        intake.close()
        review.close()


def prepare(world: World) -> None:
    """Migrate and empty both databases, and let them know the authority."""
    for service in world.databases:
        context = world.open(service)
        migrate(context.database, service)
        tables = ", ".join(f'"{one.name}"' for one in context.base.metadata.sorted_tables)
        with context.database.write(EVERY_AUTHORITY) as (session, _):
            if not context.database.is_sqlite:
                session.execute(text(f"TRUNCATE {tables}"))
            remember_authority(session, context.base.plumbing, _authority())
        context.close()


def play(world: World, kind: str = "", failpoint: str = "") -> None:
    """File, relay and consume until all is done; armed when it comes to ``kind``'s part."""
    configure_logs("failpoints", "CRITICAL", json=True)
    # One event a batch, so that each place is passed often.
    relay.BATCH = 1
    consuming.POLL_SECONDS = 0.05
    intake, review = world.open("intake"), world.open("review")
    steps = {
        "web": lambda: file_all(intake),
        "relay": lambda: relay_all(intake),
        "worker": lambda: consume_all(review),
    }
    for step, run in steps.items():
        if step == kind:
            failpoints.arm(failpoint)
        run()


def file_all(intake: ServiceContext) -> None:
    """Draft and file every petition, each under its own keys."""
    ask = petitioner(intake)
    for number in range(PETITIONS):
        file_petition(ask, str(number))


def petitioner(intake: ServiceContext) -> Ask:
    """How a petitioner asks intake: path, body and key in, the answer out; 503 is asked again."""
    mint = TokenMint(intake.platform.issuer)
    intake.tokens = TokenVerifier(issuer=mint.issuer, fetch_keys=mint.published_keys)
    person = str(uuid5(NAMESPACE_URL, "urn:test:petitioner"))
    token = mint.token("petitioner", person=person, authority="taroudant")
    client = load_part("intake").create_app(intake).test_client()

    def ask(path: str, body: dict[str, Any], key: str) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": key}
        ends = monotonic() + PATIENCE_SECONDS
        while True:
            answer = client.post(f"/intake/v1{path}", json=body, headers=headers)
            if answer.status_code != 503 or monotonic() > ends:
                break
            sleep(0.2)
        assert answer.status_code in {200, 201}, answer.text
        assert answer.json is not None
        return dict(answer.json)

    return ask


def file_petition(ask: Ask, name: str) -> None:
    """Draft and file one petition under keys made from its name."""
    petition = ask("/petitions", DRAFT, f"draft-{name}")["id"]
    ask(f"/petitions/{petition}/filing", {}, f"file-{name}")


def relay_all(intake: ServiceContext) -> None:
    """Relay until the outbox is empty."""
    relaying, outbox = Relay(intake), intake.base.plumbing.outbox
    _until(lambda: not relaying.relay_once() and not count(intake, outbox), "an empty outbox")
    relaying.close()


def consume_all(review: ServiceContext) -> None:
    """Consume until every event had its effect and every poison lies with the dead letters."""
    platform, tables = review.platform, review.base.plumbing
    worker = load_part("review").create_worker(review)
    queue = queue_of("review", platform.broker_prefix)

    def is_done() -> bool:
        found = {
            one.name: one.ready
            for one in bus_status(platform.bus_url, prefix=platform.broker_prefix)
        }
        dead = found[f"{platform.broker_prefix}review.dead"]
        return (
            found[queue] == 0 and dead >= POISONS and count(review, tables.inbox_event) == PETITIONS
        )

    while not is_done():
        stop = threading.Event()
        consumer = Consumer(platform.bus_url, queue, on_message=worker.receive, stop=stop)
        thread = threading.Thread(target=consumer.run)
        thread.start()
        _until(is_done, "every case")
        stop.set()
        thread.join()


def count(context: ServiceContext, table: Any) -> int:
    """How many rows a table has."""
    with context.database.read(EVERY_AUTHORITY) as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def _until(holds: Any, what: str) -> None:
    ends = monotonic() + PATIENCE_SECONDS
    while not holds():
        assert monotonic() < ends, f"{what} did not come"
        sleep(0.02)


def _authority() -> AuthorityProfile:
    return AuthorityProfile(
        code="taroudant",
        kind="commune",
        zone="Africa/Casablanca",
        business_date=TODAY,
        name={"fr": "Taroudant", "original": "fr"},
        profile={
            "languages": ["ar", "fr"],
            "local_rules": {},
            "population": 80149,
            "has_arrondissements": False,
            "holidays": [],
        },
        sequence=1,
    )
