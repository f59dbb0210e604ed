"""The cut of a backup: no database knows of an event that the database of its owner lacks."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, insert, select

from shared.backup import postgres_cut, sqlite_cut
from shared.backup.making import sqlite_file
from shared.backup.manifest import BackupRefused
from shared.clock import now, sleep
from shared.db.engine import EVERY_AUTHORITY
from shared.ids import new_id
from shared.testing.harness import AUTHORITY, Harness

CUTS = 8


@contextmanager
def at_work(owner: Harness, consumer: Harness) -> Iterator[None]:
    """An owner that emits one event after the other, and a consumer that notes each at once."""
    stop = threading.Event()

    def work() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            _emit(owner, number)
            _note(consumer, number)

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _emit(harness: Harness, number: int) -> None:
    outbox = harness.context.base.plumbing.outbox
    with harness.context.database.write(EVERY_AUTHORITY) as (session, moment):
        session.execute(
            insert(outbox).values(
                event_id=new_id(),
                authority=AUTHORITY,
                slot=0,
                subject="petition/one",
                sequence=number,
                routing_key="petition.filed.00",
                body=b"",
                recorded_at=moment,
                refusals=0,
            )
        )


def _note(harness: Harness, number: int) -> None:
    inbox = harness.context.base.plumbing.inbox_event
    with harness.context.database.write(EVERY_AUTHORITY) as (session, _):
        session.execute(
            insert(inbox).values(
                event_id=new_id(),
                authority=AUTHORITY,
                subject="petition/one",
                sequence=number,
                type="petition.filed.v1",
                received_at=now(),
            )
        )


@pytest.fixture
def parts(harness_on: Any, on: str) -> tuple[Harness, Harness]:
    kind = "sqlite" if on == "embedded" else "postgresql"
    owner, consumer = harness_on("intake", kind), harness_on("review", kind)
    owner._empty()
    consumer._empty()
    return owner, consumer


class Slow:
    """A connection that takes its time before it begins to read."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def execute(self, statement: str) -> Any:
        if statement == "BEGIN":
            sleep(0.03)
        return self._connection.execute(statement)

    def rollback(self) -> None:
        self._connection.rollback()


@pytest.fixture
def slow_readers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Time for writers to come in between, if nothing held them."""
    open_file = sqlite_cut._opened

    @contextmanager
    def opened(path: Path) -> Iterator[Any]:
        with open_file(path) as connection:
            yield Slow(connection)

    monkeypatch.setattr(sqlite_cut, "_opened", opened)


def test_a_consumer_is_never_ahead_of_the_owner(
    parts: tuple[Harness, Harness], on: str, slow_readers: None
) -> None:
    owner, consumer = parts
    seen = []

    with at_work(owner, consumer):
        for _ in range(CUTS):
            sleep(0.05)
            seen.append(_cut(on, owner, consumer))

    assert all(noted <= emitted <= noted + 1 for emitted, noted in seen), seen
    assert seen == sorted(seen)
    assert seen[-1][0] > seen[0][0]


def _cut(on: str, owner: Harness, consumer: Harness) -> tuple[int, int]:
    """How much one cut sees of both, looked at only after the writers went on."""
    counted = (
        select(func.count()).select_from(owner.context.base.plumbing.outbox),
        select(func.count()).select_from(consumer.context.base.plumbing.inbox_event),
    )
    urls = {"owner": owner.context.database.url, "consumer": consumer.context.database.url}
    if on == "embedded":
        with sqlite_cut.one_moment({name: sqlite_file(url) for name, url in urls.items()}) as seen:
            sleep(0.05)
            emitted = seen["owner"].execute("SELECT count(*) FROM outbox").fetchone()[0]
            noted = seen["consumer"].execute("SELECT count(*) FROM inbox_event").fetchone()[0]
            return emitted, noted
    with postgres_cut.one_moment(urls) as snapshots:
        sleep(0.05)
        emitted, noted = (
            connection.scalar(statement)
            for (connection, _), statement in zip(snapshots.values(), counted, strict=True)
        )
        return int(emitted or 0), int(noted or 0)


def test_a_missing_client_program_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(postgres_cut, "INSTALLED", tmp_path)

    with pytest.raises(BackupRefused, match=r"pg_dump is not installed: .*postgresql-client"):
        postgres_cut.program("pg_dump")


def test_a_database_that_stays_locked_is_refused(
    parts: tuple[Harness, Harness], on: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner, _consumer = parts
    monkeypatch.setattr(sqlite_cut, "BUSY_SECONDS", 0.1)
    monkeypatch.setattr(postgres_cut, "LOCK", "SET LOCAL lock_timeout = '100ms'")
    url = owner.context.database.url
    cut: Callable[[], Any] = (
        (lambda: sqlite_cut.one_moment({"owner": sqlite_file(url)}))
        if on == "embedded"
        else (lambda: postgres_cut.one_moment({"owner": url}))
    )

    with owner.context.database.write(EVERY_AUTHORITY) as (session, moment):
        outbox = owner.context.base.plumbing.outbox
        session.execute(
            insert(outbox).values(
                event_id=new_id(),
                authority=AUTHORITY,
                slot=0,
                subject="petition/one",
                sequence=1,
                routing_key="petition.filed.00",
                body=b"",
                recorded_at=moment,
                refusals=0,
            )
        )
        with pytest.raises(BackupRefused, match="stays locked"), cut():
            pass


def test_a_client_that_stays_in_a_database_is_counted(harness_on: Any) -> None:
    database = harness_on("review", "postgresql").context.database
    with database.read(EVERY_AUTHORITY):
        assert postgres_cut.others_left(database.url) >= 1


def test_a_client_that_just_left_a_database_is_not_counted(harness_on: Any) -> None:
    database = harness_on("review", "postgresql").context.database
    leaving = database.engine.connect()
    thread = threading.Timer(0.3, lambda: (leaving.close(), database.close()))
    thread.start()

    others = postgres_cut.others_left(database.url)

    thread.join()
    assert others == 0
