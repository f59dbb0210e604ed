"""Opinions that the council asks for: requested, lapsed, in time or attached."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from services.review.cases.consultation_models import Consultation, ReceivedOpinion
from shared.testing.harness import Harness, person
from tests.integration.review.case_support import BODY, Desk


@pytest.fixture
def desk(harness_on: Any, database_kind: str) -> Desk:
    """A council with offices, on either database."""
    harness: Harness = harness_on("review", database_kind)
    return Desk(harness)


def only(desk: Desk) -> Consultation:
    """The one consultation there is."""
    (row,) = desk.review.rows(Consultation)
    assert isinstance(row, Consultation)
    return row


def test_a_known_body_is_asked_and_told_which_case_by_when(desk: Desk) -> None:
    case = desk.admitted()

    desk.asked(case, is_mandatory=True)

    after = desk.review.emitted("consultation.requested.v1")[0].data.after
    assert (after["case"], after["body"], after["due_on"]) == (case, BODY, "2024-01-05")
    assert (after["reference"], after["is_mandatory"]) == ("taroudant/2023/1", True)


def test_an_unknown_body_and_a_past_day_are_named_as_fields(desk: Desk) -> None:
    case = desk.admitted()
    path = f"/cases/{case}/consultations"

    unknown = desk.post(path, {"body": person("nobody"), "due_on": "2024-01-05"})
    desk.body_formed()
    past = desk.post(path, {"body": BODY, "due_on": "2023-11-20"})

    assert [error["field"] for error in unknown.json["errors"]] == ["body"]
    assert [error["field"] for error in past.json["errors"]] == ["due_on"]
    assert desk.review.rows(Consultation) == []


def test_a_body_is_not_asked_twice_nor_about_a_case_that_is_over(desk: Desk) -> None:
    case = desk.admitted()
    desk.asked(case)
    body = {"body": BODY, "due_on": "2024-01-05"}

    twice = desk.post(f"/cases/{case}/consultations", body)
    desk.done(f"/cases/{case}/withdrawal")
    over = desk.post(f"/cases/{case}/consultations", body)

    assert (twice.status_code, over.status_code) == (409, 409)
    assert desk.types("consultation") == ["requested", "cancelled"]


def test_an_opinion_in_time_answers_its_request(desk: Desk) -> None:
    case = desk.admitted()
    consultation = desk.asked(case)
    desk.today("2023-12-28")

    opinion = desk.submitted(on=date(2023, 12, 28), case=case, consultation=consultation)

    answered = desk.review.emitted("consultation.answered.v1")[0]
    assert answered.data.what == {"opinion": opinion, "submitted_on": "2023-12-28"}
    assert answered.data.after["opinion"] == opinion
    assert desk.get(f"/cases/{case}").json["opinions"][0]["opinion"] == opinion


def test_a_consultation_lapses_the_day_after_it_was_due(desk: Desk) -> None:
    desk.asked(desk.admitted())
    desk.today("2024-01-05")
    desk.fire_timers()
    on_the_day = only(desk).state
    desk.today("2024-01-06")

    desk.fire_timers()
    desk.fire_timers()

    assert on_the_day == "requested"
    assert desk.types("consultation") == ["requested", "lapsed"]


def test_an_opinion_of_the_bodys_own_accord_is_kept(desk: Desk) -> None:
    opinion = desk.submitted(on=date(2023, 10, 16), case=None, consultation=None)

    with desk.review.context.database.read("taroudant") as session:
        kept = session.get_one(ReceivedOpinion, UUID(opinion))
    assert (kept.origin, kept.case_id) == ("own-initiative", None)
    assert desk.types("consultation") == []


def test_a_request_is_taken_back_the_body_is_told_and_may_be_asked_again(desk: Desk) -> None:
    case = desk.admitted()
    asked = desk.asked(case)
    said = {"consultation": asked, "reason": "asked-in-error"}
    offered = [one["act"] for one in desk.get(f"/cases/{case}").json["acts"]]

    desk.done(f"/cases/{case}/consultation-cancellation", said)
    twice = desk.post(f"/cases/{case}/consultation-cancellation", said)

    assert "consultation-cancellation" in offered
    assert twice.status_code == 409
    assert only(desk).state == "cancelled"
    (told,) = desk.review.emitted("consultation.cancelled.v1")
    assert told.data.what == {"reason": "asked-in-error"}
    left = [one["act"] for one in desk.get(f"/cases/{case}").json["acts"]]
    assert "consultation-cancellation" not in left
    body = {"body": BODY, "due_on": "2024-01-05"}
    assert desk.done(f"/cases/{case}/consultations", body)["state"] == "requested"


def test_only_the_president_takes_back_a_request_that_holds_the_vote(desk: Desk) -> None:
    case = desk.admitted()
    said = {"consultation": desk.asked(case, is_mandatory=True), "reason": "not-needed"}

    clerk = desk.post(f"/cases/{case}/consultation-cancellation", said)

    assert (clerk.status_code, clerk.json["article"]) == (409, "113-14, 120")
    path = f"/cases/{case}/consultation-cancellation"
    assert desk.done(path, said, who="chief")["state"] == "cancelled"


def test_a_request_on_another_case_is_not_taken_back(desk: Desk) -> None:
    asked = desk.asked(desk.admitted("one"))
    other = desk.filed("two")

    answer = desk.post(
        f"/cases/{other}/consultation-cancellation",
        {"consultation": asked, "reason": "not-needed"},
    )

    assert [error["field"] for error in answer.json["errors"]] == ["consultation"]
    assert only(desk).state == "requested"
