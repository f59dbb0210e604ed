"""Who puts what on an agenda, who is told, and the three ways to call an extraordinary session."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.review.sessions.agenda_models import AgendaVersion, ClashChoice, Convocation
from services.review.sessions.models import CouncilSession, Item
from shared.testing.harness import Harness, person
from tests.integration.review.session_support import OPENS_ON, SUBJECT, Council

VOTE = {"votes_for": 20, "votes_against": 0, "abstentions": 0}
OTHER = {"subject": {"fr": "Un autre point", "original": "fr"}}
AGREED = {"choice": "this-session", "reason": "Urgence", "governor_agreed_on": "2024-01-20"}


@pytest.fixture
def council(harness_on: Any, database_kind: str) -> Council:
    """A council of 35 on either database."""
    review: Harness = harness_on("review", database_kind)
    return Council(review)


def received(council: Council) -> tuple[str, str]:
    """A convened session whose agenda the governor received on 16 January: his day is the 24th."""
    council.today("2024-01-16")
    session = council.planned()
    item = council.item(session)
    council.done(f"/sessions/{session}/call")
    council.done(f"/sessions/{session}/governor-receipt", {"received_on": "2024-01-16"})
    council.done(f"/sessions/{session}/convening")
    return session, item


def extraordinary(council: Council, **changes: Any) -> Any:
    """Plan an extraordinary session for 18 January 2024; the answer."""
    body = {"session_kind": "extraordinary", "opens_on": "2024-01-18", **changes}
    return council.post("/sessions", body)


def clashing(council: Council) -> tuple[str, str]:
    """A called session, and a petition accepted inside its twenty days."""
    council.today("2024-01-15")
    session = council.planned()
    council.item(session)
    council.done(f"/sessions/{session}/call")
    council.today("2024-01-22")
    case = council.accepted_petition(
        decided_on=date(2024, 1, 22), is_clash=True, session_on=date.fromisoformat(OPENS_ON)
    )
    return session, case


def seat_president(council: Council) -> None:
    """Let the first member be the president."""
    body = {"person": person("member-0"), "office": "president", "from_on": "2021-09-20"}
    council.done("/mandates", body)


def choose(council: Council, case: str, **body: Any) -> Any:
    """The president's choice for a petition."""
    path = f"/cases/{case}/session-choice"
    return council.post(path, body, role="president", who="member-0")


def test_the_governors_item_in_time_is_included_and_told_by_a_supplementary_notice(
    council: Council,
) -> None:
    session, _ = received(council)
    council.today("2024-01-24")
    said = {**OTHER, "origin": "governor", "origin_on": "2024-01-24"}

    item = council.done(f"/sessions/{session}/items", said)
    council.done(f"/sessions/{session}/supplement")

    assert (item["origin"], item["needs_supplement"]) == ("governor", True)
    (told,) = council.review.emitted("session.supplemented.v1")
    assert told.data.what["added"] == [item["id"]]
    assert told.data.after["agenda_version"] == 3
    causes = [one.cause for one in council.review.rows(AgendaVersion)]
    assert causes == ["called", "added", "supplement"]
    shown = council.get(f"/sessions/{session}/agenda").json
    assert (shown["governor_latest"], len(shown["versions"])) == ("2024-01-24", 3)


def test_the_governors_item_after_his_eight_days_is_not_included(council: Council) -> None:
    session, _ = received(council)
    council.today("2024-01-25")
    said = {**OTHER, "origin": "governor", "origin_on": "2024-01-25"}

    late = council.post(f"/sessions/{session}/items", said)
    off = council.post(f"/sessions/{session}/items", OTHER)

    assert (late.status_code, late.json["article"]) == (409, "113-14, 39")
    assert (off.status_code, off.json["article"]) == (409, "113-14, 41")
    assert len(council.review.rows(Item)) == 1


def test_an_item_that_members_were_not_told_of_is_not_voted(council: Council) -> None:
    session, _ = received(council)
    said = {**OTHER, "origin": "governor", "origin_on": "2024-01-16"}
    item = council.done(f"/sessions/{session}/items", said)["id"]
    council.today(OPENS_ON)
    council.done(f"/sessions/{session}/sittings", {"call": 1, "present": 27})

    answer = council.post(f"/items/{item}/vote", VOTE)

    assert (answer.status_code, answer.json["article"]) == (409, "113-14, 35")


def test_the_council_does_not_vote_while_the_governor_objects(council: Council) -> None:
    session, item = received(council)
    council.today("2024-01-24")
    said = {"received_on": "2024-01-24", "article": "113-14, 92", "reason": "Incompétence"}
    council.done(f"/items/{item}/objection", said)
    council.today(OPENS_ON)
    council.done(f"/sessions/{session}/sittings", {"call": 1, "present": 27})

    held = council.post(f"/items/{item}/vote", VOTE)
    council.done(f"/items/{item}/objection-outcome", {"outcome": "dismissed"})
    voted = council.done(f"/items/{item}/vote", VOTE)

    assert (held.status_code, held.json["article"]) == (409, "113-14, 41")
    assert voted["state"] == "deliberated"
    assert [name for name in council.types() if "objection" in name or "objected" in name] == [
        "item.objected.v1",
        "item.objection_settled.v1",
    ]


def test_an_objection_that_is_upheld_strikes_the_item_and_a_late_one_is_refused(
    council: Council,
) -> None:
    _, item = received(council)
    said = {"article": "113-14, 92", "reason": "Incompétence"}
    council.today("2024-01-25")

    late = council.post(f"/items/{item}/objection", {**said, "received_on": "2024-01-25"})
    council.done(f"/items/{item}/objection", {**said, "received_on": "2024-01-24"})
    struck = council.done(f"/items/{item}/objection-outcome", {"outcome": "upheld"})

    assert (late.status_code, late.json["article"]) == (409, "113-14, 41")
    assert (struck["state"], struck["postponed_because"]) == ("postponed", "governor-objection")


