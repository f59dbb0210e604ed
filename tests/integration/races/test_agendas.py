"""An agenda changes while its notice goes out, and a session is put off around its items."""

from __future__ import annotations

from typing import Any

from services.review.cases.clock_models import RunningClock
from services.review.sessions.models import Item
from tests.integration.races.table import race
from tests.integration.review.opinion_support import VOTES, VotingDesk
from tests.integration.review.session_support import Council

GOVERNORS = {
    "subject": {"fr": "Le point du gouverneur", "original": "fr"},
    "origin": "governor",
    "origin_on": "2024-01-24",
}


def received(council: Council) -> str:
    """A called session whose agenda the governor received on 16 January: his day is the 24th."""
    council.today("2024-01-16")
    session = council.planned()
    council.item(session)
    council.done(f"/sessions/{session}/call")
    council.done(f"/sessions/{session}/governor-receipt", {"received_on": "2024-01-16"})
    council.today("2024-01-24")
    return session


@race("governor's item and notice", first="item")
def test_the_governors_item_before_the_notice_is_in_it(council: Council) -> None:
    session = received(council)
    item = council.done(f"/sessions/{session}/items", GOVERNORS)

    council.done(f"/sessions/{session}/convening")

    assert item["needs_supplement"] is False
    what = council.review.emitted("session.convened.v1")[0].data.what
    assert (what["agenda"][1:], what["agenda_version"]) == ([item["id"]], 2)


@race("governor's item and notice", first="notice")
def test_the_governors_item_after_the_notice_goes_by_a_supplementary_one(council: Council) -> None:
    session = received(council)
    council.done(f"/sessions/{session}/convening")
    item = council.done(f"/sessions/{session}/items", GOVERNORS)["id"]

    council.done(f"/sessions/{session}/supplement")

    frozen = council.review.emitted("session.convened.v1")[0].data.what
    assert item not in frozen["agenda"]
    (told,) = council.review.emitted("session.supplemented.v1")
    assert (told.data.what["added"], told.data.after["agenda_version"]) == ([item], 3)


def by_half() -> dict[str, Any]:
    """What three of five members ask for in writing on the day."""
    subject = {"fr": "Voirie", "original": "fr"}
    return {"subject": subject, "members": 3, "received_on": "2024-01-24"}


@race("mandatory item and notice", first="item")
def test_no_notice_goes_out_before_what_half_of_the_members_asked_is_on_the_agenda(
    council: Council,
) -> None:
    session = received(council)
    request = council.done(f"/sessions/{session}/requests", by_half())["id"]

    early = council.post(f"/sessions/{session}/convening")
    council.done(f"/sessions/{session}/requests/{request}/answer")
    council.done(f"/sessions/{session}/convening")

    assert (early.status_code, early.json["article"]) == (409, "113-14, 40")
    what = council.review.emitted("session.convened.v1")[0].data.what
    assert len(what["agenda"]) == 2


@race("mandatory item and notice", first="notice")
def test_what_half_of_the_members_ask_after_the_notice_waits_for_another_session(
    council: Council,
) -> None:
    session = received(council)
    council.done(f"/sessions/{session}/convening")

    answer = council.post(f"/sessions/{session}/requests", by_half())

    assert (answer.status_code, answer.json["code"]) == (409, "rule-refused")
    frozen = council.review.emitted("session.convened.v1")[0].data.what
    assert frozen["agenda"] == [str(one.id) for one in council.review.rows(Item)]


@race("postponed session and its items", first="postponement")
def test_the_items_of_a_session_put_off_go_back_and_their_clocks_run_to_the_next(
    desk: VotingDesk,
) -> None:
    case = desk.referred()
    desk.planned("2024-05-07")
    session, item = desk.on_agenda(case)
    desk.done(f"/sessions/{session}/postponement", {"reason": "preparation"}, who="chief")

    late = desk.post(f"/items/{item}/vote", VOTES)

    assert late.status_code == 409
    (row,) = desk.review.rows(Item)
    assert (row.state, row.postponed_because) == ("postponed", "session-postponed")
    agenda = [one for one in desk.review.rows(RunningClock) if one.rule == "agenda-to-governor"]
    assert [one.due_on.isoformat() for one in agenda] == ["2024-04-17"]
    assert desk.types("session")[-1] == "postponed"


@race("postponed session and its items", first="vote")
def test_a_session_in_which_the_council_voted_is_not_put_off(desk: VotingDesk) -> None:
    case = desk.referred()
    desk.deliberated(case)
    (session,) = desk.get("/sessions?authority=taroudant").json["sessions"]
    path = f"/sessions/{session['id']}/postponement"

    answer = desk.post(path, {"reason": "preparation"}, who="chief")

    assert (answer.status_code, answer.json["code"]) == (409, "illegal-step")
    assert [row.state for row in desk.review.rows(Item)] == ["deliberated"]
