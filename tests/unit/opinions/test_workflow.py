"""Every cell of the tables of bodies and opinions: allowed and refused."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest
from transitions import MachineError

from services.opinions.state import BODY_WORKFLOW, OPINION_WORKFLOW
from services.opinions.workflow import OpinionState, quorum_needed

VOTE = {
    "draft": SimpleNamespace(text="نص"),
    "present": 8,
    "needed": 8,
    "votes_for": 5,
    "votes_against": 3,
}
CELLS = {
    ("new", "start"): "drafting",
    ("drafting", "adopt"): "adopted",
    ("drafting", "decline"): "declined",
    ("adopted", "submit"): "submitted",
}
TRIGGERS = ("start", "adopt", "submit", "decline")


@dataclass
class Row:
    """A row that a machine can move."""

    state: str
    seats: int = 2
    current_members: list[Any] = field(default_factory=list)


def seat(person: str, role: str = "member") -> SimpleNamespace:
    """A member in office."""
    return SimpleNamespace(person_id=person, role=role)


def pull(flow: Any, row: Row, trigger: str, **facts: Any) -> bool:
    """Pull a trigger with what its guards look at."""
    return bool(flow.machine.events[trigger].trigger(row, facts=facts))


@pytest.mark.parametrize("state", [state.value for state in OpinionState])
@pytest.mark.parametrize("trigger", TRIGGERS)
def test_an_opinion_takes_exactly_the_steps_of_its_table(state: str, trigger: str) -> None:
    row = Row(state)
    expected = CELLS.get((state, trigger))

    if expected is None:
        with pytest.raises(MachineError):
            pull(OPINION_WORKFLOW, row, trigger, **VOTE)
    else:
        assert pull(OPINION_WORKFLOW, row, trigger, **VOTE)

    assert row.state == (expected or state)


@pytest.mark.parametrize(
    "facts",
    [
        {"draft": None},
        {"draft": SimpleNamespace(text=" \n ")},
        {"present": 7},
        {"votes_for": 3},
        {"votes_for": 0, "votes_against": 0},
    ],
    ids=["no text", "blank text", "no quorum", "tie", "nobody voted"],
)
def test_an_adoption_that_misses_one_rule_is_refused(facts: dict[str, Any]) -> None:
    row = Row("drafting")

    assert not pull(OPINION_WORKFLOW, row, "adopt", **{**VOTE, **facts})
    assert row.state == "drafting"


@pytest.mark.parametrize(
    ("request_state", "others", "is_allowed"),
    [
        ("requested", False, True),
        ("lapsed", False, True),
        ("reopened", False, True),
        ("requested", True, False),
        ("answered", False, False),
        ("cancelled", False, False),
    ],
)
def test_only_an_open_request_begins_an_opinion(
    request_state: str, others: bool, is_allowed: bool
) -> None:
    request = SimpleNamespace(state=request_state)

    done = pull(OPINION_WORKFLOW, Row("new"), "start", consultation=request, others=others)

    assert done is is_allowed


def test_an_opinion_on_own_initiative_needs_no_request() -> None:
    assert pull(OPINION_WORKFLOW, Row("new"), "start", consultation=None, others=False)


@pytest.mark.parametrize(("state", "trigger"), [("new", "form"), ("active", "change")])
def test_a_body_keeps_its_seats_its_one_chair_and_one_seat_a_person(
    state: str, trigger: str
) -> None:
    sound = [seat("a", "chair"), seat("b")]
    unsound = [
        [*sound, seat("c")],
        [seat("a", "chair"), seat("b", "chair")],
        [seat("a"), seat("a")],
    ]

    assert pull(BODY_WORKFLOW, Row(state, current_members=sound), trigger)
    for members in unsound:
        assert not pull(BODY_WORKFLOW, Row(state, current_members=members), trigger)


@pytest.mark.parametrize(("state", "trigger"), [("new", "change"), ("active", "form")])
def test_a_body_is_formed_once_and_changed_afterwards(state: str, trigger: str) -> None:
    with pytest.raises(MachineError):
        pull(BODY_WORKFLOW, Row(state), trigger)


@pytest.mark.parametrize(
    ("in_office", "percent", "needed"),
    [
        (15, None, 8),
        (25, None, 13),
        (16, None, 9),
        (1, None, 1),
        (0, None, 1),
        (15, 50, 8),
        (14, 50, 7),
        (15, 100, 15),
        (10, 33, 4),
        (0, 50, 1),
    ],
)
def test_the_quorum_is_more_than_half_or_the_bodys_own_share_rounded_up(
    in_office: int, percent: int | None, needed: int
) -> None:
    assert quorum_needed(in_office, percent) == needed


def test_every_refusing_rule_has_its_sentence() -> None:
    for flow in (BODY_WORKFLOW, OPINION_WORKFLOW):
        for step in flow.table:
            for guard in step.get("conditions", ()):
                assert guard.message.endswith(".")
