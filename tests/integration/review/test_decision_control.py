"""A decision under the governor's control: sending, opposition, and the day it takes effect."""

from __future__ import annotations

from typing import Any

import pytest

from services.review.control.models import Decision
from services.review.control.timers import make_decisions_enforceable
from services.review.kept_texts import hash_of
from shared.testing.harness import Harness
from tests.integration.review.session_support import OPENS_ON, Council

SENT = {"governor_receipt_on": "2024-02-20"}


@pytest.fixture
def council(harness_on: Any, database_kind: str) -> Council:
    """A council of 35 on either database."""
    review: Harness = harness_on("review", database_kind)
    return Council(review)


def ring(council: Council) -> None:
    """Let the clock look once."""
    make_decisions_enforceable(council.review.context)


def test_taroudants_decision_is_enforceable_from_24_february_and_not_before(
    council: Council,
) -> None:
    council.transmitted()
    sent = council.review.emitted("decision.transmitted.v1")[0].data.what

    council.today("2024-02-23")
    ring(council)
    before = council.review.rows(Decision)[0].state
    council.today("2024-02-24")
    ring(council)
    ring(council)

    assert sent["enforceable_if_unopposed_from"] == "2024-02-24"
    assert before == "transmitted"
    events = council.review.emitted("decision.enforceable.v1")
    assert [event.data.what for event in events] == [{"rule": "enforceable-if-unopposed"}]
    assert events[0].data.acted_on.isoformat() == "2024-02-24"
    assert events[0].actorid == "service:review"


def test_a_clock_that_looks_late_dates_the_act_by_the_law(council: Council) -> None:
    council.transmitted()

    council.today("2024-03-10")
    ring(council)

    event = council.review.emitted("decision.enforceable.v1")[0]
    assert event.data.acted_on.isoformat() == "2024-02-24"
    assert council.decisions()[0]["state"] == "enforceable"


def test_a_visa_is_silent_for_twenty_days(council: Council) -> None:
    council.transmitted(matter="budget")

    council.today("2024-03-11")
    ring(council)
    before = council.review.rows(Decision)[0].state
    council.today("2024-03-12")
    ring(council)

    assert before == "transmitted"
    events = council.review.emitted("decision.enforceable.v1")
    assert [event.data.what for event in events] == [{"rule": "enforceable-if-visa-tacit"}]


def test_the_authoritys_own_holiday_is_no_working_day(council: Council) -> None:
    decision = council.classified()
    council.today("2024-02-20", holidays=["2024-02-22"])

    sent = council.done(f"/decisions/{decision}/transmission", SENT)

    assert sent["enforceable_from"] == "2024-02-27"


def test_a_decision_is_classified_before_it_is_sent(council: Council) -> None:
    decision = council.adopted()
    council.today("2024-02-20")

    unsaid = council.post(f"/decisions/{decision}/transmission", SENT)

    assert (unsaid.status_code, unsaid.json["article"]) == (409, "113-14, 118")
    assert council.review.rows(Decision)[0].state == "adopted"


def test_the_receipt_lies_between_the_sending_and_today(council: Council) -> None:
    decision = council.classified()
    council.today("2024-02-20")
    path = f"/decisions/{decision}/transmission"

    future = council.post(path, {**SENT, "governor_receipt_on": "2024-02-21"})
    earlier = council.post(path, {**SENT, "governor_receipt_on": "2024-02-19"})

    assert (future.status_code, earlier.status_code) == (409, 409)
    assert council.review.emitted("decision.transmitted.v1") == []


def test_nothing_is_sent_before_the_session_is_closed(council: Council) -> None:
    _, item = council.opened()
    vote = {"votes_for": 27, "votes_against": 0, "abstentions": 0}
    council.done(f"/items/{item}/vote", vote)
    decision = council.decisions()[0]["id"]
    council.done(f"/decisions/{decision}/classification", {"matter": None})

    answer = council.post(
        f"/decisions/{decision}/transmission", {**SENT, "governor_receipt_on": OPENS_ON}
    )

    assert (answer.status_code, answer.json["article"]) == (409, "113-14, 116")


def test_a_rejected_decision_has_no_way_to_the_governor(council: Council) -> None:
    session, item = council.opened()
    vote = {"votes_for": 0, "votes_against": 27, "abstentions": 0}
    council.done(f"/items/{item}/vote", vote)
    council.done(f"/sessions/{session}/closing")
    decision = council.decisions()[0]["id"]
    council.today("2024-02-20")

    answer = council.post(f"/decisions/{decision}/transmission", SENT)

    assert (answer.status_code, answer.json["code"]) == (409, "illegal-step")
    assert council.get(f"/decisions/{decision}").json["allowed"] == []


