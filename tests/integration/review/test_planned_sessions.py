"""A planned session: one ordinary one a month, on the days of the law, taken back as a draft."""

from __future__ import annotations

from typing import Any

import pytest

from services.review.cases.clock_models import RunningClock
from services.review.sessions.models import CouncilSession, Item
from shared.testing.harness import Harness
from tests.integration.review.case_support import Desk

PLAN = {"session_kind": "ordinary", "called_by": "president"}
DROP = {"reason": "planned-in-error"}


@pytest.fixture
def desk(harness_on: Any, database_kind: str) -> Desk:
    """A council with offices, on either database."""
    harness: Harness = harness_on("review", database_kind)
    return Desk(harness)


def test_a_month_has_one_ordinary_session(desk: Desk) -> None:
    desk.planned("2024-02-06")

    answer = desk.post("/sessions", {**PLAN, "opens_on": "2024-02-07"})

    assert (answer.status_code, answer.json["article"]) == (422, "113-14, 33")
    assert [one.opens_on.day for one in desk.review.rows(CouncilSession)] == [6]


@pytest.mark.parametrize("day", ["2024-02-12", "2024-02-20", "2024-05-13"])
def test_an_ordinary_session_after_the_first_week_needs_a_reason(desk: Desk, day: str) -> None:
    answer = desk.post("/sessions", {**PLAN, "opens_on": day})
    said = {**PLAN, "opens_on": day, "exception_reason": "The hall was closed."}

    assert (answer.status_code, answer.json["article"]) == (422, "113-14 art 33")
    assert desk.done("/sessions", said)["exception_reason"] == "The hall was closed."


@pytest.mark.parametrize("day", ["2024-02-01", "2024-02-11", "2024-05-12", "2024-10-01"])
def test_the_first_week_is_read_in_its_widest_sense(desk: Desk, day: str) -> None:
    assert desk.planned(day)


def test_a_prefecture_meets_on_the_monday_of_its_law(desk: Desk) -> None:
    desk.today("2023-11-20", kind="province")

    late = desk.post("/sessions", {**PLAN, "opens_on": "2024-01-15"})

    assert (late.status_code, late.json["article"]) == (422, "112-14 art 34")
    assert desk.planned("2024-01-08")


def test_a_planned_session_is_taken_back_and_its_petitions_wait_for_the_next(desk: Desk) -> None:
    session = desk.planned("2024-02-06")
    later = desk.planned("2024-05-07")
    on_it, beside = desk.admitted("one"), desk.admitted("two")
    desk.done(f"/sessions/{session}/items", {"case": on_it})

    dropped = desk.done(f"/sessions/{session}/dropping", DROP)

    assert dropped["state"] == "dropped"
    assert [item.postponed_because for item in desk.review.rows(Item)] == ["session-dropped"]
    days = {str(desk.case(case).session_on) for case in (on_it, beside)}
    assert days == {"2024-05-07"}
    assert desk.planned("2024-02-07")
    listed = desk.anyone("GET", "/sessions?authority=taroudant").json["sessions"]
    assert session not in [one["id"] for one in listed]
    desk.done(f"/sessions/{later}/items", {"case": on_it})
    assert desk.types("session") == ["dropped"]


def test_a_called_session_is_postponed_and_not_taken_back(desk: Desk) -> None:
    desk.today("2024-01-15")
    session = desk.planned()
    desk.done(f"/sessions/{session}/items", {"subject": {"fr": "Voirie"}})
    desk.done(f"/sessions/{session}/call", who="chief")

    assert desk.post(f"/sessions/{session}/dropping", DROP).status_code == 409


def test_what_half_of_the_members_asked_for_is_not_lost_with_a_draft(desk: Desk) -> None:
    session = desk.planned()
    asked = {"subject": {"fr": "Marché"}, "members": 3, "received_on": "2023-10-10"}
    desk.done(f"/sessions/{session}/requests", asked)

    answer = desk.post(f"/sessions/{session}/dropping", DROP)

    assert (answer.status_code, answer.json["article"]) == (409, "113-14, 40")
    assert desk.get(f"/sessions/{session}").json["state"] == "planned"


