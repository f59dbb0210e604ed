"""Meetings, hearings and a corrected decision of the bureau come back from the log."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from shared.testing.harness import person
from tests.integration.filling.conftest import Ground
from tests.integration.review.case_support import Desk

GroundOf = Callable[[str], Ground]
WHY = {"because": "Procès-verbal mal lu."}
REFUSED = {"to": "refused", "reasons": ["association-no-seat"], "text": "Pas de siège.", **WHY}
ADMITTED = {"to": "admitted", **WHY}


@pytest.fixture
def ground(ground_of: GroundOf) -> Ground:
    """review with its log."""
    return ground_of("review")


def lost_and_filled(ground: Ground) -> tuple[dict[str, Any], dict[str, Any]]:
    """The rows before a loss of the database, and after it was filled from the log."""
    ground.relay()
    before = ground.rows()
    ground.lose()
    filled = ground.fill()
    assert filled.is_whole, filled
    return before, ground.rows()


def without(rows: list[dict[str, Any]], *names: str) -> list[dict[str, Any]]:
    """Rows without some columns."""
    return [{key: value for key, value in row.items() if key not in names} for row in rows]


def test_meetings_their_rolls_and_hearings_come_back(ground: Ground) -> None:
    desk = Desk(ground.harness)
    case = desk.referred()
    place = f"/committees/{desk.committees['social']}/meetings"
    call = {"called_by": "third", "members": 3, "meets_on": "2024-01-20", "cases": [case]}
    meeting = desk.done(place, call)["id"]
    desk.done(place, {**call, "called_by": "president", "members": None}, who="chief")
    desk.done(f"/cases/{case}/hearing", {"meeting": meeting}, who="chair")
    desk.today("2024-01-20")
    roll = [{"person": person("chair"), "mark": "present"}]
    desk.done(f"/committee-meetings/{meeting}/attendance", {"attendance": roll})
    record = {"meeting": meeting, "came": True, "text": "Le terrain est à la commune."}
    desk.done(f"/cases/{case}/hearing-record", record, who="chair")

    before, after = lost_and_filled(ground)

    assert len(before["committee_meeting"]) == 2
    assert after["committee_meeting"] == before["committee_meeting"]
    assert before["committee_presence"]
    assert after["committee_presence"] == before["committee_presence"]
    (heard,) = after["hearing"]
    assert (heard["came"], heard["text"]) == (True, "")
    assert without([heard], "id", "text") == without(before["hearing"], "id", "text")


@pytest.mark.parametrize("steps", [[REFUSED], [REFUSED, ADMITTED]])
def test_a_corrected_decision_of_the_bureau_has_its_clocks_again(
    ground: Ground, steps: list[dict[str, Any]]
) -> None:
    desk = Desk(ground.harness)
    desk.planned("2024-02-06")
    case = desk.admitted()
    for who, body in zip(("chief", "vice"), steps, strict=False):
        desk.done(f"/cases/{case}/rectification", body, who=who)

    before, after = lost_and_filled(ground)

    assert before["running_clock"]
    assert after["running_clock"] == before["running_clock"]
    shown = ("state", "decided_on", "decided_by", "reasons", "session_on", "is_clash", "urgent_on")
    kept = [{name: row[name] for name in shown} for row in after["case"]]
    assert kept == [{name: row[name] for name in shown} for row in before["case"]]


def test_after_a_fill_a_hearing_and_a_meeting_go_on(ground: Ground) -> None:
    desk = Desk(ground.harness)
    case = desk.referred()
    place = f"/committees/{desk.committees['social']}/meetings"
    call = {"called_by": "president", "meets_on": "2024-01-20", "cases": [case]}
    meeting = desk.done(place, call, who="chief")["id"]
    desk.done(f"/cases/{case}/hearing", {"meeting": meeting}, who="chair")

    lost_and_filled(ground)
    desk.today("2024-01-20")
    roll = [{"person": person("chair"), "mark": "present"}]
    desk.done(f"/committee-meetings/{meeting}/attendance", {"attendance": roll})
    record = {"meeting": meeting, "came": False, "text": ""}
    desk.done(f"/cases/{case}/hearing-record", record, who="chair")

    (shown,) = desk.get(f"/cases/{case}").json["meetings"]
    assert shown["hearing"]["came"] is False


def test_corrected_reports_further_referrals_and_remits_come_back(ground: Ground) -> None:
    desk = Desk(ground.harness)
    case = desk.referred()
    social, sport = desk.committees["social"], desk.committees["sport"]
    desk.done(f"/committees/{social}/remit", {"remit": {"fr": "Action sociale"}})
    said = {"recommendation": "favourable", "text": "Favorable."}
    report = desk.done(f"/committees/{social}/reports", {"case": case, **said}, who="chair")["id"]
    right = {**said, "recommendation": "unfavourable", "because": "Autre terrain."}
    desk.done(f"/committees/{social}/reports/{report}/correction", right, who="chair")
    desk.done(f"/cases/{case}/further-referral", {"committee": sport}, who="chief")

    before, after = lost_and_filled(ground)

    assert without(after["committee_report"], "id") == without(before["committee_report"], "id")
    for table in ("replaced_report", "correction", "running_clock"):
        assert after[table] == before[table], table
    assert before["replaced_report"]
    for table, column in (("case", "referrals"), ("committee", "remit")):
        assert [row[column] for row in after[table]] == [row[column] for row in before[table]]
