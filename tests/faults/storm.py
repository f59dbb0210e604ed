"""Faults on real processes while people work, then rest, then the checks and a line of figures."""

from __future__ import annotations

import random
import signal
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import httpx

from shared.clock import monotonic, sleep
from shared.parts import WITH_DATABASE
from shared.testing.aging import make_older
from tests.faults import letters
from tests.faults.client import PAUSE_SECONDS, Client
from tests.faults.ground import Ground, Supervised
from tests.faults.history import History
from tests.faults.invariants import Checks, count_in_logs, letters_of, open_part
from tests.faults.patience import MOST_SECONDS, moves_until

HOUR = timedelta(hours=1)


@dataclass(kw_only=True)
class Storm:
    """One run on one ground; ``chance`` chooses, so that a seed gives the same plan again."""

    ground: Supervised
    folder: Path
    chance: random.Random
    injected: Counter[str] = field(default_factory=Counter)
    poison: set[str] = field(default_factory=set)
    dead: set[tuple[str, str]] = field(default_factory=set)
    rested_after: float = 0.0

    def __post_init__(self) -> None:
        self.history = History(self.folder / "history.jsonl")

    @contextmanager
    def people(self, *, filing: int, living: int, pause: float = PAUSE_SECONDS) -> Iterator[None]:
        """Let people work while the block breaks things; they finish what they began.

        They rest ``pause`` seconds between their days: what they do has to be worked off after it.
        """
        clients = [
            Client(
                url=self.ground.url,
                history=self.history,
                chance=random.Random(number),
                pause=pause,
            )
            for number in range(filing + living)
        ]
        works = [
            one.file_until_stopped if number < filing else one.live_until_stopped
            for number, one in enumerate(clients)
        ]
        threads = [threading.Thread(target=work) for work in works]
        for thread in threads:
            thread.start()
        with self.ground.watched():
            try:
                yield
            finally:
                for client in clients:
                    client.stop.set()
                for client, thread in zip(clients, threads, strict=True):
                    thread.join(MOST_SECONDS)
                    assert not thread.is_alive(), "somebody does not come to an end"
                    client.close()

    def kill(self, *, times: int, every: float) -> None:
        """Kill processes at random: masters, workers, relays, consumers."""
        for _ in range(times):
            name = self.chance.choice(sorted(self.ground.installation.processes))
            self.kill_one(name, child=self.chance.random() < 0.5)
            sleep(every)

    def kill_one(self, name: str, *, child: bool) -> None:
        """Kill one process, or only gunicorn's worker under it where there is one."""
        with self.fault("kill -9", on=name):
            self.ground.kill(name, child=child)

    def wait_for_answer(self) -> None:
        """Wait until somebody answers at the address again."""
        assert self.wait_for(lambda: answers(self.ground.url)), "nobody answers"

    def wait_for_cases(self, count: int) -> None:
        """Wait until so many more filed petitions were seen as cases: the whole chain works."""
        wanted = len(self.history.of("case")) + count
        assert self.wait_for(lambda: len(self.history.of("case")) >= wanted), "no case"

    def pause(self, kind: str, *, seconds: float) -> None:
        """Stop a process in its tracks and let it go on."""
        names = [name for name in self.ground.installation.processes if name.endswith(kind)]
        process = self.ground.installation.processes[self.chance.choice(sorted(names))]
        with self.fault("SIGSTOP", on=kind):
            process.send_signal(signal.SIGSTOP)
            sleep(seconds)
            process.send_signal(signal.SIGCONT)

    def send_poison(self) -> None:
        """Bytes that are no event, an event nobody knows, and one of a newer version."""
        with self.fault("poison"):
            sent = letters.poison(self.ground.environ, self.chance)
            self.poison |= sent.ids
            self.dead |= sent.dead_letters

    def repeat_deliveries(self) -> None:
        """Deliver events of the log once more, twice each, and in another order."""
        with self.fault("repeated deliveries"):
            letters.repeat(self.ground.environ, self.chance)

    def send_late(self, *, seconds: int = 30) -> None:
        """Let copies of the first events come an hour late, as the databases remember it."""
        with self.fault("late deliveries"):
            letters.late(self.ground.environ, seconds)
            for service in WITH_DATABASE:
                context = open_part(service, self.ground.environ)
                make_older(context, HOUR)
                context.close()

    def rest(self) -> list[str]:
        """Wait until every rule holds; returns what breaks one when nothing moves any more."""
        checks = Checks(self.ground.environ, self.poison)
        began, found = monotonic(), [""]

        def holds() -> bool:
            # Timers go on telling people things, so a first look may meet an event on its way.
            found[:] = checks.on_their_way() or self._broken(checks)
            return not found

        with self.ground.watched():
            moves_until(holds, lambda: list(found))
        self.rested_after = monotonic() - began
        return found

    def wait_for(self, holds: Callable[[], bool]) -> bool:
        """Wait until it holds, for as long as anybody is answered; returns whether it does."""
        return moves_until(
            holds, lambda: len(self.history.of("done")) + len(self.history.of("case"))
        )

    def _broken(self, checks: Checks) -> list[str]:
        dead = letters_of(self.ground.environ)
        wrong = [f"I11 a dead letter that nobody poisoned: {one}" for one in dead - self.dead]
        wrong += [f"I11 a poison that did not die: {one}" for one in self.dead - dead]
        return [*checks.violations(self.history), *wrong]

    def report(self) -> str:
        """The figures of the run."""
        logs = self.ground.installation.folder
        waits = sorted(self._recoveries())
        acts = Counter(one["act"] for one in self.history.of("done"))
        absorbed = count_in_logs(logs, '"outcome": "repeated"')
        replayed = len(self.history.of("done", replayed=True))
        return "\n".join(
            [
                f"faults injected    {sum(self.injected.values())}: {dict(self.injected)}",
                f"acts done          {acts.total()}: {dict(acts)}",
                f"refused for good   {len(self.history.of('refused'))}",
                f"unknown outcomes   {len(self.history.of('no-answer'))}",
                f"duplicates absorbed {absorbed} events, {replayed} requests",
                f"recovery           p50 {_part(waits, 0.5):.1f} s, p99 {_part(waits, 0.99):.1f} s",
                f"started again      {self.ground.revived} processes that ended by themselves",
                f"at rest after      {self.rested_after:.1f} s",
            ]
        )

    def filed_during(self, fault: str) -> int:
        """How many petitions were filed while a kind of fault lasted."""
        filed = [one["at"] for one in self.history.of("done", act="file")]
        faults = self.history.of("fault", kind=fault)
        return sum(any(one["began"] <= at <= one["at"] for one in faults) for at in filed)

    @contextmanager
    def fault(self, kind: str, **facts: str) -> Iterator[None]:
        """Note a fault from its beginning to its end."""
        began = round(monotonic(), 3)
        yield
        self.injected[kind] += 1
        self.history.note("fault", kind=kind, began=began, **facts)

    def _recoveries(self) -> Iterator[float]:
        """From the end of each fault to the next case that opened: the whole chain works."""
        cases = sorted(one["at"] for one in self.history.of("case"))
        for fault in self.history.of("fault"):
            later = [at for at in cases if at > fault["at"]]
            if later:
                yield later[0] - fault["at"]


