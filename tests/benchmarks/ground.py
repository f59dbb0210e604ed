"""The systems that benchmarks measure: all in one process, and separate processes, with people."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import psycopg
from sqlalchemy import make_url

from shared.demo import DEMO_AUTHORITY, DEMO_DOMAIN, demo_password
from shared.ids import new_id
from shared.testing.installation import ROOT, Installation, new_installation
from shared.testing.processes import free_port

PETITIONER = "legal.annakhil"
PETITION = {
    "petitioner": "association",
    "subject": {"fr": "Un centre d'écoute", "original": "fr"},
    "reasons": "Pour écouter.",
    "association": {"name": {"fr": "Annakhil"}, "founded_on": "2011-04-18", "has_seat_here": True},
    "people": [{"role": "legal-representative"}],
}
START_SECONDS = 120.0
# A token lives for five minutes, and logging in is limited to a few times a minute.
TOKEN_SECONDS = 200.0
STOP_SECONDS = 30.0


@contextmanager
def embedded(folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], float]]:
    """``arida run`` with the demo on a folder: the process, and seconds to its first page."""
    port = free_port()
    own = {"DATA_DIR": str(folder), "PORT": str(port), "DEMO": "1", "LOG_LEVEL": "WARNING"}
    environ = {**os.environ, **own, "PUBLIC_URL": "", "BROKER_URL": ""}
    began = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "services.cli", "run"],
        env=environ,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
    )
    try:
        _wait_for_page(process, f"http://127.0.0.1:{port}/")
        yield process, time.monotonic() - began
    finally:
        process.terminate()
        process.wait(STOP_SECONDS)


@contextmanager
def installation(postgres_url: str, broker_url: str) -> Iterator[Installation]:
    """Every process of the Procfile, migrated, healthy and seeded with the demo."""
    with tempfile.TemporaryDirectory() as folder:
        made = new_installation(
            Path(folder), postgres_url=postgres_url, broker_url=broker_url, process_name="bench"
        )
        checked(made, "migrate")
        made.start()
        try:
            made.wait_until_healthy()
            checked(made, "seed-demo")
            yield made
        finally:
            made.stop()


@contextmanager
def database_of(made: Installation, service: str) -> Iterator[psycopg.Connection]:
    """A connection to the database of one service that sees every authority."""
    url = make_url(made.environ[f"{service.upper()}_DATABASE_URL"]).set(drivername="postgresql")
    address = url.render_as_string(hide_password=False)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("SELECT set_config('arida.authority', '*', false)")
        yield connection


class Petitioner:
    """The demo's petitioner, who speaks to some services of an installation directly."""

    def __init__(self, made: Installation) -> None:
        self._identity = httpx.Client(base_url=made.environ["IDENTITY_URL"], timeout=30)
        self._intake = httpx.Client(base_url=made.environ["INTAKE_URL"], timeout=30)
        self._token, self._until = "", 0.0

    @property
    def token(self) -> str:
        """An access token that holds for another minute at least."""
        if time.monotonic() >= self._until:
            self._token, self._until = self._signed_in(), time.monotonic() + TOKEN_SECONDS
        return self._token

    def draft(self) -> str:
        """The id of a new draft, ready to be filed."""
        return str(self._act("/intake/v1/petitions", PETITION)["id"])

    def file(self, petition: str) -> None:
        """File a draft; returns when the service has answered."""
        self._act(filing_path(petition), {})

    def close(self) -> None:
        """Give the connections back."""
        self._identity.close()
        self._intake.close()

    def _act(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        answer = self._intake.post(path, json=body, headers=headers(self.token))
        if not answer.is_success:
            raise AssertionError(f"{path}: {answer.status_code} {answer.text[:300]}")
        return dict(answer.json())

    def _signed_in(self) -> str:
        asked = {
            "login": f"{PETITIONER}@{DEMO_DOMAIN}",
            "password": demo_password(PETITIONER),
            "authority": DEMO_AUTHORITY,
        }
        handle = self._new("/identity/v1/sessions", asked)["handle"]
        return str(self._new(f"/identity/v1/sessions/{handle}/tokens", {})["access_token"])

    def _new(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        key = {"Idempotency-Key": str(new_id())}
        answer = self._identity.post(path, json=body, headers=key)
        if not answer.is_success:
            raise AssertionError(f"{path}: {answer.status_code} {answer.text[:300]}")
        return dict(answer.json())


def filing_path(petition: str) -> str:
    """Where a draft is filed."""
    return f"/intake/v1/petitions/{petition}/filing"


def headers(token: str) -> dict[str, str]:
    """What an act of somebody carries."""
    return {"Authorization": f"Bearer {token}", "Idempotency-Key": str(new_id())}


def checked(made: Installation, *arguments: str) -> None:
    """Run an ``arida`` command against an installation; fails with what it wrote."""
    done = made.arida(*arguments)
    if done.returncode != 0:
        raise AssertionError(f"arida {arguments[0]}: {done.stderr[-2000:]}")


def _wait_for_page(process: subprocess.Popen[bytes], url: str) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            if httpx.get(url, timeout=5, follow_redirects=True).is_success:
                return
        except httpx.TransportError:
            time.sleep(0.05)
    raise AssertionError("arida run did not serve a page")
