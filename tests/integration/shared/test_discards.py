"""Discarding a dead letter is an act: told once, to the ledger and the log, without its reason."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from jsonschema import Draft202012Validator

from shared.events.catalogue import EVENTS
from shared.events.envelope import decode, encode
from shared.generate.schemas import event_schema
from shared.relay import Relay
from shared.testing.harness import AUTHORITY, Harness, person
from tests.integration.review.test_case_opening import SUBJECT
from tests.integration.shared.conftest import Bus
from tests.integration.shared.test_dead_letters import (
    REASON,
    decide,
    filed,
    letters,
    put,
    review,
    rows,
    send,
)

__all__ = ["review"]


def discarded(review: Harness, bus: Bus, **attributes: Any) -> str:
    """The id of an event that lay among the dead letters and was discarded."""
    event = filed(**attributes)
    send(bus, event, queue="review.dead")
    assert decide(review, event.id, "discard", REASON).status_code == 200
    return event.id


def test_a_discard_is_told_with_the_event_and_without_the_reason(
    review: Harness, whole_bus: Bus
) -> None:
    event = discarded(review, whole_bus)

    (told,) = review.emitted("letter.discarded.v1")

    assert (told.source, told.authority, told.actorrole) == ("/review", AUTHORITY, "operator")
    assert told.actorid == person("the-operator")
    after = told.data.after
    assert (after["event"], after["about"], after["sequence"]) == (event, SUBJECT, 1)
    assert after["reason_sha256"] == sha256(REASON["reason"].encode()).hexdigest()
    assert REASON["reason"].encode() not in encode(told)
    schema = event_schema(EVENTS["letter.discarded.v1"])
    assert list(Draft202012Validator(schema).iter_errors(json.loads(encode(told)))) == []


def test_a_letter_that_is_discarded_twice_is_told_once(review: Harness, whole_bus: Bus) -> None:
    event = filed()
    for _ in range(2):
        send(whole_bus, event, queue="review.dead")
        assert decide(review, event.id, "discard", REASON).status_code == 200

    assert len(review.emitted("letter.discarded.v1")) == 1
    assert letters(review) == []


def test_what_has_no_authority_known_here_is_discarded_and_kept_on_record_only(
    review: Harness, whole_bus: Bus
) -> None:
    discarded(review, whole_bus, authority="tiznit")
    put(whole_bus, ("odd", b"\xff no event"), queue="review.dead")
    assert decide(review, "odd", "discard", REASON).status_code == 200

    assert review.emitted() == []
    assert sorted(row.authority for row in rows(review, "inbox_discarded")) == ["", "tiznit"]


def test_the_relay_takes_a_discard_to_the_ledger(review: Harness, whole_bus: Bus) -> None:
    event = discarded(review, whole_bus)

    relay = Relay(review.context)
    relay.relay_once()
    relay.close()

    assert review.emitted() == []
    (one,) = whole_bus.take("audit.events")
    assert decode(bytes(one.body)).data.after["event"] == event
