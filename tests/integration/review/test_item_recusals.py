"""Recusal on one item: it lowers the item's members and votes, never the quorum at the opening."""

from __future__ import annotations

from typing import Any

import pytest

from services.review.control.models import Decision
from services.review.sessions.models import Recusal, Sitting
from shared.testing.harness import Harness, person
from tests.integration.review.opinion_support import VOTE_DAY, VOTES, VotingDesk


@pytest.fixture
def desk(harness_on: Any, database_kind: str) -> VotingDesk:
    """A council with offices, on either database."""
    harness: Harness = harness_on("review", database_kind)
    return VotingDesk(harness)


def test_a_vote_larger_than_the_members_left_is_refused(desk: VotingDesk) -> None:
    item = desk.before_vote(desk.referred())
    desk.done(f"/items/{item}/recusals", {"person": person("plain")})

    whole = desk.vote(item)
    rest = desk.vote(item, votes_for=4)

    assert (whole.status_code, whole.json["article"]) == (409, "113-14, 43")
    assert rest.status_code == 200
    event = desk.review.emitted("item.deliberated.v1")[0]
    assert event.data.what["recused"] == 1
    (sitting,) = desk.review.rows(Sitting)
    assert (sitting.present, sitting.in_office, sitting.needed) == (5, 5, 3)


def test_a_recusal_by_number_is_shown_on_the_agenda(desk: VotingDesk) -> None:
    session, item = desk.on_agenda(desk.referred())

    made = desk.done(f"/items/{item}/recusals", {"count": 2})

    assert (made["count"], made["person"]) == (2, None)
    told = desk.review.emitted()[-1]
    assert (told.type, told.subject) == ("item.recusal_declared.v1", f"item/{item}")
    assert told.data.what == {"person": None, "members": 2}
    (shown,) = desk.get(f"/sessions/{session}").json["items"]
    assert shown["recused"] == 2


def test_the_majority_of_members_in_office_is_counted_without_the_recused(
    desk: VotingDesk,
) -> None:
    desk.today("2024-01-15")
    session = desk.planned()
    body = {"subject": {"fr": "Programme d'action"}, "basis": "members-in-office"}
    item = desk.done(f"/sessions/{session}/items", body)["id"]
    desk.done(f"/sessions/{session}/call", who="chief")
    desk.today("2024-01-25")
    desk.done(f"/sessions/{session}/convening", who="chief")
    desk.today(VOTE_DAY)
    desk.done(f"/sessions/{session}/sittings", {"call": 1, "present": 5})
    desk.done(f"/items/{item}/recusals", {"count": 2})
    votes = {"votes_for": 2, "votes_against": 1, "abstentions": 0, "president": "for"}

    voted = desk.done(f"/items/{item}/vote", votes)

    assert voted["state"] == "deliberated"
    assert desk.review.emitted("item.deliberated.v1")[0].data.what["needed"] == 2
    (shown,) = desk.get(f"/sessions/{session}").json["items"]
    said = shown["calculations"][-1]["explanation"]
    for part in ("Membres en exercice : 5", "sans prendre part à ce point : 2", "comptés : 3"):
        assert part in said["fr"]
    assert "Members in office: 5; taking no part in this item: 2; counted: 3." in said["en"]


def test_after_the_vote_nobody_is_recused(desk: VotingDesk) -> None:
    item = desk.before_vote(desk.referred())
    desk.done(f"/items/{item}/vote", VOTES)

    answer = desk.post(f"/items/{item}/recusals", {"count": 1})

    assert (answer.status_code, answer.json["article"]) == (409, "113-14, 65")
    assert desk.review.rows(Recusal) == []


def test_a_recusal_of_a_later_day_does_not_touch_a_vote_of_an_earlier_one(
    desk: VotingDesk,
) -> None:
    item = desk.before_vote(desk.referred())
    desk.today("2024-02-07")
    desk.done(f"/items/{item}/recusals", {"count": 1})

    voted = desk.vote(item, acted_on=VOTE_DAY, late_reason="oubli")

    assert voted.status_code == 200


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"person": person("stranger")}, 422),
        ({"count": 6}, 422),
        ({"count": 0}, 422),
        ({}, 422),
        ({"count": 1, "person": person("plain")}, 422),
        ({"count": 1, "acted_on": "2024-02-07"}, 422),
        ({"count": 1, "acted_on": "2024-02-01"}, 422),
    ],
)
def test_a_recusal_that_cannot_be_is_refused(
    desk: VotingDesk, body: dict[str, Any], status: int
) -> None:
    item = desk.before_vote(desk.referred())

    assert desk.post(f"/items/{item}/recusals", body).status_code == status
    assert desk.review.rows(Recusal) == []


def test_a_member_is_recused_once(desk: VotingDesk) -> None:
    item = desk.before_vote(desk.referred())
    body = {"person": person("plain")}

    desk.done(f"/items/{item}/recusals", body)
    again = desk.post(f"/items/{item}/recusals", body)

    assert again.status_code == 409
    assert len(desk.review.rows(Recusal)) == 1


def test_a_recused_president_breaks_no_tie(desk: VotingDesk) -> None:
    item = desk.before_vote(desk.referred())
    desk.done(f"/items/{item}/recusals", {"person": person("chief")})
    tie = {"votes_for": 2, "votes_against": 2}

    refused = desk.vote(item, **tie)
    voted = desk.vote(item, **tie, president=None)

    assert (refused.status_code, refused.json["errors"][0]["field"]) == (422, "president")
    assert voted.status_code == 200
    assert [one.state for one in desk.review.rows(Decision)] == ["rejected"]
