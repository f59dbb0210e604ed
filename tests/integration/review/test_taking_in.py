"""An event whose turn has come is taken in by the statement its transaction begins with."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import delete, insert, select, update

from services.review.cases.models import Case
from shared.broker.delivery import ACK
from shared.clock import now
from shared.events.envelope import Envelope, encode
from shared.testing.harness import AUTHORITY, Harness, event_envelope
from tests.integration.review.test_case_opening import FILED, SUBJECT, snapshot
from tests.integration.shared.counting import statements

TAKEN_IN = "BEGIN inbox_cursor"
LOOKED_AT = "SELECT inbox_event"


@pytest.fixture
def review(harness_on: Any) -> Harness:
    """review on PostgreSQL."""
    harness: Harness = harness_on("review")
    return harness


def filed() -> Envelope:
    """The event that opens a case."""
    return event_envelope(FILED, snapshot(), subject=SUBJECT)


def known(event: Envelope, **values: object) -> dict[str, object]:
    """A row of the inbox about an event."""
    told = {"event_id": UUID(event.id), "authority": AUTHORITY, "subject": event.subject}
    return {**told, "sequence": event.sequence, **values}


def cursor(review: Harness) -> list[tuple[int, bool]]:
    """How far the subject got, and whether it is stopped."""
    table = review.context.base.plumbing.inbox_cursor
    with review.context.database.read("*") as session:
        rows = session.execute(select(table.c.sequence, table.c.is_stopped)).all()
    return [tuple(row) for row in rows]


def inbox(review: Harness) -> list[UUID]:
    """Ids of the events that took effect."""
    table = review.context.base.plumbing.inbox_event
    with review.context.database.read("*") as session:
        return list(session.scalars(select(table.c.event_id)))


def change(review: Harness, statement: Any) -> None:
    """Change a row of the plumbing behind the program's back."""
    with review.context.database.write("*") as (session, _):
        session.execute(statement)


def test_the_next_event_of_a_subject_is_judged_by_no_statement_of_its_own(review: Harness) -> None:
    event = filed()

    with statements(review) as seen:
        assert review.deliver_bytes(encode(event)) == ACK

    assert (seen[TAKEN_IN], seen[LOOKED_AT]) == (1, 0)
    assert cursor(review) == [(1, False)]
    assert inbox(review) == [UUID(event.id)]
    assert len(review.rows(Case)) == 1


def test_an_event_that_is_known_though_its_cursor_is_not_at_it_is_judged_anew(
    review: Harness,
) -> None:
    event, table = filed(), review.context.base.plumbing.inbox_event
    change(review, insert(table).values(known(event, type=event.type, received_at=now())))

    with statements(review) as seen:
        assert review.deliver_bytes(encode(event)) == ACK

    assert seen[LOOKED_AT] == 1
    assert review.rows(Case) == []
    assert cursor(review) == [(0, False)]


def test_an_event_that_is_kept_and_comes_once_more_takes_effect_and_is_kept_no_longer(
    review: Harness,
) -> None:
    event, table = filed(), review.context.base.plumbing.inbox_parked
    row = known(event, reason="early", body=encode(event), parked_at=now())
    change(review, insert(table).values(row))

    assert review.deliver_bytes(encode(event)) == ACK

    assert len(review.rows(Case)) == 1
    assert cursor(review) == [(1, False)]
    with review.context.database.read("*") as session:
        assert session.execute(select(table)).all() == []


def test_nothing_is_taken_in_for_a_subject_that_is_stopped(review: Harness) -> None:
    event, table = filed(), review.context.base.plumbing.inbox_cursor
    row = {"subject": event.subject, "authority": AUTHORITY, "sequence": 0, "is_stopped": True}
    change(review, insert(table).values(row))

    review.deliver_bytes(encode(event))

    assert cursor(review) == [(0, True)]
    assert (inbox(review), review.rows(Case)) == ([], [])


def test_an_event_whose_handler_fails_is_not_noted(review: Harness) -> None:
    """The authority is not known here yet: the handler says so after the event was taken in."""
    event, table = filed(), review.context.base.plumbing.known_authority
    change(review, delete(table))

    assert review.deliver_bytes(encode(event)) != ACK

    assert (cursor(review), inbox(review)) == ([], [])


def test_an_event_of_another_authority_cannot_move_a_cursor(review: Harness) -> None:
    """Row-level security holds for the statement that names the authority, too."""
    event, table = filed(), review.context.base.plumbing.inbox_cursor
    review.deliver_bytes(encode(event))
    change(review, update(table).values(sequence=0, authority="elsewhere"))

    review.deliver_bytes(encode(event))

    assert cursor(review) == [(0, False)]
