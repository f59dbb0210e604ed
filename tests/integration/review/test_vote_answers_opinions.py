"""A decision cites the opinions received and says of each what became of it, and why."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from services.review.control.models import Decision, DecisionOpinion
from shared.ids import new_id
from shared.testing.harness import AUTHORITY, Harness
from tests.integration.review.case_support import BODY
from tests.integration.review.opinion_support import VOTE_DAY, VOTES, VotingDesk

IN_TIME = date(2024, 2, 1)
WHY = "Le conseil retient la recommandation."


@pytest.fixture
def desk(harness_on: Any, database_kind: str) -> VotingDesk:
    """A council with offices, on either database."""
    harness: Harness = harness_on("review", database_kind)
    return VotingDesk(harness)


def with_opinion(desk: VotingDesk) -> tuple[str, str, str]:
    """A case before its vote with the opinion that was asked about it: case, item, opinion."""
    case = desk.referred()
    consultation = desk.asked(case, is_mandatory=True, due_on="2024-02-05")
    session, item = desk.on_agenda(case)
    desk.today("2024-02-01")
    opinion = desk.submitted(on=IN_TIME, case=case, consultation=consultation)
    desk.today(VOTE_DAY)
    desk.done(f"/sessions/{session}/sittings", {"call": 1, "present": 5})
    desk.taken_up(item)
    return case, item, opinion


def reply(opinion: str, /, **changes: Any) -> dict[str, str]:
    """An answer to an opinion."""
    return {"opinion": opinion, "answer": "partly", "reason": WHY, **changes}


def test_without_an_answer_to_the_opinion_there_is_no_decision(desk: VotingDesk) -> None:
    _, item, _ = with_opinion(desk)

    answer = desk.vote(item)

    assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, "opinions")
    assert desk.review.rows(Decision) == []
    assert desk.types("item")[-1] == "taken_up"


def test_the_decision_says_what_became_of_the_opinion_and_the_event_only_its_hash(
    desk: VotingDesk,
) -> None:
    _, item, opinion = with_opinion(desk)

    desk.done(f"/items/{item}/vote", {**VOTES, "opinions": [reply(opinion)]})

    with desk.review.context.database.read(AUTHORITY) as session:
        kept = session.scalars(select(DecisionOpinion)).one()
    assert (str(kept.opinion_id), kept.answer, kept.reason) == (opinion, "partly", WHY)
    event = desk.review.emitted("decision.adopted.v1")[0]
    digest = hashlib.sha256(WHY.encode()).hexdigest()
    told = {"opinion": opinion, "answer": "partly", "reason_sha256": digest}
    assert event.data.what == {"opinions_answered": [told]}


def test_a_decision_that_rejects_the_petition_answers_too(desk: VotingDesk) -> None:
    _, item, opinion = with_opinion(desk)
    against = {"votes_for": 0, "votes_against": 5, "president": "against"}

    desk.done(
        f"/items/{item}/vote",
        {**VOTES, **against, "opinions": [reply(opinion, answer="not")]},
    )

    event = desk.review.emitted("decision.rejected.v1")[0]
    assert event.data.what["opinions_answered"][0]["answer"] == "not"


def test_everybody_reads_the_answer_and_its_reason(desk: VotingDesk) -> None:
    case, item, opinion = with_opinion(desk)
    desk.done(f"/items/{item}/vote", {**VOTES, "opinions": [reply(opinion)]})
    shown = {"opinion": opinion, "body": BODY, "answer": "partly", "reason": WHY}

    (listed,) = desk.anyone("GET", "/decisions?authority=taroudant").json["decisions"]
    asked = f"/decisions/{listed['id']}/opinions?authority=taroudant"
    places = [
        listed["opinions"],
        desk.anyone("GET", asked).json["opinions"],
        desk.get(f"/decisions/{listed['id']}").json["opinions"],
        desk.get(f"/cases/{case}").json["decisions"][0]["opinions"],
        desk.anyone("GET", "/petitions/taroudant/2023/1").json["decisions"][0]["opinions"],
    ]

    for (one,) in places:
        assert {key: one[key] for key in shown} == shown
        assert one["body_name"]["fr"] == "Instance"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"answer": "maybe"}, "opinions.0.answer"),
        ({"reason": ""}, "opinions.0.reason"),
        ({"opinion": str(new_id())}, "opinions.0.opinion"),
        ({"opinion": "nothing"}, "opinions.0.opinion"),
    ],
)
def test_an_answer_names_a_received_opinion_with_code_and_reason(
    desk: VotingDesk, changes: dict[str, str], field: str
) -> None:
    _, item, opinion = with_opinion(desk)

    answer = desk.vote(item, opinions=[reply(opinion, **changes)])

    assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, field)


def test_an_opinion_is_answered_once(desk: VotingDesk) -> None:
    _, item, opinion = with_opinion(desk)

    answer = desk.vote(item, opinions=[reply(opinion), reply(opinion, answer="not")])

    assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, "opinions.1.opinion")


def test_a_late_opinion_is_answered_too_when_it_came_before_the_vote(desk: VotingDesk) -> None:
    case = desk.referred()
    consultation = desk.asked(case, due_on="2024-01-05")
    item = desk.before_vote(case)
    desk.fire_timers()
    opinion = desk.submitted(on=date(2024, 2, 6), case=case, consultation=consultation)

    without = desk.vote(item)
    answered = desk.vote(item, opinions=[reply(opinion)])

    assert (without.status_code, answered.status_code) == (422, 200)


def test_an_opinion_of_a_later_day_is_no_part_of_the_decision(desk: VotingDesk) -> None:
    case = desk.referred()
    consultation = desk.asked(case, due_on="2024-02-20")
    item = desk.before_vote(case)
    desk.today("2024-02-08")
    opinion = desk.submitted(on=date(2024, 2, 8), case=case, consultation=consultation)
    late = {"acted_on": VOTE_DAY, "late_reason": "oubli"}

    cited = desk.vote(item, **late, opinions=[reply(opinion)])
    plain = desk.vote(item, **late)

    assert (cited.status_code, cited.json["errors"][0]["field"]) == (422, "opinions.0.opinion")
    assert plain.status_code == 200


def test_a_petition_without_opinions_needs_no_answer(desk: VotingDesk) -> None:
    item = desk.before_vote(desk.referred())

    desk.done(f"/items/{item}/vote", VOTES)

    event = desk.review.emitted("decision.adopted.v1")[0]
    assert event.data.what == {"opinions_answered": []}


def test_the_quorum_comes_before_the_answers(desk: VotingDesk) -> None:
    case = desk.referred()
    consultation = desk.asked(case, due_on="2024-02-05")
    _, item = desk.on_agenda(case)
    desk.submitted(on=date(2024, 1, 25), case=case, consultation=consultation)

    answer = desk.vote(item)

    assert (answer.status_code, answer.json["article"]) == (409, "113-14, 42")
