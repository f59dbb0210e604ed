"""The tables of sessions, sittings and items cell by cell, and facts that allow each step."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

from services.review.sessions.state import ITEM_WORKFLOW, SESSION_WORKFLOW, SITTING_WORKFLOW
from shared.workflow import Workflow

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
        "item_is_new": True,
        "failed_notices": [],
        "is_known": False,
        "failed_on": D("2024-01-26"),
        "late": 1,
        "received_on": D("2024-01-16"),
        "refusal_latest": OPENING,
        "by_right": False,
        "is_met": True,
        "last_day": D("2024-02-20"),
        "unreported": [],
        "unreported_because": None,
        "session_kind": "ordinary",
        "is_extended": False,
        "until": D("2024-02-29"),
        "latest_extension": D("2024-02-29"),
        "closed_on": OPENING,
        "acted_on": OPENING,
        "sat": True,
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
        "has_left": False,
        "absent_voters": [],
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
        "governor_received_on": D("2024-01-16"),
        "decided_on": D("2023-11-20"),
        "acted_on": OPENING,
        "other_item": None,
        "opened_on": OPENING,
        "last_day": D("2024-02-29"),
        "votes": 27,
        "present": 27,
        "recused": 0,
        "recused_away": 0,
        "sitting": 1,
        "is_suspended": False,
        "ballot": SimpleNamespace(mode="public", article=None),
        "awaited": [],
        "is_examined": True,
        "without_opinion_reason": None,
        "decision_state": "adopted",
        "adopted": False,
        "has_second_vote": False,
        "basis_of_matter": None,
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
    "renew_notice": {"on": D("2024-01-27")},
}
"""What is otherwise than usual where a step is taken."""
SECRET = SimpleNamespace(mode="secret", article=None)
STEPS = {
    ("session", "planned", "call"): "called",
    ("session", "called", "convene"): "convened",
    ("session", "called", "postpone"): "postponed",
    ("session", "convened", "open"): "opened",
    ("session", "planned", "refuse"): "refused",
    ("session", "planned", "drop"): "dropped",
    ("session", "called", "note_receipt"): "called",
    ("session", "convened", "note_receipt"): "convened",
    ("session", "convened", "supplement"): "convened",
    ("session", "called", "take_off_document"): "called",
    ("session", "convened", "take_off_document"): "convened",
    ("session", "convened", "postpone"): "postponed",
    ("session", "convened", "fail_notice"): "convened",
    ("session", "convened", "renew_notice"): "convened",
    ("session", "convened", "judge_notice"): "convened",
    ("session", "opened", "close"): "closed",
    ("session", "opened", "extend"): "opened",
    **{
        ("session", state, trigger): state
        for state in ("convened", "opened", "closed")
        for trigger in ("rectify_call", "rectify_convene", "rectify_note_receipt")
    },
    **{
        ("session", state, trigger): state
        for state in ("planned", "called", "convened", "opened", "closed")
        for trigger in ("give_minutes", "adopt_minutes", "send_register", "report_follow_ups")
    },
    ("session", "closed", "miss_duty"): "closed",
    ("session", "called", "rectify_call"): "called",
    ("session", "called", "rectify_note_receipt"): "called",
    **{
        ("sitting", state, trigger): state
        for trigger in ("rectify_count", "rectify_roll", "question_count")
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
    ("item", "scheduled", "recuse"): "scheduled",
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
