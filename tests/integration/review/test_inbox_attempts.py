"""What the inbox does with events that fail, kill their worker, or contradict one another."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from services.review.cases.models import Case
from shared.applying import Applied, Applier
from shared.broker.connection import BrokerUnavailable
from shared.broker.delivery import ACK, Dead, Delay, Delivery, Outcome
from shared.errors import GuardRefused
from shared.events.envelope import Envelope, encode
from shared.events.petitions import PetitionFiled, WithdrawalRequested
from shared.testing.harness import Harness, event_envelope, person
from shared.worker import MOST_ATTEMPTS, MOST_UNFINISHED
from tests.integration.review.test_case_opening import FILED, SUBJECT, snapshot

LATER = WithdrawalRequested(receipt="W")


class Killed(BaseException):
    """The end of a worker; unlike `KeyboardInterrupt` it fails a test that it gets out of."""


@pytest.fixture
def review(harness_on: Any, database_kind: str) -> Harness:
    """review on either database."""
    harness: Harness = harness_on("review", database_kind)
    return harness


def filed(subject: str = SUBJECT, **attributes: Any) -> Envelope:
    """The event that opens a case."""
    return event_envelope(FILED, snapshot(), subject=subject, **attributes)


def later(sequence: int = 2) -> Envelope:
    """An event that comes after it."""
    return event_envelope(LATER, snapshot(), subject=SUBJECT, sequence=sequence)


def receive(review: Harness, envelope: Envelope, *, deliveries: int = 0, attempts: int = 0) -> Any:
    """Hand the worker an event that came before so many times."""
    return review.worker.receive(
        Delivery(
            body=encode(envelope),
            headers={},
            message_id=envelope.id,
            deliveries=deliveries,
            attempts=attempts,
            routing_key="petition.filed.01",
        )
    )


def rows(review: Harness, name: str) -> list[Any]:
    """The rows of one of the runtime's tables."""
    table = getattr(review.context.base.plumbing, name)
    with review.context.database.read("*") as session:
        return list(session.execute(select(table)).all())


def killing(monkeypatch: pytest.MonkeyPatch, event_id: str) -> None:
    """Let an event end its worker, as a signal does: past every handling of errors."""
    apply = Applier.apply

    def deadly(self: Applier, envelope: Envelope, body: bytes, **options: Any) -> Applied:
        if envelope.id == event_id:
            raise Killed
        return apply(self, envelope, body, **options)

    monkeypatch.setattr(Applier, "apply", deadly)


def failing(monkeypatch: pytest.MonkeyPatch, error: Exception, only: type = PetitionFiled) -> None:
    """Let the handlers of one event fail."""
    told = Applier._told

    def fail(self: Applier, uow: Any, envelope: Envelope) -> bool:
        if envelope.type == only.TYPE:  # type: ignore[attr-defined]
            raise error
        return told(self, uow, envelope)

    monkeypatch.setattr(Applier, "_told", fail)


def test_the_first_delivery_costs_no_count(review: Harness) -> None:
    assert receive(review, filed()) == ACK

    assert rows(review, "inbox_attempt") == []


