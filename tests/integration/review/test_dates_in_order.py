"""Dates out of order: no act is older than what it follows, and each refusal names its article."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from shared.testing.harness import Harness, person
from tests.integration.review.case_support import DESPITE, Desk
from tests.integration.review.opinion_support import VOTES

LATE = {"late_reason": "Recorded from the register."}
EARLY = {"acted_on": "2023-10-10", **LATE}
"""A day before the petition was filed."""


@pytest.fixture
def desk(harness_on: Any, database_kind: str) -> Desk:
    """A council with offices, on either database."""
    harness: Harness = harness_on("review", database_kind)
    return Desk(harness)


def refused(answer: Any, article: str) -> None:
    """The act is refused by a rule with its article, on the field of its date."""
    said = (answer.status_code, answer.json["article"], answer.json["errors"][0]["field"])
    assert said[:2] == (409, article), answer.text
    assert said[2] in {"acted_on", "received_on"}


@pytest.mark.parametrize(
    ("act", "body", "who"),
    [
        ("admission", DESPITE, "vice"),
        ("refusal", {"reasons": ["outside-powers"]}, "vice"),
        ("completion-request", {"missing": ["powers"], "due_on": "2023-12-01"}, "clerk"),
        ("checks", {"condition": "file-form", "outcome": "met", "note": "Seen."}, "clerk"),
        ("consent", {"agrees": True, "given_by": "legal-representative"}, "clerk"),
        ("withdrawal", {}, "clerk"),
    ],
)
def test_no_act_on_a_petition_is_older_than_its_filing(
    desk: Desk, act: str, body: dict[str, Any], who: str
) -> None:
    case = desk.filed()

    answer = desk.post(f"/cases/{case}/{act}", {**body, **EARLY}, who=who)

    refused(answer, "113-14, 125")
    assert desk.case(case).state == "open"
    assert desk.types("case") == ["opened"]


def test_no_opinion_is_asked_before_the_filing(desk: Desk) -> None:
    case = desk.filed()
    desk.body_formed()
    asked = {"body": person("body"), "due_on": "2023-12-01", **EARLY}

    refused(desk.post(f"/cases/{case}/consultations", asked), "113-14, 125")


def test_what_was_missing_does_not_come_in_before_the_filing(desk: Desk) -> None:
    case = desk.filed()
    asked = {"missing": ["powers"], "due_on": "2023-12-01"}
    desk.done(f"/cases/{case}/completion-request", asked)

    refused(desk.post(f"/cases/{case}/completion", {"received_on": "2023-10-10"}), "113-14, 125")


def test_a_petition_is_not_referred_before_it_is_accepted(desk: Desk) -> None:
    case = desk.admitted(on="2023-11-20")
    body = {"committee": desk.committees["social"], "acted_on": "2023-11-19", **LATE}

    refused(desk.post(f"/cases/{case}/referral", body), "113-14, 125")
    assert desk.case(case).state == "admitted"


def test_a_petition_is_on_no_agenda_before_it_is_accepted(desk: Desk) -> None:
    case = desk.admitted(on="2023-11-20")
    session = desk.planned()
    body = {"case": case, "acted_on": "2023-11-19", **LATE}

    refused(desk.post(f"/sessions/{session}/items", body), "113-14, 38")


def test_a_committee_does_not_report_before_the_referral(desk: Desk) -> None:
    case = desk.referred(on="2023-11-20")
    body = {"case": case, "recommendation": "favourable", "acted_on": "2023-11-19", **LATE}
    path = f"/committees/{desk.committees['social']}/reports"

    refused(desk.post(path, body, who="chair"), "113-14, 28")


def test_a_case_is_not_closed_or_opened_again_before_it_came_where_it_is(desk: Desk) -> None:
    case = desk.filed()
    desk.today("2023-11-20")
    desk.done(f"/cases/{case}/withdrawal")
    day = {"acted_on": "2023-11-19", **LATE}

    refused(desk.post(f"/cases/{case}/closing", {"outcome": "withdrawn", **day}), "113-14, 125")
    reopening = {"reason": "new-fact", **day}
    refused(desk.post(f"/cases/{case}/reopening", reopening, who="chief"), "113-14, 125")


def test_a_decision_is_not_classified_before_the_vote(desk: Desk) -> None:
    desk.deliberated(desk.referred())
    (decision,) = desk.anyone("GET", "/decisions?authority=taroudant").json["decisions"]
    body = {"matter": None, "acted_on": "2024-02-05", **LATE}

    answer = desk.post(f"/decisions/{decision['id']}/classification", body, who="chief")

    refused(answer, "113-14, 118")


def test_the_governor_does_not_object_before_he_received_the_agenda(desk: Desk) -> None:
    desk.today("2024-01-15")
    session = desk.planned()
    item = desk.done(f"/sessions/{session}/items", {"subject": {"fr": "Voirie"}})["id"]
    desk.done(f"/sessions/{session}/call", who="chief")
    desk.today("2024-01-17")
    desk.done(f"/sessions/{session}/governor-receipt", {"received_on": "2024-01-17"})
    said = {"received_on": "2024-01-16", "article": "113-14, 41", "reason": "Hors compétence."}

    refused(desk.post(f"/items/{item}/objection", said), "113-14, 41")


def test_a_withdrawal_asked_before_the_decision_is_answered_by_its_own_day(desk: Desk) -> None:
    case = desk.admitted(on="2023-11-20")

    desk.withdrawal_asked(on=date(2023, 11, 18))

    assert desk.case(case).state == "withdrawn"


def test_who_is_recused_and_away_takes_no_vote_from_those_who_are_there(desk: Desk) -> None:
    desk.today("2024-01-15")
    session = desk.planned()
    item = desk.done(f"/sessions/{session}/items", {"subject": {"fr": "Voirie"}})["id"]
    desk.done(f"/sessions/{session}/call", who="chief")
    desk.today("2024-01-25")
    desk.done(f"/sessions/{session}/convening", who="chief")
    desk.today("2024-02-06")
    there = [{"person": person(who), "mark": "present"} for who in ("chief", "vice", "chair")]
    desk.done(f"/sessions/{session}/sittings", {"call": 1, "attendance": there})
    desk.done(f"/items/{item}/recusals", {"person": person("plain")})
    desk.done(f"/items/{item}/recusals", {"person": person("chair")})

    whole = desk.post(f"/items/{item}/vote", {**VOTES, "votes_for": 3})
    rest = desk.post(f"/items/{item}/vote", {**VOTES, "votes_for": 2})

    assert (whole.status_code, whole.json["article"]) == (409, "113-14, 43")
    assert rest.status_code == 200


def test_an_extension_that_is_too_long_is_told_its_last_day(desk: Desk) -> None:
    desk.deliberated(desk.referred())
    (session,) = desk.anyone("GET", "/sessions?authority=taroudant").json["sessions"]
    body = {"until": "2024-03-20", "reason": "Points restants."}

    answer = desk.post(f"/sessions/{session['id']}/extension", body, who="chief")

    assert (answer.status_code, answer.json["article"]) == (409, "113-14 art 34")
    (error,) = answer.json["errors"]
    assert error["field"] == "until"
    assert "29 فبراير 2024" in error["message"]
