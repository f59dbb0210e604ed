"""Dead letters on both transports: looked at, tried again, discarded; what waits behind goes on."""

from __future__ import annotations

import base64
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import select

from services.review.cases.models import Case
from shared.applying import Applier
from shared.broker.delivery import REASON as REASON_HEADER
from shared.broker.publisher import OutgoingMessage, Publisher
from shared.errors import GuardRefused
from shared.events.envelope import Envelope, encode
from shared.events.petitions import WithdrawalRequested
from shared.testing.harness import Harness, event_envelope, person
from tests.integration.review.test_case_opening import FILED, PETITION, SUBJECT, snapshot
from tests.integration.shared.conftest import Bus

MASTER = base64.b64encode(secrets.token_bytes(32)).decode()
REASON = {"reason": "told twice by hand"}


@pytest.fixture
def review(harness_on: Any, whole_bus: Bus) -> Harness:
    """review on that bus: on SQLite beside the embedded one, on PostgreSQL beside RabbitMQ."""
    harness: Harness = harness_on(
        "review",
        "sqlite" if whole_bus.url.startswith("arida") else "postgresql",
        BROKER_URL=whole_bus.url,
        BROKER_PREFIX=whole_bus.prefix,
        MASTER_KEY=MASTER,
    )
    return harness


@pytest.fixture
def refusing(monkeypatch: pytest.MonkeyPatch) -> Callable[[], Any]:
    """As long as the block runs, review's handlers refuse that a petition was filed."""
    told = Applier._told

    def refuse(self: Applier, uow: Any, envelope: Envelope) -> bool:
        if envelope.type == FILED.TYPE:
            raise GuardRefused("a rule says no")
        return told(self, uow, envelope)

    @contextmanager
    def block() -> Iterator[None]:
        with monkeypatch.context() as patched:
            patched.setattr(Applier, "_told", refuse)
            yield

    return block


@pytest.fixture
def consuming(review: Harness) -> Iterator[None]:
    """review consumes."""
    stop = threading.Event()
    thread = threading.Thread(target=review.worker.consume, args=(stop,))
    thread.start()
    yield
    stop.set()
    thread.join(10)


def filed(subject: str = SUBJECT, **attributes: Any) -> Envelope:
    """The event that opens a case."""
    return event_envelope(FILED, snapshot(), subject=subject, **attributes)


def withdrawal(sequence: int = 2) -> Envelope:
    """A later event of the same petition."""
    return event_envelope(
        WithdrawalRequested(receipt="W"), snapshot(), subject=SUBJECT, sequence=sequence
    )


def send(bus: Bus, *envelopes: Envelope, queue: str = "review.events") -> None:
    """Put events into a queue, as the relay's exchange would."""
    put(bus, *((one.id, encode(one)) for one in envelopes), queue=queue)


def put(
    bus: Bus, *messages: tuple[str, bytes], queue: str = "review.events", reason: str = ""
) -> None:
    """Put bytes into a queue, as if they had died for a reason where one is given."""
    publisher, key = Publisher(bus.url), bus.prefix + queue
    headers = {REASON_HEADER: reason} if reason else {}
    wanted = [
        OutgoingMessage(id=id_, exchange="", routing_key=key, body=body, headers=headers)
        for id_, body in messages
    ]
    assert publisher.publish(wanted).refused == {}
    publisher.close()


def letters(review: Harness) -> list[dict[str, Any]]:
    """What the operator sees."""
    answer = review.request("GET", "/dead-letters", role="operator")
    assert answer.status_code == 200, answer.text
    return list(answer.json["letters"])


def decide(review: Harness, letter: str, what: str, body: Any = None) -> Any:
    """Retry or discard."""
    return review.request(
        "POST", f"/dead-letters/{letter}/{what}", body, role="operator", who="the-operator"
    )


def rows(review: Harness, name: str) -> list[Any]:
    """The rows of one of the runtime's tables."""
    with review.context.database.read("*") as session:
        return list(session.execute(select(getattr(review.context.base.plumbing, name))).all())


def reached(review: Harness) -> list[tuple[int, bool]]:
    """How far the subjects are, and whether each is stopped."""
    return [(row.sequence, row.is_stopped) for row in rows(review, "inbox_cursor")]


def test_a_retried_letter_takes_effect_and_releases_what_waited_behind_it(
    review: Harness,
    whole_bus: Bus,
    refusing: Any,
    consuming: None,
    eventually: Callable[..., None],
) -> None:
    event = filed()
    with refusing():
        send(whole_bus, event, withdrawal())
        eventually(lambda: letters(review) and rows(review, "inbox_parked"))
    shown = letters(review)[0]
    assert (shown["id"], shown["subject"], shown["sequence"]) == (event.id, SUBJECT, 1)
    assert "a rule says no" in shown["reason"]
    assert reached(review) == [(0, True)]

    assert decide(review, event.id, "retry").status_code == 200

    eventually(lambda: reached(review) == [(2, False)])
    assert letters(review) == []
    assert [str(case.id) for case in review.rows(Case)] == [PETITION]
    assert rows(review, "inbox_attempt") == rows(review, "inbox_parked") == []


