"""Every cell of the tables of sessions, sittings and items, and every rule that can refuse one."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from transitions import MachineError

from services.review.sessions.state import ITEM_WORKFLOW, SESSION_WORKFLOW, SITTING_WORKFLOW
from tests.unit.review.sessions.cells import CELLS, FLOWS, OPENING, SECRET, STEPS, D, take

pytestmark = pytest.mark.unit


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
        (("session", "planned", "drop"), {"by_right": True}),
        (("item", "proposed", "schedule"), {"acted_on": D("2023-11-19")}),
        (("item", "scheduled", "object"), {"governor_received_on": D("2024-01-21")}),
        (("session", "planned", "call"), {"latest": D("2024-02-05")}),
        (("session", "planned", "call"), {"forgotten": ["taroudant/2023/1"]}),
        (("session", "called", "convene"), {"agenda": []}),
        (("session", "called", "convene"), {"latest": D("2024-02-05")}),
        (("session", "called", "convene"), {"agenda_to_governor_on": D("2024-02-07")}),
        (("session", "called", "convene"), {"forgotten": ["taroudant/2023/1"]}),
        (("session", "convened", "open"), {"is_met": False}),
        (("session", "convened", "open"), {"failed_notices": ["open"]}),
        (("session", "convened", "fail_notice"), {"on": D("2024-01-24")}),
        (("session", "convened", "fail_notice"), {"is_known": True}),
        (("session", "convened", "renew_notice"), {"on": OPENING}),
        (("session", "convened", "renew_notice"), {"on": D("2024-01-25")}),
        (("session", "convened", "judge_notice"), {"late": 0}),
        (("session", "opened", "close"), {"opened_on": D("2024-02-07")}),
        (("session", "opened", "close"), {"last_day": D("2024-02-05")}),
        (("session", "opened", "close"), {"unreported": ["taroudant/2023/1"]}),
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
        (("sitting", "ended", "rectify_roll"), {"has_left": True}),
        (("sitting", "ended", "rectify_roll"), {"absent_voters": ("somebody",)}),
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
        (("session", "opened", "give_minutes"), {"closed_on": None}),
        (("session", "closed", "give_minutes"), {"acted_on": D("2024-02-05")}),
        (("session", "closed", "send_register"), {"acted_on": D("2024-02-05")}),
        (("session", "opened", "adopt_minutes"), {"closed_on": None}),
        (("session", "closed", "adopt_minutes"), {"sat": False}),
        (("session", "opened", "report_follow_ups"), {"session_kind": "extraordinary"}),
        (("session", "convened", "report_follow_ups"), {"opened_on": None}),
        (("session", "planned", "refuse"), {"called_by": "absolute-majority"}),
        (("session", "planned", "refuse"), {"refusal_latest": D("2024-02-05")}),
        (("session", "called", "note_receipt"), {"received_on": D("2024-01-14")}),
        (("session", "convened", "take_off_document"), {"item_is_new": False}),
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
        (("item", "deliberated", "rectify"), {"has_second_vote": True}),
        (("item", "proposed", "schedule"), {"basis_of_matter": "members-in-office"}),
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
