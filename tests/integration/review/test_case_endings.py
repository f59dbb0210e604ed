"""How a case ends: withdrawn before the vote, refused after it, closed with what happened."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.review.cases.models import HandedIn
from shared.broker.delivery import Delay
from shared.testing.harness import Harness
from tests.integration.review.case_support import Desk


@pytest.fixture
def desk(harness_on: Any, database_kind: str) -> Desk:
    """A council with offices, on either database."""
    harness: Harness = harness_on("review", database_kind)
    return Desk(harness)


def test_a_withdrawn_petition_comes_off_its_agenda(desk: Desk) -> None:
    case = desk.referred()
    session = desk.planned()
    desk.done(f"/sessions/{session}/items", {"case": case})

    desk.done(f"/cases/{case}/withdrawal")

    postponed = desk.review.emitted("item.postponed.v1")
    assert [event.data.after["case"] for event in postponed] == [case]


def test_an_event_of_a_day_that_has_not_come_here_is_tried_again(desk: Desk) -> None:
    case = desk.filed()

    outcome = desk.told_withdrawal(on=date(2023, 12, 1))

    assert isinstance(outcome, Delay)
    assert desk.case(case).state == "open"


def test_what_is_handed_in_later_is_shown_without_a_step(desk: Desk) -> None:
    case = desk.filed()

    desk.documents_added()

    rows = desk.review.rows(HandedIn)
    assert [row.receipt for row in rows] == ["D"]
    assert desk.types("case") == ["opened"]
    assert desk.get(f"/cases/{case}").json["handed_in"][0]["sha256"] == ["a" * 64]


def test_a_refused_case_closes_as_refused_and_as_nothing_else(desk: Desk) -> None:
    case = desk.filed()
    desk.done(f"/cases/{case}/refusal", {"reasons": ["outside-powers"]}, who="chief")

    early = desk.post(f"/cases/{case}/closing", {"outcome": "refused"})
    desk.done(f"/cases/{case}/refusal-notice", {"channel": "handed-over"})
    other = desk.post(f"/cases/{case}/closing", {"outcome": "carried-out"})
    desk.done(f"/cases/{case}/closing", {"outcome": "refused"})

    assert (early.status_code, early.json["article"]) == (409, "113-14, 125")
    assert (other.status_code, other.json["code"]) == (409, "rule-refused")
    assert desk.case(case).outcome == "refused"
    assert desk.get(f"/cases/{case}").json["next_step"] is None


def test_a_case_before_the_council_closes_after_the_decision_only(desk: Desk) -> None:
    case = desk.referred()
    early = desk.post(f"/cases/{case}/closing", {"outcome": "not-adopted"})
    desk.deliberated(case, votes_for=0)

    desk.done(f"/cases/{case}/closing", {"outcome": "not-adopted"})

    assert early.status_code == 409
    assert desk.types("case")[-1] == "closed"
    closed = desk.review.emitted("case.closed.v1")[0]
    assert closed.data.what == {"outcome": "not-adopted"}
