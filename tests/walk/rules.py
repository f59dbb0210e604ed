"""What must hold of a council after any history of acts, whoever tried what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from services.audit.workflow_tables import WorkflowTables
from services.review.cases.workflow import UNDER_WAY, CaseState
from shared.law.clock import due
from shared.law.packs import load_pack
from shared.testing.installation import ROOT
from tests.walk.stages import Rows

TABLES = WorkflowTables(ROOT / "docs/contracts/workflows")
PACK = load_pack("ma-commune", date(2024, 2, 6))


def violations(rows: Rows, *, filed: set[str], today: date) -> list[str]:
    """Every rule that does not hold, in a line each."""
    return [
        *_no_petition_is_lost(rows, filed),
        *_every_step_is_legal(rows),
        *_every_row_is_where_its_history_left_it(rows),
        *_every_step_was_told_once(rows),
        *_decisions_had_a_quorum(rows),
        *_petitions_were_examined_or_taken_up(rows),
        *_decisions_wait_for_their_day(rows, today),
        *_ended_cases_are_on_no_agenda(rows),
        *_clocks_belong_to_open_cases(rows),
        *_duties_are_told_once(rows),
        *_dropped_sessions_have_no_item(rows),
    ]


def _no_petition_is_lost(rows: Rows, filed: set[str]) -> Iterator[str]:
    cases = Counter(str(row["id"]) for row in rows["case"])
    if cases != Counter(filed):
        yield f"lost: filed {sorted(filed)}, cases {sorted(cases)}"
    states = {state.value for state in CaseState}
    yield from (f"lost: {row['id']}" for row in rows["case"] if row["state"] not in states)


def _every_step_is_legal(rows: Rows) -> Iterator[str]:
    last: dict[str, tuple[int, str]] = {}
    for row in sorted(rows["history"], key=lambda row: (row["subject"], row["sequence"])):
        sequence, state = last.get(row["subject"], (0, row["from_state"]))
        step = (row["trigger"], row["from_state"], row["to_state"], row["type"])
        if row["sequence"] != sequence + 1 or row["from_state"] != state:
            yield f"order: {row['subject']} {row['sequence']} {step} after {sequence} {state}"
        if not TABLES.allows(row["subject"].split("/")[0], step):
            yield f"illegal: {row['subject']} took {step}"
        last[row["subject"]] = (row["sequence"], row["to_state"])


def _every_row_is_where_its_history_left_it(rows: Rows) -> Iterator[str]:
    last = {(row["subject"], row["sequence"]): row["to_state"] for row in rows["history"]}
    for kind, table in KINDS.items():
        for row in rows[table]:
            told = last.get((f"{kind}/{row['id']}", row["sequence"]))
            if row["sequence"] and told != row["state"]:
                yield f"state: {kind}/{row['id']} is {row['state']}, its history says {told}"


def _every_step_was_told_once(rows: Rows) -> Iterator[str]:
    steps = Counter(row["event_id"] for row in rows["history"])
    told = Counter(row["event_id"] for row in rows["outbox"])
    if steps != told:
        yield f"told: {len(steps - told)} steps untold, {len(told - steps)} events of no step"


def _decisions_had_a_quorum(rows: Rows) -> Iterator[str]:
    items = {row["id"]: row for row in rows["item"]}
    met = {row["id"]: row for row in rows["sitting"] if row["state"] in HELD}
    for decision in rows["decision"]:
        item = items[decision["item_id"]]
        sitting = met.get(item["sitting_id"])
        if sitting is None or sitting["held_on"] > item["voted_on"]:
            yield f"quorum: decision {decision['number']} without a sitting that had it"
        elif item["votes_for"] + item["votes_against"] + item["abstentions"] > sitting["present"]:
            yield f"quorum: decision {decision['number']} has more votes than were present"
    doubled = Counter(row["item_id"] for row in rows["decision"])
    yield from (
        f"quorum: item {item} was decided {n} times" for item, n in doubled.items() if n > 1
    )


def _petitions_were_examined_or_taken_up(rows: Rows) -> Iterator[str]:
    """No petition is voted on without a report or the council's choice (113-14, article 28)."""
    reported: dict[Any, set[str]] = {}
    for row in rows["committee_report"]:
        reported.setdefault(row["case_id"], set()).add(str(row["committee_id"]))
    asked = {row["id"]: {one["committee"] for one in row["referrals"]} for row in rows["case"]}
    first: dict[Any, Mapping[str, Any]] = {}
    for row in sorted(rows["item"], key=lambda row: (row["voted_on"] or date.max, row["id"])):
        first.setdefault(row["case_id"], row)
    for case, row in first.items():
        is_chosen = bool(row["taken_up"] and row["taken_up"]["is_taken_up"])
        if case and row["voted_on"] and not is_chosen:
            missing = asked[case] - reported.get(case, set())
            if case not in reported or missing:
                yield f"examined: item {row['id']} was voted on without a report or a choice"


