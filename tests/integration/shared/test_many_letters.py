"""Many dead letters, on both transports: listed page by page, retried with few requests."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest

from shared import dead_letters as letters_of_service
from shared.broker import dead_letters as letters_of_bus
from shared.broker.wire import WireChannel
from shared.events.envelope import encode
from shared.testing.harness import Harness
from tests.integration.shared.conftest import Bus
from tests.integration.shared.test_dead_letters import filed, put, review, rows, send, withdrawal
from tests.integration.shared.test_operator_commands import arida
from tests.integration.shared.test_same_figures import subject

__all__ = ["arida", "review"]


@pytest.fixture
def many(whole_bus: Bus) -> list[str]:
    """The ids of seven events that lie dead."""
    events = [filed(subject(f"dead-{number}")) for number in range(7)]
    send(whole_bus, *events, queue="review.dead")
    return [one.id for one in events]


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many messages each look at the queue took off it."""
    counts: list[int] = []
    take = letters_of_bus._taken

    def counted(channel: WireChannel, queue: str, most: int) -> Iterator[Any]:
        counts.append(0)
        for found in take(channel, queue, most):
            counts[-1] += 1
            yield found

    monkeypatch.setattr(letters_of_bus, "_taken", counted)
    return counts


def ids(text: str) -> list[str]:
    return [one["id"] for one in json.loads(text)]


def test_a_page_of_letters_says_how_many_more_there_are_and_how_to_see_them(
    arida: Any, many: list[str]
) -> None:
    first = arida("dead-letters", "list", "review", "--limit", "3", "--json")
    second = arida("dead-letters", "list", "review", "--limit", "3", "--after", many[2], "--json")
    last = arida("dead-letters", "list", "review", "--limit", "3", "--after", many[5], "--json")

    assert [ids(one.stdout) for one in (first, second, last)] == [many[:3], many[3:6], many[6:]]
    told = f"review has 4 more: arida dead-letters list review --after {many[2]}"
    assert first.stderr.strip() == told
    assert last.stderr == ""
    on_terminal = arida("dead-letters", "list", "review", "--limit", "3").stdout
    assert told in " ".join(on_terminal.split())
    assert many[3] not in on_terminal
    assert "more" not in arida("dead-letters", "list", "review").stdout


def test_letters_that_nobody_looked_through_are_counted(
    arida: Any, many: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    hold = letters_of_service._held
    monkeypatch.setattr(letters_of_service, "_held", lambda context, **_: hold(context, most=5))

    listed = arida("dead-letters", "list", "review", "--json")

    assert ids(listed.stdout) == many[:5]
    assert "review has 2 more" in listed.stderr


def test_a_page_behind_a_letter_that_is_gone_is_refused(arida: Any, many: list[str]) -> None:
    gone = arida("dead-letters", "list", "review", "--after", "gone")
    of_all = arida("dead-letters", "list", "--after", many[0])

    assert gone.exit_code == 2
    assert "Nothing was found under this id." in gone.stderr
    assert of_all.exit_code == 2
    assert "one service" in of_all.stderr


def test_all_letters_are_retried_in_order_and_each_is_looked_at_once(
    arida: Any, whole_bus: Bus, many: list[str], taken: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    by_three = partial(letters_of_service.retry_next, most=3)
    monkeypatch.setattr(letters_of_service, "retry_next", by_three)

    done = arida("dead-letters", "retry", "review", "--all")

    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines() == [f"{id_} is tried again." for id_ in many]
    assert taken == [3, 3, 1]
    again = [one.properties["message_id"] for one in whole_bus.take("review.events")]
    assert again == many
    assert whole_bus.status("review.dead").ready == 0


def test_a_letter_that_cannot_be_retried_keeps_no_other_from_it(
    arida: Any, review: Harness, whole_bus: Bus
) -> None:
    first, rival = filed(), filed()
    for event in (first, rival):
        review.deliver_bytes(encode(event))
    put(whole_bus, ("odd", b"\xff no event"), queue="review.dead")
    dead = withdrawal(2)
    review.worker.applier.put_aside(dead, encode(dead), "it broke")

    done = arida("dead-letters", "retry", "review", "--all")

    assert done.exit_code == 1
    assert done.stdout.splitlines() == ["odd is tried again.", f"{dead.id} is tried again."]
    assert f"{rival.id}: Another event has its place" in done.stderr
    assert "Discard it." in done.stderr
    assert len(whole_bus.take("review.events")) == 2
    assert [row.reason for row in rows(review, "inbox_attempt")] == []
