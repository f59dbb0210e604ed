"""The vote on an item makes a decision: once, with the majority of the law, in one transaction."""

from __future__ import annotations

from typing import Any

import pytest

from services.review.control.models import Decision
from shared.testing.harness import Harness
from tests.integration.review.session_support import OPENS_ON, VOTE, Council


@pytest.fixture
def council(harness_on: Any, database_kind: str) -> Council:
    """A council of 35 on either database."""
    review: Harness = harness_on("review", database_kind)
    return Council(review)


def test_both_items_of_taroudant_are_adopted_and_numbered_without_a_gap(
    council: Council,
) -> None:
    cases = [council.accepted_petition(name) for name in ("one", "two")]
    council.today("2024-01-15")
    session = council.planned()
    items = [council.item(session, case=case) for case in cases]
    council.done(f"/sessions/{session}/call")
    council.today("2024-01-25")
    council.done(f"/sessions/{session}/convening")
    council.today(OPENS_ON)
    council.done(f"/sessions/{session}/sittings", {"call": 1, "present": 27})
    for item in items:
        council.taken_up(item)

    council.done(f"/items/{items[0]}/vote", VOTE)
    council.done(f"/items/{items[1]}/vote", {"votes_for": 27, "votes_against": 0, "abstentions": 0})

    assert council.types()[-4:] == ["item.deliberated.v1", "decision.adopted.v1"] * 2
    what = council.review.emitted("item.deliberated.v1")[0].data.what
    assert (what["adopted"], what["needed"], what["tie_broken"]) == (True, 13, False)
    decisions = council.review.emitted("decision.adopted.v1")
    assert [event.data.after["number"] for event in decisions] == ["2024/1", "2024/2"]
    assert [event.data.after["case"] for event in decisions] == cases
    assert {event.data.acted_on.isoformat() for event in decisions} == {OPENS_ON}


def test_there_is_no_vote_before_the_quorum(council: Council) -> None:
    _, item = council.convened()
    council.today(OPENS_ON)

    answer = council.post(f"/items/{item}/vote", VOTE)

    assert (answer.status_code, answer.json["article"]) == (409, "113-14, 42")
    assert council.review.rows(Decision) == []


def test_an_item_is_voted_on_once(council: Council) -> None:
    _, item = council.opened()
    council.done(f"/items/{item}/vote", VOTE)

    again = council.post(f"/items/{item}/vote", VOTE)

    assert (again.status_code, again.json["code"]) == (409, "illegal-step")
    assert len(council.review.rows(Decision)) == 1


def test_more_votes_than_members_present_are_refused(council: Council) -> None:
    _, item = council.opened()

    answer = council.post(
        f"/items/{item}/vote", {"votes_for": 28, "votes_against": 0, "abstentions": 0}
    )

    assert (answer.status_code, answer.json["article"]) == (409, "113-14, 43")


@pytest.mark.parametrize(
    ("president", "adopted"), [("for", True), ("against", False), (None, False)]
)
def test_at_a_tie_the_presidents_side_prevails(
    council: Council, president: str | None, adopted: bool
) -> None:
    _, item = council.opened()
    votes = {"votes_for": 10, "votes_against": 10, "abstentions": 7, "president": president}

    council.done(f"/items/{item}/vote", votes)

    expected = "decision.adopted.v1" if adopted else "decision.rejected.v1"
    assert council.types()[-1] == expected
    tie_broken = council.review.emitted("item.deliberated.v1")[0].data.what["tie_broken"]
    assert tie_broken == (president is not None)


def test_a_president_cannot_be_on_a_side_without_votes(council: Council) -> None:
    _, item = council.opened()

    answer = council.post(
        f"/items/{item}/vote",
        {"votes_for": 27, "votes_against": 0, "abstentions": 0, "president": "against"},
    )

    assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, "president")


def test_what_misses_the_majority_of_members_in_office_is_voted_again_later(
    council: Council,
) -> None:
    council.today("2024-01-15")
    session = council.planned()
    subject = {"fr": "Programme d'action", "original": "fr"}
    item = council.item(session, subject=subject, basis="members-in-office")
    council.done(f"/sessions/{session}/call")
    council.today("2024-01-25")
    council.done(f"/sessions/{session}/convening")
    council.today(OPENS_ON)
    council.done(f"/sessions/{session}/sittings", {"call": 1, "present": 27})
    votes = {"votes_for": 17, "votes_against": 3, "abstentions": 0}

    held = council.done(f"/items/{item}/vote", votes)
    same_day = council.post(f"/items/{item}/vote", votes)
    council.today("2024-02-07")
    same_sitting = council.post(f"/items/{item}/vote", votes)
    (opening,) = council.get(f"/sessions/{session}").json["sittings"]
    council.done(f"/sittings/{opening['id']}/ending")
    council.done(f"/sessions/{session}/sittings", {"call": 0, "present": 25})
    voted = council.done(f"/items/{item}/vote", votes)

    assert (held["state"], held["basis"]) == ("scheduled", "votes-cast")
    assert same_day.status_code == 409
    assert (same_sitting.status_code, same_sitting.json["article"]) == (409, "113-14, 43")
    counted = [(one["round"], one["sitting"], one["needed"]) for one in voted["calculations"]]
    assert counted == [(1, 1, 18), (2, 2, 11)]
    assert all(one["explanation"]["ar"] for one in voted["calculations"])
    assert voted["state"] == "deliberated"
    reasons = [event.data.what for event in council.review.emitted("item.postponed.v1")]
    assert [(one["reason"], one["count"]["votes_for"]) for one in reasons] == [
        ("second-sitting", 17)
    ]
    assert council.types()[-1] == "decision.adopted.v1"


def test_a_refused_vote_takes_no_number(council: Council) -> None:
    session, item = council.opened()
    council.post(f"/items/{item}/vote", {**VOTE, "votes_for": 30})

    council.done(f"/items/{item}/vote", VOTE)

    assert [one["number"] for one in council.decisions()] == ["2024/1"]
    shown = council.get(f"/sessions/{session}").json
    assert [one["number"] for one in shown["decisions"]] == ["2024/1"]


@pytest.mark.parametrize("votes_for", [-1, 1.5, "many", None])
def test_a_count_is_a_whole_number(council: Council, votes_for: Any) -> None:
    _, item = council.opened()

    answer = council.post(f"/items/{item}/vote", {**VOTE, "votes_for": votes_for})

    assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, "votes_for")


def test_what_states_show_is_what_the_last_event_said(council: Council) -> None:
    council.transmitted()
    last = {event.subject: event for event in council.review.emitted()}

    for kind in ("session", "sitting", "item", "decision"):
        answer = council.public(f"/states?kind={kind}", role="service", client="service:audit")
        for shown in answer.json["states"]:
            event = last[shown["subject"]]
            assert (shown["sequence"], shown["state"]) == (event.sequence, event.data.after)
