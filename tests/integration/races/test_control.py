"""The governor's opposition arrives before or after the day on which a decision is enforceable."""

from __future__ import annotations

from services.review.control.models import Decision
from services.review.control.timers import make_decisions_enforceable
from tests.integration.races.table import race
from tests.integration.review.session_support import Council

VOTE = {"votes_for": 3, "votes_against": 0, "abstentions": 0}


def at_the_governor(council: Council) -> str:
    """A decision that the governor received on 20 February 2024."""
    session, item = council.convened()
    council.today("2024-02-06")
    council.done(f"/sessions/{session}/sittings", {"call": 1, "present": 3})
    council.done(f"/items/{item}/vote", VOTE)
    council.done(f"/sessions/{session}/closing")
    decision = str(council.decisions()[0]["id"])
    council.done(f"/decisions/{decision}/classification", {"matter": None})
    council.today("2024-02-20")
    council.done(f"/decisions/{decision}/transmission", {"governor_receipt_on": "2024-02-20"})
    return decision


def ring(council: Council) -> None:
    """Let the clock look once."""
    make_decisions_enforceable(council.review.context)


@race("opposition and enforceability", first="opposition")
def test_an_opposition_in_time_stops_the_clock(council: Council) -> None:
    decision = at_the_governor(council)
    council.today("2024-02-23")
    council.done(f"/decisions/{decision}/opposition", {"received_on": "2024-02-23"})

    council.today("2024-02-26")
    ring(council)

    assert council.types()[-1] == "decision.opposed.v1"
    assert council.review.rows(Decision)[0].state == "opposed"


@race("opposition and enforceability", first="enforceability")
def test_an_opposition_in_time_but_recorded_later_suspends_the_decision(
    council: Council,
) -> None:
    decision = at_the_governor(council)
    council.today("2024-02-26")
    ring(council)
    body = {"received_on": "2024-02-22"}

    unexplained = council.post(f"/decisions/{decision}/opposition", body)
    council.done(f"/decisions/{decision}/opposition", {**body, "late_reason": "courrier égaré"})

    assert unexplained.json["errors"][0]["field"] == "late_reason"
    event = council.review.emitted("decision.enforceability_suspended.v1")[0]
    assert event.data.what == {"received_on": "2024-02-22", "reason_sha256": None}
    assert event.data.acted_on.isoformat() == "2024-02-22"
    assert council.review.rows(Decision)[0].state == "enforceability_suspended"


@race("opposition and enforceability", first="enforceability")
def test_an_opposition_received_after_the_term_changes_nothing(council: Council) -> None:
    decision = at_the_governor(council)
    council.today("2024-02-26")
    ring(council)

    late = {"received_on": "2024-02-26"}
    answer = council.post(f"/decisions/{decision}/opposition", late)

    assert (answer.status_code, answer.json["article"]) == (409, "113-14, 117")
    assert council.review.rows(Decision)[0].state == "enforceable"
