"""The bureau decides on a petition: once, by those in office, for the right session."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from shared.testing.harness import Harness, person
from tests.integration.review.case_support import DESPITE, Desk


@pytest.fixture
def desk(harness_on: Any, database_kind: str) -> Desk:
    """A council with offices, on either database."""
    harness: Harness = harness_on("review", database_kind)
    return Desk(harness)


def test_an_accepted_petition_goes_to_the_ordinary_session_after_the_decision(desk: Desk) -> None:
    desk.planned("2024-02-06")
    desk.planned("2024-05-07")

    case = desk.admitted(on="2023-11-20")

    row = desk.case(case)
    assert (row.state, row.decided_on, row.session_on) == (
        "admitted",
        date(2023, 11, 20),
        date(2024, 2, 6),
    )
    admitted = desk.review.emitted("case.admitted.v1")[0]
    what = admitted.data.what
    assert (what["session_on"], what["is_clash"]) == ("2024-02-06", False)
    assert admitted.data.after["decided_on"] == "2023-11-20"
    assert admitted.actorrole == "bureau"


def test_a_decision_too_late_for_the_agenda_is_told_as_a_clash(desk: Desk) -> None:
    desk.planned("2024-02-06")

    desk.admitted(on="2024-01-20")

    what = desk.review.emitted("case.admitted.v1")[0].data.what
    assert (what["session_on"], what["is_clash"]) == ("2024-02-06", True)


def test_without_a_planned_session_an_accepted_petition_names_none(desk: Desk) -> None:
    case = desk.admitted()

    assert desk.review.emitted("case.admitted.v1")[0].data.what["session_on"] is None
    step = desk.get(f"/cases/{case}").json["next_step"]
    assert (step["act"], step["due_on"]) == ("refer", None)


def test_a_decision_on_an_older_version_of_the_case_is_stale(desk: Desk) -> None:
    case = desk.filed()
    read = desk.get(f"/cases/{case}").headers["ETag"]
    desk.done(f"/cases/{case}/completion-request", {"missing": ["powers"], "due_on": "2023-11-01"})
    desk.done(f"/cases/{case}/completion")

    answer = desk.post(f"/cases/{case}/admission", DESPITE, who="vice", headers={"If-Match": read})

    assert answer.status_code == 412
    assert answer.json["code"] == "stale-edit"
    assert desk.case(case).state == "open"


def test_who_holds_no_office_of_the_bureau_cannot_decide_for_it(desk: Desk) -> None:
    case = desk.filed()

    answer = desk.post(f"/cases/{case}/admission", who="plain", role="bureau")

    assert answer.status_code == 403
    assert desk.case(case).state == "open"


def test_an_office_counts_on_the_day_of_the_act(desk: Desk) -> None:
    case = desk.filed()
    mandates = desk.get("/mandates").json["mandates"]
    vice = next(one for one in mandates if one["office"] == "vice-president")
    desk.today("2023-11-20")
    desk.done(f"/mandates/{vice['id']}/ending", {"reason": "resigned"})
    desk.today("2023-11-21")

    today = desk.post(f"/cases/{case}/admission", DESPITE, who="vice")
    before = desk.post(
        f"/cases/{case}/admission",
        {**DESPITE, "acted_on": "2023-11-20", "late_reason": "Recorded the day after."},
        who="vice",
    )

    assert (today.status_code, before.status_code) == (403, 200)
    assert desk.case(case).decided_on == date(2023, 11, 20)


def test_a_refusal_says_coded_reasons_and_keeps_its_text_inside(desk: Desk) -> None:
    case = desk.filed()
    body = {"reasons": ["association-no-seat"], "text": "Le siège est à Agadir."}

    desk.done(f"/cases/{case}/refusal", body, who="chief")

    refused = desk.review.emitted("case.refused.v1")[0]
    assert refused.data.what == {
        "reasons": ["association-no-seat"],
        "present": [person("chief")],
    }
    assert "Agadir" not in str(refused.data)
    assert desk.case(case).refusal_text == "Le siège est à Agadir."
    public = desk.anyone("GET", "/petitions/taroudant/2023/1").json
    assert "refusal_text" not in public
    assert public["reason_labels"][0]["article"] == "113-14 art 124"
    own = desk.get(f"/cases/{case}", who="legal").json
    assert own["refusal_text"] == "Le siège est à Agadir."


@pytest.mark.parametrize(
    ("reasons", "field"),
    [(["too-few-signatures"], "reasons.0"), (["nonsense"], "reasons.0"), ([], "reasons")],
)
def test_a_refusal_without_a_fitting_reason_changes_nothing(
    desk: Desk, reasons: list[str], field: str
) -> None:
    case = desk.filed()

    answer = desk.post(f"/cases/{case}/refusal", {"reasons": reasons}, who="chief")

    assert answer.status_code == 422
    assert [error["field"] for error in answer.json["errors"]] == [field]
    assert desk.case(case).state == "open"


def test_reasons_are_said_in_the_language_asked_for(desk: Desk) -> None:
    english = desk.get("/refusal-reasons", headers={"Accept-Language": "en"}).json["reasons"]

    codes = {one["code"] for one in english}
    assert {"outside-powers", "national-constants", "too-few-signatures"} <= codes
    young = next(one for one in english if one["code"] == "association-too-young")
    assert young["label"] == "The association has not existed for more than three years."
    assert young["article"] == "113-14 art 124"


def test_a_file_is_completed_before_it_is_decided(desk: Desk) -> None:
    case = desk.filed()
    body = {"missing": ["association-statutes", "powers"], "due_on": "2023-11-06"}

    desk.done(f"/cases/{case}/completion-request", body)
    early = desk.post(f"/cases/{case}/refusal", {"reasons": ["file-incomplete"]}, who="chief")
    admission = desk.post(f"/cases/{case}/admission", DESPITE, who="chief")
    step = desk.get(f"/cases/{case}").json["next_step"]
    desk.done(f"/cases/{case}/completion", {"received_on": "2023-10-16"})

    assert (early.status_code, early.json["code"]) == (409, "rule-refused")
    assert admission.status_code == 409
    assert (step["act"], step["due_on"]) == ("complete", "2023-11-06")
    assert desk.types("case") == ["opened", "completion_requested", "completed"]
    asked = desk.review.emitted("case.completion_requested.v1")[0]
    assert asked.data.what == {
        "missing": ["association-statutes", "powers"],
        "due_on": "2023-11-06",
    }
    assert desk.case(case).missing == []


def test_after_its_day_an_incomplete_file_can_be_refused(desk: Desk) -> None:
    case = desk.filed()
    body = {"missing": ["powers"], "due_on": "2023-11-06"}
    desk.done(f"/cases/{case}/completion-request", body)
    desk.today("2023-11-07")

    desk.done(f"/cases/{case}/refusal", {"reasons": ["file-incomplete"]}, who="chief")

    assert desk.case(case).state == "refused"


def test_a_refused_case_is_reopened_by_a_second_person_only(desk: Desk) -> None:
    case = desk.filed()
    desk.done(f"/cases/{case}/refusal", {"reasons": ["outside-powers"]}, who="chief")
    body = {"reason": "new-fact"}

    alone = desk.post(f"/cases/{case}/reopening", body, who="chief")
    second = desk.post(f"/cases/{case}/reopening", body, who="vice")

    assert (alone.status_code, second.status_code) == (409, 200)
    row = desk.case(case)
    assert (row.state, row.decided_on, row.reasons) == ("open", None, [])


def test_a_petition_becomes_a_complaint_only_with_the_consent_recorded(desk: Desk) -> None:
    case = desk.filed()
    path = f"/cases/{case}/reclassification"

    before = desk.post(path)
    desk.done(f"/cases/{case}/consent", {"agrees": False}, who="legal")
    against = desk.post(path)
    desk.done(f"/cases/{case}/consent", {"agrees": True, "proof_sha256": "c" * 64}, who="legal")
    desk.done(path)

    assert [one.json["code"] for one in (before, against)] == ["rule-refused"] * 2
    assert desk.types("case")[-1] == "reclassified"
    said = [event.data.what for event in desk.review.emitted("case.consent_recorded.v1")]
    assert [(one["agrees"], one["given_by"]) for one in said] == [
        (False, "legal-representative"),
        (True, "legal-representative"),
    ]
    told = desk.review.emitted("case.reclassified.v1")[0].data.what
    assert told == {"consented_on": "2023-10-16"}


def test_a_stranger_cannot_consent_and_the_secretariat_says_who_did(desk: Desk) -> None:
    case = desk.filed()

    stranger = desk.post(f"/cases/{case}/consent", {"agrees": True}, who="stranger")
    unnamed = desk.post(f"/cases/{case}/consent", {"agrees": True})

    assert (stranger.status_code, unnamed.status_code) == (404, 422)
    assert unnamed.json["errors"][0]["field"] == "given_by"
    assert desk.case(case).consented_on is None


def test_only_the_committees_of_the_council_can_be_referred_to(desk: Desk) -> None:
    case = desk.admitted()

    unknown = desk.post(f"/cases/{case}/referral", {"committee": person("nobody")})
    desk.done(f"/cases/{case}/referral", {"committee": desk.committees["sport"]})

    assert (unknown.status_code, unknown.json["article"]) == (409, "113-14, 125")
    assert desk.case(case).committee == desk.committees["sport"]
    referred = desk.review.emitted("case.referred.v1")
    assert [event.data.what["committee"] for event in referred] == [desk.committees["sport"]]


def test_acts_on_an_unknown_case_and_on_another_authoritys_are_not_found(desk: Desk) -> None:
    case = desk.filed()
    desk.review.know_authority("tiznit")

    unknown = desk.post(f"/cases/{person('none')}/referral", {"committee": person("c")})
    foreign = desk.post(f"/cases/{case}/referral", {"committee": person("c")}, authority="tiznit")

    assert (unknown.status_code, foreign.status_code) == (404, 404)
    assert unknown.json["detail"] == foreign.json["detail"]


def test_a_referral_is_corrected_by_another_one_until_a_committee_has_reported(desk: Desk) -> None:
    case, social, sport = desk.referred(), desk.committees["social"], desk.committees["sport"]
    desk.today("2023-11-27")

    same = desk.post(f"/cases/{case}/referral", {"committee": social})
    early = {"committee": sport, "acted_on": "2023-11-19", "late_reason": "Register."}
    before = desk.post(f"/cases/{case}/referral", early)
    desk.done(f"/cases/{case}/referral", {"committee": sport})

    assert [(one.status_code, one.json["article"]) for one in (same, before)] == [
        (409, "113-14, 28"),
        (409, "113-14, 125"),
    ]
    row = desk.case(case)
    assert (row.state, row.committee, str(row.referred_on)) == ("referred", sport, "2023-11-27")
    report = {"case": case, "recommendation": "favourable"}
    wrong = desk.post(f"/committees/{social}/reports", report, who="chair")
    assert wrong.status_code == 409
    desk.done(f"/committees/{sport}/reports", report, who="other-chair")
    again = desk.post(f"/cases/{case}/referral", {"committee": social})
    assert (again.status_code, again.json["article"]) == (409, "113-14, 28")
    assert desk.types("case").count("referred") == 2
