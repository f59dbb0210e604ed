"""The opening of a session: three calls, the quorum of each, and the days between them."""

from __future__ import annotations

from typing import Any

import pytest

from services.review.sessions.models import CouncilSession, Sitting
from shared.testing.harness import Harness
from tests.integration.review.session_support import OPENS_ON, Council


@pytest.fixture
def council(harness_on: Any, database_kind: str) -> Council:
    """A council of 35 on either database."""
    review: Harness = harness_on("review", database_kind)
    return Council(review)


def test_the_session_opens_with_eighteen_of_thirty_five(council: Council) -> None:
    session, _ = council.convened()
    council.today(OPENS_ON)

    sitting = council.done(f"/sessions/{session}/sittings", {"call": 1, "present": 18})

    assert (sitting["state"], sitting["needed"], sitting["in_office"]) == ("quorum_met", 18, 35)
    assert council.types()[-2:] == ["sitting.quorum_met.v1", "session.opened.v1"]
    opened = council.review.emitted("session.opened.v1")[0]
    assert opened.data.what == {"sitting": sitting["id"]}
    assert opened.data.after["state"] == "opened"


def test_a_session_opens_only_once_its_members_were_convened(council: Council) -> None:
    session = council.planned()
    council.item(session)
    council.done(f"/sessions/{session}/call")
    council.today(OPENS_ON)

    answer = council.post(f"/sessions/{session}/sittings", {"call": 1, "present": 35})

    assert answer.status_code == 409
    assert answer.json["article"] == "113-14, 35"
    assert council.review.rows(Sitting) == []
    assert council.review.rows(CouncilSession)[0].state == "called"


def test_more_members_than_are_in_office_cannot_be_present(council: Council) -> None:
    session, _ = council.convened()
    council.today(OPENS_ON)

    answer = council.post(f"/sessions/{session}/sittings", {"call": 1, "present": 36})

    assert answer.status_code == 422
    assert answer.json["errors"][0]["field"] == "present"
    assert council.review.rows(Sitting) == []


def test_the_first_sitting_is_held_on_the_opening_day_and_not_in_the_future(
    council: Council,
) -> None:
    session, _ = council.convened()
    path, body = f"/sessions/{session}/sittings", {"call": 1, "present": 27}

    before = council.post(path, {**body, "held_on": OPENS_ON})
    council.today("2024-02-07")
    after = council.post(path, body)

    assert (before.status_code, before.json["errors"][0]["field"]) == (422, "held_on")
    assert (after.status_code, after.json["article"]) == (409, "113-14, 42")


def test_a_failed_quorum_leaves_the_session_convened_and_says_what_follows(
    council: Council,
) -> None:
    session, item = council.convened()
    council.today(OPENS_ON)

    sitting = council.done(f"/sessions/{session}/sittings", {"call": 1, "present": 17})

    shown = council.get(f"/sessions/{session}").json
    assert (sitting["state"], shown["state"]) == ("quorum_failed", "convened")
    assert shown["next_call"]["call"] == 2
    assert shown["next_call"]["called_from"] == "2024-02-09"
    assert shown["next_call"]["called_until"] == "2024-02-11"
    vote = {"votes_for": 17, "votes_against": 0, "abstentions": 0}
    assert council.post(f"/items/{item}/vote", vote).status_code == 409


def test_the_president_extends_an_ordinary_session_once_and_within_the_law(
    council: Council,
) -> None:
    session, item = council.opened()
    path = f"/sessions/{session}/extension"
    council.today("2024-02-20")

    before = council.get(f"/sessions/{session}").json["allowed"]
    too_long = council.post(path, {"until": "2024-03-01", "reason": "Ordre du jour"})
    extended = council.done(path, {"until": "2024-02-29", "reason": "Ordre du jour"})
    again = council.post(path, {"until": "2024-02-29", "reason": "Encore"})
    council.today("2024-02-29")
    council.done(f"/items/{item}/vote", {"votes_for": 20, "votes_against": 0, "abstentions": 0})

    assert (too_long.status_code, too_long.json["article"]) == (409, "113-14 art 34")
    assert "2024" in too_long.json["detail"]
    assert extended["extended_until"] == "2024-02-29"
    assert "extend" in before
    assert "extend" not in council.get(f"/sessions/{session}").json["allowed"]
    assert (again.status_code, again.json["article"]) == (409, "113-14, 34")
    (told,) = council.review.emitted("session.extended.v1")
    assert told.data.what["governor_told_on"] == "2024-02-20"
    assert told.data.after["extended_until"] == "2024-02-29"


