"""A petition that no committee examined: the council first decides without debate (article 28)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.review.control.models import Decision
from services.review.sessions.models import Item
from shared.testing.harness import Harness, person
from tests.integration.review.opinion_support import VOTE_DAY, VOTES, VotingDesk

FOR = {"votes_for": 4, "votes_against": 1, "abstentions": 0, "president": "for"}
AGAINST = {"votes_for": 1, "votes_against": 4, "abstentions": 0, "president": "against"}


@pytest.fixture
def desk(harness_on: Any, database_kind: str) -> VotingDesk:
    """A council with offices, on either database."""
    harness: Harness = harness_on("review", database_kind)
    return VotingDesk(harness)


def come_up(desk: VotingDesk, case: str) -> tuple[str, str]:
    """The session in which a case comes up with every member there, and its item."""
    session, item = desk.on_agenda(case)
    desk.today(VOTE_DAY)
    desk.done(f"/sessions/{session}/sittings", {"call": 1, "present": 5})
    return session, item


def report(desk: VotingDesk, case: str) -> Any:
    """The competent committee reports on a case."""
    body = {"case": case, "recommendation": "favourable"}
    return desk.done(f"/committees/{desk.committees['social']}/reports", body, who="chair")


def test_the_vote_waits_for_the_report_or_for_the_choice(desk: VotingDesk) -> None:
    session, item = come_up(desk, desk.referred())

    refused = desk.vote(item)
    shown = desk.get(f"/sessions/{session}").json["items"][0]
    desk.done(f"/items/{item}/taking-up", FOR)
    voted = desk.vote(item)

    assert (refused.status_code, refused.json["article"]) == (409, "113-14, 28")
    assert shown["is_examined"] is False
    assert voted.status_code == 200
    (event,) = desk.review.emitted("item.taken_up.v1")
    told = event.data.what["vote"]
    assert (told["votes_for"], told["votes_against"], told["tie_broken"]) == (4, 1, False)


def test_the_refusal_is_said_in_the_readers_language(desk: VotingDesk) -> None:
    _, item = come_up(desk, desk.referred())

    said = [desk.post(f"/items/{item}/vote?lang={code}", VOTES).json for code in ("ar", "fr", "en")]

    assert len({one["detail"] for one in said}) == 3
    assert "commission" in said[1]["detail"]
    assert said[2]["remedy"].startswith("Record the council")


def test_a_reported_petition_is_debated_at_once(desk: VotingDesk) -> None:
    case = desk.referred()
    report(desk, case)
    session, item = come_up(desk, case)

    choice = desk.post(f"/items/{item}/taking-up", FOR)
    voted = desk.vote(item)

    assert (choice.status_code, choice.json["article"]) == (409, "113-14, 28")
    assert voted.status_code == 200
    assert desk.get(f"/sessions/{session}").json["items"][0]["is_examined"] is True


def test_a_council_that_will_not_deliberate_sends_the_petition_to_the_next_session(
    desk: VotingDesk,
) -> None:
    case = desk.referred()
    _, item = come_up(desk, case)
    later = desk.planned("2024-05-07")

    done = desk.done(f"/items/{item}/taking-up", AGAINST)

    assert (done["state"], done["postponed_because"]) == ("postponed", "no-committee-report")
    assert done["taken_up"]["is_taken_up"] is False
    assert desk.vote(item).status_code == 409
    (event,) = desk.review.emitted("item.sent_back.v1")
    assert event.data.what["vote"]["votes_against"] == 4
    assert desk.case(case).session_on == date(2024, 5, 7)
    assert desk.post(f"/sessions/{later}/items", {"case": case}).status_code == 201
    assert desk.review.rows(Decision) == []


def test_equal_votes_go_with_the_president(desk: VotingDesk) -> None:
    _, item = come_up(desk, desk.referred())
    equal = {"votes_for": 2, "votes_against": 2, "abstentions": 1}

    done = desk.done(f"/items/{item}/taking-up", {**equal, "president": "for"})

    assert done["taken_up"]["is_taken_up"] is True
    assert desk.review.emitted("item.taken_up.v1")[0].data.what["vote"]["tie_broken"] is True


@pytest.mark.parametrize("votes_for", [6, 40])
def test_the_choice_has_no_more_votes_than_members_there(desk: VotingDesk, votes_for: int) -> None:
    _, item = come_up(desk, desk.referred())

    answer = desk.post(f"/items/{item}/taking-up", {**FOR, "votes_for": votes_for})

    assert (answer.status_code, answer.json["article"]) == (409, "113-14, 43")
    assert desk.review.rows(Item)[0].taken_up is None


def test_nothing_is_chosen_before_the_session_opened_or_twice(desk: VotingDesk) -> None:
    session, item = desk.on_agenda(desk.referred())

    early = desk.post(f"/items/{item}/taking-up", FOR)
    desk.today(VOTE_DAY)
    desk.done(f"/sessions/{session}/sittings", {"call": 1, "present": 5})
    desk.done(f"/items/{item}/taking-up", FOR)
    again = desk.post(f"/items/{item}/taking-up", FOR)

    assert (early.status_code, early.json["article"]) == (409, "113-14, 42")
    assert (again.status_code, again.json["article"]) == (409, "113-14, 28")


def test_a_free_subject_needs_no_choice(desk: VotingDesk) -> None:
    desk.today("2024-01-15")
    session = desk.planned()
    item = desk.done(f"/sessions/{session}/items", {"subject": {"fr": "Voirie"}})["id"]
    desk.done(f"/sessions/{session}/call", who="chief")
    desk.today("2024-01-25")
    desk.done(f"/sessions/{session}/convening", who="chief")
    desk.today(VOTE_DAY)
    desk.done(f"/sessions/{session}/sittings", {"call": 1, "present": 5})

    assert desk.vote(item).status_code == 200


def test_the_choice_stands_in_the_minutes(desk: VotingDesk) -> None:
    session, item = come_up(desk, desk.referred())
    desk.done(f"/items/{item}/taking-up", FOR)
    desk.done(f"/items/{item}/vote", VOTES)
    desk.done(f"/sessions/{session}/closing", who="chief")

    page = desk.get(f"/documents/preview?kind=minutes&about={session}&language=fr")

    assert "Le conseil a décidé sans débat d" in page.text


def sides(**said: str) -> list[dict[str, str]]:
    """Some members, as ``other_chair="for"``, as a request names them."""
    return [{"person": person(name), "side": side} for name, side in said.items()]


def test_in_a_province_the_choice_and_its_minutes_cite_the_law_on_provinces(
    desk: VotingDesk,
) -> None:
    session, item = come_up(desk, desk.referred())
    desk.today(VOTE_DAY, kind="province")

    done = desk.done(f"/items/{item}/taking-up", FOR)
    desk.done(f"/items/{item}/vote", VOTES)
    desk.done(f"/sessions/{session}/closing", who="chief")
    page = desk.get(f"/documents/preview?kind=minutes&about={session}&language=fr")

    assert done["taken_up"]["article"] == "112-14, 29"
    assert "(112-14, article 29)" in page.text
    assert "(113-14" not in page.text


def test_the_choice_is_recorded_by_name_with_the_president_deciding_equal_votes(
    desk: VotingDesk,
) -> None:
    desk.done(f"/members/{person('plain')}/name", {"ar": "العضو", "latin": "Membre simple"})
    session, item = come_up(desk, desk.referred())
    names = sides(chief="for", vice="against", chair="against", plain="for")

    done = desk.done(f"/items/{item}/taking-up", {"mode": "by-name", "names": names})
    all_for = sides(chief="for", vice="for", plain="for")
    desk.done(f"/items/{item}/vote", {"mode": "by-name", "names": all_for})
    desk.done(f"/sessions/{session}/closing", who="chief")

    kept = done["taken_up"]
    assert (kept["ballot"], kept["votes_for"], kept["votes_against"]) == ("by-name", 2, 2)
    assert (kept["president"], kept["is_taken_up"]) == ("for", True)
    (event,) = desk.review.emitted("item.taken_up.v1")
    assert event.data.what["vote"]["ballot"] == "by-name"
    assert event.data.what["vote"]["count"]["names"] == names
    assert "Membre" not in str(event.data)
    assert "العضو" not in str(event.data)
    (shown,) = desk.get(f"/sessions/{session}/record").json["items"]
    choice = {one["person"]: one["side"] for one in shown["votes"] if one["round"] == 0}
    assert choice == {one["person"]: one["side"] for one in names}
    page = desk.get(f"/documents/preview?kind=minutes&about={session}&language=fr").text
    assert page.count("Membre simple") == 2


@pytest.mark.parametrize(
    ("body", "status", "told"),
    [
        ({"mode": "by-name", "names": []}, 422, "names"),
        ({"mode": "by-name", "names": sides(stranger="for")}, 422, "person"),
        ({"mode": "by-name", "names": [*sides(vice="for"), *sides(vice="for")]}, 422, "names"),
        ({"mode": "secret", "article": "x"}, 422, "mode"),
    ],
)
def test_a_choice_by_name_that_cannot_be_is_refused(
    desk: VotingDesk, body: dict[str, Any], status: int, told: str
) -> None:
    _, item = come_up(desk, desk.referred())
    counts = {} if body["mode"] == "by-name" else FOR

    answer = desk.post(f"/items/{item}/taking-up", {**counts, **body})

    assert (answer.status_code, answer.json["errors"][0]["field"]) == (status, told)
    assert desk.review.rows(Item)[0].taken_up is None
