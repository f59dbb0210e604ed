"""Workflows: a declared table is the only way a state changes, and a refusal names its rule."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import SimpleNamespace
from typing import Any

import pytest

from shared.errors import GuardRefused, IllegalMove
from shared.events.catalogue import Event
from shared.workflow import Workflow, _trigger, refuses, workflow


class Light(StrEnum):
    """The states of a lamp."""

    OFF = "off"
    ON = "on"


class Switched(Event):
    """A lamp was switched."""


@refuses("There is no current.", article="1")
def there_is_current(_lamp: Any, facts: Mapping[str, Any]) -> bool:
    """A guard of the test."""
    return bool(facts.get("current"))


TABLE = [
    {
        "trigger": "switch_on",
        "source": "off",
        "dest": "on",
        "event": Switched,
        "conditions": [there_is_current],
    },
    {"trigger": "switch_off", "source": "on", "dest": "off", "event": Switched},
]


@pytest.fixture
def lamp() -> SimpleNamespace:
    """A lamp that is off."""
    return SimpleNamespace(state="off")


@pytest.fixture
def flow() -> Workflow:
    """The lamp's workflow."""
    return workflow("lamp", states=Light, table=TABLE, state_of=lambda row: row)


def test_a_step_of_the_table_changes_the_state(flow: Workflow, lamp: Any) -> None:
    _trigger(flow, lamp, "switch_on", {"current": True})

    assert lamp.state == "on"


def test_a_step_from_another_state_is_illegal_and_says_what_is_possible(
    flow: Workflow, lamp: Any
) -> None:
    with pytest.raises(IllegalMove) as refusal:
        _trigger(flow, lamp, "switch_off", {})

    assert refusal.value.params["allowed"] == ["switch_on"]
    assert lamp.state == "off"


def test_a_refused_guard_names_its_rule_and_article(flow: Workflow, lamp: Any) -> None:
    with pytest.raises(GuardRefused) as refusal:
        _trigger(flow, lamp, "switch_on", {"current": False})

    assert refusal.value.message == "There is no current."
    assert refusal.value.params["article"] == "1"
    assert lamp.state == "off"


def test_there_are_no_back_doors_into_a_state(flow: Workflow) -> None:
    assert sorted(flow.machine.events) == ["switch_off", "switch_on"]
