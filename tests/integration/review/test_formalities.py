"""Decisions posted and minutes given: recorded once, after the close, with the legal day.

Each is a step of its subject with one event; those of releases before that are told afterwards.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.review.control.models import CouncilFormality
from shared.clock import now
from shared.testing.harness import AUTHORITY, Harness, person
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
    assert council.types()[len(events) :] == ["decision.posted.v1", "session.minutes_given.v1"]


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


def test_a_duty_is_a_step_of_its_subject_that_names_nobody(council: Council) -> None:
    decision = council.adopted()
    session = council.get(f"/decisions/{decision}").json["session"]
    council.today("2024-02-12")
    late = {"acted_on": "2024-02-09", "late_reason": "Dossier retrouvé."}

    council.done(f"/decisions/{decision}/posting", late)
    council.done(f"/sessions/{session}/minutes")

    posted, given = council.review.emitted()[-2:]
    assert posted.subject == f"decision/{decision}"
    assert (posted.data.from_, posted.data.to, posted.data.trigger) == ("adopted",) * 2 + ("post",)
    assert posted.data.acted_on == date(2024, 2, 9)
    assert posted.data.what == {"due_on": "2024-02-14", "recorded_by": None}
    assert given.subject == f"session/{session}"
    assert given.data.what == {"due_on": "2024-02-21", "recorded_by": None}
    rows = {row.formality: row for row in council.review.rows(CouncilFormality)}
    assert rows["posting"].event_sequence == posted.sequence
    assert rows["posting"].late_reason == "Dossier retrouvé."


def test_what_a_release_before_recorded_without_an_event_is_told_once(council: Council) -> None:
    decision = council.adopted()
    session = council.get(f"/decisions/{decision}").json["session"]
    old = {"authority": AUTHORITY, "recorded_by": person("clerk"), "recorded_at": now()}
    for subject, formality, on in (
        (f"decision/{decision}", "posting", date(2024, 2, 9)),
        (f"session/{session}", "minutes-to-members", date(2024, 2, 12)),
        (f"session/{session}", "minutes-adoption", date(2024, 5, 7)),
        (f"session/{session}", "follow-up-report", date(2024, 2, 6)),
    ):
        row = CouncilFormality(subject=subject, formality=formality, done_on=on, **old)
        council.add(row)
    council.today("2024-05-08")
    told = len(council.review.emitted())

    for _ in range(2):
        council.fire_timers()

    new = {one.type: one for one in council.review.emitted()[told:]}
    types = ("decision.posted", "session.follow_ups_reported", "session.minutes_adopted")
    assert {f"{one}.v1" for one in (*types, "session.minutes_given")} <= set(new)
    assert len(council.review.emitted()) == told + len(new)
    posted = new["decision.posted.v1"]
    assert (posted.data.acted_on, posted.actorrole) == (date(2024, 2, 9), "service")
    assert posted.data.what == {"due_on": "2024-02-14", "recorded_by": person("clerk")}
    assert all(row.event_sequence for row in council.review.rows(CouncilFormality))
