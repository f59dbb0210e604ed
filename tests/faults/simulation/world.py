"""intake, review and opinions with their real relays and workers, on a bus made of lists.

Everything that chance decides comes from one number, ids included, so that a run can be repeated.
"""

from __future__ import annotations

import base64
import random
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import delete, text

from services.opinions.demo import seed_demo as seed_bodies
from services.review.demo import seed_demo as seed_council
from shared import clock, failpoints, ids, relay, worker
from shared.bus_problems import PARKED_SECONDS
from shared.bus_report import waiting_report
from shared.context import ServiceContext, open_context
from shared.db.authorities import AuthorityProfile, remember_authority
from shared.db.engine import EVERY_AUTHORITY
from shared.db.migrations import migrate
from shared.demo import DEMO_AUTHORITY, DEMO_STARTS_ON
from shared.http_client import ServiceClients
from shared.logs import configure_logs
from shared.parts import load_part
from shared.relay import Relay
from shared.worker import Worker
from tests.faults.simulation.bus import Bus, Killed, Sender
from tests.faults.simulation.clock import SimulatedClock

SERVICES = ("intake", "review", "opinions")
UPKEEP = ("forget_answers", "release_parked")
"""The timers of every worker, which depend on how old something is."""

FACTS = {
    "languages": ["ar", "fr"],
    "local_rules": {},
    "population": 80149,
    "has_arrondissements": False,
    "holidays": [],
}


class World:
    """The three services; ``begin`` puts them back to where every run begins.

    ``parked_long`` counts how often somewhere an event had waited for longer than is well, and
    ``untold`` are the cases in which a service said another age.
    """

    def __init__(self, folder: Path, clock: SimulatedClock) -> None:
        self._folder = folder
        self.clock = clock
        self.parked_long, self.untold = 0, list[str]()
        self.contexts = {service: self._open(service) for service in SERVICES}
        self.bus = Bus(chance=random.Random(0), services=SERVICES, clock=clock)
        self.relays: dict[str, Relay] = {}
        self.workers: dict[str, Worker] = {}
        self._make_template()

    def begin(self, seed: int) -> random.Random:
        """Forget the last run; returns the chance of this one."""
        for service, context in self.contexts.items():
            context.database.close()
            for ending in ("-wal", "-shm"):
                (self._folder / f"{service}.db{ending}").unlink(missing_ok=True)
            shutil.copyfile(self._folder / f"{service}.template", self._folder / f"{service}.db")
        chance = random.Random(seed)
        _Ids.chance, _Ids.last = random.Random(seed), 0
        self.clock.seconds, self.parked_long, self.untold = 0.0, 0, []
        self.bus = Sender.bus = Bus(chance=chance, services=SERVICES, clock=self.clock)
        for service in SERVICES:
            self.restart(service)
        return chance

    def restart(self, service: str) -> None:
        """New relay and worker, as after a kill; what was in memory is gone."""
        context = self.contexts[service]
        with context.database.write(EVERY_AUTHORITY) as (session, _):
            # The killed relay's lease runs out; nobody wants to wait for that here.
            session.execute(delete(context.base.plumbing.outbox_slot))
        self.relays[service] = Relay(context)
        self.workers[service] = load_part(service).create_worker(context)

    def move_business_date(self, day: Any) -> None:
        """Tell every service the authority's new day, at once."""
        for context in self.contexts.values():
            with context.database.write(EVERY_AUTHORITY) as (session, _):
                remember_authority(session, context.base.plumbing, _authority(day))

    def rows(self, service: str, sql: str) -> list[Any]:
        """The rows of a question to one service's database."""
        with self.contexts[service].database.read(EVERY_AUTHORITY) as session:
            return list(session.execute(text(sql)))

    def close(self) -> None:
        """Give everything back."""
        for context in self.contexts.values():
            context.close()

    def _open(self, service: str) -> ServiceContext:
        part = load_part(service)
        environ = {
            "DATA_DIR": str(self._folder),
            "MASTER_KEY": base64.b64encode(bytes(32)).decode(),
        }
        clients = ServiceClients({})
        return open_context(service, part.settings, part.base, environ=environ, clients=clients)

    def _make_template(self) -> None:
        for service, context in self.contexts.items():
            migrate(context.database, service)
        self.move_business_date(DEMO_STARTS_ON)
        seed_council(self.contexts["review"])
        seed_bodies(self.contexts["opinions"])
        Sender.bus = self.bus
        for service in SERVICES:
            self.restart(service)
        self.run_to_rest()
        for service, context in self.contexts.items():
            context.database.close()
            with context.database.engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            context.database.close()
            shutil.copyfile(self._folder / f"{service}.db", self._folder / f"{service}.template")

    def run_to_rest(self) -> None:
        """Relay, deliver and let time pass without faults until nothing is left to do."""
        self.bus.is_calm = True
        for _ in range(2000):
            if self.bus.deliver_next(self.workers):
                continue
            waiting = [service for service in SERVICES if self.has_waiting(service)]
            for service in waiting:
                self.relays[service].relay_once()
            if not waiting and not self._time_passes():
                return
        raise AssertionError("the run does not come to rest")

    def _time_passes(self) -> bool:
        """Go on to when the next message comes that waits somewhere; False when none does."""
        due = self.bus.next_due()
        if due is None:
            return False
        self.clock.seconds = max(self.clock.seconds, due)
        for service, context in self.contexts.items():
            self._compare_ages(service)
            for timer in self.workers[service]._timers:
                if timer.name in UPKEEP:
                    timer.run(context)
        return True

    def _compare_ages(self, service: str) -> None:
        """Note it when an operator is not told how long the longest parked event waits by now."""
        parked = self.rows(service, "SELECT min(parked_at) FROM inbox_parked")[0][0]
        since = self.clock.now() if parked is None else datetime.fromisoformat(f"{parked}+00:00")
        age = int((self.clock.now() - since).total_seconds())
        told = waiting_report(self.contexts[service])["parked_oldest_seconds"]
        self.parked_long += age > PARKED_SECONDS
        if told != age:
            self.untold.append(f"age: {service} holds one for {age} s and tells of {told} s")

    def has_waiting(self, service: str) -> bool:
        """Whether a service has events that its relay has not brought away."""
        with self.contexts[service].database.engine.connect() as connection:
            found = connection.exec_driver_sql("SELECT 1 FROM outbox LIMIT 1").first()
        return found is not None


