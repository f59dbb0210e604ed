"""Every running term tells of itself: which acts start and stop it, who is told, each once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.review.cases.clock_models import RunningClock
from services.review.cases.models import NOT_URGENT
from services.review.sessions.models import CouncilSession
from shared.testing.harness import Harness
from tests.integration.review.case_support import Desk

OWN = {"source": "règlement intérieur", "valid_from": "2021-10-01"}
LOCAL_RULES = {
    "bureau-meets-within": {"value": 20, "unit": "days", **OWN},
    "committee-report-due": {"value": 30, "unit": "days", **OWN},
    "opinion-answer-due": {"value": 60, "unit": "days", **OWN},
    "deadline-warning": {"value": 10, "unit": "days", **OWN},
    "deadline-reminder": {"value": 3, "unit": "days", **OWN},
    "deadline-escalation": {"value": 5, "unit": "days", **OWN},
}


@pytest.fixture
def desk(harness_on: Any, database_kind: str) -> Desk:
    """A council with offices, on either database, without rules of its own."""
    harness: Harness = harness_on("review", database_kind)
    return Desk(harness)


@pytest.fixture
def strict(desk: Desk) -> Desk:
    """A council that set days for everything the law leaves open."""
    desk.today("2023-10-16", local_rules=LOCAL_RULES)
    return desk


def clocks(desk: Desk) -> dict[str, str]:
    """The running clocks: rule and legal day."""
    return {row.rule: row.due_on.isoformat() for row in desk.review.rows(RunningClock)}


def alarms(desk: Desk) -> list[tuple[str, str, int]]:
    """What was told: kind of alarm, rule, level."""
    return [
        (event.type.split("deadline_")[1].removesuffix(".v1"), what["rule"], what["level"])
        for event in desk.review.emitted()
        if "deadline_" in event.type and "moved" not in event.type
        for what in [event.data.what]
    ]


def days_pass(desk: Desk, *days: str) -> None:
    """Run the timers twice on each of these days."""
    for day in days:
        desk.today(day, local_rules=LOCAL_RULES)
        desk.fire_timers()
        desk.fire_timers()


def test_a_filed_petition_runs_against_the_refusal_term_alone_without_local_rules(
    desk: Desk,
) -> None:
    case = desk.filed()

    assert clocks(desk) == {"refusal-notice": "2024-01-16"}
    assert desk.case(case).urgent_on == date(2024, 1, 16)


def test_the_authoritys_own_term_for_the_bureau_runs_beside_it_and_sorts_the_queue(
    strict: Desk,
) -> None:
    case = strict.filed()

    assert clocks(strict) == {"refusal-notice": "2024-01-16", "bureau-meets-within": "2023-11-05"}
    assert strict.case(case).urgent_on == date(2023, 11, 5)


def test_the_bureaus_decision_stops_its_clocks_and_starts_the_agendas(desk: Desk) -> None:
    desk.planned("2024-02-06")
    case = desk.admitted()

    assert clocks(desk) == {"agenda-to-governor": "2024-01-17"}
    assert desk.case(case).urgent_on == date(2024, 1, 17)


def test_an_accepted_petition_without_a_session_waits_since_its_decision(desk: Desk) -> None:
    case = desk.admitted()

    assert clocks(desk) == {}
    assert desk.case(case).urgent_on == date(2023, 11, 20)


def test_an_item_on_the_agenda_stops_the_agendas_clock_and_off_it_starts_the_next(
    desk: Desk,
) -> None:
    session = desk.planned("2024-02-06")
    desk.planned("2024-05-07")
    case = desk.admitted()
    item = desk.done(f"/sessions/{session}/items", {"case": case})["id"]
    scheduled = clocks(desk)

    desk.today("2024-01-20")
    desk.done(f"/items/{item}/postponement", {"reason": "preparation"})

    assert scheduled == {}
    assert clocks(desk) == {"agenda-to-governor": "2024-04-17"}
    assert desk.case(case).session_on == date(2024, 5, 7)


def test_a_report_that_does_not_come_is_warned_of_reminded_missed_and_told_above_once_each(
    strict: Desk,
) -> None:
    strict.referred()

    days_pass(strict, "2023-12-09", "2023-12-10", "2023-12-17", "2023-12-20")
    ahead = alarms(strict)
    days_pass(strict, "2023-12-21", "2023-12-25", "2023-12-26", "2024-01-30")

    assert ahead == [
        ("approaching", "committee-report-due", 0),
        ("approaching", "committee-report-due", 1),
    ]
    assert alarms(strict)[2:] == [
        ("missed", "committee-report-due", 0),
        ("missed", "committee-report-due", 1),
    ]


def test_a_report_stops_its_clock(strict: Desk) -> None:
    case = strict.referred()
    committee = strict.committees["social"]
    report = {"case": case, "recommendation": "favourable", "text": "Avis favorable."}

    strict.done(f"/committees/{committee}/reports", report, who="chair")
    days_pass(strict, "2024-01-30")

    assert clocks(strict) == {}
    assert alarms(strict) == []


def test_the_first_warning_of_a_short_term_waits_for_its_second_half(desk: Desk) -> None:
    case = desk.filed()
    body = {"missing": ["powers"], "due_on": "2023-10-30"}
    desk.done(f"/cases/{case}/completion-request", body)

    desk.fire_timers()
    on_the_day = alarms(desk)
    desk.today("2023-10-23")
    desk.fire_timers()

    assert on_the_day == []
    assert alarms(desk) == [("approaching", "completion-answer-due", 0)]


def test_an_adopted_decision_must_go_to_the_governor_in_time(desk: Desk) -> None:
    case = desk.referred()
    desk.deliberated(case)
    (session,) = desk.review.rows(CouncilSession)
    desk.done(f"/sessions/{session.id}/closing", who="chief")

    running = clocks(desk)
    desk.today("2024-02-28")
    desk.fire_timers()

    assert running == {"transmit-to-governor": "2024-02-27"}
    assert alarms(desk) == [("missed", "transmit-to-governor", 0)]


def test_an_opinion_received_must_be_answered_until_the_vote_does(strict: Desk) -> None:
    case = strict.referred()
    strict.submitted(on=date(2023, 11, 20), case=case, consultation=None)

    assert clocks(strict)["opinion-answer-due"] == "2024-01-19"


@pytest.mark.parametrize("ending", ["withdrawal", "refusal"])
def test_a_case_that_ended_has_no_clock_and_sorts_last(strict: Desk, ending: str) -> None:
    case = strict.filed()
    if ending == "withdrawal":
        strict.withdrawal_asked()
    else:
        strict.done(f"/cases/{case}/refusal", {"reasons": ["outside-powers"]}, who="vice")
        strict.done(f"/cases/{case}/refusal-notice", {"channel": "handed-over"})

    days_pass(strict, "2024-03-01")

    assert clocks(strict) == {}
    assert strict.case(case).urgent_on == NOT_URGENT
    assert alarms(strict) == []


def test_a_refusal_that_is_only_decided_stays_under_its_term_until_the_notice(
    strict: Desk,
) -> None:
    case = strict.filed()

    strict.done(f"/cases/{case}/refusal", {"reasons": ["outside-powers"]}, who="vice")

    assert clocks(strict) == {"refusal-notice": "2024-01-16"}


def test_a_reopened_case_is_under_its_refusal_term_again(desk: Desk) -> None:
    case = desk.filed()
    desk.done(f"/cases/{case}/refusal", {"reasons": ["outside-powers"]}, who="vice")

    desk.done(f"/cases/{case}/reopening", {"reason": "new-fact"}, who="chief")

    assert clocks(desk) == {"refusal-notice": "2024-01-16"}
