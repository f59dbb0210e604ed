"""A case planned backwards, and the authority's own rules where cases use them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from shared.testing.harness import Harness
from tests.integration.review.case_support import BODY, DESPITE, Desk


@pytest.fixture
def desk(harness_on: Any, database_kind: str) -> Desk:
    """A council with offices, on either database."""
    harness: Harness = harness_on("review", database_kind)
    return Desk(harness)


def rule(value: int, unit: str = "days", valid_from: str = "2022-01-01") -> dict[str, Any]:
    """A period set by the authority."""
    return {"value": value, "unit": unit, "source": "RI 20", "valid_from": valid_from}


def plan_of(desk: Desk, case: str, **options: Any) -> Any:
    """The plan of a case as the secretariat reads it."""
    answer = desk.get(f"/cases/{case}/plan", **options)
    assert answer.status_code == 200, answer.text
    return answer.json["plan"]


def days(plan: Any) -> dict[str, str]:
    """The last day of each step."""
    return {step["id"]: step["latest_on"] for step in plan["steps"]}


def test_a_case_shows_the_session_it_can_reach_and_the_days_before_it(desk: Desk) -> None:
    desk.planned("2024-02-06")
    desk.planned("2024-05-07")
    case = desk.filed()

    plan = plan_of(desk, case)

    assert (plan["session_on"], plan["is_planned"]) == ("2024-02-06", True)
    assert days(plan) == {
        "decide": "2024-01-16",
        "refer": "2024-01-17",
        "agenda": "2024-01-17",
        "notice": "2024-01-27",
    }
    assert plan["steps"][0]["article"] == "113-14 art 125"
    assert plan["postponement"]["session_on"] == "2024-05-07"
    assert plan["postponement"]["days_lost"] == 91
    assert all(plan["steps"][0]["explanation"][code] for code in ("ar", "fr", "en"))


def test_what_was_done_is_shown_as_done(desk: Desk) -> None:
    desk.planned("2024-02-06")
    case = desk.referred()

    steps = {step["id"]: step for step in plan_of(desk, case)["steps"]}

    assert steps["decide"]["done_on"] == "2023-11-20"
    assert steps["refer"]["done_on"] == "2023-11-20"
    assert steps["agenda"]["done_on"] is None
    assert not any(step["is_late"] for step in steps.values())


def test_a_session_whose_agenda_is_gone_is_passed_over(desk: Desk) -> None:
    desk.planned("2024-02-06")
    case = desk.referred()
    desk.today("2024-01-18")

    plan = plan_of(desk, case)

    assert [gone["session_on"] for gone in plan["passed_over"]] == ["2024-02-06"]
    assert (plan["session_on"], plan["is_planned"]) == ("2024-05-01", False)


def test_a_case_on_an_agenda_keeps_its_session(desk: Desk) -> None:
    case = desk.referred()
    session = desk.planned("2024-02-06")
    desk.done(f"/sessions/{session}/items", {"case": case})
    desk.today("2024-01-15")
    desk.done(f"/sessions/{session}/call", who="chief")
    desk.today("2024-01-20")

    plan = plan_of(desk, case)
    steps = {step["id"]: step for step in plan["steps"]}

    assert (plan["session_on"], plan["is_on_agenda"]) == ("2024-02-06", True)
    assert steps["agenda"]["done_on"] == "2024-01-15"


def test_a_case_that_was_voted_or_is_over_has_no_plan(desk: Desk) -> None:
    voted, refused = desk.referred("voted"), desk.filed("refused")
    desk.done(f"/cases/{refused}/refusal", {"reasons": ["outside-powers"]}, who="chief")
    desk.deliberated(voted)

    assert plan_of(desk, voted) is None
    assert plan_of(desk, refused) is None


def test_only_the_councils_people_read_a_plan(desk: Desk) -> None:
    case = desk.filed()

    assert plan_of(desk, case, who="plain") is not None
    assert desk.get(f"/cases/{case}/plan", who="legal").status_code == 403
    assert desk.anyone("GET", f"/cases/{case}/plan").status_code == 401


def test_the_local_rule_gives_the_day_of_a_completion_request(desk: Desk) -> None:
    desk.today("2023-10-16", local_rules={"completion-answer-due": rule(10, "working-days")})
    case = desk.filed()

    body = {"missing": ["powers"]}
    shown = desk.done(f"/cases/{case}/completion-request", body)

    assert shown["completion_due_on"] == "2023-10-30"


def test_without_a_local_rule_the_day_of_a_completion_request_must_be_given(desk: Desk) -> None:
    case = desk.filed()

    refused = desk.post(f"/cases/{case}/completion-request", {"missing": ["powers"]})

    assert refused.status_code == 422
    assert refused.json["errors"][0]["field"] == "due_on"


def test_the_local_rule_gives_the_day_of_an_opinion(desk: Desk) -> None:
    desk.today("2023-10-16", local_rules={"opinion-due": rule(2, "months")})
    case = desk.filed()
    desk.body_formed()

    asked = desk.done(f"/cases/{case}/consultations", {"body": BODY})
    answer = desk.get(f"/cases/{case}/plan").json

    assert asked["due_on"] == "2023-12-16"
    assert [(one["act"], one["due_on"], one["source"]) for one in answer["usual_days"]] == [
        ("consultation", "2023-12-16", "RI 20")
    ]


def test_the_local_rule_gives_the_committee_its_day(desk: Desk) -> None:
    own = {"committee-report-due": rule(30)}
    desk.today("2023-10-16", local_rules=own)
    desk.planned("2024-02-06")
    case = desk.filed()
    desk.today("2023-11-20", local_rules=own)
    desk.done(f"/cases/{case}/admission", DESPITE, who="vice")
    desk.done(f"/cases/{case}/referral", {"committee": desk.committees["social"]})

    step = desk.get(f"/cases/{case}").json["next_step"]

    assert (step["act"], step["due_on"], step["article"]) == ("report", "2023-12-20", "RI 20")
    assert days(plan_of(desk, case))["report"] == "2023-12-20"


def test_a_case_keeps_the_local_rules_it_was_opened_under(desk: Desk) -> None:
    own = {"completion-answer-due": rule(10), "opinion-due": rule(30, valid_from="2023-11-01")}
    desk.today("2023-10-16", local_rules=own)
    before = desk.filed("before")
    desk.today("2023-11-02", local_rules={**own, "completion-answer-due": rule(20)})
    after = desk.filed("after", on=date(2023, 11, 2))

    kept, newer = desk.case(before).local_rules, desk.case(after).local_rules

    assert kept == {"completion-answer-due": rule(10)}
    assert newer is not None
    assert newer["completion-answer-due"]["value"] == 20
    assert set(newer) == {"completion-answer-due", "opinion-due"}
    body = {"missing": ["powers"]}
    shown = desk.done(f"/cases/{before}/completion-request", body)
    assert shown["completion_due_on"] == "2023-11-12"
