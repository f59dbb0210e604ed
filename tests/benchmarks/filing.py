"""Durable filing against a bare insert: two servers of the same kind, asked in turns.

Filing: one POST with token, idempotency key, gapless number, petition, history and event in one
commit. Bare: tests/benchmarks/bare_app.py. Relays, workers and other services are stopped.
"""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from urllib.parse import urlsplit

from sqlalchemy import make_url

from shared.testing.installation import ROOT, Installation
from shared.testing.processes import free_port
from tests.benchmarks.figures import Figure, median_figure, percentile
from tests.benchmarks.ground import Petitioner, filing_path, headers

FILINGS = 80
PAIRS = 7
CLIENTS = 4
BODY = b"{}" + b" " * 450
Run = tuple[float, list[float]]


def filing_figures(made: Installation) -> list[Figure]:
    """Requests a second on both sides, their ratio, and the longest waits."""
    keep_only(made, "identity-web", "intake-web")
    petitioner = Petitioner(made)
    with _bare_server(made) as bare_url:
        pairs = [_pair(made, petitioner, bare_url) for _ in range(PAIRS + 1)][1:]
    petitioner.close()
    ours, bare = [pair[0][0] for pair in pairs], [pair[1][0] for pair in pairs]
    ratios = [one / other for one, other in zip(ours, bare, strict=True)]
    slowest = [percentile(pair[0][1], 99) for pair in pairs]
    return [
        median_figure("filing: POST", "requests/s", ours),
        median_figure("filing: bare Flask and psycopg insert", "requests/s", bare),
        median_figure("filing: POST / bare insert", "ratio", ratios, least=0.35),
        median_figure("filing: p99 of a POST", "ms", [1000 * one for one in slowest]),
    ]


def keep_only(made: Installation, *names: str) -> None:
    """End every process of an installation but these."""
    others = [name for name in made.processes if name not in names]
    for name in others:
        made.processes[name].terminate()
    for name in others:
        made.processes.pop(name).wait(30)


def _pair(made: Installation, petitioner: Petitioner, bare_url: str) -> tuple[Run, Run]:
    drafts = [petitioner.draft() for _ in range(FILINGS)]
    token, intake = petitioner.token, made.environ["INTAKE_URL"]
    filings = [(filing_path(draft), b"{}", headers(token)) for draft in drafts]
    inserts = [("/", BODY, {"Content-Type": "application/json"})] * FILINGS
    return _asked(intake, filings, 200), _asked(bare_url, inserts, 201)


def _asked(url: str, requests: Sequence[tuple[str, bytes, dict[str, str]]], status: int) -> Run:
    """Requests a second over some kept connections, and how long each took."""
    shares = [requests[at::CLIENTS] for at in range(CLIENTS)]
    began = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as pool:
        waits = [
            wait for share in pool.map(partial(_client, url, status), shares) for wait in share
        ]
    return len(requests) / (time.perf_counter() - began), waits


def _client(
    url: str, status: int, requests: Sequence[tuple[str, bytes, dict[str, str]]]
) -> list[float]:
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)
    waits = []
    for path, body, given in requests:
        began = time.perf_counter()
        connection.request("POST", path, body, {"Content-Type": "application/json", **given})
        answer = connection.getresponse()
        said = answer.read()
        waits.append(time.perf_counter() - began)
        if answer.status != status:
            raise AssertionError(f"{path}: {answer.status} {said[:300]!r}")
    connection.close()
    return waits


@contextmanager
def _bare_server(made: Installation) -> Iterator[str]:
    port = free_port()
    url = make_url(made.environ["INTAKE_DATABASE_URL"]).set(drivername="postgresql")
    environ = {**os.environ, "BARE_DATABASE_URL": url.render_as_string(hide_password=False)}
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.bare_app", str(port)],
        env=environ,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
    )
    try:
        _wait_for(partial(_answers, port))
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(30)


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("POST", "/", b"{}")
        return connection.getresponse().status == 201
    except OSError:
        return False
    finally:
        connection.close()


def _wait_for(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + 30
    while not holds():
        if time.monotonic() > until:
            raise AssertionError("the bare server did not start")
        time.sleep(0.05)