def test_an_event_that_kills_its_worker_is_put_aside_and_its_neighbour_goes_on(
    review: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    deadly, neighbour = filed(), filed(f"petition/{person('neighbour')}")
    killing(monkeypatch, deadly.id)
    for deliveries in range(MOST_UNFINISHED + 1):
        with pytest.raises(Killed):
            receive(review, deadly, deliveries=deliveries)

    outcome = receive(review, deadly, deliveries=MOST_UNFINISHED + 1)

    assert isinstance(outcome, Dead)
    assert "died" in outcome.reason
    # The broker counted every one of those deaths against the neighbour as well.
    assert receive(review, neighbour, deliveries=MOST_UNFINISHED + 1) == ACK
    assert [str(case.id) for case in review.rows(Case)] == [person("neighbour")]


def test_a_dead_event_stops_its_subject_and_later_ones_are_parked(
    review: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing(monkeypatch, GuardRefused("no"))

    outcomes = [receive(review, filed()), receive(review, later())]

    assert [type(outcome) for outcome in outcomes] == [Dead, type(ACK)]
    cursor = rows(review, "inbox_cursor")[0]
    assert (cursor.subject, cursor.sequence, cursor.is_stopped) == (SUBJECT, 0, True)
    assert [row.reason for row in rows(review, "inbox_parked")] == ["stopped"]
    assert "no" in rows(review, "inbox_attempt")[0].reason


def test_a_dead_event_that_comes_again_is_dead_again(
    review: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker may die after the note and before the copy to the dead letters."""
    failing(monkeypatch, GuardRefused("no"))
    event = filed()

    outcomes = [receive(review, event, deliveries=deliveries) for deliveries in (0, 1)]

    assert outcomes[0] == outcomes[1]


def test_faults_are_counted_in_the_database_and_the_last_one_is_the_end(
    review: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing(monkeypatch, RuntimeError("a fault"))
    event = filed()

    # The header says nothing here: it counts waiting for others, too.
    outcomes = [receive(review, event, attempts=1) for _ in range(MOST_ATTEMPTS)]

    assert {type(outcome) for outcome in outcomes[:-1]} == {Delay}
    assert isinstance(outcomes[-1], Dead)
    assert rows(review, "inbox_attempt")[0].failed == MOST_ATTEMPTS


def test_waiting_for_an_authority_is_no_attempt(review: Harness) -> None:
    event = filed(authority="tiznit")

    outcomes = [receive(review, event, attempts=n) for n in range(MOST_ATTEMPTS + 3)]

    assert {type(outcome) for outcome in outcomes} == {Delay}
    attempt = rows(review, "inbox_attempt")[0]
    assert (attempt.unfinished, attempt.failed, attempt.dead_at) == (0, 0, None)


def test_an_effect_forgets_the_attempts_before_it(review: Harness) -> None:
    review.know_authority()
    event = filed(authority="tiznit")
    receive(review, event, attempts=1)
    review.know_authority("tiznit")

    assert receive(review, event, attempts=2) == ACK

    assert rows(review, "inbox_attempt") == []
    assert len(review.rows(Case)) == 1


def test_a_parked_event_that_fails_is_dead_itself_and_not_the_one_that_released_it(
    review: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[tuple[str, Outcome]] = []
    monkeypatch.setattr(
        review.worker,
        "_send_on",
        lambda outcome, delivery: sent.append((delivery.message_id, outcome)),
    )
    failing(monkeypatch, GuardRefused("no"), only=WithdrawalRequested)
    second = later()
    receive(review, second)

    outcome = receive(review, filed())

    assert outcome == ACK
    assert [(id_, type(one)) for id_, one in sent] == [(second.id, Dead)]
    assert rows(review, "inbox_cursor")[0].is_stopped


def test_a_parked_event_whose_way_is_closed_stays_parked_and_the_timer_applies_it(
    review: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as while_away:
        failing(while_away, RuntimeError("a fault"), only=WithdrawalRequested)

        def away(*_: object) -> None:
            raise BrokerUnavailable("away")

        while_away.setattr(review.worker, "_send_on", away)
        receive(review, later())
        assert receive(review, filed()) == ACK
    assert len(rows(review, "inbox_parked")) == 1

    fire(review, "release_parked")

    assert rows(review, "inbox_parked") == []
    assert rows(review, "inbox_cursor")[0].sequence == 2


def test_an_event_of_a_newer_program_waits_and_is_applied_after_the_upgrade(
    review: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer, understood = filed(), Applier._told
    with monkeypatch.context() as before_the_upgrade:
        before_the_upgrade.setattr(Applier, "_told", lambda *_: False)
        assert receive(review, newer) == ACK
        assert receive(review, later()) == ACK
        assert [row.reason for row in rows(review, "inbox_parked")] == ["unknown-type", "early"]
    assert Applier._told is understood

    fire(review, "release_parked")

    assert rows(review, "inbox_parked") == []
    assert rows(review, "inbox_cursor")[0].sequence == 2


def test_two_events_that_wait_for_one_place_stop_the_subject(review: Harness) -> None:
    receive(review, later())

    receive(review, later())

    assert sorted(row.reason for row in rows(review, "inbox_parked")) == ["divergent", "early"]
    assert rows(review, "inbox_cursor")[0].is_stopped


def test_a_third_event_for_a_known_place_is_told_though_the_subject_is_stopped(
    review: Harness,
) -> None:
    for _ in range(3):
        receive(review, filed())

    assert [row.reason for row in rows(review, "inbox_parked")] == ["divergent", "divergent"]


def test_an_event_that_does_not_fit_its_schema_is_dead_at_once(review: Harness) -> None:
    body = encode(filed()).replace(b'"signatures":0', b'"signatures":"many"')

    outcome = review.deliver_bytes(body)

    assert isinstance(outcome, Dead)
    assert outcome.reason.startswith("Undecodable")


def fire(review: Harness, name: str) -> None:
    """Run one timer once."""
    timer = next(timer for timer in review.worker._timers if timer.name == name)
    timer.run(review.context)
