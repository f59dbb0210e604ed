"""A known event id with other contents is a divergence; a copy, byte for byte, is none."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import update

from services.review.cases.models import Case
from shared.broker.delivery import ACK, Dead
from shared.events.envelope import Envelope, encode
from shared.testing.harness import Harness, event_envelope, person
from tests.integration.review.test_case_opening import FILED, PETITION, SUBJECT, snapshot
from tests.integration.shared.conftest import Bus
from tests.integration.shared.test_dead_letters import (
    REASON,
    decide,
    filed,
    letters,
    reached,
    review,
    rows,
    withdrawal,
)

__all__ = ["review"]

OTHER = f"petition/{person('another petition')}"


def deliver(review: Harness, *events: Envelope) -> list[Any]:
    return [review.deliver_bytes(encode(one)) for one in events]


def altered(event: Envelope) -> Envelope:
    """Other contents under the same id."""
    other = event_envelope(FILED, snapshot(signatures=9), subject=event.subject)
    return replace(event, data=other.data)


def parked(review: Harness) -> list[tuple[str, int, str]]:
    return sorted((row.subject, row.sequence, row.reason) for row in rows(review, "inbox_parked"))


def test_a_known_id_with_another_subject_stops_that_subject_and_is_kept(
    review: Harness, whole_bus: Bus
) -> None:
    event = filed()
    stranger = replace(event, subject=OTHER)

    outcomes = deliver(review, event, stranger, stranger)

    assert outcomes == [ACK, ACK, ACK]
    assert parked(review) == [(OTHER, 1, "altered")]
    stopped = {row.subject: row.is_stopped for row in rows(review, "inbox_cursor")}
    assert stopped == {SUBJECT: False, OTHER: True}
    assert [str(case.id) for case in review.rows(Case)] == [PETITION]
    (letter,) = letters(review)
    assert (letter["reason"], letter["subject"], letter["lies_in"]) == ("altered", OTHER, "inbox")
    assert letter["id"] != event.id


def test_a_known_id_with_another_body_stops_its_subject_and_a_copy_does_not(
    review: Harness, whole_bus: Bus
) -> None:
    event = filed()

    deliver(review, event, event)
    assert reached(review) == [(1, False)]
    assert parked(review) == []
    deliver(review, altered(event), withdrawal())

    assert reached(review) == [(1, True)]
    assert parked(review) == [(SUBJECT, 1, "altered"), (SUBJECT, 2, "stopped")]
    assert len(review.rows(Case)) == 1
    deliver(review, event)
    assert parked(review) == [(SUBJECT, 1, "altered"), (SUBJECT, 2, "stopped")]


@pytest.mark.parametrize("is_first_here", [True, False])
def test_other_contents_under_the_id_of_a_parked_event_are_kept_beside_it(
    review: Harness, whole_bus: Bus, is_first_here: bool
) -> None:
    early = withdrawal(3)
    other = replace(early, **({"sequence": 4} if is_first_here else {"subject": OTHER}))

    deliver(review, early, early, other, other)

    assert parked(review) == sorted(
        [(SUBJECT, 3, "early"), (other.subject, other.sequence, "altered")]
    )
    bodies = {row.reason: row.body for row in rows(review, "inbox_parked")}
    assert bodies == {"early": encode(early), "altered": encode(other)}


def test_an_altered_event_can_only_be_discarded_and_its_namesake_is_not_touched(
    review: Harness, whole_bus: Bus
) -> None:
    event = filed()
    other = altered(event)
    deliver(review, event, other, withdrawal())
    (letter,) = letters(review)
    refused = decide(review, letter["id"], "retry")
    assert (refused.status_code, refused.json["code"]) == (409, "place-taken")

    assert decide(review, letter["id"], "discard", REASON).status_code == 200

    assert reached(review) == [(1, False)]
    assert letters(review) == []
    (told,) = review.emitted("letter.discarded.v1")
    assert told.data.what == {"event": letter["id"]}
    # Both are known now, each by its bytes.
    deliver(review, other, event)
    assert reached(review) == [(2, False)]
    assert letters(review) == []


def test_of_events_that_an_older_program_took_in_subject_number_and_type_are_compared(
    review: Harness, whole_bus: Bus
) -> None:
    event = filed()
    deliver(review, event)
    known = review.context.base.plumbing.inbox_event
    with review.context.database.write("*") as (session, _):
        session.execute(update(known).values(body_sha256=None))

    deliver(review, event, altered(event))
    assert parked(review) == []
    deliver(review, replace(event, sequence=2))

    assert parked(review) == [(SUBJECT, 2, "altered")]


def test_an_id_of_another_authority_s_event_is_never_dropped_in_silence(
    review: Harness, whole_bus: Bus
) -> None:
    early = withdrawal(3)
    stranger = replace(early, subject=OTHER, authority="tiznit")

    _, outcome = deliver(review, early, stranger)

    kept = {row.body for row in rows(review, "inbox_parked")}
    assert isinstance(outcome, Dead) or encode(stranger) in kept
    assert encode(early) in kept
