"""A session that the governor asks for: ten days, three days, two calls (article 37)."""

from __future__ import annotations

from typing import Any

import pytest

from services.review.sessions.models import CouncilSession, Sitting
from shared.testing.harness import Harness
from tests.integration.review.session_support import VOTE, Council

ASKED_ON, OPENS_ON = "2024-03-01", "2024-03-08"
"""A Friday, so that the next working day is the Monday after it."""
AGAIN_ON = "2024-03-11"


@pytest.fixture
def council(harness_on: Any, database_kind: str) -> Council:
    """A council of 35 on either database."""
    review: Harness = harness_on("review", database_kind)
    return Council(review)


def asked(council: Council, *, opens_on: str = OPENS_ON) -> Any:
    """Try to plan the session that the governor asked for on 1 March."""
    council.today(ASKED_ON)
    body = {"session_kind": "extraordinary", "called_by": "governor", "opens_on": opens_on}
    return council.post("/sessions", {**body, "requested_on": ASKED_ON})


def convened(council: Council, *, on: str = "2024-03-05") -> tuple[str, str]:
    """The session with its members convened, and its one item."""
    session = str(asked(council).json["id"])
    item = council.item(session)
    council.done(f"/sessions/{session}/call")
    council.today(on)
    council.done(f"/sessions/{session}/convening")
    return session, item


@pytest.mark.parametrize(("opens_on", "status"), [("2024-03-11", 201), ("2024-03-12", 422)])
def test_it_is_held_within_ten_days(council: Council, opens_on: str, status: int) -> None:
    answer = asked(council, opens_on=opens_on)

    assert answer.status_code == status
    if status == 422:
        assert "37" in answer.text


def test_the_notice_goes_out_three_days_before(council: Council) -> None:
    session = str(asked(council).json["id"])
    council.item(session)
    council.done(f"/sessions/{session}/call")
    council.today("2024-03-06")

    late = council.post(f"/sessions/{session}/convening")
    in_time = council.get(f"/sessions/{session}").json["notice_to_members_latest"]

    assert (late.status_code, in_time) == (409, "2024-03-05")
    assert "37" in late.json["article"]


def test_more_than_half_open_it_under_article_37(council: Council) -> None:
    session, _ = convened(council)
    council.today(OPENS_ON)

    met = council.done(f"/sessions/{session}/sittings", {"call": 1, "present": 18})

    assert (met["state"], met["needed"], met["article"]) == ("quorum_met", 18, "113-14 art 37")
    assert council.get(f"/sessions/{session}").json["quorum"]["article"] == "113-14 art 37"


def test_without_its_quorum_it_meets_the_next_working_day_with_any_number(
    council: Council,
) -> None:
    session, item = convened(council)
    council.today(OPENS_ON)
    failed = council.done(f"/sessions/{session}/sittings", {"call": 1, "present": 17})
    next_call = council.get(f"/sessions/{session}").json["next_call"]
    council.today(AGAIN_ON)

    met = council.done(f"/sessions/{session}/sittings", {"call": 2, "present": 2})
    council.done(
        f"/items/{item}/vote", {**VOTE, "votes_for": 2, "votes_against": 0, "abstentions": 0}
    )

    assert failed["state"] == "quorum_failed"
    assert (next_call["call"], next_call["held_on"], next_call["article"]) == (
        2,
        AGAIN_ON,
        "113-14 art 37",
    )
    assert (met["state"], met["needed"], met["calculation"]["fr"] != "") == ("quorum_met", 1, True)
    assert council.review.rows(CouncilSession)[0].state == "opened"


@pytest.mark.parametrize("day", ["2024-03-08", "2024-03-12"])
def test_the_second_meeting_has_its_day(council: Council, day: str) -> None:
    session, _ = convened(council)
    council.today(OPENS_ON)
    council.done(f"/sessions/{session}/sittings", {"call": 1, "present": 17})
    council.today(day)

    answer = council.post(f"/sessions/{session}/sittings", {"call": 2, "present": 20})

    assert (answer.status_code, answer.json["article"]) == (409, "113-14, 37")
    assert len(council.review.rows(Sitting)) == 1


def test_there_is_no_third_call(council: Council) -> None:
    session, _ = convened(council)
    council.today(OPENS_ON)
    council.done(f"/sessions/{session}/sittings", {"call": 1, "present": 17})
    council.today(AGAIN_ON)
    council.done(f"/sessions/{session}/sittings", {"call": 2, "present": 0})
    council.today("2024-03-12")

    answer = council.post(f"/sessions/{session}/roll", {"held_on": "2024-03-12"})

    assert (answer.status_code, answer.json["article"]) == (409, "113-14, 37")
    assert council.get(f"/sessions/{session}").json["next_call"] is None


def test_the_presidents_extraordinary_session_keeps_the_three_calls(council: Council) -> None:
    council.today("2024-02-01")
    body = {"session_kind": "extraordinary", "called_by": "president", "opens_on": OPENS_ON}
    session = str(council.done("/sessions", body)["id"])
    council.item(session)
    council.done(f"/sessions/{session}/call")
    council.today("2024-02-20")
    council.done(f"/sessions/{session}/convening")
    council.today(OPENS_ON)

    failed = council.done(f"/sessions/{session}/sittings", {"call": 1, "present": 17})

    assert failed["article"] == "113-14 art 42"
    next_call = council.get(f"/sessions/{session}").json["next_call"]
    assert (next_call["called_from"], next_call["held_on"]) == ("2024-03-11", None)
