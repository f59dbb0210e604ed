"""What becomes of a decision: actions with owner, day and evidence, told to each session."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from services.review.control.follow_up_models import FollowUp
from services.review.control.timers import make_decisions_enforceable
from services.review.council.models import Mandate
from shared.testing.harness import AUTHORITY, Harness, person
from tests.integration.review.session_support import Council

ACTION = {"title": "Ouvrir le centre", "owner": "Service social", "due_on": "2024-06-30"}


@pytest.fixture
def council(harness_on: Any, database_kind: str) -> Council:
    """A council of 35 on either database."""
    review: Harness = harness_on("review", database_kind)
    return Council(review)


def mandate(name: str, **changes: Any) -> Mandate:
    """A mandate in force."""
    facts = {"authority": AUTHORITY, "state": "active", "sequence": 1}
    return Mandate(**facts, person_id=UUID(person(name)), **changes)


def enforceable(council: Council) -> str:
    """The id of a decision that can be carried out."""
    decision = council.transmitted()
    council.today("2024-02-24")
    make_decisions_enforceable(council.review.context)
    return decision


def test_an_action_has_an_owner_a_day_and_an_event_without_its_words(council: Council) -> None:
    decision = enforceable(council)

    action = council.done(f"/decisions/{decision}/follow-ups", ACTION)

    assert (action["state"], action["owner"]) == ("planned", "Service social")
    told = council.review.emitted("decision.followed_up.v1")[0]
    assert told.data.what == {
        "action": action["id"],
        "state": "planned",
        "due_on": "2024-06-30",
        "evidence_sha256": [],
    }
    public = council.public(f"/decisions/{decision}/follow-ups?authority=taroudant").json
    assert [one["title"] for one in public["follow_ups"]] == ["Ouvrir le centre"]


def test_the_president_plans_an_action_and_who_only_claims_to_be_it_does_not(
    council: Council,
) -> None:
    decision = enforceable(council)
    president = {"office": "president", "from_on": date(2021, 9, 15)}
    council.add(mandate("chief", **president))
    path = f"/decisions/{decision}/follow-ups"

    claimed = council.post(path, ACTION, role="president", who="somebody else")
    planned = council.post(path, ACTION, role="president", who="chief")

    assert (claimed.status_code, claimed.json["code"]) == (403, "not-allowed")
    assert planned.status_code == 201, planned.text
    assert [one.changed_by for one in council.review.rows(FollowUp)] == [person("chief")]
    assert len(council.review.emitted("decision.followed_up.v1")) == 1


def test_an_action_moves_on_and_is_done_on_evidence_only(council: Council) -> None:
    decision = enforceable(council)
    action = council.done(f"/decisions/{decision}/follow-ups", ACTION)["id"]
    path = f"/decisions/{decision}/follow-ups/{action}/progress"
    council.done(path, {"state": "under-way", "due_on": "2024-09-30"})

    bare = council.post(path, {"state": "done"})
    council.done(path, {"state": "done", "note": "Handover report.", "sha256": ["e" * 64]})
    again = council.post(path, {"state": "under-way"})

    assert (bare.status_code, bare.json["article"]) == (409, "113-14, 106")
    assert (again.status_code, again.json["code"]) == (409, "rule-refused")
    row = council.review.rows(FollowUp)[0]
    assert (row.state, row.due_on.isoformat(), row.sha256) == ("done", "2024-09-30", ["e" * 64])
    states = [one.data.what["state"] for one in council.review.emitted("decision.followed_up.v1")]
    assert states == ["planned", "under-way", "done"]


def test_only_what_can_be_carried_out_is_followed_up(council: Council) -> None:
    decision = council.transmitted()

    answer = council.post(f"/decisions/{decision}/follow-ups", ACTION)

    assert (answer.status_code, answer.json["code"]) == (409, "illegal-step")
    assert council.review.rows(FollowUp) == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"due_on": "2024-02-01"}, "due_on"), ({"title": ""}, "title"), ({"owner": None}, "owner")],
)
def test_an_action_that_cannot_be_is_refused_by_its_field(
    council: Council, changes: dict[str, Any], field: str
) -> None:
    decision = enforceable(council)

    answer = council.post(f"/decisions/{decision}/follow-ups", {**ACTION, **changes})

    assert answer.status_code == 422
    assert [error["field"] for error in answer.json["errors"]] == [field]


def test_an_action_of_another_decision_is_not_there(council: Council) -> None:
    decision = enforceable(council)
    path = f"/decisions/{decision}/follow-ups/{person('nothing')}/progress"

    assert council.post(path, {"state": "under-way"}).status_code == 404


def test_each_ordinary_session_is_told_of_the_open_actions_once(council: Council) -> None:
    decision = enforceable(council)
    council.done(f"/decisions/{decision}/follow-ups", ACTION)
    council.today("2024-03-01")
    session = council.planned(opens_on="2024-05-07")
    council.item(session)
    path = f"/sessions/{session}/follow-up-report"
    early = council.post(path)
    council.done(f"/sessions/{session}/call")
    council.today("2024-04-20")
    council.done(f"/sessions/{session}/convening")
    council.today("2024-05-07")
    council.done(f"/sessions/{session}/sittings", {"call": 1, "present": 27})
    before = council.get(f"/sessions/{session}/follow-ups").json

    council.done(path)

    assert (early.status_code, early.json["article"]) == (409, "113-14, 106")
    told = council.review.emitted()[-1]
    assert (told.type, told.data.what["actions"]) == ("session.follow_ups_reported.v1", 1)
    assert before["reported_on"] is None
    assert [one["title"] for one in before["follow_ups"]] == ["Ouvrir le centre"]
    after = council.get(f"/sessions/{session}/follow-ups").json
    assert after["reported_on"] == "2024-05-07"
    assert council.post(path).status_code == 409