@dataclass(kw_only=True)
class ServerStorm(Storm):
    """A storm that takes broker and database away as well."""

    ground: Ground

    def lose_broker(self, how: str, *, kills: int = 0) -> None:
        """Take the broker away, by ``stop`` or ``kill``, and kill others while it comes back."""
        with self.fault(f"broker {how}"), ThreadPoolExecutor(1) as pool:
            self.ground.broker.kill() if how == "kill" else self.ground.broker.stop()
            coming = pool.submit(self.ground.broker.start)
            self.kill(times=kills, every=0.3)
            coming.result()

    def lose_postgres(self) -> None:
        """Crash the database server and start it again."""
        with self.fault("postgres crash"):
            self.ground.crash_postgres()
            sleep(0.5)
            self.ground.restart_postgres()

    def cut(self, way: str, *, seconds: float) -> None:
        """Cut the way to ``broker`` or ``postgres`` for a while."""
        proxy = self.ground.to_broker if way == "broker" else self.ground.to_postgres
        with self.fault(f"cut to {way}"):
            proxy.cut()
            sleep(seconds)
            proxy.heal()

    def alarm(self, resource: str, *, seconds: float) -> None:
        """Let the broker be short of ``memory`` or ``disk``: it takes nothing from publishers."""
        with self.fault(f"{resource} alarm"):
            self.ground.broker.set_alarm(resource, is_on=True)
            sleep(seconds)
            self.ground.broker.set_alarm(resource, is_on=False)

    def hold(self, way: str, *, seconds: float) -> None:
        """Let nothing through to ``broker`` or ``postgres`` for a while, without a word."""
        proxy = self.ground.to_broker if way == "broker" else self.ground.to_postgres
        with self.fault(f"silence to {way}"):
            proxy.hold()
            sleep(seconds)
            proxy.heal()


def answers(url: str) -> bool:
    """Whether the system at this address serves."""
    try:
        return httpx.get(f"{url}/health", timeout=5, trust_env=False).is_success
    except httpx.TransportError:
        return False


def _part(values: list[float], share: float) -> float:
    return values[min(int(len(values) * share), len(values) - 1)] if values else 0.0
