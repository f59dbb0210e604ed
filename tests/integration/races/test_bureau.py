"""The bureau decides while the petitioners complete their file or its term ends."""

from __future__ import annotations

from tests.integration.races.table import race
from tests.integration.review.case_support import DESPITE, Desk
from tests.integration.review.opinion_support import VotingDesk

INCOMPLETE = {"missing": ["powers"], "due_on": "2023-11-06"}
TOO_LATE = {"reasons": ["file-incomplete"]}
OUTSIDE = {"reasons": ["outside-powers"]}


def refused_unfinished(desk: Desk) -> str:
    """A case refused because nothing came in by 6 November; the notice is not sent yet."""
    case = desk.filed()
    desk.done(f"/cases/{case}/completion-request", INCOMPLETE)
    desk.today("2023-11-07")
    desk.done(f"/cases/{case}/refusal", TOO_LATE, who="chief")
    return case


@race("completion and notice of the refusal", first="completion")
def test_what_was_handed_in_in_time_brings_an_unsent_refusal_back_to_the_bureau(
    desk: VotingDesk,
) -> None:
    case = refused_unfinished(desk)

    desk.done(f"/cases/{case}/completion", {"received_on": "2023-11-06"})
    notice = desk.post(f"/cases/{case}/refusal-notice", {"channel": "handed-over"})

    assert notice.status_code == 409
    row = desk.case(case)
    assert (row.state, row.decided_on, row.reasons) == ("open", None, [])
    assert desk.types("case")[-2:] == ["refused", "completed"]


@race("completion and notice of the refusal", first="completion")
def test_what_was_handed_in_after_its_day_does_not_undo_the_refusal(desk: VotingDesk) -> None:
    case = refused_unfinished(desk)

    answer = desk.post(f"/cases/{case}/completion", {"received_on": "2023-11-07"})

    assert (answer.status_code, answer.json["code"]) == (409, "rule-refused")
    assert desk.case(case).state == "refused"


@race("completion and notice of the refusal", first="notice")
def test_after_the_notice_nothing_completes_the_file_any_more(desk: VotingDesk) -> None:
    case = refused_unfinished(desk)
    desk.done(f"/cases/{case}/refusal-notice", {"channel": "handed-over"})

    answer = desk.post(f"/cases/{case}/completion", {"received_on": "2023-11-06"})

    assert (answer.status_code, answer.json["code"]) == (409, "rule-refused")
    assert desk.case(case).state == "refused"
    assert desk.types("case")[-1] == "refusal_notified"


@race("missed refusal term and acceptance", first="term")
def test_the_bureau_still_accepts_after_the_term_was_missed(desk: VotingDesk) -> None:
    case = desk.filed()
    desk.today("2024-01-17")
    desk.fire_timers()
    was = desk.case(case).state

    desk.done(f"/cases/{case}/admission", DESPITE, who="vice")
    desk.fire_timers()

    assert was == "open"
    assert desk.types("case") == ["opened", "deadline_missed", "admitted"]


@race("missed refusal term and acceptance", first="acceptance")
def test_a_term_is_not_missed_once_the_bureau_accepted(desk: VotingDesk) -> None:
    case = desk.filed()
    desk.today("2024-01-16")
    desk.done(f"/cases/{case}/admission", DESPITE, who="vice")

    desk.today("2024-01-17")
    desk.fire_timers()

    assert desk.types("case") == ["opened", "admitted"]


def found_too_few(desk: Desk, case: str) -> None:
    """A person strikes signatures out: a condition of the law is not met any more."""
    said = {"condition": "association-age", "outcome": "not-met", "note": "Founded later."}
    desk.done(f"/cases/{case}/checks", said)


@race("signatures struck out and admission", first="finding")
def test_a_finding_before_the_admission_asks_the_bureau_for_its_reason(desk: VotingDesk) -> None:
    case = desk.filed()
    found_too_few(desk, case)

    silent = desk.post(f"/cases/{case}/admission", {}, who="vice")
    desk.done(f"/cases/{case}/admission", DESPITE, who="vice")

    assert (silent.status_code, silent.json["code"]) == (409, "rule-refused")
    (admitted,) = desk.review.emitted("case.admitted.v1")
    assert admitted.data.what["unmet"] == ["association-age"]


@race("signatures struck out and admission", first="admission")
def test_a_finding_after_the_admission_leaves_it_standing(desk: VotingDesk) -> None:
    case = desk.admitted()

    found_too_few(desk, case)

    assert desk.case(case).state == "admitted"
    assert desk.types("case") == ["opened", "admitted", "checked"]


@race("two decisions of the bureau", first="admission")
def test_who_refuses_an_accepted_petition_is_told_what_stands(desk: VotingDesk) -> None:
    case = desk.admitted()

    answer = desk.post(f"/cases/{case}/refusal", OUTSIDE, who="chief")

    assert (answer.status_code, answer.json["code"]) == (409, "illegal-step")
    assert "refer" in answer.json["allowed"]
    assert "admit" not in answer.json["allowed"]
    assert desk.case(case).state == "admitted"
    assert desk.review.emitted("case.refused.v1") == []


@race("two decisions of the bureau", first="refusal")
def test_who_accepts_a_refused_petition_is_told_what_stands(desk: VotingDesk) -> None:
    case = desk.filed()
    read = desk.get(f"/cases/{case}").headers["ETag"]
    desk.done(f"/cases/{case}/refusal", OUTSIDE, who="chief")

    stale = desk.post(f"/cases/{case}/admission", DESPITE, who="vice", headers={"If-Match": read})
    answer = desk.post(f"/cases/{case}/admission", DESPITE, who="vice")

    assert (stale.status_code, stale.json["code"]) == (412, "stale-edit")
    assert (answer.status_code, answer.json["code"]) == (409, "illegal-step")
    assert "notify_refusal" in answer.json["allowed"]
    assert desk.review.emitted("case.admitted.v1") == []
