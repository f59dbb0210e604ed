"""Messages of every bad kind, on both transports: dead at once, told apart, and dealt with."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from services.review.cases.models import Case
from shared.events.envelope import encode
from shared.testing.harness import Harness
from tests.integration.shared.conftest import Bus
from tests.integration.shared.test_dead_letters import (
    REASON,
    consuming,
    decide,
    filed,
    letters,
    put,
    review,
    rows,
)
from tests.integration.shared.test_operator_commands import arida
from tests.integration.shared.test_strangers import altered, as_it_is, petition

__all__ = ["arida", "consuming", "review"]

pytestmark = pytest.mark.early(30)

OUT_OF_RANGE = "9999-12-31T23:59:59-05:00"


def poison() -> dict[str, bytes]:
    """Bodies that no service writes, by a name for each."""
    event = petition("poison")
    whole = encode(event)
    attributes: dict[str, dict[str, Any]] = {
        "no-uuid": {"id": "7"},
        "zero": {"sequence": "0"},
        "huge": {"sequence": "9" * 12},
        "nul": {"actorid": "a\x00b"},
        "far": {"time": OUT_OF_RANGE},
        "long": {"subject": f"petition/{'x' * 4000}"},
        "everyone": {"authority": "*"},
        "big": {"extra": "x" * 10_000_000},
    }
    made = {name: altered(event, **changes)[1] for name, changes in attributes.items()}
    return made | {
        "no-text": whole.replace(event.id.encode(), b"\xff\xfe"),
        "deep": b'{"a":' + b"[" * 30_000 + b"]" * 30_000 + b"}",
        "lines": json.dumps(json.loads(whole), indent=1).encode(),
        "empty": b"",
    }


def test_each_is_a_dead_letter_at_once_and_its_neighbours_take_effect(
    review: Harness, whole_bus: Bus, consuming: None, eventually: Callable[..., None]
) -> None:
    bodies = poison()
    for name, body in bodies.items():
        put(whole_bus, (name, body), as_it_is(petition(name)))

    eventually(lambda: len(review.rows(Case)) == len(bodies), 20)
    eventually(lambda: len(letters(review)) == len(bodies))

    assert {one["id"] for one in letters(review)} == {*bodies}
    assert {one["reason"].partition(":")[0] for one in letters(review)} == {"undecodable"}
    assert rows(review, "inbox_attempt") == []
    for name in bodies:
        shown = review.request("GET", f"/dead-letters/{name}", role="operator")
        assert (shown.status_code, shown.json["bytes"]) == (200, len(bodies[name]))
        assert decide(review, name, "discard", REASON).status_code == 200
    assert letters(review) == []


def test_two_messages_of_one_id_are_two_letters_and_each_is_decided_by_itself(
    review: Harness, whole_bus: Bus
) -> None:
    put(whole_bus, ("same", b"one"), ("same", b"two"), ("same", b"one"), queue="review.dead")

    first, second = (one["id"] for one in letters(review))
    assert decide(review, first, "retry").status_code == 200

    assert [bytes(one.body) for one in whole_bus.take("review.events")] == [b"one"]
    assert [one["id"] for one in letters(review)] == ["same"]
    # What was listed as long as there were two still names the one that is left.
    assert decide(review, second, "discard", REASON).status_code == 200
    assert letters(review) == []


def test_a_letter_in_the_inbox_is_not_hidden_by_another_of_its_id(
    review: Harness, whole_bus: Bus
) -> None:
    other = filed()
    review.deliver_bytes(encode(filed()))
    review.deliver_bytes(encode(other))
    put(whole_bus, (other.id, b"something else"), queue="review.dead")

    listed = letters(review)

    assert [one["lies_in"] for one in listed] == ["queue", "inbox"]
    assert len({one["id"] for one in listed}) == 2
    assert listed[1]["subject"] == other.subject
    for one in listed:
        assert decide(review, one["id"], "discard", REASON).status_code == 200
    assert letters(review) == []


def test_the_reasons_of_two_messages_that_bore_one_id_are_both_kept(
    review: Harness, whole_bus: Bus
) -> None:
    for body, reason in ((b"one", "the first of them"), (b"two", "and the second")):
        put(whole_bus, ("same", body), queue="review.dead")
        assert decide(review, "same", "discard", {"reason": reason}).status_code == 200

    kept = {row.reason for row in rows(review, "inbox_discarded")}
    assert kept == {"the first of them", "and the second"}


@pytest.mark.parametrize("odd", ["a/b", "..", "-x", "[/b]", "\x1b[2J", "two\nlines", "ص" * 100])
def test_a_letter_whose_id_nobody_could_type_is_named_by_its_content(
    arida: Any, review: Harness, whole_bus: Bus, odd: str
) -> None:
    put(whole_bus, (odd, b"something"), queue="review.dead")

    listed = arida("dead-letters", "list", "review")
    (letter,) = letters(review)

    assert letter["id"].startswith("sha256-")
    assert (listed.exit_code, letter["id"] in listed.stdout) == (1, True)
    assert arida("dead-letters", "show", "review", letter["id"]).exit_code == 0
    done = arida("dead-letters", "discard", "review", letter["id"], "--reason", "not ours")
    assert (done.exit_code, letters(review)) == (0, [])


def test_what_others_wrote_is_printed_as_it_is_and_steers_no_terminal(
    arida: Any, review: Harness, whole_bus: Bus
) -> None:
    event = altered(filed(), extra="\x9b2J \u202e")
    put(whole_bus, event, queue="review.dead")
    put(whole_bus, ("odd", b"x"), queue="review.dead", reason="[/b] \x1b[2J :key: [b]")

    listed = arida("dead-letters", "list", "review").stdout
    shown = arida("dead-letters", "show", "review", event[0]).stdout

    assert "[/b] \\u001b[2J :key: [b]" in listed
    assert all(one.isprintable() or one == "\n" for one in listed + shown)
    assert json.loads(shown[shown.index("{") :])["extra"] == "\x9b2J \u202e"


def test_a_refused_retry_keeps_no_other_letter_from_being_retried(
    arida: Any, review: Harness, whole_bus: Bus
) -> None:
    put(whole_bus, ("one", b"1"), ("two", b"2"), queue="review.dead")

    done = arida("dead-letters", "retry", "review", "absent", "two", "one", "two")

    assert done.exit_code == 1
    assert done.stdout == "two is tried again.\none is tried again.\n"
    assert done.stderr.startswith("absent: review says")
    assert [bytes(one.body) for one in whole_bus.take("review.events")] == [b"2", b"1"]
