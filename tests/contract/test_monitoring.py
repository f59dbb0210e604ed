"""Alerts and dashboard name only metrics that services really tell, and each alert its runbook."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from shared.broker.topology import SUBSCRIPTIONS
from shared.bus_problems import OUTBOX_SECONDS, PARKED_SECONDS, PUT_OFF_SECONDS
from shared.bus_words import SENTENCES
from shared.metrics import build_metrics

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy/monitoring"
GUIDE = ROOT / "docs/guides/operator-bus.md"
OF_PROMETHEUS = {"up": {"job", "instance"}}
ADDED = {"job", "instance", "le"}
NAMES = re.compile(r"\b((?:arida|process)_\w+|up)\b(?:\{([^}]*)\})?")
OUTCOMES = {"done", "repeated", "parked", "retried", "dead", "confirmed", "refused"}


def _alerts() -> list[dict[str, Any]]:
    groups = yaml.safe_load((DEPLOY / "alerts.yml").read_text())["groups"]
    return [rule for group in groups for rule in group["rules"]]


def _dashboard() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((DEPLOY / "grafana-dashboard.json").read_text())
    return loaded


def _shown() -> list[str]:
    return [target["expr"] for panel in _dashboard()["panels"] for target in panel["targets"]]


def _expressions() -> list[str]:
    return [alert["expr"] for alert in _alerts()] + _shown()


def _used(expression: str) -> Iterator[tuple[str, set[str]]]:
    """Each metric of an expression with the labels it is asked for."""
    grouped = {
        label.strip()
        for labels in re.findall(r"\bby \(([^)]*)\)", expression)
        for label in labels.split(",")
    }
    for name, matchers in NAMES.findall(expression):
        yield name, grouped | set(re.findall(r"(\w+)\s*(?:=~|!~|!=|=)", matchers))


@pytest.fixture(scope="module")
def told() -> dict[str, set[str]]:
    """Every sample that a service tells, with its labels; each figure is told once."""
    metrics = build_metrics()
    metrics.request_finished("review", "/r", method="GET", status=200, seconds=0.1)
    metrics.message_finished("review", "petition.filed.v1", outcome="done", seconds=0.1)
    metrics.published("review", confirmed=1)
    metrics.outbox("review", rows=1, oldest_seconds=1, refused=0)
    metrics.inbox("review", parked=1, oldest_seconds=1, stopped=0)
    metrics.disk("review", is_low=False)
    metrics.put_off("review", rows=1, oldest_seconds=1)
    metrics.queues("review", ready=1, held=0, delayed=0, dead=0, consumers=1)
    metrics.bus("review", is_up=True, missing=0)
    families = text_string_to_metric_families(metrics.render("review").decode())
    return {one.name: set(one.labels) for family in families for one in family.samples}


def test_every_metric_and_label_that_is_named_is_told(told: dict[str, set[str]]) -> None:
    known = {**told, **OF_PROMETHEUS}
    used = [one for expression in _expressions() for one in _used(expression)]

    assert len(used) > 30
    assert {name for name, _ in used} - known.keys() == set()
    assert [(name, labels - known[name] - ADDED) for name, labels in used] == [
        (name, set()) for name, _ in used
    ]


def test_every_outcome_that_is_asked_for_is_one_that_is_counted() -> None:
    asked = {word for text in _expressions() for word in re.findall(r'outcome=~?"([^"]+)"', text)}

    assert asked
    assert asked <= OUTCOMES


def test_the_dashboard_shows_every_figure_of_the_bus(told: dict[str, set[str]]) -> None:
    shown = {name for expression in _shown() for name, _ in _used(expression)}
    of_bus = {name for name in told if re.match(r"arida_(outbox|inbox|queue|dead|bus)_", name)}

    assert of_bus - shown == set()


def test_every_problem_that_is_told_has_its_alert() -> None:
    raised = {alert["labels"]["problem"] for alert in _alerts()}

    assert set(SENTENCES) - raised == set()


def test_alerts_have_the_bounds_of_the_product() -> None:
    bounds = {alert["labels"]["problem"]: alert["expr"] for alert in _alerts()}

    assert bounds["outbox-late"].endswith(f"> {OUTBOX_SECONDS}")
    assert bounds["parked-late"].endswith(f"> {PARKED_SECONDS}")
    assert bounds["put-off-late"].endswith(f"> {PUT_OFF_SECONDS}")


@pytest.mark.parametrize("alert", _alerts(), ids=lambda alert: str(alert["alert"]))
def test_every_alert_says_what_it_means_and_leads_to_what_to_type(alert: dict[str, Any]) -> None:
    place, _, section = alert["annotations"]["runbook"].partition("#")

    assert alert["labels"]["severity"] in {"critical", "warning"}
    assert alert["annotations"]["summary"].endswith(".")
    assert (ROOT / place, section) == (GUIDE, alert["labels"]["problem"])
    sections = re.split(r"^## ", GUIDE.read_text(), flags=re.MULTILINE)
    (text,) = [one for one in sections if one.startswith(f"{section}\n")]
    assert re.search(r"^ {4,}arida |`request_failed`", text, re.MULTILINE)


def test_panels_lie_beside_each_other_and_ask_the_chosen_prometheus() -> None:
    taken: set[tuple[int, int]] = set()
    for panel in _dashboard()["panels"]:
        at = panel["gridPos"]
        cells = {(at["x"] + dx, at["y"] + dy) for dx in range(at["w"]) for dy in range(at["h"])}
        assert not cells & taken, panel["title"]
        assert max(x for x, _ in cells) < 24
        assert panel["datasource"]["uid"] == "${datasource}"
        taken |= cells


def test_prometheus_asks_every_process_that_compose_runs() -> None:
    jobs = yaml.safe_load((DEPLOY / "prometheus.yml").read_text())["scrape_configs"]
    asked = {job["job_name"]: job["static_configs"] for job in jobs}
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]

    web = {
        target: one["labels"]["__metrics_path__"]
        for one in asked["arida-services"]
        for target in one["targets"]
    }
    assert web == {
        f"{name}-web:{compose[f'{name}-web']['command'].split()[-1]}": f"/{name}/v1/metrics"
        for name in SUBSCRIPTIONS
    }
    background = {target for one in asked["arida-background"] for target in one["targets"]}
    processes = {name for name in compose if name.endswith(("-worker", "-relay"))}
    ports = {compose[name]["environment"]["METRICS_PORT"] for name in processes}
    assert background == {f"{name}:{port}" for name in processes for port in ports}