@pytest.mark.parametrize("called_on", ["2024-02-08", "2024-02-12"])
def test_a_second_call_outside_its_window_is_refused(council: Council, called_on: str) -> None:
    session, _ = council.convened()
    council.today(OPENS_ON)
    council.done(f"/sessions/{session}/sittings", {"call": 1, "present": 17})
    council.today("2024-02-13")
    body = {"call": 2, "present": 20, "called_on": called_on}

    answer = council.post(f"/sessions/{session}/sittings", body)

    assert (answer.status_code, answer.json["article"]) == (409, "113-14, 42")


def test_a_second_call_names_the_day_on_which_it_was_sent(council: Council) -> None:
    session, _ = council.convened()
    council.today("2024-02-13")

    answer = council.post(f"/sessions/{session}/sittings", {"call": 2, "present": 20})

    assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, "called_on")


def test_the_third_meeting_opens_with_any_number_on_its_own_day_only(council: Council) -> None:
    session, _ = council.convened()
    path = f"/sessions/{session}/sittings"
    council.today(OPENS_ON)
    council.done(path, {"call": 1, "present": 17})
    council.today("2024-02-12")
    council.done(path, {"call": 2, "present": 3, "called_on": "2024-02-09"})
    third_day = council.get(f"/sessions/{session}").json["next_call"]["held_on"]
    council.today("2024-02-15")
    early = council.post(path, {"call": 3, "present": 3})
    council.today(third_day)

    sitting = council.done(path, {"call": 3, "present": 3})

    assert third_day == "2024-02-16"
    assert early.status_code == 409
    assert (sitting["state"], sitting["needed"]) == ("quorum_met", 1)
    assert council.review.rows(CouncilSession)[0].state == "opened"


def test_calls_follow_one_another(council: Council) -> None:
    session, _ = council.convened()
    council.today(OPENS_ON)
    path = f"/sessions/{session}/sittings"

    third = council.post(path, {"call": 3, "present": 3})
    council.done(path, {"call": 1, "present": 17})
    again = council.post(path, {"call": 1, "present": 30})

    assert (third.status_code, again.status_code) == (409, 409)
    assert len(council.review.rows(Sitting)) == 1


def test_an_open_session_is_not_opened_again(council: Council) -> None:
    session, _ = council.opened()

    answer = council.post(f"/sessions/{session}/sittings", {"call": 1, "present": 35})

    assert answer.status_code == 409
    assert len(council.review.emitted("session.opened.v1")) == 1


def test_the_authoritys_own_holiday_moves_the_third_meeting(council: Council) -> None:
    session, _ = council.convened()
    path = f"/sessions/{session}/sittings"
    council.today(OPENS_ON)
    council.done(path, {"call": 1, "present": 17})
    council.today("2024-02-12")
    council.done(path, {"call": 2, "present": 3, "called_on": "2024-02-09"})

    council.today("2024-02-13", holidays=["2024-02-14"])

    assert council.get(f"/sessions/{session}").json["next_call"]["held_on"] == "2024-02-19"


@pytest.mark.parametrize(
    ("valid_from", "third_day"), [("2024-02-12", "2024-02-15"), ("2024-02-13", "2024-02-16")]
)
def test_the_authoritys_reading_of_the_third_meeting_holds_from_its_first_day_on(
    council: Council, valid_from: str, third_day: str
) -> None:
    reading = {"then": "stop", "source": "Règlement intérieur, art 9", "valid_from": valid_from}
    session, _ = council.convened()
    path = f"/sessions/{session}/sittings"
    council.today(OPENS_ON)
    council.done(path, {"call": 1, "present": 17})
    council.today("2024-02-12", local_rules={"third-meeting": reading})

    council.done(path, {"call": 2, "present": 3, "called_on": "2024-02-09"})

    assert council.get(f"/sessions/{session}").json["next_call"]["held_on"] == third_day


def test_closing_needs_an_opening_and_puts_back_what_was_not_voted_on(council: Council) -> None:
    convened, _ = council.convened()
    early = council.post(f"/sessions/{convened}/closing")
    council.today(OPENS_ON)
    council.done(f"/sessions/{convened}/sittings", {"call": 1, "present": 27})

    closed = council.done(f"/sessions/{convened}/closing")

    assert early.status_code == 409
    assert (closed["state"], closed["closed_on"]) == ("closed", OPENS_ON)
    assert council.types()[-2:] == ["item.postponed.v1", "session.closed.v1"]


def test_an_ordinary_session_does_not_outlast_its_days(council: Council) -> None:
    session, item = council.opened()
    vote = {"votes_for": 20, "votes_against": 0, "abstentions": 0}

    council.today("2024-02-21")
    late_vote = council.post(f"/items/{item}/vote", vote)
    late_close = council.post(f"/sessions/{session}/closing")
    in_time = {"acted_on": "2024-02-20", "late_reason": "oubli"}

    assert (late_vote.status_code, late_vote.json["article"]) == (409, "113-14, 34")
    assert late_close.status_code == 409
    council.done(f"/sessions/{session}/closing", in_time)
