"""An opinion comes in while its request lapses, the council votes or the session is moved."""

from __future__ import annotations

from datetime import date

from services.review.cases.consultation_models import ReceivedOpinion
from tests.integration.opinions.conftest import Bodies
from tests.integration.races.conftest import PassOn
from tests.integration.races.table import race
from tests.integration.review.opinion_support import VOTE_DAY, VotingDesk


@race("opinion and lapse", first="opinion")
def test_what_was_answered_in_time_does_not_lapse(desk: VotingDesk) -> None:
    case = desk.admitted()
    consultation = desk.asked(case)
    desk.today("2024-01-05")
    desk.submitted(on=date(2024, 1, 5), case=case, consultation=consultation)

    desk.today("2024-01-06")
    desk.fire_timers()

    assert desk.types("consultation") == ["requested", "answered"]


@race("opinion and lapse", first="lapse")
def test_an_opinion_handed_in_in_time_undoes_the_lapse_it_comes_behind(desk: VotingDesk) -> None:
    case = desk.admitted()
    consultation = desk.asked(case)
    desk.today("2024-01-08")
    desk.fire_timers()

    desk.submitted(on=date(2024, 1, 4), case=case, consultation=consultation)

    assert desk.types("consultation") == ["requested", "lapsed", "reopened", "answered"]
    reopened = desk.review.emitted("consultation.reopened.v1")[0]
    assert reopened.data.acted_on == date(2024, 1, 4)


@race("opinion and lapse", first="lapse")
def test_a_late_opinion_is_kept_and_leaves_the_lapse(desk: VotingDesk) -> None:
    case = desk.admitted()
    consultation = desk.asked(case)
    desk.today("2024-01-08")
    desk.fire_timers()

    desk.submitted(on=date(2024, 1, 7), case=case, consultation=consultation)

    assert desk.types("consultation") == ["requested", "lapsed"]
    assert len(desk.get(f"/cases/{case}").json["opinions"]) == 1


@race("opinion and vote", first="opinion")
def test_an_opinion_before_the_vote_is_answered_by_the_decision(desk: VotingDesk) -> None:
    case = desk.referred()
    consultation = desk.asked(case, due_on="2024-02-20")
    item = desk.before_vote(case)
    opinion = desk.submitted(on=date(2024, 2, 6), case=case, consultation=consultation)

    silent = desk.vote(item)
    said = {"opinion": opinion, "answer": "followed", "reason": "Retenu."}
    voted = desk.vote(item, opinions=[said])

    assert desk.types("consultation") == ["requested", "answered"]
    assert (silent.status_code, voted.status_code) == (422, 200)
    (adopted,) = desk.review.emitted("decision.adopted.v1")
    assert [one["opinion"] for one in adopted.data.what["opinions_answered"]] == [opinion]


@race("opinion and vote", first="vote")
def test_an_opinion_after_the_vote_is_only_attached(desk: VotingDesk) -> None:
    case = desk.referred()
    consultation = desk.asked(case, due_on="2024-02-20")
    desk.deliberated(case)

    desk.submitted(on=date(2024, 2, 6), case=case, consultation=consultation)

    assert desk.types("consultation") == ["requested"]
    assert desk.get(f"/cases/{case}").json["opinions"][0]["submitted_on"] == "2024-02-06"
    assert desk.types("decision") == ["adopted"]


def called(desk: VotingDesk) -> str:
    """A called session with one item."""
    desk.today("2024-01-15")
    session = desk.planned()
    desk.done(f"/sessions/{session}/items", {"subject": {"fr": "Budget"}})
    desk.done(f"/sessions/{session}/call", who="chief")
    return session


def a_body(bodies: Bodies) -> str:
    """A body that can begin an opinion, on the council's day."""
    bodies.harness.know_authority(today=date(2024, 1, 15))
    body = bodies.formed()
    bodies.seated(body, "rapporteur", "m2", "m3", "m4", "m5")
    return body


@race("session moved and draft of a body", first="draft")
def test_a_draft_for_a_session_goes_on_and_shows_that_the_session_was_put_off(
    desk: VotingDesk, bodies: Bodies, pass_on: PassOn
) -> None:
    session, body = called(desk), a_body(bodies)
    pass_on(desk.review, bodies.harness)
    opinion = bodies.drafted(bodies.started(body, session=session))

    desk.done(f"/sessions/{session}/postponement", {"reason": "preparation"}, who="chief")
    pass_on(desk.review, bodies.harness)

    shown = bodies.ask("GET", f"/opinions/{opinion['id']}").json
    assert (shown["state"], shown["addressed_to"]["state"]) == ("drafting", "postponed")


@race("session moved and draft of a body", first="session")
def test_a_body_that_begins_after_the_session_was_put_off_sees_that_at_once(
    desk: VotingDesk, bodies: Bodies, pass_on: PassOn
) -> None:
    session, body = called(desk), a_body(bodies)
    desk.done(f"/sessions/{session}/postponement", {"reason": "preparation"}, who="chief")
    pass_on(desk.review, bodies.harness)

    begun = bodies.started(body, session=session)

    assert (begun["state"], begun["addressed_to"]["state"]) == ("drafting", "postponed")


@race("postponed session and opinion", first="opinion")
def test_an_opinion_answered_before_the_session_was_put_off_stands_for_the_next(
    desk: VotingDesk,
) -> None:
    case = desk.referred()
    consultation = desk.asked(case)
    desk.today("2024-01-05")
    desk.submitted(on=date(2024, 1, 5), case=case, consultation=consultation)
    session, _ = desk.on_agenda(case)

    desk.done(f"/sessions/{session}/postponement", {"reason": "preparation"}, who="chief")

    assert desk.types("consultation") == ["requested", "answered"]
    assert len(desk.review.rows(ReceivedOpinion)) == 1


@race("postponed session and opinion", first="postponement")
def test_a_request_stays_open_when_the_session_is_put_off_and_is_answered_afterwards(
    desk: VotingDesk,
) -> None:
    case = desk.referred()
    consultation = desk.asked(case, due_on=VOTE_DAY)
    session, _ = desk.on_agenda(case)
    desk.done(f"/sessions/{session}/postponement", {"reason": "preparation"}, who="chief")
    asked = desk.types("consultation")

    desk.submitted(on=date(2024, 1, 25), case=case, consultation=consultation)

    assert asked == ["requested"]
    assert desk.types("consultation") == ["requested", "answered"]
