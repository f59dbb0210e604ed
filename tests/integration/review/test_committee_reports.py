"""What committees deal with, their reports corrected by new acts, petitions before several."""

from __future__ import annotations

from typing import Any

import pytest

from services.review.cases.clock_models import RunningClock
from services.review.council.models import CommitteeReport, ReplacedReport
from services.review.kept_texts import hash_of
from shared.testing.harness import Harness
from tests.integration.review.case_support import DESPITE, Desk
from tests.integration.review.test_case_plan import rule

BECAUSE = {"because": "Le rapport citait un autre terrain."}
RIGHT = {"recommendation": "unfavourable", "text": "Le terrain est privé.", **BECAUSE}
VOTE = {"votes_for": 4, "votes_against": 1, "abstentions": 0, "president": "for"}
REMIT = {"fr": "Jeunesse et sports", "original": "fr"}


@pytest.fixture
def desk(harness_on: Any, database_kind: str) -> Desk:
    """A council with offices, on either database."""
    harness: Harness = harness_on("review", database_kind)
    return Desk(harness)


def reported(desk: Desk, case: str, *, committee: str = "social", who: str = "chair") -> Any:
    """A committee hands in its report on a case; the report."""
    body = {"case": case, "recommendation": "favourable", "text": "Favorable."}
    return desk.done(f"/committees/{desk.committees[committee]}/reports", body, who=who)


def corrected(desk: Desk, report: Any, body: Any = RIGHT, *, who: str = "chair") -> Any:
    """The answer to the correction of a report."""
    path = f"/committees/{report['committee']}/reports/{report['id']}/correction"
    return desk.post(path, body, who=who)


def opened_with(desk: Desk, case: str) -> str:
    """The item of a case in a session that is open, all members there."""
    desk.today("2024-01-15")
    session = desk.planned()
    item = desk.done(f"/sessions/{session}/items", {"case": case})["id"]
    desk.done(f"/sessions/{session}/call", who="chief")
    desk.today("2024-01-25")
    desk.done(f"/sessions/{session}/convening", who="chief")
    desk.today("2024-02-06")
    desk.done(f"/sessions/{session}/sittings", {"call": 1, "present": 5})
    return str(item)


def test_a_committee_says_what_it_deals_with(desk: Desk) -> None:
    formed = desk.done("/committees", {"code": "works", "name": {"fr": "Travaux"}, "remit": REMIT})
    social = desk.committees["social"]
    before = {one["id"]: one["remit"] for one in desk.get("/committees").json["committees"]}

    desk.done(f"/committees/{social}/remit", {"remit": {"fr": "Action sociale"}})

    after = {one["id"]: one["remit"] for one in desk.get("/committees").json["committees"]}
    assert before[formed["id"]]["fr"] == "Jeunesse et sports"
    assert (before[social], after[social]["fr"]) == (None, "Action sociale")
    told = desk.review.emitted("committee.remit_recorded.v1")[0]
    assert told.data.after["remit"]["fr"] == "Action sociale"


def test_a_report_is_corrected_by_a_new_act_and_the_old_one_stays_readable(desk: Desk) -> None:
    case = desk.referred()
    report = reported(desk, case)
    first = desk.review.emitted("committee.reported.v1")[0]

    answer = corrected(desk, report)

    assert answer.status_code == 201
    told = desk.review.emitted("committee.report_corrected.v1")[0]
    assert told.data.corrects == first.id
    assert told.data.what == {
        "case": case,
        "was_recommendation": "favourable",
        "was_sha256": hash_of("Favorable."),
        "recommendation": "unfavourable",
        "report_sha256": hash_of("Le terrain est privé."),
        "reason_sha256": hash_of(BECAUSE["because"]),
    }
    shown = desk.get(f"/cases/{case}").json
    (stands,), (was,) = shown["reports"], shown["replaced_reports"]
    assert (stands["recommendation"], stands["text"]) == ("unfavourable", "Le terrain est privé.")
    assert (was["recommendation"], was["text"]) == ("favourable", "Favorable.")
    acts = {one["type"]: one for one in shown["timeline"]}
    assert acts["committee.reported.v1"]["is_corrected"]
    assert acts["committee.report_corrected.v1"]["because"] == BECAUSE["because"]


def test_a_correction_can_be_corrected_itself(desk: Desk) -> None:
    case = desk.referred()
    report = reported(desk, case)
    corrected(desk, report)

    again = corrected(desk, report, {**RIGHT, "recommendation": "favourable-with-changes"})

    assert again.status_code == 201
    first, second = desk.review.emitted("committee.report_corrected.v1")
    assert second.data.corrects == first.id
    kept = desk.review.rows(ReplacedReport)
    assert sorted(one.recommendation for one in kept) == ["favourable", "unfavourable"]


