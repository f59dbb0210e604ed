"""A second and a third call go all the way: opening, vote, close, decision; in every order."""

from __future__ import annotations

from typing import Any

import pytest

from services.review.sessions.models import Sitting
from shared.testing.harness import Harness
from tests.integration.review.session_support import OPENS_ON, Council

SECOND = {"call": 2, "called_on": "2024-02-09"}
FEW = {"votes_for": 3, "votes_against": 0, "abstentions": 0, "president": "for"}
THIRD_DAY = "2024-02-16"


@pytest.fixture
def council(harness_on: Any, database_kind: str) -> Council:
    """A council of 35 on either database."""
    review: Harness = harness_on("review", database_kind)
    return Council(review)


def failed_once(council: Council) -> tuple[str, str]:
    """A session whose first call failed, and its item."""
    session, item = council.convened()
    council.today(OPENS_ON)
    council.done(f"/sessions/{session}/sittings", {"call": 1, "present": 17})
    return session, item


def failed_twice(council: Council) -> tuple[str, str]:
    """A session whose second call failed on 12 February 2024, and its item."""
    session, item = failed_once(council)
    council.today("2024-02-12")
    council.done(f"/sessions/{session}/sittings", {**SECOND, "present": 3})
    return session, item


def finished(council: Council, session: str, item: str, votes: dict[str, Any]) -> None:
    """Vote and close; the decision stands in the register."""
    council.done(f"/items/{item}/vote", votes)
    closed = council.done(f"/sessions/{session}/closing")
    assert closed["state"] == "closed"
    assert [one["number"] for one in council.decisions()] == ["2024/1"]


def test_a_second_call_with_its_quorum_leads_to_a_decision(council: Council) -> None:
    session, item = failed_once(council)
    council.today("2024-02-12")

    sitting = council.done(f"/sessions/{session}/sittings", {**SECOND, "present": 18})

    assert (sitting["state"], sitting["needed"]) == ("quorum_met", 18)
    finished(council, session, item, {**FEW, "votes_for": 18})


def test_a_third_meeting_of_three_leads_to_a_decision(council: Council) -> None:
    session, item = failed_twice(council)
    early = council.post(f"/items/{item}/vote", FEW)
    council.today(THIRD_DAY)

    council.done(f"/sessions/{session}/sittings", {"call": 3, "present": 3})

    assert early.status_code == 409
    finished(council, session, item, FEW)
    states = [one.state for one in council.review.rows(Sitting)]
    assert states == ["quorum_failed", "quorum_failed", "ended"]


def test_the_votes_are_held_to_the_sitting_that_opened_the_session(council: Council) -> None:
    session, item = failed_twice(council)
    council.today(THIRD_DAY)
    council.done(f"/sessions/{session}/sittings", {"call": 3, "present": 3})

    answer = council.post(f"/items/{item}/vote", {**FEW, "votes_for": 17})

    assert (answer.status_code, answer.json["article"]) == (409, "113-14, 43")


@pytest.mark.parametrize("call", [2, 3])
def test_no_call_follows_one_that_met_its_quorum(council: Council, call: int) -> None:
    session, _ = council.opened()
    council.today("2024-02-16")
    body = {**SECOND, "call": call, "present": 35}

    answer = council.post(f"/sessions/{session}/sittings", body)

    assert answer.status_code == 409
    assert len(council.review.emitted("session.opened.v1")) == 1


def test_a_third_call_before_the_second_and_a_second_after_the_third_are_refused(
    council: Council,
) -> None:
    session, _ = failed_once(council)
    path = f"/sessions/{session}/sittings"
    council.today("2024-02-12")
    too_soon = council.post(path, {"call": 3, "present": 3})
    council.done(path, {**SECOND, "present": 3})
    council.today(THIRD_DAY)
    council.done(path, {"call": 3, "present": 3})

    too_late = council.post(path, {**SECOND, "present": 30})

    assert (too_soon.status_code, too_late.status_code) == (409, 409)
    assert too_soon.json["article"] == "113-14, 42"


def test_a_session_is_not_postponed_once_its_third_meeting_opened_it(council: Council) -> None:
    session, _ = failed_twice(council)
    council.today(THIRD_DAY)
    council.done(f"/sessions/{session}/sittings", {"call": 3, "present": 1})

    answer = council.post(f"/sessions/{session}/postponement", {"reason": "no-quorum"})

    assert answer.status_code == 409


def test_a_postponed_session_takes_no_further_call(council: Council) -> None:
    session, _ = failed_once(council)
    council.done(f"/sessions/{session}/postponement", {"reason": "no-quorum"})
    council.today("2024-02-12")

    answer = council.post(f"/sessions/{session}/sittings", {**SECOND, "present": 35})

    assert answer.status_code == 409
