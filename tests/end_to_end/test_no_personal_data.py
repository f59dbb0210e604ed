"""After a whole journey no name, address, number or reason of a person is where it must not be.

Events (the ledger, outboxes, the bus, parked and dead ones) and log lines hold none at all; the
databases hold names and addresses of people sealed only.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from services.identity.demo import PEOPLE
from shared.demo import demo_password
from tests.end_to_end.conftest import EmbeddedProcess, start_embedded

pytestmark = [pytest.mark.embedded, pytest.mark.timeout(180)]

ADDRESS = "zohra.inventee@example.org"
SEALED = ("Inventée Zohra", "زهرة المخترعة", ADDRESS)
"""What one citizen gives of herself and nobody keeps readable: two names and an address."""
TEXTS = ("Joignable au 0612345678", "CIN ZZ987654")
"""What she writes into free text: the case's own people may read it, no event or log has it."""
DEMO = tuple(text for one in PEOPLE for text in (one.name_latin, one.name_arabic, one.email))
EVENT_TABLES = frozenset({"outbox", "history", "ledger_entry", "message", "log", "inbox_parked"})


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedProcess]:
    """A system on which the story was played and a citizen signed up, drafted and filed."""
    system = start_embedded(tmp_path_factory.mktemp("personal"), log_level="DEBUG")
    try:
        told = system.arida("demo", "--url", system.url)
        assert told.returncode == 0, told.stdout + told.stderr
        _file_as_a_citizen(system.url)
        yield system
    finally:
        code = system.stop()
    assert code == 0


def test_no_event_holds_anything_of_a_person(played: EmbeddedProcess) -> None:
    kept = [one for one in _values(_folder(played)) if one[1] in EVENT_TABLES]

    assert {table for _, table, _ in kept} >= {"history", "ledger_entry", "log"}
    assert _found(kept, (*SEALED, *TEXTS, *DEMO)) == []


def test_no_database_holds_a_name_or_an_address_unsealed(played: EmbeddedProcess) -> None:
    kept = list(_values(_folder(played)))

    assert len(kept) > 1000
    assert _found(kept, (*SEALED, *DEMO)) == []


def test_what_must_be_kept_is_found_where_it_belongs(played: EmbeddedProcess) -> None:
    """The search finds what is there: her reasons, and the answer that repeats them for a week."""
    found = _found(list(_values(_folder(played))), TEXTS)

    assert {(database, table) for database, table, _ in found} == {
        ("intake.db", "petition"),
        ("intake.db", "idempotent_answer"),
    }


def test_no_log_line_holds_anything_of_a_person(played: EmbeddedProcess) -> None:
    lines = played.log.read_text()

    assert "event_received" in lines
    assert [text for text in (*SEALED, *TEXTS, *DEMO) if text in _without_greeting(lines)] == []


def _file_as_a_citizen(url: str) -> None:
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


def _folder(system: EmbeddedProcess) -> Path:
    return system.log.parent


def _values(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Every value of every table of every database: its database, its table, it as text."""
    for path in sorted(folder.rglob("*.db")):
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
            tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            for (table,) in tables.fetchall():
                for row in database.execute(f'SELECT * FROM "{table}"'):  # noqa: S608 - own names
                    yield from ((path.name, table, _text(value)) for value in row)


def _text(value: object) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def _found(
    values: list[tuple[str, str, str]], texts: tuple[str, ...]
) -> list[tuple[str, str, str]]:
    return [
        (database, table, text)
        for database, table, value in values
        for text in texts
        if text in value
    ]


def _without_greeting(lines: str) -> str:
    """The log without what `arida run` prints for the demo: who can log in, and how."""
    return "\n".join(line for line in lines.splitlines() if '"event"' in line or "[" in line)