@pytest.mark.parametrize(
    ("body", "field"),
    [({**RIGHT, "because": ""}, "because"), ({**RIGHT, "recommendation": "x"}, "recommendation")],
)
def test_a_correction_says_what_is_right_and_why(desk: Desk, body: Any, field: str) -> None:
    report = reported(desk, desk.referred())

    answer = corrected(desk, report, body)

    assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, field)
    assert desk.review.rows(ReplacedReport) == []


def test_the_chair_of_another_committee_corrects_nothing(desk: Desk) -> None:
    report = reported(desk, desk.referred())

    assert corrected(desk, report, who="other-chair").status_code == 403


def test_after_the_vote_a_report_stands(desk: Desk) -> None:
    case = desk.referred()
    report = reported(desk, case)
    item = opened_with(desk, case)
    desk.done(f"/items/{item}/vote", VOTE)

    answer = corrected(desk, report)

    assert (answer.status_code, answer.json["article"]) == (409, "113-14, 28")
    assert desk.review.rows(CommitteeReport)[0].recommendation == "favourable"
    assert desk.review.rows(ReplacedReport) == []


@pytest.mark.parametrize("is_together", [True, False])
def test_a_petition_goes_to_a_second_committee_and_each_reports(
    desk: Desk, is_together: bool
) -> None:
    case = desk.referred()
    sport = desk.committees["sport"]
    if not is_together:
        reported(desk, case)

    desk.done(f"/cases/{case}/further-referral", {"committee": sport}, who="chief")
    if is_together:
        reported(desk, case)
    waiting = desk.get(f"/cases/{case}").json
    reported(desk, case, committee="sport", who="other-chair")

    told = desk.review.emitted("case.referred_on.v1")[0]
    assert told.data.what == {"committee": sport, "due_on": None}
    assert told.data.after["also_before"] == [sport]
    assert [one["has_reported"] for one in waiting["committees"]] == [True, False]
    assert waiting["next_step"]["act"] == "report"
    assert "report" in {one["act"] for one in waiting["acts"]}
    shown = desk.get(f"/cases/{case}").json
    assert [one["has_reported"] for one in shown["committees"]] == [True, True]
    assert len(shown["reports"]) == 2


def test_the_vote_waits_for_every_committee_or_the_councils_own_choice(desk: Desk) -> None:
    case = desk.referred()
    reported(desk, case)
    further = {"committee": desk.committees["sport"]}
    desk.done(f"/cases/{case}/further-referral", further, who="chief")
    item = opened_with(desk, case)

    early = desk.post(f"/items/{item}/vote", VOTE)
    reported(desk, case, committee="sport", who="other-chair")

    assert (early.status_code, early.json["article"]) == (409, "113-14, 28")
    assert desk.post(f"/items/{item}/vote", VOTE).status_code == 200


def test_a_committee_whose_term_is_over_holds_nothing_up_any_more(desk: Desk) -> None:
    own = {"committee-report-due": rule(20)}
    desk.today("2023-10-16", local_rules=own)
    case = desk.filed()
    desk.today("2023-11-20", local_rules=own)
    desk.done(f"/cases/{case}/admission", DESPITE, who="vice")
    desk.done(f"/cases/{case}/referral", {"committee": desk.committees["social"]})
    reported(desk, case)
    further = {"committee": desk.committees["sport"]}
    desk.done(f"/cases/{case}/further-referral", further, who="chief")
    due = {one.rule: one.due_on.isoformat() for one in desk.review.rows(RunningClock)}
    asked = desk.get(f"/cases/{case}").json["committees"][1]

    item = opened_with(desk, case)

    assert due["committee-report-due"] == asked["due_on"] == "2023-12-10"
    assert desk.post(f"/items/{item}/vote", VOTE).status_code == 200


def test_neither_the_same_committee_twice_nor_an_unknown_one_nor_after_the_vote(desk: Desk) -> None:
    case = desk.referred()
    path = f"/cases/{case}/further-referral"
    again = desk.post(path, {"committee": desk.committees["social"]}, who="chief")
    unknown = desk.post(path, {"committee": case}, who="chief")
    reported(desk, case)
    item = opened_with(desk, case)
    desk.done(f"/items/{item}/vote", VOTE)

    late = desk.post(path, {"committee": desk.committees["sport"]}, who="chief")

    assert [one.status_code for one in (again, unknown, late)] == [409, 409, 409]
    articles = [one.json["article"] for one in (again, unknown, late)]
    assert articles == ["113-14, 28", "113-14, 125", "113-14, 125"]
    assert desk.review.emitted("case.referred_on.v1") == []


def test_a_further_committee_meets_about_the_petition(desk: Desk) -> None:
    case = desk.referred()
    sport = desk.committees["sport"]
    call = {"called_by": "president", "meets_on": "2024-01-20", "cases": [case]}
    before = desk.post(f"/committees/{sport}/meetings", call, who="chief")

    desk.done(f"/cases/{case}/further-referral", {"committee": sport}, who="chief")

    assert before.status_code == 409
    desk.done(f"/committees/{sport}/meetings", call, who="chief")
    assert [one["id"] for one in desk.get(f"/committees/{sport}").json["cases"]] == [case]
