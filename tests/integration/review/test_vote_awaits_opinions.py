"""A mandatory opinion that is awaited holds the vote; what ends the wait, in every order."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.review.cases.queries import holding
from services.review.control.models import Decision
from services.review.sessions.models import Item
from shared.testing.harness import AUTHORITY, Harness
from tests.integration.review.opinion_support import VOTE_DAY, VOTES, VotingDesk

WANTED_BY = "2024-02-20"
REASON = {"without_opinion_reason": "L'instance n'a plus de quorum."}


@pytest.fixture
def desk(harness_on: Any, database_kind: str) -> VotingDesk:
    """A council with offices, on either database."""
    harness: Harness = harness_on("review", database_kind)
    return VotingDesk(harness)


def asked_and_opened(desk: VotingDesk, **asked: Any) -> tuple[str, str, str]:
    """A case, its consultation, and its item in a session that has opened."""
    case = desk.referred()
    said = {"is_mandatory": True, "due_on": WANTED_BY, **asked}
    consultation = desk.asked(case, **said)
    return case, consultation, desk.before_vote(case)


def test_the_vote_waits_and_the_refusal_names_body_and_day(desk: VotingDesk) -> None:
    case, consultation, item = asked_and_opened(desk)

    answer = desk.vote(item)

    assert (answer.status_code, answer.json["code"]) == (409, "rule-refused")
    assert answer.json["article"] == "113-14, 120"
    assert all(word in answer.json["detail"] for word in ("Instance", "20", "2024"))
    assert desk.review.rows(Decision) == []
    with desk.review.context.database.read(AUTHORITY) as session:
        assert [str(one.id) for one in holding(session, desk.case(case).id)] == [consultation]


def test_an_opinion_that_is_not_mandatory_holds_nothing(desk: VotingDesk) -> None:
    _, _, item = asked_and_opened(desk, is_mandatory=False)

    assert desk.vote(item).status_code == 200


def test_before_the_opening_the_quorum_is_what_forbids_the_vote(desk: VotingDesk) -> None:
    case = desk.referred()
    desk.asked(case, is_mandatory=True, due_on=WANTED_BY)
    _, item = desk.on_agenda(case)

    answer = desk.vote(item)

    assert (answer.status_code, answer.json["article"]) == (409, "113-14, 42")


def test_the_president_goes_on_with_a_reason_that_is_kept_inside(desk: VotingDesk) -> None:
    _, consultation, item = asked_and_opened(desk)

    desk.done(f"/items/{item}/vote", {**VOTES, **REASON})

    (row,) = desk.review.rows(Item)
    assert row.without_opinion_reason == REASON["without_opinion_reason"]
    event = desk.review.emitted("item.deliberated.v1")[0]
    assert event.data.what["without_opinions"] == [consultation]
    assert REASON["without_opinion_reason"] not in str(event.data)
    assert desk.types("decision") == ["adopted"]


def test_a_lapse_frees_the_item(desk: VotingDesk) -> None:
    _, _, item = asked_and_opened(desk, due_on="2024-02-06")
    held = desk.vote(item)
    desk.today("2024-02-07")
    desk.fire_timers()

    assert (held.status_code, desk.vote(item).status_code) == (409, 200)


def test_a_lapse_after_its_day_does_not_free_a_vote_of_that_day(desk: VotingDesk) -> None:
    _, _, item = asked_and_opened(desk, due_on="2024-02-06")
    desk.today("2024-02-08")
    desk.fire_timers()
    late = {"acted_on": VOTE_DAY, "late_reason": "oubli"}

    assert desk.vote(item, **late).status_code == 409
    assert desk.vote(item, **late, **REASON).status_code == 200


def test_a_cancelled_request_holds_nothing_but_its_case_is_over(desk: VotingDesk) -> None:
    case, _, item = asked_and_opened(desk)
    desk.done(f"/cases/{case}/withdrawal")

    answer = desk.vote(item)

    assert desk.types("consultation") == ["requested", "cancelled"]
    assert (answer.status_code, answer.json["code"]) == (409, "illegal-step")


def test_a_reason_without_an_awaited_opinion_is_refused(desk: VotingDesk) -> None:
    item = desk.before_vote(desk.referred())

    answer = desk.vote(item, **REASON)

    assert (answer.status_code, answer.json["article"]) == (409, "113-14, 120")


def test_an_opinion_asked_after_the_day_of_the_vote_did_not_hold_it(desk: VotingDesk) -> None:
    case = desk.referred()
    item = desk.before_vote(case)
    desk.today("2024-02-07")
    desk.asked(case, is_mandatory=True, due_on=WANTED_BY)
    today = desk.vote(item)

    late = desk.vote(item, acted_on=VOTE_DAY, late_reason="oubli")

    assert (today.status_code, late.status_code) == (409, 200)


def test_an_opinion_that_comes_after_the_vote_changes_nothing(desk: VotingDesk) -> None:
    case, consultation, item = asked_and_opened(desk)
    desk.done(f"/items/{item}/vote", {**VOTES, **REASON})

    desk.submitted(on=date(2024, 2, 6), case=case, consultation=consultation)

    assert desk.types("consultation") == ["requested"]
    assert desk.types("decision") == ["adopted"]