def test_a_retried_letter_that_fails_again_is_a_dead_letter_again(
    review: Harness,
    whole_bus: Bus,
    refusing: Any,
    consuming: None,
    eventually: Callable[..., None],
) -> None:
    event = filed()
    with refusing():
        send(whole_bus, event)
        eventually(lambda: letters(review))

        decide(review, event.id, "retry")

        eventually(lambda: reached(review) == [(0, True)] and len(letters(review)) == 1)


def test_a_discarded_letter_is_on_record_and_its_subject_goes_on_past_it(
    review: Harness,
    whole_bus: Bus,
    refusing: Any,
    consuming: None,
    eventually: Callable[..., None],
) -> None:
    event = filed()
    with refusing():
        send(whole_bus, event, withdrawal())
        eventually(lambda: letters(review) and rows(review, "inbox_parked"))

    assert decide(review, event.id, "discard", REASON).status_code == 200

    eventually(lambda: reached(review) == [(2, False)])
    assert letters(review) == []
    assert review.rows(Case) == []
    kept = rows(review, "inbox_discarded")[0]
    assert (str(kept.event_id), kept.subject, kept.sequence) == (event.id, SUBJECT, 1)
    assert (kept.reason, kept.discarded_by) == (REASON["reason"], person("the-operator"))
    assert kept.body == encode(event)


def test_a_discarded_event_that_comes_again_changes_nothing(
    review: Harness, whole_bus: Bus, refusing: Any
) -> None:
    first, second = filed(), filed()
    send(whole_bus, first, queue="review.dead")
    decide(review, first.id, "discard", REASON)
    assert reached(review) == [(1, False)]

    review.deliver_bytes(encode(first))

    assert (reached(review), letters(review)) == ([(1, False)], [])
    review.deliver_bytes(encode(second))
    assert reached(review) == [(1, True)]


def test_an_event_that_contradicts_another_can_only_be_discarded(
    review: Harness, whole_bus: Bus
) -> None:
    other = filed()
    review.deliver_bytes(encode(filed()))
    review.deliver_bytes(encode(other))
    review.deliver_bytes(encode(withdrawal()))
    assert [(one["id"], one["lies_in"]) for one in letters(review)] == [(other.id, "inbox")]

    refused = decide(review, other.id, "retry")
    discarded = decide(review, other.id, "discard", REASON)

    assert (refused.status_code, refused.json["code"]) == (409, "place-taken")
    assert discarded.status_code == 200
    assert (letters(review), reached(review)) == ([], [(1, False)])
    # The bus has the released event now, and a worker would take it from there.
    assert [bytes(one.body) for one in whole_bus.take("review.events")] == [
        row.body for row in rows(review, "inbox_parked")
    ]
    # Told again it is known; what waits goes on with it as with any event of the subject.
    review.deliver_bytes(encode(other))
    assert reached(review) == [(2, False)]


def test_bytes_that_are_no_event_are_listed_shown_and_discarded(
    review: Harness, whole_bus: Bus
) -> None:
    put(whole_bus, ("odd", b"\xff no event"), queue="review.dead")

    assert [one["id"] for one in letters(review)] == ["odd"]
    whole = review.request("GET", "/dead-letters/odd", role="operator").json
    assert (whole["bytes"], "event" in whole) == (10, False)
    assert decide(review, "odd", "discard", REASON).status_code == 200
    assert letters(review) == []
    assert [(row.letter, row.body) for row in rows(review, "inbox_discarded")] == [("odd", None)]


def test_looking_takes_nothing_away_and_shows_the_whole_event(
    review: Harness, whole_bus: Bus
) -> None:
    events = [filed(f"petition/{person(str(n))}") for n in range(5)]
    send(whole_bus, *events, queue="review.dead")

    for _ in range(3):
        assert [one["id"] for one in letters(review)] == [one.id for one in events]
    whole = review.request("GET", f"/dead-letters/{events[2].id}", role="operator").json

    assert whole["event"]["subject"] == events[2].subject


def test_a_letter_whose_predecessor_is_missing_has_to_wait_for_it(
    review: Harness, whole_bus: Bus
) -> None:
    second = withdrawal()
    send(whole_bus, second, queue="review.dead")

    refused = decide(review, second.id, "discard", REASON)

    assert (refused.status_code, refused.json["code"]) == (409, "earlier-event-first")
    assert [one["id"] for one in letters(review)] == [second.id]


def test_a_discard_needs_a_reason_an_operator_and_a_letter_that_is_there(
    review: Harness, whole_bus: Bus
) -> None:
    event = filed()
    send(whole_bus, event, queue="review.dead")

    assert decide(review, event.id, "discard", {}).status_code == 422
    assert decide(review, event.id, "discard", {"reason": "   "}).status_code == 422
    assert decide(review, "another", "discard", REASON).status_code == 404
    assert decide(review, "another", "retry").status_code == 404
    path = f"/dead-letters/{event.id}/retry"
    assert review.request("POST", path, role="auditor").status_code == 403
    assert (
        review.request("POST", path, role="operator", headers={"Idempotency-Key": ""}).status_code
        == 400
    )
    assert [one["id"] for one in letters(review)] == [event.id]
