"""A broker that is away for a minute while petitions are filed: how soon all of them are cases.

A proxy before the broker is cut; filing goes on, ten a second, before, in and after the outage.
It is drained when every petition filed up to its end has its case in review and nothing of them
waits in intake's outbox. Order is read from audit's ledger: each subject's numbers, one by one.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from urllib.parse import urlsplit
from uuid import UUID

import psycopg

from shared.testing.installation import Installation
from shared.testing.proxy import Proxy
from tests.benchmarks.figures import Figure
from tests.benchmarks.ground import Petitioner, database_of, installation

OUTAGE_SECONDS = 60.0
BEFORE_SECONDS = 5.0
MOST_SECONDS = 15.0
PATIENCE_SECONDS = 120.0
A_SECOND = 10
CLIENTS = 4
DRAFTS = int(A_SECOND * (BEFORE_SECONDS + OUTAGE_SECONDS + PATIENCE_SECONDS / 2))
CASES = 'SELECT count(*) FROM "case" WHERE id = ANY(%s)'
WAITING = "SELECT count(*) FROM outbox WHERE subject = ANY(%s)"
OUT_OF_ORDER = """
    SELECT count(*) FROM (
        SELECT sequence - lag(sequence, 1, 0) OVER (PARTITION BY subject ORDER BY index) AS step
        FROM ledger_entry
    ) AS entries WHERE step <> 1
"""


class Filings:
    """Files drafts at a steady rate until it is stopped; ``filed`` holds those that succeeded."""

    def __init__(self, petitioner: Petitioner, drafts: list[str]) -> None:
        self.filed: list[str] = []
        self.refused: list[str] = []
        self._petitioner, self._drafts = petitioner, drafts
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="filings")

    @contextmanager
    def going_on(self) -> Iterator[None]:
        """File in the background inside the block."""
        self._thread.start()
        try:
            yield
        finally:
            self._stop.set()
            self._thread.join()

    def _run(self) -> None:
        began = time.monotonic()
        with ThreadPoolExecutor(CLIENTS) as pool:
            for number, draft in enumerate(self._drafts):
                if self._stop.wait(max(0.0, began + number / A_SECOND - time.monotonic())):
                    return
                pool.submit(self._file, draft)

    def _file(self, draft: str) -> None:
        try:
            self._petitioner.file(draft)
        except (AssertionError, OSError) as error:
            self.refused.append(f"{draft}: {error}")
        else:
            self.filed.append(draft)


def outage_figures(postgres_url: str, broker_url: str) -> list[Figure]:
    """Seconds until everything is drained, filings refused, and numbers out of order."""
    parts = urlsplit(broker_url)
    proxy = Proxy(parts.port or 5672)
    _, at, _ = parts.netloc.rpartition("@")
    through = f"{parts.netloc.rpartition('@')[0]}{at}127.0.0.1:{proxy.port}"
    try:
        with installation(postgres_url, parts._replace(netloc=through).geturl()) as made:
            return _measured(made, proxy)
    finally:
        proxy.close()


def _measured(made: Installation, proxy: Proxy) -> list[Figure]:
    petitioner = Petitioner(made)
    filings = Filings(petitioner, [petitioner.draft() for _ in range(DRAFTS)])
    with filings.going_on():
        time.sleep(BEFORE_SECONDS)
        proxy.cut()
        time.sleep(OUTAGE_SECONDS)
        filed, refused = list(filings.filed), list(filings.refused)
        proxy.heal()
        seconds = _drained(made, filed)
    petitioner.close()
    _drained(made, list(filings.filed))
    with database_of(made, "audit") as audit:
        out_of_order = _count(audit, OUT_OF_ORDER)
    about = {"filed": len(filed), "outage_seconds": OUTAGE_SECONDS, "reasons": refused[:5]}
    name = f"outage of {OUTAGE_SECONDS:.0f} s at {A_SECOND} filings/s"
    return [
        Figure(name=f"{name}: drained", unit="s", value=seconds, most=MOST_SECONDS, about=about),
        Figure(name=f"{name}: filings refused", unit="filings", value=len(refused), most=0),
        Figure(name=f"{name}: out of order", unit="events", value=out_of_order, most=0),
    ]


def _drained(made: Installation, petitions: list[str]) -> float:
    """Seconds until these petitions are cases and nothing of them waits in intake."""
    ids, subjects = [UUID(one) for one in petitions], [f"petition/{one}" for one in petitions]
    began = time.monotonic()
    with database_of(made, "intake") as intake, database_of(made, "review") as review:
        while _count(review, CASES, ids) < len(ids) or _count(intake, WAITING, subjects):
            if time.monotonic() - began > PATIENCE_SECONDS:
                break
            time.sleep(0.1)
    return time.monotonic() - began


def _count(connection: psycopg.Connection, statement: str, *values: object) -> int:
    row = connection.execute(statement, values).fetchone()
    return int(row[0]) if row else 0
