"""A misrecorded vote is corrected by a new act of a second person, and all follows from it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.review.cases.clock_models import RunningClock
from services.review.control.models import Decision
from services.review.corrections import Correction
from services.review.sessions.models import Item
from shared.testing.harness import Harness, person
from tests.integration.review.session_support import OPENS_ON, VOTE, Council

LOST = {"votes_for": 10, "votes_against": 15, "abstentions": 2, "because": "Colonnes inversées."}
WON = {**LOST, "votes_for": 15, "votes_against": 10}


@pytest.fixture
def council(harness_on: Any, database_kind: str) -> Council:
    """A council of 35 on either database."""
    review: Harness = harness_on("review", database_kind)
    return Council(review)


def corrected(council: Council, item: str, body: Any, **options: Any) -> Any:
    """The answer to a correction by a second person."""
    return council.post(f"/items/{item}/vote-rectification", body, **{"who": "second", **options})


def voted(council: Council, votes: dict[str, int] = VOTE) -> str:
    """An item whose vote is recorded, in an open session."""
    _, item = council.opened()
    council.done(f"/items/{item}/vote", votes)
    return item


def on_petition(council: Council, votes: dict[str, Any]) -> str:
    """A petition's item that was voted on in a session that is closed since."""
    case = council.accepted_petition(state="referred")
    council.today("2024-01-15")
    session = council.planned()
    item = council.item(session, case=case)
    council.done(f"/sessions/{session}/call")
    council.today("2024-01-25")
    council.done(f"/sessions/{session}/convening")
    council.today(OPENS_ON)
    council.done(f"/sessions/{session}/sittings", {"call": 1, "present": 27})
    council.done(
        f"/items/{item}/taking-up", {"votes_for": 27, "votes_against": 0, "abstentions": 0}
    )
    council.done(f"/items/{item}/vote", {k: v for k, v in votes.items() if k != "because"})
    council.done(f"/sessions/{session}/closing")
    return item


def terms(council: Council) -> dict[str, date]:
    """The running clocks of the petition."""
    return {row.rule: row.due_on for row in council.review.rows(RunningClock)}


def test_a_miscount_is_corrected_beside_the_old_count_and_the_decision_stands(
    council: Council,
) -> None:
    item = voted(council)
    body = {"votes_for": 20, "votes_against": 5, "abstentions": 2, "because": "Erreur de copie."}

    alone = corrected(council, item, body, who="somebody")
    shown = corrected(council, item, body).json

    assert (alone.status_code, alone.json["article"]) == (409, "113-14, 47")
    assert (shown["votes_for"], shown["votes_against"]) == (20, 5)
    first, second = shown["calculations"]
    assert (first["votes_for"], second["votes_for"]) == (24, 20)
    assert (second["corrects"], second["corrected_on"]) == (1, OPENS_ON)
    old = council.review.emitted("item.deliberated.v1")[0]
    (new,) = council.review.emitted("item.rectified.v1")
    assert new.data.corrects == old.id
    assert (new.data.what["was_for"], new.data.after["votes_for"]) == (24, 20)
    assert "copie" not in str(new.data)
    assert [row.because for row in council.review.rows(Correction)] == ["Erreur de copie."]
    assert council.review.emitted("decision.rectified.v1") == []
    assert [row.state for row in council.review.rows(Decision)] == ["adopted"]


def test_a_corrected_vote_that_rejects_turns_the_decision_and_ends_its_way_to_the_governor(
    council: Council,
) -> None:
    item = on_petition(council, WON)
    before = terms(council)

    answer = corrected(council, item, LOST)

    assert answer.status_code == 200
    (row,) = council.review.rows(Decision)
    assert (row.state, row.number) == ("rejected", "2024/1")
    old = council.review.emitted("decision.adopted.v1")[0]
    (new,) = council.review.emitted("decision.rectified.v1")
    assert new.data.corrects == old.id
    assert (new.data.what["was"], new.data.what["now"]) == ("adopted", "rejected")
    assert len(new.data.what["reason_sha256"]) == 64
    assert "transmit-to-governor" in before
    assert terms(council) == {}


def test_a_corrected_vote_that_adopts_starts_the_term_of_the_transmission_from_the_close(
    council: Council,
) -> None:
    item = on_petition(council, LOST)
    council.today("2024-02-09")

    corrected(council, item, WON)

    assert [row.state for row in council.review.rows(Decision)] == ["adopted"]
    assert terms(council) == {"transmit-to-governor": date(2024, 2, 27)}


def test_a_correction_is_corrected_by_the_next_which_names_it(council: Council) -> None:
    item = voted(council)
    corrected(council, item, LOST)

    alone = corrected(council, item, WON)
    third = corrected(council, item, WON, who="third")

    assert (alone.status_code, third.status_code) == (409, 200)
    first, second = council.review.emitted("item.rectified.v1")
    assert second.data.corrects == first.id
    assert council.types()[-1] == "decision.rectified.v1"
    assert [row.state for row in council.review.rows(Decision)] == ["adopted"]


def test_what_the_governor_has_is_deliberated_again_instead(council: Council) -> None:
    council.transmitted()
    (item,) = council.review.rows(Item)

    answer = corrected(council, str(item.id), LOST)

    assert (answer.status_code, answer.json["article"]) == (409, "113-14, 117")
    assert answer.json["remedy"]
    assert [row.state for row in council.review.rows(Decision)] == ["transmitted"]
    assert council.review.emitted("item.rectified.v1") == []


@pytest.mark.parametrize(
    ("changes", "status", "told"),
    [
        ({"votes_for": 28}, 409, "113-14, 43"),
        ({"votes_for": -1}, 422, "votes_for"),
        ({"because": ""}, 422, "because"),
        ({"because": None}, 422, "because"),
        ({"mode": "secret"}, 409, "113-14, 6"),
        ({"president": "against", "votes_for": 27, "votes_against": 0}, 422, "president"),
    ],
)
def test_a_correction_that_cannot_be_is_refused(
    council: Council, changes: dict[str, Any], status: int, told: str
) -> None:
    item = voted(council)

    answer = corrected(council, item, {**LOST, "abstentions": 0, **changes})

    assert answer.status_code == status
    said = answer.json.get("article") or answer.json["errors"][0]["field"]
    assert said == told
    assert [row.votes_for for row in council.review.rows(Item)] == [24]


def test_before_the_vote_there_is_nothing_to_correct(council: Council) -> None:
    _, item = council.opened()

    answer = corrected(council, item, LOST)

    assert (answer.status_code, answer.json["code"]) == (409, "illegal-step")


def test_who_voted_how_is_corrected_by_name_and_the_record_shows_what_stands(
    council: Council,
) -> None:
    session, item = council.opened()
    sides = [{"person": person(f"member-{number}"), "side": "for"} for number in range(3)]
    council.done(f"/items/{item}/vote", {"mode": "by-name", "names": sides})
    right = [{**sides[0], "side": "against"}, *sides[1:]]

    corrected(council, item, {"mode": "by-name", "names": right, "because": "Mauvaise ligne."})

    (shown,) = council.get(f"/sessions/{session}/record").json["items"]
    assert {one["person"]: one["side"] for one in shown["votes"]} == {
        person("member-0"): "against",
        person("member-1"): "for",
        person("member-2"): "for",
    }
    assert (shown["votes_for"], shown["votes_against"]) == (2, 1)
