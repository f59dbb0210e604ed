"""Every cell of the tables of mandates and committees, and every rule that can refuse one."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from transitions import MachineError

from services.review.council.state import COMMITTEE_WORKFLOW, MANDATE_WORKFLOW

pytestmark = pytest.mark.unit

FLOWS = {"mandate": MANDATE_WORKFLOW, "committee": COMMITTEE_WORKFLOW}
MEMBER = SimpleNamespace(office="member", committee_id=None)
FACTS: dict[str, Any] = {
    "own": [MEMBER],
    "holders": [],
    "state": "referred",
    "asked": ["social"],
    "is_voted": False,
    "reported_on": date(2023, 11, 20),
    "is_reported": False,
    "referred_on": date(2023, 11, 20),
    "acted_on": date(2023, 11, 20),
    "most_vice_presidents": 10,
    "most_committees_of_a_member": 1,
    "kept_apart": None,
    "committees": 1,
    "most_committees": 5,
    "on": date(2023, 11, 20),
    "meets_on": date(2023, 11, 27),
    "called_by": "third",
    "members": 2,
    "seats": 5,
    "strangers": [],
    "is_held": False,
    "present": 3,
}
STEPS = {
    ("mandate", "new", "start"): "active",
    ("mandate", "active", "end"): "ended",
    ("committee", "new", "form"): "active",
    ("committee", "active", "report"): "active",
    ("committee", "active", "correct_report"): "active",
    ("committee", "active", "record_remit"): "active",
    ("committee", "active", "call_meeting"): "active",
    ("committee", "active", "meet"): "active",
}
CELLS = [
    (kind, state.value, trigger)
    for kind, flow in FLOWS.items()
    for state in flow.states
    for trigger in flow.machine.events
]


def step(
    kind: str, at: str, trigger: str, *, office: str = "president", **facts: Any
) -> tuple[bool, str]:
    """Take one step on a bare row; whether it was done, and the state after it."""
    committee = "social" if office.startswith("committee") else None
    row = SimpleNamespace(id="social", state=at, office=office, committee_id=committee)
    done = FLOWS[kind].machine.events[trigger].trigger(row, facts={**FACTS, **facts})
    return done, row.state


@pytest.mark.parametrize(("kind", "state", "trigger"), CELLS)
def test_each_cell_of_the_table_is_a_step_or_is_refused(
    kind: str, state: str, trigger: str
) -> None:
    wanted = STEPS.get((kind, state, trigger))

    if wanted is None:
        with pytest.raises(MachineError):
            step(kind, state, trigger)
    else:
        assert step(kind, state, trigger) == (True, wanted)


@pytest.mark.parametrize(
    ("kind", "state", "trigger", "facts"),
    [
        ("mandate", "new", "start", {"own": []}),
        ("mandate", "new", "start", {"office": "member"}),
        ("mandate", "new", "start", {"holders": [MEMBER]}),
        (
            "mandate",
            "new",
            "start",
            {
                "office": "committee-member",
                "own": [MEMBER, SimpleNamespace(office="committee-member", committee_id="sport")],
            },
        ),
        ("mandate", "new", "start", {"office": "vice-president", "holders": [MEMBER] * 10}),
        (
            "mandate",
            "new",
            "start",
            {"office": "secretary", "kept_apart": "secretary-outside-bureau"},
        ),
        (
            "mandate",
            "new",
            "start",
            {"office": "committee-chair", "kept_apart": "chair-not-president"},
        ),
        ("committee", "new", "form", {"committees": 5}),
        ("committee", "active", "call_meeting", {"members": 1}),
        ("committee", "active", "call_meeting", {"seats": 0}),
        ("committee", "active", "call_meeting", {"on": date(2023, 11, 28)}),
        ("committee", "active", "call_meeting", {"strangers": ["case"]}),
        ("committee", "active", "meet", {"is_held": True}),
        ("committee", "active", "meet", {"present": 0}),
        ("committee", "active", "report", {"state": "admitted"}),
        ("committee", "active", "report", {"asked": ["sport"]}),
        ("committee", "active", "correct_report", {"is_voted": True}),
        ("committee", "active", "correct_report", {"acted_on": date(2023, 11, 19)}),
        ("committee", "active", "report", {"is_reported": True}),
        ("committee", "active", "report", {"acted_on": date(2023, 11, 19)}),
    ],
)
def test_a_rule_refuses_a_step_and_leaves_the_state(
    kind: str, state: str, trigger: str, facts: dict[str, Any]
) -> None:
    assert step(kind, state, trigger, **facts) == (False, state)


def test_a_chair_also_sits_as_a_member_of_the_same_committee() -> None:
    seat = SimpleNamespace(office="committee-member", committee_id="social")

    done, _ = step("mandate", "new", "start", office="committee-chair", own=[MEMBER, seat])

    assert done


def test_a_member_sits_on_as_many_committees_as_the_law_lets() -> None:
    seat = SimpleNamespace(office="committee-member", committee_id="sport")
    seats: dict[str, Any] = {"office": "committee-member", "own": [MEMBER, seat]}

    two, _ = step("mandate", "new", "start", **seats, most_committees_of_a_member=2)
    unbound, _ = step("mandate", "new", "start", **seats, most_committees_of_a_member=None)

    assert (two, unbound) == (True, True)


def test_vice_presidents_may_be_several() -> None:
    holder = SimpleNamespace(office="vice-president", committee_id=None)

    done, _ = step("mandate", "new", "start", office="vice-president", holders=[holder])

    assert done
