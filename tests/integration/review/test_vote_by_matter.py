"""The majority follows from the matter of an item, and is said with the vote it decided."""

from __future__ import annotations

from typing import Any

import pytest

from services.review.control.models import Decision
from services.review.sessions.models import Item
from shared.testing.harness import Harness
from tests.integration.review.session_support import OPENS_ON, Council

SUBJECT = {"fr": "Une matière de la loi", "original": "fr"}
SEVENTEEN = {"votes_for": 17, "votes_against": 3, "abstentions": 0}


@pytest.fixture
def council(harness_on: Any, database_kind: str) -> Council:
    """A council of 35 on either database."""
    review: Harness = harness_on("review", database_kind)
    return Council(review)


def before_the_council(council: Council, **item: Any) -> tuple[str, str]:
    """A session that opened with 27 of 35 present, and its one item."""
    council.today("2024-01-15")
    session = council.planned()
    item_id = council.item(session, subject=SUBJECT, **item)
    council.done(f"/sessions/{session}/call")
    council.today("2024-01-25")
    council.done(f"/sessions/{session}/convening")
    council.today(OPENS_ON)
    council.done(f"/sessions/{session}/sittings", {"call": 1, "present": 27})
    return session, item_id


@pytest.mark.parametrize(
    ("matter", "basis"),
    [
        (None, "votes-cast"),
        ("action-programme", "members-in-office"),
        ("president-removal", "three-quarters"),
    ],
)
def test_an_item_has_the_majority_of_its_matter(
    council: Council, matter: str | None, basis: str
) -> None:
    council.today("2024-01-15")
    session = council.planned()

    item = council.done(f"/sessions/{session}/items", {"subject": SUBJECT, "matter": matter})

    assert (item["matter"], item["basis"]) == (matter, basis)
    told = council.review.emitted("item.scheduled.v1")[-1].data.after
    assert (told["matter"], told["basis"]) == (matter, basis)


def test_a_matter_is_not_put_on_the_agenda_with_a_majority_that_would_make_its_vote_void(
    council: Council,
) -> None:
    council.today("2024-01-15")
    session = council.planned()
    body = {"subject": SUBJECT, "matter": "private-partnership", "basis": "votes-cast"}

    void = council.post(f"/sessions/{session}/items", body)
    unknown = council.post(f"/sessions/{session}/items", {"subject": SUBJECT, "matter": "kites"})

    assert (void.status_code, void.json["article"]) == (409, "113-14, 43")
    assert (unknown.status_code, unknown.json["errors"][0]["field"]) == (422, "matter")
    assert council.review.rows(Item) == []


def test_a_matter_that_misses_its_majority_waits_for_a_second_sitting_and_says_why(
    council: Council,
) -> None:
    _, item = before_the_council(council, matter="action-programme")

    held = council.done(f"/items/{item}/vote", SEVENTEEN)

    (made,) = held["calculations"]
    assert (held["state"], held["basis"], made["needed"]) == ("scheduled", "votes-cast", 18)
    assert (made["matter"], made["basis"]) == ("action-programme", "members-in-office")
    assert "programme d'action de la commune" in made["explanation"]["fr"]
    assert council.review.rows(Decision) == []


def test_the_matter_may_be_named_with_the_vote_and_decides_it(council: Council) -> None:
    _, item = before_the_council(council)

    held = council.done(f"/items/{item}/vote", {**SEVENTEEN, "matter": "public-utilities"})

    assert (held["state"], held["matter"]) == ("scheduled", "public-utilities")
    assert held["calculations"][0]["needed"] == 18
    assert council.review.rows(Decision) == []


def test_a_second_vote_is_on_the_same_matter_as_the_first(council: Council) -> None:
    session, item = before_the_council(council, matter="action-programme")
    council.done(f"/items/{item}/vote", SEVENTEEN)
    council.today("2024-02-07")
    (opening,) = council.get(f"/sessions/{session}").json["sittings"]
    council.done(f"/sittings/{opening['id']}/ending")
    council.done(f"/sessions/{session}/sittings", {"call": 0, "present": 25})

    other = council.post(f"/items/{item}/vote", {**SEVENTEEN, "matter": "shared-powers"})
    voted = council.done(f"/items/{item}/vote", {**SEVENTEEN, "matter": "action-programme"})

    assert (other.status_code, other.json["article"]) == (409, "113-14, 43")
    assert [one["needed"] for one in voted["calculations"]] == [18, 11]
    assert "seconde séance" in voted["calculations"][1]["explanation"]["fr"].lower()
    assert [row.state for row in council.review.rows(Decision)] == ["adopted"]


def test_three_quarters_of_the_members_in_office_have_no_second_sitting(council: Council) -> None:
    _, item = before_the_council(council, matter="president-removal")

    voted = council.done(
        f"/items/{item}/vote", {"votes_for": 26, "votes_against": 1, "abstentions": 0}
    )

    (made,) = voted["calculations"]
    assert (made["needed"], made["adopted"], made["article"]) == (27, False, "113-14 art 70")
    assert [row.state for row in council.review.rows(Decision)] == ["rejected"]


def test_what_the_governor_stopped_is_voted_again_by_the_majority_of_its_matter(
    council: Council,
) -> None:
    session, item = before_the_council(council, matter="public-utilities")
    council.done(f"/items/{item}/vote", {"votes_for": 20, "votes_against": 0, "abstentions": 0})
    council.done(f"/sessions/{session}/closing")
    (decision,) = [one["id"] for one in council.decisions()]
    council.done(f"/decisions/{decision}/classification", {"matter": None})
    council.today("2024-02-20")
    council.done(f"/decisions/{decision}/transmission", {"governor_receipt_on": "2024-02-20"})
    council.done(f"/decisions/{decision}/opposition", {"received_on": "2024-02-20"})
    ahead = council.planned(opens_on="2024-05-07")

    again = council.done(f"/decisions/{decision}/new-deliberation", {"session": ahead})

    assert (again["matter"], again["basis"]) == ("public-utilities", "members-in-office")


def test_an_item_of_before_that_named_only_its_majority_keeps_it_when_voted_again(
    council: Council,
) -> None:
    session, item = before_the_council(council, basis="members-in-office")
    council.done(f"/items/{item}/vote", {"votes_for": 20, "votes_against": 0, "abstentions": 0})
    council.done(f"/sessions/{session}/closing")
    (decision,) = [one["id"] for one in council.decisions()]
    council.done(f"/decisions/{decision}/classification", {"matter": None})
    council.today("2024-02-20")
    council.done(f"/decisions/{decision}/transmission", {"governor_receipt_on": "2024-02-20"})
    council.done(f"/decisions/{decision}/opposition", {"received_on": "2024-02-20"})
    ahead = council.planned(opens_on="2024-05-07")

    again = council.done(f"/decisions/{decision}/new-deliberation", {"session": ahead})

    assert (again["matter"], again["basis"]) == (None, "members-in-office")
