"""What a citizen gives of herself, and the search for it in databases and log lines."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

import httpx

from services.identity.demo import PEOPLE
from shared.demo import demo_password

ADDRESS = "zohra.inventee@example.org"
SEALED = ("Inventée Zohra", "زهرة المخترعة", ADDRESS)
"""What one citizen gives of herself and nobody keeps readable: two names and an address."""
TEXTS = ("Joignable au 0612345678", "CIN ZZ987654")
"""What she writes into free text: the case's own people may read it, no event or log has it."""
DEMO = tuple(text for one in PEOPLE for text in (one.name_latin, one.name_arabic, one.email))
EVENT_TABLES = frozenset({"outbox", "history", "ledger_entry", "message", "log", "inbox_parked"})


class Value(NamedTuple):
    """A value as text, and where it was found."""

    database: str
    table: str
    text: str


def file_as_a_citizen(url: str) -> None:
    """Sign up, draft with names and reasons, hand in nothing, file."""
    with httpx.Client(base_url=url, timeout=30) as client:

        def post(path: str, body: Mapping[str, object], token: str = "") -> dict[str, str]:
            headers = {"Idempotency-Key": str(uuid4())}
            if token:
                headers["Authorization"] = f"Bearer {token}"
            answer = client.post(path, json=body, headers=headers)
            assert answer.is_success, answer.text
            told: dict[str, str] = answer.json()
            return told

        latin, arabic, _ = SEALED
        names = {"name_latin": latin, "name_arabic": arabic}
        password = demo_password("zohra")
        account = {"email": ADDRESS, "password": password, "authority": "taroudant", **names}
        post("/identity/v1/accounts", account)
        login = {"login": ADDRESS, "password": password, "authority": "taroudant"}
        handle = post("/identity/v1/sessions", login)["handle"]
        token = post(f"/identity/v1/sessions/{handle}/tokens", {})["access_token"]
        draft = {
            "petitioner": "citizens",
            "subject": {"fr": "Un abri de bus"},
            "reasons": " ".join(TEXTS),
            "people": [{"role": "mandatary", **names}],
        }
        petition = post("/intake/v1/petitions", draft, token)["id"]
        post(f"/intake/v1/petitions/{petition}/filing", {}, token)


def every_value(folder: Path) -> Iterator[Value]:
    """Every value of every table of every database in a folder."""
    for path in sorted(folder.rglob("*.db")):
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
            tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            for (table,) in tables.fetchall():
                for row in database.execute(f'SELECT * FROM "{table}"'):  # noqa: S608 - own names
                    yield from (Value(path.name, table, _as_text(value)) for value in row)


def _as_text(value: object) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def found(values: list[Value], texts: tuple[str, ...]) -> list[Value]:
    """Where any of the texts stands: the database, the table and the text."""
    return [
        Value(value.database, value.table, text)
        for value in values
        for text in texts
        if text in value.text
    ]


def without_greeting(lines: str) -> str:
    """The log without what `arida run` prints for the demo: who can log in, and how."""
    return "\n".join(line for line in lines.splitlines() if '"event"' in line or "[" in line)
