"""Messages as other clients may write them: properties that are no text, headers of every type."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from shared.broker.connection import connect
from shared.broker.dead_letters import dead_letters
from shared.broker.delivery import ACK, ATTEMPTS, Dead, Delay, Delivery
from shared.broker.log_reader import read_log
from tests.integration.shared.conftest import Bus

pytestmark = pytest.mark.early(15)

NO_TEXT = b"\xff\xfe"
STRANGE: dict[str, dict[str, Any]] = {
    "id": {"message_id": NO_TEXT},
    "type": {"content_type": NO_TEXT},
    "long": {"message_id": "x" * 255},
    "name": {"application_headers": {NO_TEXT: 1}},
    "bytes": {"application_headers": {"x": NO_TEXT}},
    "date": {"application_headers": {"x": datetime(2023, 10, 16, tzinfo=UTC)}},
    "nested": {"application_headers": {"x": {"y": [1, {"z": None}]}}},
    "most": {"application_headers": {ATTEMPTS: 2**63 - 1}},
    "less": {"application_headers": {ATTEMPTS: -100}},
    "words": {"application_headers": {ATTEMPTS: "many", "x-delivery-count": "few"}},
}


@pytest.fixture(params=["rabbitmq"])
def bus_url(broker_url: str) -> str:
    """A server only: nobody but this program writes to the embedded bus."""
    return broker_url


def publish(bus: Bus) -> None:
    """Publish one message of each kind, a plain one after each."""
    connection = connect(bus.url)
    channel = connection.channel()
    for name, properties in STRANGE.items():
        message: Any = channel.prepare_message(name.encode())
        message.properties.update(properties)
        for one in (message, channel.prepare_message(f"after {name}".encode())):
            channel.basic_publish(
                one, exchange=bus.prefix + "arida.events", routing_key="petition.x.00"
            )
    # An answer tells that the broker has taken all of them, and not closed the channel.
    channel.queue_declare(bus.queue("review"), passive=True)
    connection.release()


def bodies(seen: list[Delivery]) -> list[str]:
    return [one.body.decode() for one in seen]


@pytest.mark.parametrize("outcome", [ACK, Dead("not ours"), Delay(1, "not yet")], ids=repr)
def test_each_comes_once_and_its_neighbours_too_whatever_becomes_of_it(
    bus: Bus, eventually: Callable[..., None], outcome: Any
) -> None:
    wanted = [word for name in STRANGE for word in (name, f"after {name}")]

    with bus.consuming("review", lambda one: outcome if one.attempts == 0 else ACK) as seen:
        publish(bus)
        eventually(lambda: {*wanted} <= {*bodies(seen)})

    assert all(0 <= one.attempts < 2**31 for one in seen)
    if outcome == ACK:
        assert bodies(seen) == wanted


def test_each_is_a_dead_letter_that_can_be_listed_sent_back_and_removed(
    bus: Bus, eventually: Callable[..., None]
) -> None:
    with bus.consuming("review", lambda _: Dead("not ours")) as seen:
        publish(bus)
        eventually(lambda: len({*bodies(seen)}) == 2 * len(STRANGE))

    with dead_letters(bus.url, "review", bus.prefix) as held:
        listed = [letter.id for letter in held.letters]
        assert len(listed) == len({*listed}) == 2 * len(STRANGE)
        for id_ in listed[::2]:
            held.send_back([id_])
        for id_ in listed[1::2]:
            held.remove(id_)

    assert len(bus.take("review.events")) == len(STRANGE)
    assert bus.status("review.dead").ready == 0


def test_the_log_can_be_read_past_each(bus: Bus) -> None:
    publish(bus)

    found = [entry.body.decode() for entry in read_log(bus.url, prefix=bus.prefix)]

    assert found == [word for name in STRANGE for word in (name, f"after {name}")]
