"""A transaction that only reads changes nothing, and leaves what PostgreSQL has prepared."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError

from services.intake.models import Petition
from shared.clock import now
from shared.db.engine import EVERY_AUTHORITY
from shared.ids import new_id
from shared.testing.harness import AUTHORITY, Harness

OFTEN = 8
"""More often than psycopg sends a statement before it has the server prepare it (5)."""
PREPARED = text("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE :like")


@pytest.fixture
def intake(harness_on: Any) -> Harness:
    """intake on PostgreSQL."""
    harness: Harness = harness_on("intake")
    return harness


def kept(intake: Harness) -> None:
    """One draft."""
    draft = Petition(id=new_id(), authority=AUTHORITY, state="draft", petitioner="citizens")
    draft.subject_line, draft.drafted_at = {"fr": "Un puits", "original": "fr"}, now()
    with intake.context.database.write(AUTHORITY) as (session, _):
        session.add(draft)


def prepared(intake: Harness, like: str) -> int:
    """How many statements the connection has prepared that look like this."""
    with intake.context.database.look() as connection:
        return int(connection.execute(PREPARED, {"like": like}).scalar_one())


def test_what_reads_prepare_outlives_them(intake: Harness) -> None:
    database = intake.context.database
    # One connection for all, whatever earlier tests left.
    database.engine.dispose()

    for _ in range(OFTEN):
        with database.read(AUTHORITY) as session:
            session.scalars(select(Petition.state)).all()
        with database.look() as connection:
            connection.execute(text("SELECT slot FROM outbox"))
        assert database.answers()

    assert prepared(intake, "SELECT petition.state%") == 1
    assert prepared(intake, "SELECT slot FROM outbox%") == 1


def test_the_connection_that_was_given_back_last_is_taken_next(intake: Harness) -> None:
    database, asked = intake.context.database, text("SELECT pg_backend_pid()")

    with database.look() as first, database.look() as second:
        both = [one.scalar(asked) for one in (second, first)]
    taken = []
    for _ in range(3):
        with database.look() as connection:
            taken.append(connection.scalar(asked))

    assert taken == both[1:] * 3


def test_what_changes_while_reading_is_not_written(intake: Harness) -> None:
    kept(intake)

    for authority in (AUTHORITY, EVERY_AUTHORITY):
        with intake.context.database.read(authority) as session:
            (found,) = session.scalars(select(Petition)).all()
            found.reasons = "Pour boire."
            session.scalars(select(Petition.id)).all()

    (stored,) = intake.rows(Petition)
    assert stored.reasons == ""


def test_a_read_that_fails_leaves_a_connection_that_works(intake: Harness) -> None:
    database = intake.context.database

    with pytest.raises(ZeroDivisionError), database.read(AUTHORITY):
        raise ZeroDivisionError

    with database.read(AUTHORITY) as session:
        assert session.scalar(text("SELECT current_setting('arida.authority', true)")) == AUTHORITY
    with database.engine.connect() as connection:
        left = connection.execute(text("SELECT current_setting('arida.authority', true)"))
        assert left.scalar_one() in {None, ""}


def read_while_the_server_ends_it(intake: Harness) -> None:
    """Read, and have another connection end the server's process before the read is over."""
    database = intake.context.database
    with database.engine.connect() as other, database.read(AUTHORITY) as session:
        ours = {"ours": session.scalar(text("SELECT pg_backend_pid()"))}
        assert other.scalar(text("SELECT pg_terminate_backend(:ours, 5000)"), ours)


def test_a_server_lost_at_the_end_of_a_read_is_told_as_at_any_other_time(intake: Harness) -> None:
    with pytest.raises(OperationalError):
        read_while_the_server_ends_it(intake)

    with intake.context.database.read(AUTHORITY) as session:
        assert session.scalar(text("SELECT 1")) == 1
