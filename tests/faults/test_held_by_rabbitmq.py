"""A real broker tells what a stopped consumer has in hand, which AMQP has no question for."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from shared.broker.delivery import ACK, Delivery, Outcome
from shared.broker.held import held_messages
from shared.testing.processes import end, free_port
from shared.testing.rabbitmq_node import Node, new_cookie, new_node, start_epmd
from shared.testing.rabbitmq_server import definitions
from tests.integration.shared.conftest import Bus, eventually

TOLD_WITHIN_SECONDS = 15.0
"""A queue tells its figures every five seconds."""


@pytest.fixture
def node(tmp_path: Path) -> Iterator[Node]:
    """A broker of this test alone, with the plugin that tells figures."""
    empty = new_node(tmp_path / "broker", free_port(), name="arida")
    node = replace(empty, metrics_port=free_port())
    node.configure(definitions(), new_cookie())
    mapper = start_epmd(node.folder, node.epmd_port)
    script = node.launch()
    try:
        node.wait(script)
        yield node
    finally:
        node.abandon(script)
        end(mapper, polite=signal.SIGTERM, patience=10.0)


def test_what_a_consumer_has_in_hand_is_told_and_is_none_once_it_answered(node: Node) -> None:
    bus = Bus(node.url, "held.")
    bus.declare()
    url, queue, go_on = (
        f"http://127.0.0.1:{node.metrics_port}",
        bus.queue("review"),
        threading.Event(),
    )

    def hang(_delivery: Delivery) -> Outcome:
        go_on.wait(40)
        return ACK

    def in_hand() -> int | None:
        return (held_messages(node.url, url) or {}).get(queue)

    bus.publish(*(bus.message(f"m{n}") for n in range(13)))
    with bus.consuming("review", hang) as seen:
        eventually(lambda: in_hand() == 10, seconds=TOLD_WITHIN_SECONDS)
        assert bus.status("review.events").ready == 3
        go_on.set()
        eventually(lambda: len(seen) == 13)
        eventually(lambda: in_hand() == 0, seconds=TOLD_WITHIN_SECONDS)
    bus.remove()
