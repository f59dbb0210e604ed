"""Offices and committees: who sits in the council on a day, and who may report for a committee."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.review.council.models import CommitteeReport, Mandate
from services.review.council.queries import members_in_office
from services.review.demo import seed_demo
from shared.demo import demo_id, demo_person
from shared.errors import TryLater
from shared.testing.harness import Harness, person
from tests.integration.review.case_support import FROM, Desk


@pytest.fixture
def desk(harness_on: Any, database_kind: str) -> Desk:
    """A council with offices, on either database."""
    harness: Harness = harness_on("review", database_kind)
    return Desk(harness)


def in_office(review: Harness, on: date) -> int:
    """How many members the council has on a day."""
    with review.context.database.read("taroudant") as session:
        return members_in_office(session, "taroudant", on)


def report(desk: Desk, case: str, *, who: str = "chair", **body: Any) -> Any:
    """A report of the social committee on a case."""
    said = {"case": case, "recommendation": "favourable", "text": "Favorable.", **body}
    return desk.post(f"/committees/{desk.committees['social']}/reports", said, who=who)


def test_a_councillor_counts_once_whatever_offices_they_hold(desk: Desk) -> None:
    assert in_office(desk.review, date(2023, 10, 16)) == 5
    assert in_office(desk.review, date(2021, 9, 19)) == 0


def test_the_last_day_in_office_still_counts(desk: Desk) -> None:
    mandate = desk.get("/mandates").json["mandates"][4]
    assert mandate["person"] == person("plain")

    desk.done(f"/mandates/{mandate['id']}/ending", {"reason": "resigned"})

    assert in_office(desk.review, date(2023, 10, 16)) == 5
    assert in_office(desk.review, date(2023, 10, 17)) == 4
    ended = desk.review.emitted("mandate.ended.v1")[0]
    assert ended.data.what == {"reason": "resigned"}
    assert ended.data.after["until_on"] == "2023-10-16"


@pytest.mark.parametrize(
    ("name", "office", "article"),
    [
        ("plain", "member", "113-14, 7"),
        ("newcomer", "secretary", "113-14, 7"),
        ("plain", "president", "113-14, 7"),
    ],
)
def test_an_office_that_the_law_does_not_allow_is_refused(
    desk: Desk, name: str, office: str, article: str
) -> None:
    before = len(desk.review.rows(Mandate))

    answer = desk.post("/mandates", {"person": person(name), "office": office, "from_on": FROM})

    assert (answer.status_code, answer.json["article"]) == (409, article)
    assert len(desk.review.rows(Mandate)) == before


def test_a_member_sits_on_one_committee_only(desk: Desk) -> None:
    body = {
        "person": person("chair"),
        "office": "committee-member",
        "committee": desk.committees["sport"],
        "from_on": FROM,
    }

    answer = desk.post("/mandates", body)

    assert (answer.status_code, answer.json["article"]) == (409, "113-14, 25")


@pytest.mark.parametrize(
    "changes",
    [{"committee": None}, {"committee": person("none")}, {"office": "vice-president"}],
)
def test_only_an_office_in_a_known_committee_names_it(desk: Desk, changes: Any) -> None:
    body = {
        "person": person("plain"),
        "office": "committee-member",
        "committee": desk.committees["sport"],
        "from_on": FROM,
    }

    answer = desk.post("/mandates", {**body, **changes})

    assert answer.status_code == 422
    assert [error["field"] for error in answer.json["errors"]] == ["committee"]


def test_an_ended_office_cannot_end_again(desk: Desk) -> None:
    mandate = desk.sit("plain", "secretary")
    path = f"/mandates/{mandate}/ending"
    desk.done(path, {"reason": "resigned"})

    answer = desk.post(path, {"reason": "resigned"})

    assert (answer.status_code, answer.json["code"]) == (409, "illegal-step")
    assert answer.json.get("allowed", []) == []


def test_two_committees_never_share_a_code(desk: Desk) -> None:
    answer = desk.post("/committees", {"code": "social", "name": {"fr": "Autre"}})

    assert answer.status_code == 409
    listed = desk.get("/committees").json["committees"]
    assert [one["code"] for one in listed] == ["social", "sport"]


def test_a_chair_reports_on_a_case_before_the_committee(desk: Desk) -> None:
    case = desk.referred()

    answer = report(desk, case)

    assert answer.status_code == 201
    reported = desk.review.emitted("committee.reported.v1")[0]
    assert reported.subject == f"committee/{desk.committees['social']}"
    assert reported.data.what == {
        "case": case,
        "recommendation": "favourable",
        "report_sha256": answer.json["sha256"],
    }
    assert "Favorable" not in str(reported.data)
    assert [row.text for row in desk.review.rows(CommitteeReport)] == ["Favorable."]


def test_the_chair_of_another_committee_may_not_report(desk: Desk) -> None:
    case = desk.referred()

    answer = report(desk, case, who="other-chair")

    assert (answer.status_code, answer.json["code"]) == (403, "not-allowed")
    assert desk.review.rows(CommitteeReport) == []
    assert desk.review.emitted("committee.reported.v1") == []


def test_a_committee_reports_only_on_what_was_referred_to_it_and_once(desk: Desk) -> None:
    admitted = desk.admitted("admitted")
    referred = desk.referred("referred")

    before = report(desk, admitted)
    first = report(desk, referred, who="clerk")
    second = report(desk, referred)

    assert (before.status_code, first.status_code, second.status_code) == (409, 201, 409)
    assert second.json["article"] == "113-14, 28"


def test_the_demo_council_has_thirty_five_members_and_is_seeded_once(
    harness_on: Any, database_kind: str
) -> None:
    review: Harness = harness_on("review", database_kind)
    review.know_authority(today=date(2023, 8, 5))

    for _ in range(2):
        seed_demo(review.context)

    assert in_office(review, date(2023, 8, 5)) == 35
    mandates = review.rows(Mandate)
    held = {(row.office, str(row.person_id)) for row in mandates}
    assert ("president", str(demo_person("president"))) in held
    assert ("committee-chair", str(demo_person("chair.social"))) in held
    assert {row.id for row in mandates if row.office == "member"} == {
        demo_id(f"member-{number}") for number in range(1, 36)
    }
    assert len(review.emitted("committee.formed.v1")) == 4


def test_the_demo_council_is_a_lawful_one(harness_on: Any, database_kind: str) -> None:
    review: Harness = harness_on("review", database_kind)
    review.know_authority(today=date(2023, 8, 5), council_seats=35)

    seed_demo(review.context)

    shown = review.request("GET", "/council", role="secretariat").json
    assert shown["findings"] == []
    assert (shown["size"], shown["in_office"], len(shown["bureau"])) == (35, 35, 8)


def test_the_demo_waits_for_its_authority(harness_on: Any, database_kind: str) -> None:
    review: Harness = harness_on("review", database_kind)
    with review.context.database.write("*") as (session, _):
        session.execute(review.context.base.plumbing.known_authority.delete())

    with pytest.raises(TryLater):
        seed_demo(review.context)
