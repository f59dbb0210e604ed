"""The bureau decides once, by name; a refusal is owed to the petitioners with its remedies."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from shared.testing.harness import Harness, person
from tests.integration.review.case_support import DESPITE, Desk

REFUSAL = {"reasons": ["association-no-seat"], "text": "Le siège est à Agadir."}


@pytest.fixture
def desk(harness_on: Any, database_kind: str) -> Desk:
    """A council with offices, on either database."""
    harness: Harness = harness_on("review", database_kind)
    return Desk(harness)


def refused(desk: Desk) -> str:
    """The id of a case that the bureau refused on 20 November 2023."""
    case = desk.filed()
    desk.today("2023-11-20")
    desk.done(f"/cases/{case}/refusal", REFUSAL, who="chief")
    return case


def test_a_decision_names_the_members_of_the_bureau_who_were_there(desk: Desk) -> None:
    case = desk.filed()
    named = [person("chief"), person("vice")]

    desk.done(f"/cases/{case}/admission", {**DESPITE, "present": named}, who="vice")

    admitted = desk.review.emitted("case.admitted.v1")[0]
    assert admitted.data.what["present"] == sorted(named)
    shown = desk.get(f"/cases/{case}").json
    assert shown["decided_by"] == sorted(named)
    assert {one["office"] for one in shown["bureau"]} == {"president", "vice-president"}
    assert {frozenset(one["name"]) for one in shown["bureau"]} == {frozenset({"ar", "latin"})}
    assert "decided_by" not in desk.anyone("GET", "/petitions/taroudant/2023/1").json


def test_the_members_of_the_bureau_are_shown_by_the_names_that_are_kept(desk: Desk) -> None:
    case = desk.filed()
    name = {"ar": "الرئيس", "latin": "La présidente"}
    desk.done(f"/members/{person('chief')}/name", name)

    bureau = desk.get(f"/cases/{case}").json["bureau"]

    shown = {one["person"]: one["name"] for one in bureau}
    assert shown[person("chief")] == name
    assert shown[person("vice")] == {"ar": None, "latin": None}


def test_nobody_outside_the_bureau_is_named_with_its_decision(desk: Desk) -> None:
    case = desk.filed()
    body = {**REFUSAL, "present": [person("chief"), person("plain")]}

    answer = desk.post(f"/cases/{case}/refusal", body, who="chief")

    assert answer.status_code == 422
    assert answer.json["errors"][0]["field"] == "present.1"
    assert desk.case(case).state == "open"


@pytest.mark.parametrize(
    ("first", "second"),
    [("admission", "refusal"), ("refusal", "admission"), ("refusal", "refusal")],
)
def test_a_second_decision_is_told_the_rule_and_what_stands(
    desk: Desk, first: str, second: str
) -> None:
    bodies = {"admission": DESPITE, "refusal": REFUSAL}
    case = desk.filed()
    desk.done(f"/cases/{case}/{first}", bodies[first], who="vice")
    before = desk.case(case).version

    answer = desk.post(
        f"/cases/{case}/{second}",
        bodies[second],
        who="chief",
        headers={"Accept-Language": "en"},
    )

    assert (answer.status_code, answer.json["code"]) == (409, "illegal-step")
    assert answer.json["article"] == "113-14, 125"
    assert answer.json["state"] == {"admission": "admitted", "refusal": "refused"}[first]
    assert "that decision stands" in answer.json["detail"]
    assert "16 October 2023" in answer.json["detail"]
    assert desk.case(case).version == before


def test_a_refusal_waits_for_its_notice_within_the_term_of_the_law(desk: Desk) -> None:
    case = refused(desk)

    step = desk.get(f"/cases/{case}").json["next_step"]
    desk.today("2024-01-17")
    desk.fire_timers()

    assert (step["act"], step["due_on"]) == ("notify-refusal", "2024-01-16")
    assert "deadline_missed" in desk.types("case")
    desk.done(f"/cases/{case}/refusal-notice", {"channel": "bailiff", "proof_sha256": "d" * 64})
    told = desk.review.emitted("case.refusal_notified.v1")[0]
    assert told.data.what == {"channel": "bailiff", "proof_sha256": "d" * 64}
    assert desk.get(f"/cases/{case}").json["next_step"]["act"] == "close"


def test_a_refusal_is_notified_once_and_not_before_it_was_decided(desk: Desk) -> None:
    case = refused(desk)
    path = f"/cases/{case}/refusal-notice"
    early = desk.post(
        path, {"channel": "handed-over", "acted_on": "2023-11-19", "late_reason": "Slip."}
    )
    desk.done(path, {"channel": "handed-over"})

    again = desk.post(path, {"channel": "handed-over"})

    assert (early.status_code, again.status_code) == (409, 409)
    assert (early.json["code"], again.json["article"]) == ("rule-refused", "113-14, 125")


def test_the_letter_of_a_refusal_has_reasons_remedies_and_their_last_days(desk: Desk) -> None:
    case = refused(desk)
    desk.done(f"/cases/{case}/refusal-notice", {"channel": "handed-over"})
    desk.today("2023-12-01")

    told = desk.get(f"/cases/{case}/letters/refusal").json

    assert told["reasons"][0]["article"] == "113-14 art 124"
    assert set(told["reasons"][0]["label"]) == {"ar", "fr", "en"}
    assert (told["text"], told["article"]) == ("Le siège est à Agadir.", "113-14 art 125")
    assert told["decided_by"] == [{"person": person("chief"), "office": "president"}]
    assert (told["notified_on"], told["counted_from"]) == ("2023-11-20", "2023-11-20")
    court = next(one for one in told["remedies"] if one["remedy"] == "court")
    assert (court["due_on"], court["article"]) == ("2024-01-19", "41-90 art 23")
    assert {one["remedy"] for one in told["remedies"]} == {"court", "appeal"}
    author = next(one for one in told["remedies"] if one["remedy"] == "appeal")
    assert author["due_on"] == court["due_on"]
    assert "soixante jours de silence" in author["explanation"]["fr"].casefold()
    assert "devant le tribunal administratif" not in author["explanation"]["fr"]


def test_before_the_notice_the_remedies_count_from_today(desk: Desk) -> None:
    case = refused(desk)
    desk.today("2023-12-01")

    told = desk.get(f"/cases/{case}/letters/refusal", who="legal").json

    assert (told["notified_on"], told["counted_from"]) == (None, "2023-12-01")


def test_an_admission_and_a_referral_have_letters_and_a_refusal_only_its_own(desk: Desk) -> None:
    desk.planned("2024-02-06")
    case = desk.referred()

    admission = desk.get(f"/cases/{case}/letters/admission").json
    referral = desk.get(f"/cases/{case}/letters/referral").json
    none = [desk.get(f"/cases/{case}/letters/{kind}") for kind in ("refusal", "nonsense")]

    assert (admission["session_on"], admission["decided_on"]) == ("2024-02-06", "2023-11-20")
    assert (referral["referred_on"], referral["committee"]["fr"]) == ("2023-11-20", "social")
    assert [one.status_code for one in none] == [404, 404]
    assert desk.get(f"/cases/{case}/letters/admission", who="stranger").status_code == 404


def incomplete_then_refused(desk: Desk) -> str:
    """A case whose completion was due on 6 November and that was refused the day after."""
    case = desk.filed()
    body = {"missing": ["powers"], "due_on": "2023-11-06"}
    desk.done(f"/cases/{case}/completion-request", body)
    desk.today("2023-11-07")
    desk.done(f"/cases/{case}/refusal", {"reasons": ["file-incomplete"]}, who="chief")
    return case


def test_what_came_in_time_brings_a_refusal_back_before_its_notice(desk: Desk) -> None:
    case = incomplete_then_refused(desk)

    desk.done(f"/cases/{case}/completion", {"received_on": "2023-11-06"})

    row = desk.case(case)
    assert (row.state, row.decided_on, row.reasons) == ("open", None, [])
    assert desk.types("case")[-2:] == ["refused", "completed"]
    desk.done(f"/cases/{case}/admission", DESPITE, who="vice")


def test_after_the_notice_a_completion_comes_too_late(desk: Desk) -> None:
    case = incomplete_then_refused(desk)
    desk.done(f"/cases/{case}/refusal-notice", {"channel": "handed-over"})

    answer = desk.post(f"/cases/{case}/completion", {"received_on": "2023-11-06"})

    assert (answer.status_code, answer.json["article"]) == (409, "113-14, 125")
    assert desk.case(case).state == "refused"


def test_what_came_after_its_day_leaves_the_refusal(desk: Desk) -> None:
    case = incomplete_then_refused(desk)

    answer = desk.post(f"/cases/{case}/completion", {"received_on": "2023-11-07"})

    assert (answer.status_code, answer.json["code"]) == (409, "rule-refused")
    assert desk.case(case).decided_on == date(2023, 11, 7)
