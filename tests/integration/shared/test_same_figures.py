"""The command line, the operator's page and /metrics say the same of one bus."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from services.portal import words
from shared.broker.probe import BusProbe
from shared.bus_problems import problems_of
from shared.bus_words import REMEDIES, SENTENCES, remedy, sentence
from shared.events.envelope import encode
from shared.events.petitions import PetitionFiled
from shared.testing.harness import Harness, person
from tests.integration.portal.conftest import Reader, built, portal, reader, services
from tests.integration.portal.fakes import FakeServices
from tests.integration.review.test_case_opening import FILED, snapshot
from tests.integration.shared.conftest import Bus
from tests.integration.shared.test_bus_alarms import age
from tests.integration.shared.test_dead_letters import (
    consuming,
    filed,
    review,
    send,
    withdrawal,
)
from tests.integration.shared.test_operator_commands import arida

__all__ = ["arida", "built", "consuming", "portal", "reader", "review", "services"]

METRICS = {
    "outbox": "arida_outbox_rows",
    "outbox_oldest_seconds": "arida_outbox_age_seconds",
    "refused": "arida_outbox_refused_rows",
    "parked": "arida_inbox_parked_rows",
    "parked_oldest_seconds": "arida_inbox_parked_age_seconds",
    "stopped": "arida_inbox_stopped_subjects",
    "put_off": "arida_inbox_put_off_rows",
    "put_off_oldest_seconds": "arida_inbox_put_off_age_seconds",
    "ready": "arida_queue_messages",
    "held": "arida_queue_held_messages",
    "delayed": "arida_queue_delayed_messages",
    "dead": "arida_dead_messages",
    "consumers": "arida_queue_consumers",
}
SHOWN = ("outbox", "parked", "ready", "held", "delayed", "dead", "consumers")


def subject(name: str) -> str:
    return f"petition/{person(name)}"


@pytest.fixture
def busy(review: Harness, whole_bus: Bus) -> Harness:
    """review with another number of everything, so that no figure stands for another."""
    for name in ("one", "two"):
        told = PetitionFiled(reference=f"taroudant/2023/{name}", receipt=name)
        own = snapshot(reference=told.reference, receipt=name)
        review.deliver(told, own, subject=subject(name))
    # Another event for a known place is put aside; it is a dead letter that lies in the inbox.
    review.deliver(FILED, snapshot(signatures=9), subject=subject("one"))
    for sequence in (3, 4, 5):
        review.deliver_bytes(encode(withdrawal(sequence)))
    send(whole_bus, *(filed(subject(f"dead-{n}")) for n in range(5)), queue="review.dead")
    send(whole_bus, *(filed(subject(f"ready-{n}")) for n in range(7)))
    send(whole_bus, *(filed(subject(f"later-{n}")) for n in range(8)), queue="review.delay.600")
    age(review, "outbox", "recorded_at", 4000)
    age(review, "inbox_parked", "parked_at", 9000)
    return review


def metrics_of(review: Harness) -> dict[str, float]:
    """The figures by the names that reports have."""
    text = review.request("GET", "/metrics").text
    found = dict(re.findall(r'^(\w+){service="review"} (\S+)$', text, re.MULTILINE))
    return {figure: float(found[name]) for figure, name in METRICS.items()}


def test_the_three_places_show_the_same_figures(
    busy: Harness, whole_bus: Bus, arida: Any, reader: Reader, services: FakeServices
) -> None:
    report = json.loads(arida("bus", "status", "review", "--json").stdout)["review"]
    totals = report["totals"]
    held = 0 if whole_bus.url.startswith("arida") else None
    expected = {"outbox": 2, "parked": 4, "ready": 7, "held": held, "delayed": 8, "dead": 6}
    expected["consumers"] = 0
    assert {name: totals[name] for name in SHOWN} == expected
    assert (totals["stopped"], totals["refused"]) == (1, 0)

    told = metrics_of(busy)

    assert math.isnan(told["held"]) == (held is None)
    assert {name: told[name] for name in METRICS if not name.endswith(("seconds", "held"))} == {
        name: totals[name] for name in METRICS if not name.endswith(("seconds", "held"))
    }
    for name in ("outbox_oldest_seconds", "parked_oldest_seconds"):
        assert totals[name] <= told[name] < totals[name] + 60

    services.answer("review", "GET", "/bus", report)
    page = _row_of_page(reader)
    terminal = re.search(
        r"^ *review +look +(.*)$", arida("bus", "status", "review").stdout, re.MULTILINE
    )
    assert terminal is not None
    in_terminal = [None if figure == "-" else int(figure) for figure in terminal[1].split()]
    order = [*SHOWN[:1], "outbox_oldest_seconds", *SHOWN[1:]]
    assert [page[n] for n, name in enumerate(order) if "oldest" not in name] == [*expected.values()]
    assert [in_terminal[n] for n, name in enumerate(order) if "oldest" not in name] == [
        *expected.values()
    ]


def _row_of_page(reader: Reader) -> list[int | None]:
    reader.sign_in("operator")
    html = reader.get("/desk/bus?lang=en").get_data(as_text=True)
    name = str(words.word(words.SERVICES, "review"))
    row = re.search(rf">{re.escape(name)}</th>(.*?)</tr>", html, re.DOTALL)
    assert row is not None
    figures = re.findall(r'<td class="number"[^>]*>(.*?)</td>', row[1], re.DOTALL)
    shown = [re.sub(r"<[^>]+>|\D", "", figure) for figure in figures]
    return [int(figure) if figure else None for figure in shown]


def test_the_page_says_what_is_wrong_and_what_to_type_as_the_command_does(
    busy: Harness, arida: Any, reader: Reader, services: FakeServices
) -> None:
    report = json.loads(arida("bus", "status", "review", "--json").stdout)["review"]
    services.answer("review", "GET", "/bus", report)
    reader.sign_in("operator")

    html = reader.get("/desk/bus?lang=en").get_data(as_text=True)

    on_terminal = arida("bus", "status", "review").stdout
    found = [problem["code"] for problem in report["problems"]]
    assert found == ["no-consumer", "outbox-late", "dead-letters", "subject-stopped", "parked-late"]
    for problem in report["problems"]:
        assert remedy(problem, "review") in html
        assert remedy(problem, "review") in on_terminal
        if not problem["seconds"]:
            assert sentence(problem) in html
            assert sentence(problem) in on_terminal


def test_alerts_are_raised_for_just_what_the_status_tells(busy: Harness, arida: Any) -> None:
    report = json.loads(arida("bus", "status", "review", "--json").stdout)["review"]

    raised = alerts_of(busy)

    assert raised == {problem["code"] for problem in report["problems"]}
    assert "dead-letters" in raised


def test_no_alert_is_raised_for_a_bus_that_is_well(
    review: Harness, consuming: None, eventually: Callable[..., None]
) -> None:
    eventually(lambda: alerts_of(review) == set())


def alerts_of(review: Harness) -> set[str]:
    """The problems whose rule holds for review's metrics as they are now."""
    text = review.request("GET", "/metrics").text
    told = dict(re.findall(r'^(\w+){service="review"} (\S+)$', text, re.MULTILINE))
    groups = yaml.safe_load(Path("deploy/monitoring/alerts.yml").read_text())["groups"]
    raised, checked = set(), 0
    for rule in groups[0]["rules"]:
        found = re.fullmatch(r"(?:max\()?(arida_\w+)\)? (==|>) (\d+)", rule["expr"])
        if found is None:
            # Whether a process answers is for Prometheus to know.
            assert rule["expr"].startswith("up{")
            continue
        checked += 1
        value, bound = float(told[found[1]]), float(found[3])
        if value == bound if found[2] == "==" else value > bound:
            raised.add(rule["labels"]["problem"])
    assert checked == len(SENTENCES)
    return raised


