"""Every cell of the tables of cases and consultations, and every rule that can refuse one."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from transitions import MachineError

from services.review.cases.acts import ACTS
from services.review.cases.consultation_state import CONSULTATION_WORKFLOW
from services.review.cases.state import CASE_WORKFLOW
from services.review.cases.workflow import BY_ITSELF

pytestmark = pytest.mark.unit

TODAY = date(2023, 11, 20)
FILED = date(2023, 10, 16)
EARLY = {"acted_on": date(2023, 10, 15)}
FLOWS = {"case": CASE_WORKFLOW, "consultation": CONSULTATION_WORKFLOW}
FACTS: dict[str, Any] = {
    "on": TODAY,
    "acted_on": TODAY,
    "filed_on": FILED,
    "stands_since": TODAY,
    "committee_is_formed": True,
    "is_voted": False,
    "open_conditions": [],
    "despite_reason": None,
    "received_on": date(2023, 11, 6),
    "outcome": "refused",
    "possible": ("refused",),
    "open_actions": False,
    "is_on_agenda": False,
    "actor": "one",
    "last_actor": "another",
    "case_state": "open",
    "is_asked": False,
    "is_by_hand": True,
    "is_another": True,
    "is_reported": False,
    "role": "president",
    "requested_on": TODAY,
    "is_about_it": True,
    "is_held": False,
    "is_set": False,
    "is_recorded": False,
}
HELD = {"is_held": True, "is_set": True}
BEFORE = ("open", "incomplete")
UNDER_WAY = (*BEFORE, "admitted", "referred")
OVER = ("refused", "withdrawn", "reclassified", "closed")
STEPS = {
    ("case", "new", "open"): "open",
    ("case", "open", "request_completion"): "incomplete",
    ("case", "incomplete", "complete"): "open",
    ("case", "refused", "complete"): "open",
    ("case", "refused", "notify_refusal"): "refused",
    ("case", "admitted", "choose_session"): "admitted",
    ("case", "referred", "choose_session"): "referred",
    ("case", "referred", "set_hearing"): "referred",
    ("case", "referred", "record_hearing"): "referred",
    **{("case", state, "rectify_to_admitted"): "admitted" for state in ("admitted", "refused")},
    **{("case", state, "rectify_to_refused"): "refused" for state in ("admitted", "refused")},
    **{("case", state, "record_consent"): state for state in BEFORE},
    **{("case", state, "check"): state for state in UNDER_WAY},
    ("case", "open", "admit"): "admitted",
    ("case", "open", "refuse"): "refused",
    ("case", "incomplete", "refuse"): "refused",
    ("case", "admitted", "refer"): "referred",
    ("case", "referred", "refer"): "referred",
    ("case", "referred", "refer_on"): "referred",
    **{("case", state, "withdraw"): "withdrawn" for state in UNDER_WAY},
    **{("case", state, "reclassify"): "reclassified" for state in BEFORE},
    **{("case", state, "close"): "closed" for state in ("referred", *OVER[:3])},
    **{("case", state, "reopen"): "open" for state in OVER},
    **{("case", state, "refuse_withdrawal"): state for state in (*UNDER_WAY, *OVER)},
    **{
        ("case", state, f"{trigger}_deadline"): state
        for state in (*UNDER_WAY, "refused")
        for trigger in ("approach", "miss", "move")
    },
    ("consultation", "new", "request"): "requested",
    ("consultation", "requested", "lapse"): "lapsed",
    ("consultation", "reopened", "lapse"): "lapsed",
    ("consultation", "lapsed", "reopen"): "reopened",
    ("consultation", "requested", "move_deadline"): "requested",
    ("consultation", "lapsed", "move_deadline"): "reopened",
    ("consultation", "reopened", "move_deadline"): "reopened",
    ("consultation", "requested", "answer"): "answered",
    ("consultation", "reopened", "answer"): "answered",
    ("consultation", "requested", "cancel"): "cancelled",
    ("consultation", "lapsed", "cancel"): "cancelled",
    ("consultation", "reopened", "cancel"): "cancelled",
}
CELLS = [
    (kind, state.value, trigger)
    for kind, flow in FLOWS.items()
    for state in flow.states
    for trigger in flow.machine.events
]


ROW: dict[str, Any] = {
    "is_mandatory": False,
    "filed_on": FILED,
    "completion_due_on": date(2023, 11, 6),
    "decided_on": TODAY,
    "refusal_notified_on": None,
    "consented_on": TODAY,
}


def step(kind: str, state: str, trigger: str, **facts: Any) -> tuple[bool, str]:
    """Take one step on a bare row; whether it was done, and the state after it.

    A fact that is a column of the row is put there.
    """
    # A case that ends as refused was notified; every other step meets it before the notice.
    notified = {"refusal_notified_on": TODAY} if trigger == "close" else {}
    columns = {**ROW, **notified, **{key: facts[key] for key in facts if key in ROW}}
    row = SimpleNamespace(state=state, **columns)
    held = HELD if trigger == "record_hearing" else {}
    done = FLOWS[kind].machine.events[trigger].trigger(row, facts={**FACTS, **held, **facts})
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
        ("case", "incomplete", "refuse", {"on": date(2023, 11, 6)}),
        ("case", "admitted", "refer", {"committee_is_formed": False}),
        ("case", "referred", "withdraw", {"is_voted": True}),
        ("case", "referred", "set_hearing", {"is_about_it": False}),
        ("case", "referred", "set_hearing", {"is_held": True}),
        ("case", "referred", "set_hearing", {"is_set": True}),
        ("case", "referred", "record_hearing", {"is_about_it": False}),
        ("case", "referred", "record_hearing", {"is_held": False}),
        ("case", "referred", "record_hearing", {"is_set": False}),
        ("case", "referred", "record_hearing", {"is_recorded": True}),
        ("case", "open", "reclassify", {"consented_on": None}),
        ("case", "open", "admit", {"open_conditions": ["association-age"]}),
        ("case", "refused", "complete", {"refusal_notified_on": TODAY}),
        ("case", "refused", "complete", {"received_on": date(2023, 11, 7)}),
        ("case", "refused", "complete", {"completion_due_on": None}),
        ("case", "refused", "notify_refusal", {"refusal_notified_on": TODAY}),
        ("case", "refused", "notify_refusal", {"on": date(2023, 11, 19)}),
        ("case", "refused", "close", {"refusal_notified_on": None}),
        ("case", "refused", "close", {"outcome": "withdrawn"}),
        ("case", "referred", "close", {"possible": ()}),
        ("case", "refused", "reopen", {"actor": "another"}),
        ("case", "closed", "reopen", {"actor": "another"}),
        ("case", "refused", "rectify_to_admitted", {"actor": "another"}),
        ("case", "admitted", "rectify_to_refused", {"actor": "another"}),
        ("case", "admitted", "rectify_to_refused", {"is_on_agenda": True}),
        ("case", "refused", "rectify_to_refused", {"refusal_notified_on": TODAY}),
        ("case", "referred", "close", {"outcome": "refused", "possible": ()}),
        ("consultation", "new", "request", {"case_state": "closed"}),
        ("consultation", "new", "request", {"is_asked": True}),
        ("consultation", "new", "request", EARLY),
        ("consultation", "requested", "cancel", {"is_mandatory": True, "role": "secretariat"}),
        ("consultation", "lapsed", "cancel", {"acted_on": date(2023, 11, 19)}),
        *(
            ("case", "open", trigger, EARLY)
            for trigger in (
                *("request_completion", "check", "admit", "refuse"),
                *("record_consent", "withdraw", "reclassify"),
            )
        ),
        ("case", "incomplete", "complete", EARLY),
        ("case", "incomplete", "complete", {"received_on": date(2023, 10, 15)}),
        ("case", "refused", "complete", {"received_on": date(2023, 10, 15)}),
        ("case", "admitted", "refer", {"acted_on": date(2023, 11, 19)}),
        ("case", "referred", "refer", {"acted_on": date(2023, 11, 19)}),
        ("case", "referred", "refer", {"is_another": False}),
        ("case", "referred", "refer_on", {"is_another": False}),
        ("case", "referred", "refer_on", {"is_voted": True}),
        ("case", "referred", "refer", {"is_reported": True}),
        ("case", "referred", "refer", {"is_voted": True}),
        ("case", "referred", "close", {"acted_on": date(2023, 11, 19)}),
        ("case", "refused", "close", {"acted_on": date(2023, 11, 19)}),
        ("case", "refused", "reopen", {"acted_on": date(2023, 11, 19)}),
        ("case", "closed", "reopen", {"acted_on": date(2023, 11, 19)}),
    ],
)
def test_a_rule_refuses_a_step_and_leaves_the_state(
    kind: str, state: str, trigger: str, facts: dict[str, Any]
) -> None:
    assert step(kind, state, trigger, **facts) == (False, state)


def test_a_closed_case_is_opened_again_where_the_vote_left_it() -> None:
    assert step("case", "closed", "reopen", is_voted=True) == (True, "referred")


def test_a_case_is_not_carried_out_while_an_action_is_open() -> None:
    ending = {"outcome": "carried-out", "possible": ("carried-out",)}

    assert step("case", "referred", "close", **ending) == (True, "closed")
    assert step("case", "referred", "close", **ending, open_actions=True) == (False, "referred")


def test_every_step_that_people_take_has_an_address_and_roles() -> None:
    triggers = set(CASE_WORKFLOW.machine.events) - BY_ITSELF

    assert set(ACTS) == triggers