def test_what_half_of_the_members_ask_must_be_on_the_agenda(council: Council) -> None:
    council.today("2024-01-15")
    session = council.planned()
    council.item(session)
    path = f"/sessions/{session}/requests"
    asked = {"subject": SUBJECT, "members": 18, "received_on": "2024-01-15"}
    binding = council.done(path, asked)
    small = council.done(path, {**asked, "members": 17})

    early = council.post(f"/sessions/{session}/call")
    no = {"refusal_reason": "Hors compétence"}
    refused = council.post(f"{path}/{binding['id']}/answer", no)
    council.done(f"{path}/{small['id']}/answer", no)
    included = council.done(f"{path}/{binding['id']}/answer")
    council.done(f"/sessions/{session}/call")

    assert (binding["is_binding"], small["is_binding"]) == (True, False)
    assert early.json["article"] == refused.json["article"] == "113-14, 40"
    assert included["answer"] == "included"
    origins = [one.origin for one in council.review.rows(Item)]
    assert origins == ["president", "half-of-members"]


def test_each_member_has_a_proof_of_sending_once(council: Council) -> None:
    session, _ = received(council)
    path = f"/sessions/{session}/convocations"
    one = {"channel": "hand", "proof": "Registre 12", "people": [person("member-0")]}

    council.done(path, one)
    left = council.get(f"/sessions/{session}/agenda").json["unproven"]
    council.done(path, {"channel": "registered-post", "proof": "RR 1 à 34"})
    again = council.done(path, {"channel": "registered-post", "proof": "RR 1 à 34"})
    stranger = council.post(path, {**one, "people": [person("nobody")]})

    assert len(council.review.rows(Convocation)) == 35
    assert again["convocations"] == []
    assert stranger.status_code == 422
    shown = council.get(f"/sessions/{session}/agenda").json
    assert len(left) == 34
    assert person("member-0") not in left
    assert shown["unproven"] == []
    assert len(shown["members"]) == 35
    assert {one["person"] for one in shown["convocations"]} == set(shown["people"])


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"called_by": "third", "requested_on": "2024-01-08", "requested_by_members": 11}, "m"),
        (
            {
                "called_by": "absolute-majority",
                "requested_on": "2024-01-08",
                "requested_by_members": 17,
            },
            "m",
        ),
        (
            {
                "called_by": "absolute-majority",
                "requested_on": "2024-01-02",
                "requested_by_members": 18,
            },
            "opens_on",
        ),
        ({"called_by": "governor", "requested_on": "2024-01-05"}, "opens_on"),
        ({"called_by": "governor"}, "requested_on"),
    ],
)
def test_a_request_too_few_signed_or_a_day_too_late_is_refused(
    council: Council, body: dict[str, Any], field: str
) -> None:
    council.today("2024-01-08")

    answer = extraordinary(council, **body)

    named = "requested_by_members" if field == "m" else field
    assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, named)
    assert "art 3" in answer.json["article"] or ", 36" in answer.json["article"]
    assert council.review.rows(CouncilSession) == []


def test_a_third_of_the_members_may_be_refused_with_reasons_in_ten_days(council: Council) -> None:
    council.today("2024-01-08")
    asked = {"requested_on": "2024-01-08", "requested_by_members": 18}
    third = extraordinary(council, called_by="third", **asked).json["id"]
    most = extraordinary(council, called_by="absolute-majority", **asked).json["id"]
    council.today("2024-01-18")

    refused = council.done(f"/sessions/{third}/refusal", {"reason": "Sans objet"})
    never = council.post(f"/sessions/{most}/refusal", {"reason": "Sans objet"})

    assert refused["state"] == "refused"
    assert (never.status_code, never.json["article"]) == (409, "113-14, 36")


def test_nobody_is_convened_before_the_president_settled_the_clash(council: Council) -> None:
    session, case = clashing(council)
    seat_president(council)

    early = council.post(f"/sessions/{session}/convening")
    unsettled = council.post(f"/sessions/{session}/items", {"case": case})
    alone = choose(council, case, choice="this-session", reason="Urgence")
    made = choose(council, case, **AGREED)
    missing = council.post(f"/sessions/{session}/convening")
    council.item(session, case=case)
    council.done(f"/sessions/{session}/convening")

    assert (early.status_code, early.json["article"]) == (409, "113-14, 38")
    assert "petition" in early.json["detail"]
    assert (unsettled.status_code, unsettled.json["article"]) == (409, "113-14, 38")
    assert (alone.status_code, alone.json["errors"][0]["field"]) == (422, "governor_agreed_on")
    assert made.status_code == 201
    assert (missing.status_code, missing.json["article"]) == (409, "113-14, 38")
    (told,) = council.review.emitted("case.session_chosen.v1")
    assert told.data.what["choice"] == "this-session"
    assert "Urgence" not in str(told.data.what)


def test_a_petition_left_for_the_next_session_does_not_hold_this_one(council: Council) -> None:
    session, case = clashing(council)
    seat_president(council)

    choose(council, case, choice="next-session", reason="Délai trop court")
    again = choose(council, case, **AGREED)
    council.done(f"/sessions/{session}/convening")

    assert again.status_code == 409
    (kept,) = [
        row
        for row in council.review.rows(ClashChoice)
        if (row.choice, row.reason) == ("next-session", "Délai trop court")
    ]
    assert kept.chosen_on == date(2024, 1, 22)


def test_only_the_president_chooses(council: Council) -> None:
    _, case = clashing(council)

    assert council.post(f"/cases/{case}/session-choice", AGREED).status_code == 403
