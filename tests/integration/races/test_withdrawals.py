"""Petitioners withdraw while the bureau, the council or a body is at work on their petition."""

from __future__ import annotations

from datetime import date

from services.review.cases.consultation_models import Consultation
from services.review.control.models import Decision
from services.review.sessions.models import Item
from tests.integration.opinions.conftest import BALLOT, Bodies
from tests.integration.races.conftest import PassOn
from tests.integration.races.table import race
from tests.integration.review.case_support import DESPITE
from tests.integration.review.opinion_support import VOTE_DAY, VotingDesk


@race("withdrawal and bureau decision", first="withdrawal")
def test_a_petition_withdrawn_first_is_not_decided_by_the_bureau(desk: VotingDesk) -> None:
    case = desk.filed()
    desk.withdrawal_asked()

    answer = desk.post(f"/cases/{case}/admission", DESPITE, who="vice")

    assert (answer.status_code, answer.json["code"]) == (409, "illegal-step")
    assert desk.case(case).state == "withdrawn"
    assert desk.types("case") == ["opened", "withdrawn"]


@race("withdrawal and bureau decision", first="decision")
def test_an_accepted_petition_is_still_withdrawn_and_its_requests_are_cancelled(
    desk: VotingDesk,
) -> None:
    case = desk.referred()
    desk.asked(case)

    desk.withdrawal_asked(on=date(2023, 11, 20))

    assert desk.case(case).state == "withdrawn"
    assert desk.types("case") == ["opened", "admitted", "referred", "withdrawn"]
    cancelled = desk.review.emitted("consultation.cancelled.v1")
    assert [event.data.what for event in cancelled] == [{"reason": "case-withdrawn"}]
    assert cancelled[0].causationid is not None


@race("withdrawal and bureau decision", first="decision")
def test_a_refused_petition_is_over_and_its_withdrawal_is_answered(desk: VotingDesk) -> None:
    case = desk.filed()
    desk.done(f"/cases/{case}/refusal", {"reasons": ["outside-powers"]}, who="chief")

    desk.withdrawal_asked()

    refused = desk.review.emitted("case.withdrawal_refused.v1")
    assert [event.data.what for event in refused] == [{"reason": "case-is-over"}]
    assert desk.case(case).state == "refused"


@race("withdrawal and vote", first="withdrawal")
def test_a_petition_withdrawn_before_its_vote_is_not_voted_on(desk: VotingDesk) -> None:
    case = desk.referred()
    item = desk.before_vote(case)
    desk.withdrawal_asked(on=date.fromisoformat(VOTE_DAY))

    answer = desk.vote(item)

    assert answer.status_code == 409
    (row,) = desk.review.rows(Item)
    assert (row.state, row.postponed_because) == ("postponed", "petition-withdrawn")
    assert desk.review.rows(Decision) == []


@race("withdrawal and vote", first="vote")
def test_a_withdrawal_after_the_vote_is_refused_with_its_reason(desk: VotingDesk) -> None:
    case = desk.referred()
    desk.deliberated(case)

    desk.withdrawal_asked(on=date(2024, 2, 6))
    by_hand = desk.post(f"/cases/{case}/withdrawal")

    assert desk.case(case).state == "referred"
    refused = desk.review.emitted("case.withdrawal_refused.v1")
    assert [event.data.what for event in refused] == [{"reason": "already-voted"}]
    assert (by_hand.status_code, by_hand.json["code"]) == (409, "rule-refused")


@race("withdrawal and notice", first="withdrawal")
def test_a_petition_withdrawn_before_the_notice_is_not_on_the_agenda_the_notice_freezes(
    desk: VotingDesk,
) -> None:
    case = desk.referred()
    desk.today("2024-01-15")
    session = desk.planned()
    desk.done(f"/sessions/{session}/items", {"case": case})
    other = desk.done(f"/sessions/{session}/items", {"subject": {"fr": "Budget"}})["id"]
    desk.done(f"/sessions/{session}/call", who="chief")
    desk.done(f"/cases/{case}/withdrawal")
    desk.today("2024-01-25")

    desk.done(f"/sessions/{session}/convening", who="chief")

    what = desk.review.emitted("session.convened.v1")[0].data.what
    assert (what["agenda"], what["agenda_version"]) == ([other], 2)


@race("withdrawal and notice", first="notice")
def test_a_petition_withdrawn_after_the_notice_leaves_the_notice_as_it_was_sent(
    desk: VotingDesk,
) -> None:
    case = desk.referred()
    session, item = desk.on_agenda(case)

    desk.done(f"/cases/{case}/withdrawal")

    what = desk.review.emitted("session.convened.v1")[0].data.what
    assert what["agenda"] == [item]
    (postponed,) = desk.review.emitted("item.postponed.v1")
    assert postponed.data.what == {"reason": "petition-withdrawn", "count": None}
    assert desk.get(f"/sessions/{session}/agenda").json["versions"][-1]["cause"] == "removed"


def asked_of_body(desk: VotingDesk, bodies: Bodies, pass_on: PassOn, case: str) -> tuple[str, str]:
    """A body that is asked about a case and has heard of it; body and consultation."""
    body = bodies.formed()
    bodies.seated(body, "rapporteur", "m2", "m3", "m4", "m5")
    pass_on(bodies.harness, desk.review)
    said = {"body": body, "due_on": "2024-01-05"}
    consultation = str(desk.done(f"/cases/{case}/consultations", said)["id"])
    bodies.harness.know_authority(today=date(2023, 11, 20))
    pass_on(desk.review, bodies.harness)
    return body, consultation


@race("withdrawal and draft of a body", first="withdrawal")
def test_a_body_begins_nothing_on_a_request_about_a_withdrawn_petition(
    desk: VotingDesk, bodies: Bodies, pass_on: PassOn
) -> None:
    case = desk.referred()
    body, consultation = asked_of_body(desk, bodies, pass_on, case)
    desk.withdrawal_asked(on=date(2023, 11, 20))
    pass_on(desk.review, bodies.harness)

    answer = bodies.ask("POST", "/opinions", {"body": body, "consultation": consultation})

    assert (answer.status_code, answer.json["code"]) == (409, "rule-refused")
    (listed,) = bodies.ask("GET", "/consultations").json["consultations"]
    assert (listed["state"], listed["reason"]) == ("cancelled", "case-withdrawn")


@race("withdrawal and draft of a body", first="draft")
def test_a_body_may_go_on_with_the_draft_it_had_begun_and_its_opinion_answers_nothing(
    desk: VotingDesk, bodies: Bodies, pass_on: PassOn
) -> None:
    case = desk.referred()
    body, consultation = asked_of_body(desk, bodies, pass_on, case)
    opinion = bodies.drafted(bodies.started(body, consultation=consultation))
    desk.withdrawal_asked(on=date(2023, 11, 20))
    pass_on(desk.review, bodies.harness)

    assert bodies.act(opinion, "adoption", **BALLOT).status_code == 200
    submitted = bodies.act(opinion, "submission").json
    pass_on(bodies.harness, desk.review)

    assert (submitted["state"], submitted["request"]["state"]) == ("submitted", "cancelled")
    assert [row.state for row in desk.review.rows(Consultation)] == ["cancelled"]
    shown = desk.get(f"/cases/{case}").json
    assert [one["opinion"] for one in shown["opinions"]] == [opinion["id"]]