def test_neither_a_refused_request_nor_a_draft_taken_back_is_in_the_calendar(desk: Desk) -> None:
    said = {"called_by": "third", "requested_on": "2023-10-10", "requested_by_members": 2}
    body = {"session_kind": "extraordinary", "opens_on": "2023-10-27", **said}
    refused = desk.done("/sessions", body)["id"]
    desk.done(f"/sessions/{refused}/refusal", {"reason": "Le point est en mai."}, who="chief")
    dropped = desk.done("/sessions", {**body, "called_by": "president", "opens_on": "2023-10-28"})[
        "id"
    ]
    desk.done(f"/sessions/{dropped}/dropping", DROP)

    shown = desk.get("/calendar?from=2023-10-01&until=2023-10-31&authority=taroudant")

    assert shown.status_code == 200, shown.text
    assert shown.json["meetings"] == []


def test_a_draft_whose_day_has_passed_is_no_session_to_come(desk: Desk) -> None:
    desk.planned("2024-02-06")
    case = desk.referred()
    desk.done(
        f"/committees/{desk.committees['social']}/reports",
        {"case": case, "recommendation": "favourable"},
        who="chair",
    )
    before = desk.get(f"/cases/{case}").json["next_step"]

    desk.today("2024-02-07")

    after = desk.get(f"/cases/{case}").json["next_step"]
    assert (before["act"], before["due_on"]) == ("schedule", "2024-01-17")
    assert (after["act"], after["due_on"]) == ("plan-session", None)


def test_a_session_that_is_planned_later_starts_the_clock_of_petitions_that_wait(
    desk: Desk,
) -> None:
    case = desk.admitted(on="2023-11-20")
    assert desk.case(case).session_on is None

    desk.planned("2024-02-06")

    row = desk.case(case)
    (clock,) = [one for one in desk.review.rows(RunningClock) if one.case_id == row.id]
    assert (clock.rule, str(clock.due_on)) == ("agenda-to-governor", "2024-01-17")
    assert (str(row.session_on), str(row.urgent_on)) == ("2024-02-06", "2024-01-17")
    desk.today("2024-01-18")
    desk.fire_timers()
    assert "deadline_missed" in desk.types("case")


def test_an_earlier_session_takes_a_petition_and_a_later_one_leaves_it(desk: Desk) -> None:
    desk.planned("2024-05-07")
    case = desk.admitted(on="2023-11-20")

    desk.planned("2024-02-06")
    desk.planned("2024-10-01")

    assert str(desk.case(case).session_on) == "2024-02-06"


def test_what_others_asked_for_is_taken_back_only_where_it_was_planned_by_mistake(
    desk: Desk,
) -> None:
    said = {"called_by": "absolute-majority", "requested_on": "2023-10-10"}
    plan = {"session_kind": "extraordinary", "opens_on": "2023-10-24", "requested_by_members": 3}
    session = desk.done("/sessions", {**plan, **said})["id"]

    other = desk.post(f"/sessions/{session}/dropping", {"reason": "other-day"})

    assert (other.status_code, other.json["article"]) == (409, "113-14, 40")
    assert desk.done(f"/sessions/{session}/dropping", DROP)["state"] == "dropped"


def test_a_petition_accepted_inside_the_twenty_days_waits_for_the_presidents_choice(
    desk: Desk,
) -> None:
    desk.planned("2024-02-06")
    case = desk.admitted(on="2024-01-20")
    before = desk.get(f"/cases/{case}").json["next_step"]
    choice = {"choice": "next-session", "reason": "Trop tard pour février."}

    desk.done(f"/cases/{case}/session-choice", choice, who="chief")

    after = desk.get(f"/cases/{case}").json
    assert (before["act"], before["who"], before["due_on"]) == (
        "choose-session",
        "president",
        "2024-02-06",
    )
    assert (after["next_step"]["act"], after["next_step"]["due_on"]) == ("refer", None)
    assert "session-choice" not in [one["act"] for one in after["acts"]]
    desk.planned("2024-05-07")
    assert str(desk.case(case).session_on) == "2024-05-07"


def test_a_postponed_session_lets_petitions_that_were_to_go_to_it_wait_for_the_next(
    desk: Desk,
) -> None:
    desk.today("2024-01-15")
    session = desk.planned("2024-02-06")
    desk.planned("2024-05-07")
    desk.done(f"/sessions/{session}/items", {"subject": {"fr": "Voirie"}})
    desk.done(f"/sessions/{session}/call", who="chief")
    case = desk.admitted(on="2024-01-20")
    assert (str(desk.case(case).session_on), desk.case(case).is_clash) == ("2024-02-06", True)

    desk.done(f"/sessions/{session}/postponement", {"reason": "preparation"}, who="chief")

    assert (str(desk.case(case).session_on), desk.case(case).is_clash) == ("2024-05-07", False)
