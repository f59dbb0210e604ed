"""A petition withdrawn after the notice: told to the council at the opening, without debate."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from shared.testing.harness import Harness
from tests.integration.review.opinion_support import VOTE_DAY, VotingDesk

ASKED_ON = date(2024, 1, 30)


@pytest.fixture
def desk(harness_on: Any, database_kind: str) -> VotingDesk:
    """A council with offices, on either database."""
    harness: Harness = harness_on("review", database_kind)
    return VotingDesk(harness)


def withdrawn(desk: VotingDesk) -> tuple[str, str]:
    """A session whose petition was withdrawn after the notice, and its item."""
    session, item = desk.on_agenda(desk.referred())
    desk.today(ASKED_ON.isoformat())
    desk.withdrawal_asked(on=ASKED_ON)
    return session, item


def opened(desk: VotingDesk, session: str) -> None:
    """The session opens with every member there."""
    desk.today(VOTE_DAY)
    desk.done(f"/sessions/{session}/sittings", {"call": 1, "present": 5})


def test_it_is_reported_once_the_session_has_opened(desk: VotingDesk) -> None:
    session, item = withdrawn(desk)
    early = desk.post(f"/items/{item}/withdrawal-report")
    opened(desk, session)

    done = desk.done(f"/items/{item}/withdrawal-report")
    again = desk.post(f"/items/{item}/withdrawal-report")

    assert (early.status_code, early.json["article"]) == (409, "113-14, 42")
    assert (done["withdrawn_on"], done["reported_on"]) == ("2024-01-30", VOTE_DAY)
    assert (again.status_code, again.json["article"]) == (409, "113-14, 41")
    (event,) = desk.review.emitted("item.withdrawal_reported.v1")
    assert event.data.what == {"withdrawn_on": "2024-01-30"}


def test_the_record_of_the_room_and_the_minutes_say_so(desk: VotingDesk) -> None:
    session, item = withdrawn(desk)
    opened(desk, session)
    desk.done(f"/items/{item}/withdrawal-report")

    (shown,) = desk.get(f"/sessions/{session}/record").json["items"]
    desk.done(f"/sessions/{session}/closing", who="chief")
    page = desk.get(f"/documents/preview?kind=minutes&about={session}&language=fr").text

    assert (shown["withdrawn_on"], shown["reported_on"]) == ("2024-01-30", VOTE_DAY)
    assert "retirée après la convocation" in page
    assert "sans débat" in page


def test_a_withdrawal_before_the_notice_is_not_reported(desk: VotingDesk) -> None:
    case = desk.referred()
    desk.today("2024-01-15")
    session = desk.planned()
    item = desk.done(f"/sessions/{session}/items", {"case": case})["id"]
    desk.done(f"/sessions/{session}/items", {"subject": {"fr": "Voirie"}})
    desk.done(f"/sessions/{session}/call", who="chief")
    desk.withdrawal_asked(on=date(2024, 1, 15))
    desk.today("2024-01-25")
    desk.done(f"/sessions/{session}/convening", who="chief")
    opened(desk, session)

    answer = desk.post(f"/items/{item}/withdrawal-report")

    assert (answer.status_code, answer.json["article"]) == (409, "113-14, 41")


def test_a_session_does_not_close_over_a_withdrawal_that_nobody_reported(desk: VotingDesk) -> None:
    session, item = withdrawn(desk)
    opened(desk, session)

    refused = desk.post(f"/sessions/{session}/closing", who="chief")
    before = desk.get(f"/sessions/{session}").json["state"]
    desk.done(f"/items/{item}/withdrawal-report")
    desk.done(f"/sessions/{session}/closing", who="chief")

    assert (refused.status_code, refused.json["article"]) == (409, "113-14, 41")
    assert "taroudant/2023/1" in refused.json["detail"]
    assert refused.json["remedy"]
    assert before == "opened"
    assert desk.review.emitted("session.closed.v1")[0].data.what == {"unreported": []}


def test_it_closes_with_the_reason_which_stays_with_the_council_and_its_minutes(
    desk: VotingDesk,
) -> None:
    session, item = withdrawn(desk)
    opened(desk, session)

    said = {"unreported_because": "Lettre égarée."}
    desk.done(f"/sessions/{session}/closing", said, who="chief")

    (event,) = desk.review.emitted("session.closed.v1")
    assert event.data.what == {"unreported": [item]}
    assert "égarée" not in str(event.data)
    (shown,) = desk.get(f"/sessions/{session}/record").json["items"]
    assert shown["unreported_because"] == "Lettre égarée."
    assert "égarée" not in desk.anyone("GET", "/sessions?authority=taroudant").text
    page = desk.get(f"/documents/preview?kind=minutes&about={session}&language=fr").text
    assert "Lettre égarée." in page
