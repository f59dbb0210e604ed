"""A release is taken back: documents that were taken off agendas wait, and come back with it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from services.review.models import AgendaDocument, CouncilSession
from shared.clock import now
from shared.db.engine import EVERY_AUTHORITY, Database
from shared.db.migrations import is_current, migrate, newest
from shared.ids import new_id
from shared.testing.databases import service_database
from shared.testing.harness import AUTHORITY, TODAY

SHA256 = "a" * 64


@pytest.fixture
def database(
    database_kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Database]:
    """review's tables, with a document that was taken off an agenda and attached again."""
    if database_kind == "sqlite":
        made = Database(f"sqlite:///{tmp_path}/review.db")
    else:
        server = request.getfixturevalue("postgres_url")
        process = request.getfixturevalue("process_name")
        made = Database(service_database(server, "review_back", process, fresh=True))
    migrate(made, "review")
    with made.write(EVERY_AUTHORITY) as (session, _):
        council = CouncilSession(
            authority=AUTHORITY,
            state="called",
            sequence=1,
            session_kind="ordinary",
            called_by="president",
            opens_on=date(2024, 2, 6),
            law_version="ma-commune@2015-07-23",
            planned_at=now(),
        )
        council.id = new_id()
        session.add(council)
        session.flush()
        session.add(document(council, taken_off_on=TODAY, taken_off_because="Autre terrain."))
        session.add(document(council))
    yield made
    made.close()


def document(council: CouncilSession, **changes: Any) -> AgendaDocument:
    """One document of a session."""
    return AgendaDocument(
        authority=AUTHORITY,
        session_id=council.id,
        title="Plan",
        sha256=SHA256,
        media_type="application/pdf",
        size=10,
        stored_as="here",
        added_on=TODAY,
        recorded_by="clerk",
        recorded_at=now(),
        **changes,
    )


def rows(database: Database, table: str = "agenda_document") -> list[dict[str, Any]]:
    """The rows of a table of documents."""
    with database.read(EVERY_AUTHORITY) as session:
        found = session.execute(text(f"SELECT * FROM {table} ORDER BY title")).mappings()  # noqa: S608 - a name of this file.
        return sorted((dict(row) for row in found), key=str)


def back_to(database: Database, number: int) -> None:
    """Take the newest migrations back, down to one by its number."""
    migrate(database, "review", f"-{int(newest('review')) - number}")


def test_the_way_back_and_forward_loses_no_document_that_was_taken_off(database: Database) -> None:
    before = rows(database)

    back_to(database, 21)
    meanwhile = rows(database)
    migrate(database, "review")

    assert len(before) == 2
    assert [one["sha256"] for one in meanwhile] == [SHA256]
    assert rows(database) == before
    assert is_current(database, "review")


def test_what_waits_stands_behind_the_wall_too(database: Database) -> None:
    back_to(database, 26)

    (aside,) = rows(database, "agenda_document_aside")
    if database.is_sqlite:
        return
    with database.read("elsewhere") as session:
        seen = session.execute(text("SELECT * FROM agenda_document_aside")).all()

    assert (aside["taken_off_because"], seen) == ("Autre terrain.", [])
