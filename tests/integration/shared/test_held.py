"""What consumers have in hand is told in every place, and never as 0 where nobody knows it."""

from __future__ import annotations

import json
import math
import threading
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from werkzeug import Request, Response
from werkzeug.serving import make_server

from shared.broker.delivery import ACK, Delivery, Outcome
from shared.broker.held import held_messages
from shared.testing.harness import Harness
from tests.integration.shared.conftest import Bus
from tests.integration.shared.test_dead_letters import filed, review, send
from tests.integration.shared.test_operator_commands import arida
from tests.integration.shared.test_same_figures import metrics_of, subject

__all__ = ["arida", "review"]

AWAY = "http://127.0.0.1:9"


def told(figures: Mapping[tuple[str, str], int]) -> str:
    """The answer of rabbitmq_prometheus 3.10.8 to the question for queue_coarse_metrics."""
    lines = []
    for name in ("ready", "unacked"):
        metric = f"rabbitmq_detailed_queue_messages_{name}"
        lines += [f"# TYPE {metric} gauge", f"# HELP {metric} Messages"]
        lines += [
            f'{metric}{{vhost="{vhost}",queue="{queue}"}} {count if name == "unacked" else 77}'
            for (vhost, queue), count in figures.items()
        ]
    return "\n".join(lines)


class Node:
    """One node's plugin on loopback, which tells what ``figures`` says."""

    def __init__(self) -> None:
        self.figures: dict[tuple[str, str], int] = {}
        self.asked: list[str] = []
        self._server = make_server("127.0.0.1", 0, self._answer, threaded=True)
        self.url = f"http://127.0.0.1:{self._server.port}"
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join(10)
        self._server.server_close()

    def _answer(self, environ: Any, start: Any) -> Any:
        request = Request(environ)
        self.asked.append(request.full_path)
        wanted = request.args.get("vhost")
        figures = {place: count for place, count in self.figures.items() if place[0] == wanted}
        found = request.path == "/metrics/detailed"
        answer = Response(told(figures)) if found else Response(status=404)
        return answer(environ, start)


@pytest.fixture
def nodes() -> Iterator[tuple[Node, Node]]:
    both = Node(), Node()
    yield both
    for node in both:
        node.close()


@pytest.fixture
def cluster_url() -> str:
    """Nothing here speaks AMQP: what the plugin tells is asked over HTTP."""
    return "amqp://arida:secret@one:5672/town%2Fhall;amqp://arida:secret@two:5672/town%2Fhall"


def test_a_consumer_that_hangs_has_ten_in_hand_and_the_rest_waits(
    review: Harness, whole_bus: Bus, arida: Any, eventually: Callable[..., None]
) -> None:
    if not whole_bus.url.startswith("arida"):
        # A broker that tells its figures is started in tests/faults/test_held_by_rabbitmq.py.
        report = json.loads(arida("bus", "status", "review", "--json").stdout)["review"]
        assert report["totals"]["held"] is None
        assert math.isnan(metrics_of(review)["held"])
        return
    go_on = threading.Event()

    def hang(_delivery: Delivery) -> Outcome:
        go_on.wait(20)
        return ACK

    send(whole_bus, *(filed(subject(f"held-{n}")) for n in range(13)))
    with whole_bus.consuming("review", hang) as seen:
        eventually(lambda: seen)
        report = json.loads(arida("bus", "status", "review", "--json").stdout)["review"]
        in_terminal = arida("bus", "status", "review").stdout
        told_to_monitor = metrics_of(review)
        go_on.set()
        eventually(lambda: len(seen) == 13)

    assert (report["totals"]["held"], report["totals"]["ready"]) == (10, 3)
    by_name = {queue["name"]: queue["held"] for queue in report["queues"]}
    assert by_name[whole_bus.queue("review")] == 10
    assert sum(by_name.values()) == 10
    assert told_to_monitor["held"] == 10
    assert " 3 " in in_terminal
    assert " 10 " in in_terminal
    assert (held_messages(whole_bus.url, "") or {})[whole_bus.queue("review")] == 0


def test_each_node_is_asked_for_the_virtual_host_and_tells_of_the_queues_that_it_leads(
    nodes: tuple[Node, Node], cluster_url: str
) -> None:
    one, two = nodes
    one.figures = {("town/hall", "review.events"): 10, ("/", "review.events"): 3}
    two.figures = {("town/hall", "intake.events"): 4, ("town/hall", "review.events"): 0}

    held = held_messages(cluster_url, f"{one.url}; {two.url}/")

    assert held == {"review.events": 10, "intake.events": 4}
    assert [len(node.asked) for node in nodes] == [1, 1]


def test_of_a_queue_that_no_node_tells_of_nothing_is_known(
    nodes: tuple[Node, Node], cluster_url: str
) -> None:
    nodes[0].figures = {("town/hall", "intake.events"): 4}

    held = held_messages(cluster_url, f"{nodes[0].url};{AWAY}")

    assert held == {"intake.events": 4}
    assert held_messages(cluster_url, AWAY) is None
    assert held_messages(cluster_url, "") is None
    assert held_messages(cluster_url, f"{nodes[0].url}/elsewhere") is None


def test_a_report_without_a_figure_shows_a_dash(
    review: Harness, arida: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.bus_report.held_messages", lambda *_: None)

    line = next(
        line for line in arida("bus", "status", "review").stdout.splitlines() if "review " in line
    )

    assert line.split()[-4:] == ["-", "0", "0", "0"]
