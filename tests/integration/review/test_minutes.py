"""The minutes of a session: adopted at a sitting of a later one, and complete."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest

from services.review.control.models import CouncilFormality
from shared.testing.harness import Harness, person
from tests.integration.review.case_support import Desk
from tests.integration.review.document_support import QuickPress, content, issued

LATE = {"late_reason": "Recorded from the register."}


@pytest.fixture
def desk(harness_on: Any, database_kind: str) -> Desk:
    """A council with offices, on either database."""
    harness: Harness = harness_on("review", database_kind)
    harness.context.press = QuickPress()  # type: ignore[assignment]
    return Desk(harness)


def open_session(desk: Desk, *, called: str, convened: str, opens: str) -> str:
    """The id of an ordinary session that opened with everybody there, on one free point."""
    desk.today(called)
    session = desk.planned(opens)
    desk.done(f"/sessions/{session}/items", {"subject": {"fr": "Voirie"}})
    desk.done(f"/sessions/{session}/call", who="chief")
    desk.today(convened)
    desk.done(f"/sessions/{session}/convening", who="chief")
    desk.today(opens)
    there = [{"person": person(who), "mark": "present"} for who in ("chief", "vice", "chair")]
    desk.done(f"/sessions/{session}/sittings", {"call": 1, "attendance": there})
    return session


@pytest.fixture
def february(desk: Desk) -> str:
    """The id of a closed session."""
    session = open_session(desk, called="2024-01-15", convened="2024-01-25", opens="2024-02-06")
    desk.done(f"/sessions/{session}/closing", who="chief")
    return session


def test_minutes_are_adopted_at_a_sitting_of_a_later_session(desk: Desk, february: str) -> None:
    may = open_session(desk, called="2024-04-16", convened="2024-04-26", opens="2024-05-07")
    (waiting,) = desk.get(f"/sessions/{may}").json["minutes_to_adopt"]
    assert (waiting["id"], waiting["opens_on"]) == (february, "2024-02-06")

    done = desk.done(f"/sessions/{february}/minutes-adoption")
    again = desk.post(f"/sessions/{february}/minutes-adoption")

    assert done["done_on"] == "2024-05-07"
    assert (again.status_code, again.json["article"]) == (409, "113-14, 47")
    shown = desk.get(f"/sessions/{february}").json
    assert shown["minutes_adopted_on"] == "2024-05-07"
    assert desk.get(f"/sessions/{may}").json["minutes_to_adopt"] == []
    (row,) = [one for one in desk.review.rows(CouncilFormality) if "adoption" in one.formality]
    assert row.subject == f"session/{february}"
    told = desk.review.emitted()[-1]
    assert (told.type, told.subject) == ("session.minutes_adopted.v1", f"session/{february}")
    assert told.data.what == {"at": may, "recorded_by": None}
    assert (told.data.from_, told.data.to) == ("closed", "closed")
    desk.done(f"/sessions/{may}/closing", who="chief")
    minutes = content(desk, issued(desk, "minutes", may), "fr").text
    assert "procès-verbal de cette session" in minutes
    assert "6 février 2024" in minutes


@pytest.mark.parametrize("day", ["2024-02-06", "2024-02-20"])
def test_minutes_are_adopted_neither_by_their_own_session_nor_without_a_sitting(
    desk: Desk, february: str, day: str
) -> None:
    desk.today("2024-03-01")

    answer = desk.post(f"/sessions/{february}/minutes-adoption", {"acted_on": day, **LATE})

    assert (answer.status_code, answer.json["article"]) == (409, "113-14, 47")
    assert desk.review.rows(CouncilFormality) == []


def test_an_open_session_has_no_minutes_to_adopt(desk: Desk) -> None:
    session = open_session(desk, called="2024-01-15", convened="2024-01-25", opens="2024-02-06")

    assert desk.post(f"/sessions/{session}/minutes-adoption").status_code == 409


def test_minutes_say_what_was_refused_interrupted_reported_and_extended(desk: Desk) -> None:
    desk.today("2024-01-15")
    session = desk.planned()
    desk.done(f"/sessions/{session}/items", {"subject": {"fr": "Voirie"}})
    asked = {"subject": {"fr": "Marché du jeudi"}, "members": 2, "received_on": "2024-01-10"}
    request = desk.done(f"/sessions/{session}/requests", asked)["id"]
    refusal = {"refusal_reason": "Le point revient en mai."}
    desk.done(f"/sessions/{session}/requests/{request}/answer", refusal, who="chief")
    desk.done(f"/sessions/{session}/call", who="chief")
    desk.today("2024-01-25")
    desk.done(f"/sessions/{session}/convening", who="chief")
    desk.today("2024-02-06")
    sitting = desk.done(f"/sessions/{session}/sittings", {"call": 1, "present": 5})["id"]
    desk.done(f"/sessions/{session}/follow-up-report", who="chief")
    desk.done(f"/sittings/{sitting}/suspension")
    desk.done(f"/sittings/{sitting}/resumption")
    door = {"asked_by": "president", "votes_for": 4, "votes_against": 1}
    desk.done(f"/sittings/{sitting}/closed-door", door)
    desk.done(f"/sittings/{sitting}/open-door")
    longer = {"until": "2024-02-22", "reason": "Points restants."}
    desk.done(f"/sessions/{session}/extension", longer, who="chief")
    desk.done(f"/sessions/{session}/closing", who="chief")

    minutes = content(desk, issued(desk, "minutes", session), "fr").text

    for said in (
        "Marché du jeudi",
        "Le point revient en mai.",
        "suspendue",
        "reprise",
        "Huis clos",
        "de nouveau admis",
        "a rendu compte",
        "22 février 2024",
    ):
        assert said in minutes, said


def test_minutes_say_the_first_vote_the_secret_ballots_article_and_the_objection(
    desk: Desk,
) -> None:
    desk.today("2024-01-15")
    session = desk.planned()
    subjects = ("Programme d'action", "Désignation", "Budget annexe")
    programme, ballot, annexe = (
        desk.done(f"/sessions/{session}/items", {"subject": {"fr": one}})["id"] for one in subjects
    )
    desk.done(f"/sessions/{session}/call", who="chief")
    desk.done(f"/sessions/{session}/governor-receipt", {"received_on": "2024-01-15"})
    said = {"received_on": "2024-01-15", "article": "113-14, 41", "reason": "Hors compétence."}
    desk.done(f"/items/{annexe}/objection", said)
    desk.today("2024-01-25")
    desk.done(f"/sessions/{session}/convening", who="chief")
    desk.today("2024-02-06")
    sitting = desk.done(f"/sessions/{session}/sittings", {"call": 1, "present": 5})["id"]
    first = {"votes_for": 2, "votes_against": 1, "abstentions": 2, "president": "for"}
    desk.done(f"/items/{programme}/vote", {**first, "matter": "action-programme"})
    secret = {"votes_for": 3, "votes_against": 2, "abstentions": 0}
    desk.done(f"/items/{ballot}/vote", {**secret, "mode": "secret", "article": "57-11, 9"})
    desk.done(f"/sittings/{sitting}/ending")
    desk.done(f"/sessions/{session}/sittings", {"call": 0, "present": 5})
    desk.done(f"/items/{programme}/vote", {**first, "votes_for": 4, "abstentions": 0})
    desk.done(f"/sessions/{session}/closing", who="chief")

    document = issued(desk, "minutes", session)

    minutes = re.sub("<[^>]+>", "", content(desk, document, "fr").text)
    assert "Premier vote, le 6 février 2024 : 2 pour, 1 contre, 2 abstentions." in minutes
    assert "Secret (57-11, 9)" in minutes
    assert "Le gouverneur s'est opposé à ce point le 15 janvier 2024." in html.unescape(minutes)
    assert "n'avait pas reçu d'issue" in html.unescape(minutes)
