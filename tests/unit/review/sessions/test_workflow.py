"""Every cell of the tables of sessions, sittings and items, and every rule that can refuse one."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from transitions import MachineError

from services.review.sessions.state import ITEM_WORKFLOW, SESSION_WORKFLOW, SITTING_WORKFLOW
from shared.workflow import Workflow

pytestmark = pytest.mark.unit

D = date.fromisoformat
OPENING = D("2024-02-06")
FLOWS = {flow.kind: flow for flow in (SESSION_WORKFLOW, SITTING_WORKFLOW, ITEM_WORKFLOW)}
ROWS: dict[str, dict[str, Any]] = {
    "session": {
        "agenda_to_governor_on": D("2024-01-15"),
        "opened_on": OPENING,
        "opens_on": OPENING,
        "called_by": "third",
        "governor_received_on": D("2024-01-16"),
        "notice_to_members_on": D("2024-01-25"),
    },
    "sitting": {"call": 1, "called_on": None, "held_on": OPENING},
    "item": {
        "case_id": "case",
        "first_vote_on": None,
        "first_sitting": None,
        "needs_supplement": False,
        "taken_up": None,
        "withdrawn_on": D("2024-01-30"),
        "reported_on": None,
        "objection_received_on": D("2024-01-20"),
        "basis": "votes-cast",
    },
}
FACTS: dict[str, dict[str, Any]] = {
    "session": {
        "on": OPENING,
        "latest": OPENING,
        "agenda": ["item"],
        "forgotten": [],
        "requested": [],
        "clashes": [],
        "added": ["item"],
        "received_on": D("2024-01-16"),
        "refusal_latest": OPENING,
        "is_met": True,
        "last_day": D("2024-02-20"),
        "session_kind": "ordinary",
        "is_extended": False,
        "until": D("2024-02-29"),
        "latest_extension": D("2024-02-29"),
        "actor": "one",
        "last_actor": "another",
    },
    "sitting": {
        "session_state": "convened",
        "calls_before": 0,
        "is_governors": False,
        "called_between": (date.min, date.max),
        "held_between": (OPENING, OPENING),
        "on": OPENING,
        "opened_on": OPENING,
        "last_day": D("2024-02-20"),
        "session_kind": "ordinary",
        "ends_before": [OPENING],
        "is_private": False,
        "asked_by": "president",
        "members": 0,
        "in_office": 35,
        "votes": 20,
        "there": 27,
        "is_decided": True,
        "actor": "one",
        "last_actor": "another",
        "is_met_as_before": True,
        "most_votes": 20,
        "present": 27,
        "results_stand": True,
    },
    "item": {
        "on": OPENING,
        "session_state": "called",
        "session_kind": "ordinary",
        "case_state": "referred",
        "clash": None,
        "origin": "petition",
        "origin_on": D("2024-01-20"),
        "origin_members": 18,
        "in_office": 35,
        "governor_latest": D("2024-01-24"),
        "other_item": None,
        "opened_on": OPENING,
        "last_day": D("2024-02-29"),
        "votes": 27,
        "present": 27,
        "recused": 0,
        "sitting": 1,
        "is_suspended": False,
        "ballot": SimpleNamespace(mode="public", article=None),
        "awaited": [],
        "is_examined": True,
        "without_opinion_reason": None,
        "decision_state": "adopted",
        "adopted": False,
        "actor": "one",
        "last_actor": "another",
    },
}
VOTING = {"session_state": "opened"}
DURING: dict[str, dict[str, Any]] = {
    "open": {"session_state": "opened"},
    "deliberate": VOTING,
    "hold_over": VOTING,
    "report_withdrawal": VOTING,
    "take_up": {**VOTING, "is_examined": False},
    "send_back": {**VOTING, "is_examined": False},
    "open_doors": {"is_private": True},
    "supplement": {"on": D("2024-02-01")},
    "rectify_convene": {"on": D("2024-01-24")},
}
"""What is otherwise than usual where a step is taken."""
SECRET = SimpleNamespace(mode="secret", article=None)
STEPS = {
    ("session", "planned", "call"): "called",
    ("session", "called", "convene"): "convened",
    ("session", "called", "postpone"): "postponed",
    ("session", "convened", "open"): "opened",
    ("session", "planned", "refuse"): "refused",
    ("session", "called", "note_receipt"): "called",
    ("session", "convened", "note_receipt"): "convened",
    ("session", "convened", "supplement"): "convened",
    ("session", "convened", "postpone"): "postponed",
    ("session", "opened", "close"): "closed",
    ("session", "opened", "extend"): "opened",
    **{
        ("session", state, trigger): state
        for state in ("convened", "opened", "closed")
        for trigger in ("rectify_call", "rectify_convene", "rectify_note_receipt")
    },
    ("session", "called", "rectify_call"): "called",
    ("session", "called", "rectify_note_receipt"): "called",
    **{
        ("sitting", state, "rectify_count"): state
        for state in ("quorum_met", "quorum_failed", "open", "suspended", "ended")
    },
    ("sitting", "planned", "meet_quorum"): "quorum_met",
    ("sitting", "planned", "fail_quorum"): "quorum_failed",
    ("sitting", "planned", "open"): "open",
    **{
        ("sitting", state, trigger): state
        for state in ("quorum_met", "open")
        for trigger in ("change_attendance", "close_doors", "open_doors")
    },
    **{("sitting", state, "suspend"): "suspended" for state in ("quorum_met", "open")},
    ("sitting", "suspended", "resume"): "open",
    **{("sitting", state, "end"): "ended" for state in ("quorum_met", "open", "suspended")},
    ("item", "proposed", "schedule"): "scheduled",
    ("item", "scheduled", "deliberate"): "deliberated",
    ("item", "scheduled", "hold_over"): "scheduled",
    ("item", "scheduled", "take_up"): "scheduled",
    ("item", "scheduled", "send_back"): "postponed",
    ("item", "postponed", "report_withdrawal"): "postponed",
    ("item", "scheduled", "postpone"): "postponed",
    ("item", "deliberated", "rectify"): "deliberated",
    ("item", "under_objection", "postpone"): "postponed",
    ("item", "scheduled", "object"): "under_objection",
    ("item", "under_objection", "lift"): "scheduled",
    ("item", "under_objection", "strike"): "postponed",
}
CELLS = [
    (kind, state.value, trigger)
    for kind, flow in FLOWS.items()
    for state in flow.states
    for trigger in sorted({step["trigger"] for step in flow.table})
]


def take(flow: Workflow, state: str, trigger: str, **changes: Any) -> tuple[bool, str]:
    """Try one step; whether it was taken, and the state afterwards."""
    row = {
        **ROWS[flow.kind],
        **{key: changes.pop(key) for key in list(changes) if key in ROWS[flow.kind]},
    }
    subject = SimpleNamespace(state=state, **row)
    facts = {**FACTS[flow.kind], **DURING.get(trigger, {}), **changes}
    moved = flow.machine.events[trigger].trigger(subject, facts=facts)
    return moved, subject.state


@pytest.mark.parametrize(("kind", "state", "trigger"), CELLS)
def test_a_cell_leads_where_the_table_says_or_nowhere(kind: str, state: str, trigger: str) -> None:
    expected = STEPS.get((kind, state, trigger))

    if expected is None:
        with pytest.raises(MachineError):
            take(FLOWS[kind], state, trigger)
    else:
        assert take(FLOWS[kind], state, trigger) == (True, expected)


@pytest.mark.parametrize(
    ("cell", "changes"),
    [
        (("session", "planned", "call"), {"agenda": []}),
        (("session", "planned", "call"), {"latest": D("2024-02-05")}),
        (("session", "planned", "call"), {"forgotten": ["taroudant/2023/1"]}),
        (("session", "called", "convene"), {"agenda": []}),
        (("session", "called", "convene"), {"latest": D("2024-02-05")}),
        (("session", "called", "convene"), {"agenda_to_governor_on": D("2024-02-07")}),
        (("session", "called", "convene"), {"forgotten": ["taroudant/2023/1"]}),
        (("session", "convened", "open"), {"is_met": False}),
        (("session", "opened", "close"), {"opened_on": D("2024-02-07")}),
        (("session", "opened", "close"), {"last_day": D("2024-02-05")}),
        (
            ("session", "opened", "close"),
            {"last_day": D("2024-02-05"), "session_kind": "extraordinary"},
        ),
        (("session", "opened", "extend"), {"session_kind": "extraordinary"}),
        (("session", "opened", "extend"), {"is_extended": True}),
        (("session", "closed", "rectify_call"), {"actor": "another"}),
        (("session", "called", "rectify_call"), {"latest": D("2024-02-05")}),
        (("session", "called", "rectify_call"), {"agenda_to_governor_on": D("2024-01-17")}),
        (("session", "opened", "rectify_convene"), {"on": D("2024-01-14")}),
        (("session", "opened", "rectify_convene"), {"latest": D("2024-01-23")}),
        (
            ("session", "opened", "rectify_convene"),
            {"on": OPENING, "latest": None},
        ),
        (("session", "called", "rectify_note_receipt"), {"governor_received_on": D("2024-01-14")}),
        (("sitting", "ended", "rectify_count"), {"actor": "another"}),
        (("sitting", "ended", "rectify_count"), {"is_met_as_before": False}),
        (("sitting", "ended", "rectify_count"), {"most_votes": 28}),
        (("sitting", "ended", "rectify_count"), {"results_stand": False}),
        (("session", "opened", "extend"), {"on": D("2024-02-21")}),
        (("session", "opened", "extend"), {"until": D("2024-03-01")}),
        (("session", "opened", "extend"), {"until": D("2024-02-20")}),
        (("sitting", "planned", "open"), {"session_state": "convened"}),
        (("sitting", "planned", "open"), {"opened_on": D("2024-02-07")}),
        (("sitting", "planned", "open"), {"on": D("2024-02-21")}),
        (("sitting", "planned", "open"), {"ends_before": [None]}),
        (("sitting", "planned", "open"), {"ends_before": [D("2024-02-07")]}),
        (("sitting", "quorum_met", "suspend"), {"on": D("2024-02-05")}),
        (("sitting", "suspended", "resume"), {"on": D("2024-02-21")}),
        (("sitting", "open", "end"), {"on": D("2024-02-05")}),
        (("sitting", "open", "close_doors"), {"is_private": True}),
        (("sitting", "open", "close_doors"), {"is_decided": False}),
        (("sitting", "open", "close_doors"), {"asked_by": "third", "members": 11}),
        (("sitting", "open", "close_doors"), {"votes": 28}),
        (("sitting", "open", "open_doors"), {"is_private": False}),
        (("sitting", "planned", "meet_quorum"), {"session_state": "called"}),
        (("sitting", "planned", "meet_quorum"), {"session_state": "opened"}),
        (("sitting", "planned", "meet_quorum"), {"calls_before": 1}),
        (("sitting", "planned", "meet_quorum"), {"call": 2}),
        (("sitting", "planned", "fail_quorum"), {"held_on": D("2024-02-07")}),
        (
            ("sitting", "planned", "meet_quorum"),
            {"is_governors": True, "held_on": D("2024-02-07")},
        ),
        (
            ("sitting", "planned", "meet_quorum"),
            {
                "call": 2,
                "calls_before": 1,
                "called_on": D("2024-02-08"),
                "called_between": (D("2024-02-09"), D("2024-02-11")),
            },
        ),
        (("item", "proposed", "schedule"), {"session_state": "convened", "origin": "president"}),
        (("item", "proposed", "schedule"), {"session_state": "opened"}),
        (("item", "proposed", "schedule"), {"clash": "open"}),
        (("item", "proposed", "schedule"), {"clash": "next-session"}),
        (
            ("item", "proposed", "schedule"),
            {"origin": "governor", "origin_on": D("2024-01-25")},
        ),
        (("item", "proposed", "schedule"), {"origin": "half-of-members", "origin_members": 17}),
        (("item", "scheduled", "object"), {"session_state": "opened"}),
        (("item", "scheduled", "object"), {"objection_received_on": D("2024-01-25")}),
        (("item", "scheduled", "deliberate"), {"needs_supplement": True}),
        (("session", "planned", "call"), {"requested": ["request"]}),
        (("session", "called", "convene"), {"clashes": ["taroudant/2023/1"]}),
        (("session", "planned", "refuse"), {"called_by": "absolute-majority"}),
        (("session", "planned", "refuse"), {"refusal_latest": D("2024-02-05")}),
        (("session", "called", "note_receipt"), {"received_on": D("2024-01-14")}),
        (("session", "convened", "supplement"), {"added": []}),
        (("session", "convened", "supplement"), {"on": OPENING}),
        (("item", "proposed", "schedule"), {"case_state": "open"}),
        (("item", "proposed", "schedule"), {"session_kind": "extraordinary"}),
        (("item", "proposed", "schedule"), {"other_item": object()}),
        (("item", "scheduled", "deliberate"), {"session_state": "convened"}),
        (("item", "scheduled", "deliberate"), {"opened_on": D("2024-02-07")}),
        (("item", "scheduled", "deliberate"), {"last_day": D("2024-02-05")}),
        (("item", "scheduled", "deliberate"), {"case_state": "withdrawn"}),
        (("item", "scheduled", "deliberate"), {"votes": 28}),
        (("item", "scheduled", "deliberate"), {"is_examined": False}),
        (("item", "scheduled", "hold_over"), {"is_examined": False}),
        (("item", "scheduled", "take_up"), {"is_examined": True}),
        (("item", "scheduled", "take_up"), {"session_state": "convened"}),
        (("item", "scheduled", "take_up"), {"taken_up": {"is_taken_up": True}}),
        (("item", "scheduled", "send_back"), {"is_examined": True}),
        (("item", "scheduled", "send_back"), {"votes": 28}),
        (("item", "postponed", "report_withdrawal"), {"withdrawn_on": None}),
        (("item", "postponed", "report_withdrawal"), {"reported_on": OPENING}),
        (("item", "postponed", "report_withdrawal"), {"session_state": "convened"}),
        (("item", "postponed", "report_withdrawal"), {"sitting": None}),
        (("item", "scheduled", "deliberate"), {"recused": 1}),
        (("item", "scheduled", "deliberate"), {"first_vote_on": OPENING}),
        (("item", "scheduled", "deliberate"), {"sitting": None}),
        (("item", "scheduled", "deliberate"), {"is_suspended": True}),
        (("item", "scheduled", "deliberate"), {"ballot": SECRET}),
        (("item", "scheduled", "hold_over"), {"first_vote_on": OPENING}),
        (("item", "deliberated", "rectify"), {"actor": "another"}),
        (("item", "deliberated", "rectify"), {"decision_state": "transmitted"}),
        (("item", "deliberated", "rectify"), {"case_state": "closed"}),
        (("item", "deliberated", "rectify"), {"votes": 28}),
        (("item", "deliberated", "rectify"), {"ballot": SECRET}),
        (("item", "deliberated", "rectify"), {"basis": "members-in-office"}),
        (("item", "scheduled", "deliberate"), {"awaited": ["consultation"]}),
        (("item", "scheduled", "hold_over"), {"awaited": ["consultation"]}),
        (("item", "scheduled", "deliberate"), {"without_opinion_reason": "Urgence"}),
    ],
)
def test_a_rule_refuses_and_leaves_the_state(
    cell: tuple[str, str, str], changes: dict[str, Any]
) -> None:
    kind, state, trigger = cell

    assert take(FLOWS[kind], state, trigger, **changes) == (False, state)


@pytest.mark.parametrize("latest", [None, OPENING])
def test_a_step_on_its_last_day_or_without_one_is_in_time(latest: date | None) -> None:
    assert take(SESSION_WORKFLOW, "planned", "call", latest=latest) == (True, "called")


def test_the_governor_asks_for_a_closed_door_without_a_vote() -> None:
    asked = {"asked_by": "governor", "is_decided": False}

    assert take(SITTING_WORKFLOW, "open", "close_doors", **asked) == (True, "open")


def test_the_second_vote_is_in_a_later_sitting() -> None:
    again = {"first_vote_on": OPENING, "first_sitting": 1, "sitting": 2}

    assert take(ITEM_WORKFLOW, "scheduled", "deliberate", **again) == (True, "deliberated")


def test_the_council_chose_to_go_on_without_a_report() -> None:
    chosen = {"is_examined": False, "taken_up": {"is_taken_up": True}}

    assert take(ITEM_WORKFLOW, "scheduled", "deliberate", **chosen) == (True, "deliberated")


def test_a_secret_ballot_names_the_article_that_asks_for_it() -> None:
    ballot = SimpleNamespace(mode="secret", article="57-11, 9")

    assert take(ITEM_WORKFLOW, "scheduled", "deliberate", ballot=ballot) == (True, "deliberated")


def test_a_free_subject_goes_on_any_kind_of_session() -> None:
    free = {"case_id": None, "case_state": None, "session_kind": "extraordinary"}

    assert take(ITEM_WORKFLOW, "proposed", "schedule", **free) == (True, "scheduled")


def test_every_rule_says_why_and_under_which_article() -> None:
    guards = [
        guard
        for flow in FLOWS.values()
        for step in flow.table
        for guard in step.get("conditions", ())
    ]

    assert all(guard.message.endswith(".") and guard.article for guard in guards)
