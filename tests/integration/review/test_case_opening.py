"""A petition becomes a case: once, in order, under the law in force on its filing date."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.review.cases.models import Case
from shared.broker.delivery import ACK, Dead, Delay
from shared.events.envelope import encode
from shared.events.petitions import (
    AssociationFacts,
    PetitionFiled,
    PetitionSnapshot,
    WithdrawalRequested,
)
from shared.events.texts import PersonInRole, Texts
from shared.testing.harness import TODAY, Harness, event_envelope, person

PETITION = person("petition")
SUBJECT = f"petition/{PETITION}"
FILED = PetitionFiled(reference="taroudant/2023/1", receipt="R")


def snapshot(**changes: Any) -> PetitionSnapshot:
    """A filed petition of an association."""
    facts: dict[str, Any] = {
        "state": "filed",
        "reference": "taroudant/2023/1",
        "petitioner": "association",
        "subject": Texts(fr="Un centre", original="fr"),
        "filed_on": TODAY,
        "signatures": 0,
        "association": AssociationFacts(
            name=Texts(fr="Annakhil", original="fr"),
            founded_on=date(2011, 4, 18),
            has_seat_here=True,
        ),
        "people": [PersonInRole(person=person("legal"), role="legal-representative")],
        "documents": 0,
        "receipt": "R",
    }
    return PetitionSnapshot(**{**facts, **changes})


@pytest.fixture
def review(harness_on: Any, database_kind: str) -> Harness:
    """review on either database."""
    harness: Harness = harness_on("review", database_kind)
    return harness


def test_a_filed_petition_opens_its_case_with_the_date_a_refusal_is_due(review: Harness) -> None:
    outcome = review.deliver(FILED, snapshot(), subject=SUBJECT)

    assert outcome == ACK
    case = review.rows(Case)[0]
    assert (str(case.id), case.state) == (PETITION, "open")
    assert case.refusal_due_on == date(2024, 1, 16)
    opened = review.emitted("case.opened.v1")
    assert [event.subject for event in opened] == [f"case/{PETITION}"]
    assert opened[0].data.what == {
        "signatures": 0,
        "signatures_needed": 0,
        "local_rules": {},
    }


def test_a_repeated_event_takes_effect_once(review: Harness) -> None:
    body = encode(event_envelope(FILED, snapshot(), subject=SUBJECT))

    outcomes = [review.deliver_bytes(body) for _ in range(3)]

    assert outcomes == [ACK, ACK, ACK]
    assert len(review.emitted("case.opened.v1")) == 1
    tables = review.context.base.plumbing
    with review.context.database.read("*") as session:
        cursor = session.execute(tables.inbox_cursor.select()).one()
        assert (cursor.sequence, cursor.is_stopped) == (1, False)
        assert session.execute(tables.inbox_parked.select()).all() == []


def test_a_later_event_waits_for_the_earlier_one(review: Harness) -> None:
    later = event_envelope(
        WithdrawalRequested(receipt="W"), snapshot(), subject=SUBJECT, sequence=2
    )
    review.deliver_bytes(encode(later))
    assert review.rows(Case) == []

    review.deliver(FILED, snapshot(), subject=SUBJECT, sequence=1)

    tables = review.context.base.plumbing
    with review.context.database.read("*") as session:
        assert session.execute(tables.inbox_parked.select()).all() == []
        assert session.execute(tables.inbox_cursor.select()).one().sequence == 2


def test_what_waits_is_applied_when_the_earlier_one_comes_again_after_its_worker_died(
    review: Harness,
) -> None:
    """Killed between the commit and the look at what is parked behind it."""
    first = event_envelope(FILED, snapshot(), subject=SUBJECT, sequence=1)
    later = event_envelope(
        WithdrawalRequested(receipt="W"), snapshot(), subject=SUBJECT, sequence=2
    )
    review.deliver_bytes(encode(later))
    assert review.worker.applier.apply(first, encode(first)) == ("done", True)

    review.deliver_bytes(encode(first))

    tables = review.context.base.plumbing
    with review.context.database.read("*") as session:
        assert session.execute(tables.inbox_parked.select()).all() == []
        assert session.execute(tables.inbox_cursor.select()).one().sequence == 2


def test_all_that_waits_in_a_row_is_applied_after_the_first(review: Harness) -> None:
    for sequence in (4, 2, 3):
        later = event_envelope(
            WithdrawalRequested(receipt="W"), snapshot(), subject=SUBJECT, sequence=sequence
        )
        review.deliver_bytes(encode(later))

    review.deliver(FILED, snapshot(), subject=SUBJECT, sequence=1)

    tables = review.context.base.plumbing
    with review.context.database.read("*") as session:
        assert session.execute(tables.inbox_parked.select()).all() == []
        assert session.execute(tables.inbox_cursor.select()).one().sequence == 4


def test_another_event_for_a_known_sequence_stops_the_subject(review: Harness) -> None:
    review.deliver(FILED, snapshot(), subject=SUBJECT)

    review.deliver(FILED, snapshot(signatures=9), subject=SUBJECT)

    tables = review.context.base.plumbing
    with review.context.database.read("*") as session:
        assert session.execute(tables.inbox_cursor.select()).one().is_stopped
        assert session.execute(tables.inbox_parked.select()).one().reason == "divergent"


def test_an_event_of_an_unknown_authority_is_tried_again(review: Harness) -> None:
    outcome = review.deliver(FILED, snapshot(), subject=SUBJECT, authority="tiznit")

    assert isinstance(outcome, Delay)
    assert review.rows(Case) == []


def test_bytes_that_are_no_event_are_dead_lettered(review: Harness) -> None:
    outcome = review.deliver_bytes(b"\xff not json")

    assert isinstance(outcome, Dead)
    assert outcome.reason.startswith("undecodable")
