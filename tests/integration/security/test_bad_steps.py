"""Steps that cannot be taken, and what does not exist: refused with the rule, changing nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from shared.testing.harness import person
from tests.integration.review.case_support import BODY, Desk
from tests.integration.security.refusals import assert_is_problem, fields_of, nothing_changes
from tests.integration.security.worlds import an_id


@pytest.fixture
def desk(harness_on: Any, database_kind: str) -> Desk:
    """A council with offices, on either database."""
    return Desk(harness_on("review", database_kind))


def test_a_case_that_is_not_before_the_council_is_not_decided(desk: Desk) -> None:
    case = desk.filed()
    session = desk.planned()

    with nothing_changes(desk.review):
        scheduled = desk.post(f"/sessions/{session}/items", {"case": case})
        closed = desk.post(f"/cases/{case}/closing", {"outcome": "carried-out"})
        referred = desk.post(f"/cases/{case}/referral", {"committee": desk.committees["social"]})

    for answer in (scheduled, closed, referred):
        assert answer.status_code == 409
        assert_is_problem(answer)


def test_an_item_is_not_voted_before_its_session_opened(desk: Desk) -> None:
    case = desk.referred()
    session = desk.planned()
    item = desk.done(f"/sessions/{session}/items", {"case": case})["id"]

    with nothing_changes(desk.review):
        answer = desk.post(
            f"/items/{item}/vote",
            {"votes_for": 3, "votes_against": 0, "abstentions": 0},
            headers={"Accept-Language": "fr"},
        )

    assert (answer.status_code, answer.json["code"]) == (409, "rule-refused")
    assert answer.json["article"]
    assert answer.json["remedy"] == "Ouvrez d'abord la session avec son quorum."


UNKNOWN = str(an_id("reference"))
REFERENCES: Mapping[str, tuple[str, str, Mapping[str, Any], str]] = {
    "body": (
        "clerk", "/cases/{case}/consultations", {"body": UNKNOWN, "due_on": "2024-01-05"}, "body",
    ),
    "case on an agenda": ("clerk", "/sessions/{session}/items", {"case": UNKNOWN}, "case"),
    "committee of an office": (
        "clerk", "/mandates",
        {"person": person("x"), "office": "committee-chair", "committee": UNKNOWN,
         "from_on": "2023-01-01"}, "committee",
    ),
    "a reason that is none": (
        "vice", "/cases/{case}/refusal", {"reasons": ["dislike"]}, "reasons.0",
    ),
    "a due day that is past": (
        "clerk", "/cases/{case}/consultations", {"body": BODY, "due_on": "2001-01-05"}, "due_on",
    ),
    "a completion due in the past": (
        "clerk", "/cases/{case}/completion-request",
        {"missing": ["powers"], "due_on": "2001-01-01"}, "due_on",
    ),
    "an office that ends before it begins": (
        "clerk", "/mandates",
        {"person": person("x"), "office": "member", "from_on": "2023-01-02",
         "until_on": "2023-01-01"}, "until_on",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", list(REFERENCES))
def test_what_does_not_exist_or_cannot_be_is_named(desk: Desk, name: str) -> None:
    who, path, body, field = REFERENCES[name]
    case = desk.filed()
    desk.body_formed()
    session = desk.planned()

    with nothing_changes(desk.review):
        answer = desk.post(path.format(case=case, session=session), body, who=who)

    assert answer.status_code == 422, answer.text
    assert fields_of(answer) == [field]


def test_a_committee_that_does_not_exist_is_named(desk: Desk) -> None:
    case = desk.admitted()

    with nothing_changes(desk.review):
        answer = desk.post(f"/cases/{case}/referral", {"committee": UNKNOWN})

    assert answer.status_code == 409
    assert fields_of(answer) == ["committee"]


def test_an_act_on_an_older_version_of_a_case_is_refused(desk: Desk) -> None:
    case = desk.admitted()

    with nothing_changes(desk.review):
        answer = desk.post(
            f"/cases/{case}/referral",
            {"committee": desk.committees["social"]},
            headers={"If-Match": '"1"'},
        )

    assert answer.status_code == 412
    assert fields_of(answer) == ["If-Match"]
