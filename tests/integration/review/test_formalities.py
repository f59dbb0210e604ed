"""Decisions posted and minutes given: recorded once, after the close, with the legal day."""

from __future__ import annotations

from typing import Any

import pytest

from shared.testing.harness import Harness
from tests.integration.review.session_support import OPENS_ON, VOTE, Council


@pytest.fixture
def council(harness_on: Any, database_kind: str) -> Council:
    """A council of 35 on either database."""
    review: Harness = harness_on("review", database_kind)
    return Council(review)


def test_before_the_close_nothing_is_posted_and_no_minutes_are_given(council: Council) -> None:
    session, item = council.opened()
    council.done(f"/items/{item}/vote", VOTE)
    decision = council.decisions()[0]["id"]

    answers = [
        council.post(f"/decisions/{decision}/posting"),
        council.post(f"/sessions/{session}/minutes"),
    ]

    assert [one.status_code for one in answers] == [409, 409]
    assert {one.json["article"] for one in answers} == {"113-14, 273"}
    assert council.get(f"/sessions/{session}").json["minutes"]["term"] is None


def test_both_show_their_legal_day_and_are_recorded_once(council: Council) -> None:
    decision = council.adopted()
    session = council.get(f"/decisions/{decision}").json["session"]
    events = council.types()
    council.today("2024-02-12")

    council.done(f"/decisions/{decision}/posting")
    council.done(f"/sessions/{session}/minutes")
    again = council.post(f"/decisions/{decision}/posting")

    posting = council.get(f"/decisions/{decision}").json["posting"]
    minutes = council.get(f"/sessions/{session}").json["minutes"]
    assert (posting["term"]["due_on"], minutes["term"]["due_on"]) == ("2024-02-14", "2024-02-21")
    assert (posting["done_on"], posting["is_late"]) == ("2024-02-12", False)
    assert minutes["done_on"] == "2024-02-12"
    assert again.status_code == 409
    assert council.types() == events


def test_what_is_not_done_or_done_after_its_day_is_late(council: Council) -> None:
    decision = council.adopted()
    council.today("2024-02-15")
    waiting = council.get(f"/decisions/{decision}").json["posting"]

    council.done(f"/decisions/{decision}/posting")

    done = council.get(f"/decisions/{decision}").json["posting"]
    assert (waiting["done_on"], waiting["is_late"]) == (None, True)
    assert (done["done_on"], done["is_late"]) == ("2024-02-15", True)


@pytest.mark.parametrize("acted_on", ["2024-02-05", "2024-03-01"])
def test_neither_is_dated_before_the_close_nor_after_today(council: Council, acted_on: str) -> None:
    decision = council.adopted()
    council.today("2024-02-12")
    body = {"acted_on": acted_on, "late_reason": "oubli"}

    answer = council.post(f"/decisions/{decision}/posting", body)

    assert answer.status_code in {409, 422}
    assert council.get(f"/decisions/{decision}").json["posting"]["done_on"] is None


def test_an_earlier_day_comes_with_its_reason(council: Council) -> None:
    decision = council.adopted()
    council.today("2024-02-12")

    answer = council.post(f"/decisions/{decision}/posting", {"acted_on": OPENS_ON})

    assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, "late_reason")