def test_a_late_transmission_is_taken_shown_and_explained(council: Council) -> None:
    decision = council.classified()
    council.today("2024-02-28")
    said = {**SENT, "governor_receipt_on": "2024-02-28", "delay_reason": "signature manquante"}

    council.done(f"/decisions/{decision}/transmission", said)

    shown = council.get(f"/decisions/{decision}").json
    assert shown["transmission"]["due_on"] == "2024-02-27"
    assert (shown["is_late"], shown["delay_reason"]) == (True, "signature manquante")
    assert set(shown["transmission"]["missed"]) == {"ar", "fr", "en"}
    assert council.review.rows(Decision)[0].transmission_due_on.isoformat() == "2024-02-27"


def test_a_transmission_in_time_is_not_late_and_explains_its_day(council: Council) -> None:
    decision = council.transmitted()

    shown = council.get(f"/decisions/{decision}").json

    assert shown["is_late"] is False
    assert shown["enforceability"]["due_on"] == "2024-02-24"
    assert shown["enforceability"]["article"] == "113-14 art 117"
    assert shown["opposition"]["due_on"] == "2024-02-23"
    assert shown["allowed"] == ["rectify_receipt", "oppose"]


@pytest.mark.parametrize("received_on", ["2024-02-24", "2024-02-19"])
def test_an_opposition_outside_its_term_is_refused(council: Council, received_on: str) -> None:
    decision = council.transmitted()
    council.today("2024-02-26")

    answer = council.post(
        f"/decisions/{decision}/opposition",
        {"received_on": received_on, "late_reason": "courrier"},
    )

    assert (answer.status_code, answer.json["article"]) == (409, "113-14, 117")


def test_an_opposition_is_never_of_the_future(council: Council) -> None:
    decision = council.transmitted()

    answer = council.post(f"/decisions/{decision}/opposition", {"received_on": "2024-02-21"})

    assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, "received_on")


def test_nobody_makes_a_decision_enforceable_by_hand(council: Council) -> None:
    decision = council.transmitted()

    answers = [
        council.post(f"/decisions/{decision}/enforcement"),
        council.post(f"/decisions/{decision}/transmission", SENT),
        council.post(
            f"/decisions/{decision}/opposition", {"received_on": "2024-02-20"}, role="petitioner"
        ),
    ]

    assert [answer.status_code for answer in answers] == [404, 409, 403]


def test_another_authoritys_decision_is_not_there(council: Council) -> None:
    decision = council.transmitted()
    council.review.know_authority("tiznit")

    answer = council.post(
        f"/decisions/{decision}/opposition", {"received_on": "2024-02-20"}, authority="tiznit"
    )

    assert answer.status_code == 404
    assert council.public("/decisions?authority=tiznit").json["decisions"] == []


def test_the_clock_of_one_authority_is_not_that_of_another(council: Council) -> None:
    council.transmitted()
    council.review.know_authority("tiznit", today=None)

    ring(council)

    assert council.review.emitted("decision.enforceable.v1") == []


@pytest.mark.parametrize(
    ("language", "day"), [("fr", "21 mars 2024"), ("en", "21 March 2024"), ("ar", "21 مارس 2024")]
)
def test_a_refusal_names_days_as_its_reader_writes_them(
    council: Council, language: str, day: str
) -> None:
    decision = council.transmitted()
    council.today("2024-03-21")

    answer = council.post(
        f"/decisions/{decision}/opposition?lang={language}", {"received_on": "2024-03-22"}
    )

    assert answer.status_code == 422
    assert day in answer.json["detail"]
    assert day in answer.json["errors"][0]["message"]


def test_the_public_list_names_the_petition_that_each_decision_is_about(council: Council) -> None:
    case = council.accepted_petition()
    council.today("2024-01-15")
    session = council.planned()
    items = [council.item(session, case=case), council.item(session)]
    council.done(f"/sessions/{session}/call")
    council.today("2024-01-25")
    council.done(f"/sessions/{session}/convening")
    council.today(OPENS_ON)
    council.done(f"/sessions/{session}/sittings", {"call": 1, "present": 27})
    council.taken_up(items[0])
    for item in items:
        vote = {"votes_for": 27, "votes_against": 0, "abstentions": 0}
        council.done(f"/items/{item}/vote", vote)

    shown = {row["case"]: row["reference"] for row in council.decisions()}

    assert shown == {case: "taroudant/2023/petition", None: None}
    for row in council.decisions():
        detail = council.get(f"/decisions/{row['id']}").json
        assert detail["reference"] == row["reference"]


def test_the_governors_reasons_stay_with_the_council_and_travel_as_a_hash(
    council: Council,
) -> None:
    decision = council.transmitted()
    why = "La délibération excède les attributions de la commune."

    council.done(f"/decisions/{decision}/opposition", {"received_on": "2024-02-20", "reason": why})

    assert council.get(f"/decisions/{decision}").json["opposed_because"] == why
    (told,) = council.review.emitted("decision.opposed.v1")
    assert told.data.what["reason_sha256"] == hash_of(why)
    assert "attributions" not in str(told.data)
    (public,) = council.decisions()
    assert "opposed_because" not in public