class _Ids:
    """Ids that a seed repeats, in the order of their making like real ones."""

    chance = random.Random(0)
    last = 0

    @classmethod
    def next(cls) -> UUID:
        cls.last += 1
        number = (cls.last << 80) | cls.chance.getrandbits(74)
        return UUID(int=(number & ~(0xF << 76)) | (7 << 76))


def _authority(day: Any) -> AuthorityProfile:
    return AuthorityProfile(
        code=DEMO_AUTHORITY,
        kind="commune",
        zone="Africa/Casablanca",
        business_date=day,
        name={"fr": "Taroudant", "original": "fr"},
        profile=FACTS,
        sequence=1,
    )


def _killed() -> None:
    raise Killed


@contextmanager
def simulated(folder: Path) -> Iterator[World]:
    """A world whose bus, ids and kills are simulated while the block runs."""
    configure_logs("simulation", "CRITICAL", json=True)
    time = SimulatedClock()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "datetime", time)
        patch.setattr(clock, "time", time)
        patch.setattr(ids, "uuid7", _Ids.next)
        patch.setattr(relay, "Publisher", Sender)
        patch.setattr(worker, "Publisher", Sender)
        patch.setattr(failpoints, "die", _killed)
        patch.setattr(failpoints, "_armed", failpoints._Armed())
        world = World(folder, time)
        try:
            yield world
        finally:
            world.close()


@contextmanager
def fast_folder() -> Iterator[Path]:
    """A folder that is gone afterwards, in memory where the system offers that."""
    memory = Path("/dev/shm")  # noqa: S108 - only the test's own folder in it is used.
    base = memory if memory.is_dir() else None
    with tempfile.TemporaryDirectory(prefix="arida-simulation-", dir=base) as folder:
        yield Path(folder)