def _decisions_wait_for_their_day(rows: Rows, today: date) -> Iterator[str]:
    enforced = _enforced(rows)
    for row in rows["decision"]:
        days = enforced.get(str(row["id"]))
        if days is None and row["state"] == "enforceable":
            yield f"day: {row['number']} is enforceable without the act"
        if days is None:
            continue
        first = _first_day(row)
        if any(day < first for day in (*days, today)):
            yield f"day: {row['number']} enforced for {days}, on {today}, before {first}"


def _enforced(rows: Rows) -> dict[str, list[date]]:
    """The decisions whose enforcement stands, each with the day it was told for.

    A receipt that is corrected counts the days anew: it takes the enforcement back, or it stands by
    the right receipt, whose day today must have reached.
    """
    found: dict[str, list[date]] = {}
    for row in sorted(rows["history"], key=lambda row: (row["subject"], row["sequence"])):
        kind, _slash, key = row["subject"].partition("/")
        if kind != "decision":
            continue
        if row["trigger"] == "enforce":
            found[key] = [row["acted_on"]]
        elif row["trigger"] == "rectify_receipt" and key in found:
            found[key] = []
            if row["to_state"] == "transmitted":
                del found[key]
    return found


def _first_day(decision: Mapping[str, Any]) -> date:
    """A visa in words counts from its receipt, which is not before the governor's own."""
    received, answered = decision["governor_receipt_on"], decision["visa_answered_on"]
    if decision["visa_needed"] and answered is not None:
        return max(answered, received)
    silent = "enforceable-if-visa-tacit" if decision["visa_needed"] else "enforceable-if-unopposed"
    return due(PACK, silent, received).due_on


def _ended_cases_are_on_no_agenda(rows: Rows) -> Iterator[str]:
    ended = {
        row["id"]
        for row in rows["case"]
        if row["state"] in {"refused", "withdrawn", "reclassified"}
    }
    for item in rows["item"]:
        if item["case_id"] in ended and item["state"] in {"scheduled", "deliberated"}:
            yield f"agenda: an ended petition's item is {item['state']}"


def _clocks_belong_to_open_cases(rows: Rows) -> Iterator[str]:
    states = {row["id"]: row["state"] for row in rows["case"]}
    for clock in rows["running_clock"]:
        state = states[clock["case_id"]]
        if state not in UNDER_WAY and (state, clock["rule"]) != ("refused", "refusal-notice"):
            yield f"clock: {clock['rule']} runs for a case that is {state}"


def _duties_are_told_once(rows: Rows) -> Iterator[str]:
    """Each recorded duty is one step of its subject, and a missed one is told once."""
    steps = {(row["subject"], row["sequence"]): row for row in rows["history"]}
    for duty in rows["council_formality"]:
        step = steps.get((duty["subject"], duty["event_sequence"]))
        if step is None or step["acted_on"] != duty["done_on"]:
            yield f"duty: {duty['formality']} of {duty['subject']} is no step of it"
    missed = Counter(row["subject"] for row in rows["history"] if row["trigger"] == "miss_duty")
    yield from (f"duty: {subject} told {n} times" for subject, n in missed.items() if n > 1)


def _dropped_sessions_have_no_item(rows: Rows) -> Iterator[str]:
    dropped = {row["id"] for row in rows["session"] if row["state"] == "dropped"}
    for item in rows["item"]:
        if item["session_id"] in dropped and item["state"] != "postponed":
            yield f"dropped: an item of a session taken back is {item['state']}"


HELD = ("quorum_met", "open", "suspended", "ended", "closed")
KINDS = {
    "case": "case",
    "session": "session",
    "sitting": "sitting",
    "item": "item",
    "decision": "decision",
    "consultation": "consultation",
    "mandate": "mandate",
    "committee": "committee",
}
