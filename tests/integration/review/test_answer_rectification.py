"""The day of the governor's answer is corrected by a new act, and what it stops is judged anew."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.review.control.models import Decision
from services.review.control.timers import make_decisions_enforceable
from shared.testing.harness import Harness
from tests.integration.review.session_support import Council

WHY = {"because": "Cachet mal lu."}
IN_TIME, LATE = "2024-02-22", "2024-02-26"


@pytest.fixture
def council(harness_on: Any, database_kind: str) -> Council:
    """A council of 35 on either database."""
    review: Harness = harness_on("review", database_kind)
    return Council(review)


def corrected(council: Council, decision: str, **body: Any) -> Any:
    """The answer to a correction by a second person."""
    who = body.pop("who", "second")
    body = {**WHY, "of": "opposition", **body}
    return council.post(f"/decisions/{decision}/answer-rectification", body, who=who)


def opposed(council: Council, received_on: str = IN_TIME) -> str:
    """A decision that the governor opposed; today is the 28th of February."""
    decision = council.transmitted()
    council.today("2024-02-28")
    body = {"received_on": received_on, "late_reason": "Courrier interne."}
    council.done(f"/decisions/{decision}/opposition", body)
    return decision


def answered(council: Council, *, granted: bool, on: str) -> str:
    """A decision whose visa was answered on a day; today is the first of April."""
    decision = council.transmitted(matter="public-utilities")
    council.today("2024-04-01")
    body = {"granted": granted, "received_on": on, "late_reason": "Courrier interne."}
    council.done(f"/decisions/{decision}/visa", body)
    return decision


def row(council: Council) -> Decision:
    """The one decision."""
    (found,) = council.review.rows(Decision)
    return found


def clocks(council: Council) -> str:
    """Let the clocks look; the state of the decision then."""
    make_decisions_enforceable(council.review.context)
    return row(council).state


def test_another_day_within_the_term_leaves_the_opposition_as_it_is(council: Council) -> None:
    decision = opposed(council)

    alone = corrected(council, decision, received_on="2024-02-21", who="somebody")
    shown = corrected(council, decision, received_on="2024-02-21").json

    assert (alone.status_code, alone.json["article"]) == (409, "113-14, 47")
    assert (shown["state"], shown["opposed_on"]) == ("opposed", "2024-02-21")
    old = council.review.emitted("decision.opposed.v1")[0]
    (new,) = council.review.emitted("decision.answer_rectified.v1")
    assert new.data.corrects == old.id
    assert (new.data.what["was"], new.data.what["now"]) == (IN_TIME, "2024-02-21")
    assert new.data.what["stops"] is True
    assert new.data.what["enforceable_if_unopposed_from"] is None
    assert "mal lu" not in str(new.data)


def test_an_opposition_that_came_after_its_term_leaves_the_decision_to_its_clock(
    council: Council,
) -> None:
    decision = opposed(council)

    shown = corrected(council, decision, received_on=LATE).json

    assert (shown["state"], shown["enforceable_from"]) == ("transmitted", "2024-02-24")
    assert clocks(council) == "enforceable"
    assert council.types()[-2:] == ["decision.answer_rectified.v1", "decision.enforceable.v1"]
    (new,) = council.review.emitted("decision.answer_rectified.v1")
    assert new.data.what["enforceable_if_unopposed_from"] == "2024-02-24"


def test_a_correction_is_corrected_by_the_next_and_the_opposition_holds_again(
    council: Council,
) -> None:
    decision = opposed(council)
    corrected(council, decision, received_on=LATE)
    clocks(council)

    alone = corrected(council, decision, received_on=IN_TIME)
    third = corrected(council, decision, received_on=IN_TIME, who="third").json

    assert alone.status_code == 409
    assert third["state"] == "enforceability_suspended"
    first, second = council.review.emitted("decision.answer_rectified.v1")
    assert second.data.corrects == first.id


def test_what_was_suspended_is_enforceable_again_by_a_later_receipt(council: Council) -> None:
    decision = council.transmitted()
    council.today("2024-02-28")
    clocks(council)
    late = {"received_on": IN_TIME, "late_reason": "Courrier interne."}
    council.done(f"/decisions/{decision}/opposition", late)
    before = row(council).state

    corrected(council, decision, received_on=LATE)

    assert (before, row(council).state) == ("enforceability_suspended", "enforceable")


def test_what_is_on_an_agenda_again_is_taken_off_first(council: Council) -> None:
    decision = opposed(council)
    session = council.planned(opens_on="2024-05-07")
    again = council.done(f"/decisions/{decision}/new-deliberation", {"session": session})

    refused = corrected(council, decision, received_on=LATE)
    council.done(f"/items/{again['id']}/postponement", {"reason": "other"})
    taken = corrected(council, decision, received_on=LATE)

    assert (refused.status_code, refused.json["article"]) == (409, "113-14, 117")
    assert refused.json["remedy"]
    assert (taken.status_code, row(council).state) == (200, "transmitted")


def test_an_earlier_or_later_visa_moves_the_first_day(council: Council) -> None:
    decision = answered(council, granted=True, on="2024-03-01")

    earlier = corrected(council, decision, of="visa", received_on="2024-02-27").json
    silence = council.get(f"/decisions/{decision}").json["enforceability"]["due_on"]
    late = corrected(council, decision, of="visa", received_on="2024-03-25", who="third").json

    assert (earlier["state"], earlier["enforceable_from"]) == ("enforceable", "2024-02-27")
    assert date.fromisoformat(silence) < date(2024, 3, 25)
    assert (late["state"], late["enforceable_from"]) == ("enforceable", silence)
    assert row(council).visa_answered_on == date(2024, 3, 25)


def test_a_refusal_of_the_visa_after_its_term_came_too_late(council: Council) -> None:
    decision = answered(council, granted=False, on="2024-03-01")

    within = corrected(council, decision, of="visa", received_on="2024-03-04").json["state"]
    after = corrected(council, decision, of="visa", received_on="2024-03-25", who="third").json

    assert (within, after["state"]) == ("visa_refused", "transmitted")
    assert clocks(council) == "enforceable"


@pytest.mark.parametrize(
    ("body", "status", "told"),
    [
        ({"received_on": "2024-02-19"}, 409, "113-14, 117"),
        ({"received_on": "2024-02-29"}, 422, "received_on"),
        ({"received_on": IN_TIME}, 422, "received_on"),
        ({"received_on": LATE, "because": ""}, 422, "because"),
        ({"received_on": LATE, "of": "rumour"}, 422, "of"),
        ({"received_on": LATE, "of": "visa"}, 409, "illegal-step"),
    ],
)
def test_an_answer_that_cannot_be_is_refused_and_nothing_changes(
    council: Council, body: dict[str, Any], status: int, told: str
) -> None:
    decision = opposed(council)

    answer = corrected(council, decision, **body)

    assert answer.status_code == status
    fields = [one["field"] for one in answer.json.get("errors", [])]
    assert told in {answer.json.get("article"), answer.json["code"], *fields}
    assert (row(council).state, row(council).opposed_on) == ("opposed", date(2024, 2, 22))


@pytest.mark.parametrize(("is_opposed", "offered"), [(True, True), (False, False)])
def test_the_correction_is_offered_once_an_answer_is_recorded(
    council: Council, is_opposed: bool, offered: bool
) -> None:
    decision = opposed(council) if is_opposed else council.transmitted()

    allowed = council.get(f"/decisions/{decision}").json["allowed"]

    assert ("rectify_opposition" in allowed) == offered
    assert "rectify_visa" not in allowed
