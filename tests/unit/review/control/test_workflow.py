"""Every cell of the table of decisions, and every rule of the governor's control."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from transitions import MachineError

from services.review.control import rules
from services.review.control.state import DECISION_WORKFLOW
from services.review.control.workflow import DecisionState
from shared.db.authorities import AuthorityProfile

pytestmark = pytest.mark.unit

D = date.fromisoformat
ROW: dict[str, Any] = {
    "adopted_on": D("2024-02-06"),
    "visa_needed": False,
    "visa_article": "113-14 art 117",
    "again_item_id": "item",
    "governor_receipt_on": D("2024-02-20"),
    "enforceable_from": D("2024-02-24"),
}
FACTS: dict[str, Any] = {
    "on": D("2024-02-20"),
    "acted_on": D("2024-02-20"),
    "today": D("2024-02-24"),
    "closed_on": D("2024-02-06"),
    "received_on": D("2024-02-23"),
    "term_end": D("2024-02-23"),
    "was_needed": None,
    "classified_by": None,
    "actor": "one",
    "last_actor": "another",
    "item": "item",
    "before": "",
    "after": "planned",
    "has_evidence": False,
    "stops": True,
    "is_on_agenda_again": False,
}
STEPS = {
    **{(state.value, "post"): state.value for state in list(DecisionState)[1:]},
    ("drafted", "adopt"): "adopted",
    ("drafted", "reject"): "rejected",
    ("adopted", "transmit"): "transmitted",
    ("transmitted", "oppose"): "opposed",
    ("transmitted", "enforce"): "enforceable",
    ("enforceable", "suspend"): "enforceability_suspended",
    ("adopted", "classify"): "adopted",
    ("adopted", "turn_to_rejected"): "rejected",
    ("transmitted", "rectify_receipt"): "transmitted",
    ("enforceable", "rectify_receipt"): "enforceable",
    ("rejected", "turn_to_adopted"): "adopted",
    ("enforceable", "follow_up"): "enforceable",
    ("transmitted", "grant_visa"): "transmitted",
    ("transmitted", "refuse_visa"): "visa_refused",
    **{
        (state, trigger): "enforceability_suspended"
        for state in ("enforceable", "enforceability_suspended")
        for trigger in ("rectify_opposition", "rectify_visa")
    },
    ("transmitted", "rectify_opposition"): "opposed",
    ("opposed", "rectify_opposition"): "opposed",
    ("transmitted", "rectify_visa"): "visa_refused",
    ("visa_refused", "rectify_visa"): "visa_refused",
    **{
        (state, "redeliberate"): "redeliberated"
        for state in ("opposed", "enforceability_suspended", "visa_refused")
    },
}
TRIGGERS = dict.fromkeys(step["trigger"] for step in DECISION_WORKFLOW.table)
CELLS = [(state.value, trigger) for state in DecisionState for trigger in TRIGGERS]


def take(state: str, trigger: str, **changes: Any) -> tuple[bool, str]:
    """Try one step; whether it was taken, and the state afterwards."""
    own = {key: changes.pop(key) for key in list(changes) if key in ROW}
    decision = SimpleNamespace(state=state, **{**ROW, **own})
    facts = {**FACTS, **changes}
    moved = DECISION_WORKFLOW.machine.events[trigger].trigger(decision, facts=facts)
    return moved, decision.state


@pytest.mark.parametrize(("state", "trigger"), CELLS)
def test_a_cell_leads_where_the_table_says_or_nowhere(state: str, trigger: str) -> None:
    expected = STEPS.get((state, trigger))

    visa = {"visa_needed": True} if trigger in {"grant_visa", "refuse_visa"} else {}
    if expected is None:
        with pytest.raises(MachineError):
            take(state, trigger)
    else:
        assert take(state, trigger, **visa) == (True, expected)


@pytest.mark.parametrize(
    ("state", "trigger", "changes"),
    [
        ("adopted", "transmit", {"visa_needed": None}),
        ("adopted", "transmit", {"visa_needed": True, "visa_article": None}),
        ("adopted", "transmit", {"visa_article": None}),
        ("adopted", "classify", {"was_needed": True, "classified_by": "one"}),
        ("transmitted", "grant_visa", {}),
        ("transmitted", "grant_visa", {"visa_needed": True, "received_on": D("2024-02-24")}),
        ("transmitted", "refuse_visa", {"visa_needed": True, "received_on": D("2024-02-19")}),
        ("enforceable", "follow_up", {"before": "done", "after": "under-way"}),
        ("enforceable", "follow_up", {"before": "under-way", "after": "planned"}),
        ("enforceable", "follow_up", {"before": "under-way", "after": "done"}),
        ("opposed", "redeliberate", {"again_item_id": None}),
        ("opposed", "redeliberate", {"item": "another"}),
        ("adopted", "transmit", {"closed_on": None}),
        ("adopted", "transmit", {"closed_on": D("2024-02-21")}),
        ("adopted", "transmit", {"governor_receipt_on": D("2024-02-19")}),
        ("adopted", "transmit", {"governor_receipt_on": D("2024-02-25")}),
        ("transmitted", "oppose", {"received_on": D("2024-02-24")}),
        ("transmitted", "oppose", {"received_on": D("2024-02-19")}),
        ("transmitted", "enforce", {"today": D("2024-02-23")}),
        ("enforceable", "suspend", {"received_on": D("2024-02-24")}),
        ("adopted", "turn_to_rejected", {"actor": "another"}),
        ("transmitted", "rectify_receipt", {"actor": "another"}),
        ("transmitted", "rectify_receipt", {"governor_receipt_on": D("2024-02-19")}),
        ("rejected", "turn_to_adopted", {"actor": "another"}),
        ("opposed", "rectify_opposition", {"actor": "another"}),
        ("visa_refused", "rectify_visa", {"received_on": D("2024-02-19")}),
        ("opposed", "rectify_opposition", {"stops": False, "is_on_agenda_again": True}),
    ],
)
def test_a_rule_refuses_and_leaves_the_state(
    state: str, trigger: str, changes: dict[str, Any]
) -> None:
    assert take(state, trigger, **changes) == (False, state)


def test_a_classification_is_changed_by_a_second_person_and_kept_by_the_first() -> None:
    before = {"was_needed": True, "classified_by": "one"}

    assert take("adopted", "classify", **before, actor="two") == (True, "adopted")
    assert take("adopted", "classify", **before, visa_needed=True) == (True, "adopted")


def test_a_decision_held_enforceable_too_early_is_with_the_governor_again() -> None:
    late = {"enforceable_from": D("2024-02-25")}

    assert take("enforceable", "rectify_receipt", **late) == (True, "transmitted")


@pytest.mark.parametrize(
    ("state", "trigger", "after"),
    [
        ("opposed", "rectify_opposition", "transmitted"),
        ("visa_refused", "rectify_visa", "transmitted"),
        ("enforceability_suspended", "rectify_opposition", "enforceable"),
        ("enforceable", "rectify_visa", "enforceable"),
        ("transmitted", "rectify_visa", "transmitted"),
    ],
)
def test_an_answer_after_its_term_stops_nothing(state: str, trigger: str, after: str) -> None:
    assert take(state, trigger, stops=False) == (True, after)


def test_a_decision_that_needs_the_visa_is_sent_with_its_article() -> None:
    classified = {"visa_needed": True, "visa_article": "118"}

    assert take("adopted", "transmit", **classified) == (True, "transmitted")


def test_the_terms_of_control_follow_the_law_and_the_authoritys_own_holidays() -> None:
    def profile(*holidays: str) -> AuthorityProfile:
        return AuthorityProfile(
            code="taroudant",
            kind="commune",
            zone="Africa/Casablanca",
            business_date=None,
            name={},
            profile={"holidays": list(holidays)},
            sequence=1,
        )

    receipt = D("2024-02-20")
    plain, own = profile(), profile("2024-02-22")

    assert rules.transmission(plain, D("2024-02-06")).due_on == D("2024-02-27")
    assert rules.enforceability(plain, receipt, visa_needed=False).due_on == D("2024-02-24")
    assert rules.enforceability(plain, receipt, visa_needed=True).due_on == D("2024-03-12")
    assert rules.control_end(plain, receipt, visa_needed=False).due_on == D("2024-02-23")
    assert rules.control_end(plain, receipt, visa_needed=True).due_on == D("2024-03-11")
    assert rules.enforceability(own, receipt, visa_needed=False).due_on == D("2024-02-27")