def test_a_service_with_no_broker_has_no_figures_of_queues_rather_than_zeros(
    review: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = "amqp://nobody:nothing@127.0.0.1:9//"
    monkeypatch.setattr(type(review.context.platform), "bus_url", property(lambda _: away))
    review.context.bus = BusProbe(away)

    told = metrics_of(review)

    assert told["outbox"] == 0
    assert all(math.isnan(told[name]) for name in ("ready", "held", "delayed", "dead", "consumers"))


def test_every_problem_has_words_and_a_remedy() -> None:
    worst = {
        "disk_free_bytes": 0,
        "queues": [],
        "missing_queues": ["review.events"],
        "log_lacks": 3,
        "outbox": {
            "rows": 1,
            "oldest_seconds": 999,
            "refused": 1,
            "refused_events": [{"subject": "case/1", "sequence": 1, "reason": "no queue"}],
        },
        "parked": {"early": 1},
        "parked_oldest_seconds": 999,
        "stopped": 1,
        "stopped_subjects": [{"subject": "case/1", "sequence": 1}],
        "put_off": 1,
        "put_off_oldest_seconds": 9999,
        "put_off_subjects": [{"subject": "case/2", "sequence": 1, "event": "e"}],
        "totals": {"consumers": 0, "ready": 0, "dead": 1, "parked": 1},
    }
    away = problems_of({**worst, "queues": None})[:1]

    found = {problem["code"] for problem in [*problems_of(worst), *away]}

    assert found == set(SENTENCES) == set(REMEDIES)
    for problem in [*problems_of(worst), *away]:
        assert "%(" not in sentence(problem) + remedy(problem, "review")
