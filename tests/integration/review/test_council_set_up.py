"""A council that is set up: what is missing is shown, what is too much is refused (16 and 25)."""

from __future__ import annotations

from typing import Any

import pytest

from services.review.council.models import Committee
from shared.testing.harness import Harness, person
from tests.integration.review.case_support import FROM, Desk


@pytest.fixture
def desk(harness_on: Any, database_kind: str) -> Desk:
    """A small council on either database."""
    harness: Harness = harness_on("review", database_kind)
    return Desk(harness)


def rules_found(desk: Desk) -> list[str]:
    """The rules that the council's page names."""
    return [one["rule"] for one in desk.get("/council").json["findings"]]


def test_what_is_missing_is_shown_and_blocks_nothing(desk: Desk) -> None:
    shown = desk.get("/council", who="plain").json

    assert [one["rule"] for one in shown["findings"]] == [
        "vice-presidents",
        "secretaries",
        "deputy-secretaries",
        "committee-seats",
        "committee-seats",
    ]
    assert {one["article"] for one in shown["findings"]} == {
        "113-14 art 16",
        "113-14 art 23",
        "113-14 art 25",
    }
    assert all(one["explanation"]["ar"] for one in shown["findings"])
    assert [one["seats"] for one in shown["committees"]] == [1, 1]
    assert (shown["size"], shown["in_office"]) == (5, 5)
    assert [(one["rule"], one["article"]) for one in shown["seen_to"]] == [
        ("committee-subjects", "113-14 art 25"),
        ("opposition-chair", "113-14 art 27"),
        ("women-candidates", "113-14 art 17"),
    ]


def test_a_complete_council_has_no_findings(desk: Desk) -> None:
    for code in ("social", "sport"):
        for number in range(4):
            name = f"{code}-{number}"
            desk.sit(name, "member")
            desk.sit(name, "committee-member", committee=desk.committees[code])
    for number in range(2):
        desk.sit(f"social-{number}", "vice-president")
    desk.sit("sport-0", "secretary")
    desk.sit("sport-1", "deputy-secretary")

    assert rules_found(desk) == []


def test_the_recorded_size_of_the_council_sets_how_many_vice_presidents_it_has(desk: Desk) -> None:
    desk.today("2023-11-20", council_seats=15)
    for number in range(2, 6):
        desk.sit(f"v{number}", "member")
    for number in range(2, 5):
        desk.sit(f"v{number}", "vice-president")
    said = {"person": person("v5"), "office": "vice-president", "from_on": FROM}

    answer = desk.post("/mandates", said)
    shown = desk.get("/council").json

    assert (answer.status_code, answer.json["article"]) == (409, "113-14, 16")
    assert shown["size"] == 15
    assert "vice-presidents" not in [one["rule"] for one in shown["findings"]]


@pytest.mark.parametrize(
    ("holder", "office", "article"),
    [
        ("vice", "secretary", "113-14, 23"),
        ("chief", "deputy-secretary", "113-14, 23"),
        ("chief", "committee-chair", "113-14, 26"),
    ],
)
def test_offices_that_the_law_keeps_apart_are_refused_together(
    desk: Desk, holder: str, office: str, article: str
) -> None:
    committee = None
    if office == "committee-chair":
        desk.done("/committees", {"code": "finance", "name": {"fr": "C"}})
        committee = str(
            next(one.id for one in desk.review.rows(Committee) if one.code == "finance")
        )
    said = {"person": person(holder), "office": office, "from_on": FROM, "committee": committee}

    answer = desk.post("/mandates", said)

    assert (answer.status_code, answer.json["article"]) == (409, article)


def test_a_vice_president_chairs_where_nobody_else_stands_and_people_are_told(desk: Desk) -> None:
    desk.done("/committees", {"code": "finance", "name": {"fr": "C"}})
    (committee,) = [str(one.id) for one in desk.review.rows(Committee) if one.code == "finance"]

    desk.sit("vice", "committee-chair", committee=committee)

    assert "chair-outside-bureau" in rules_found(desk)


def test_a_sixth_committee_is_refused(desk: Desk) -> None:
    for number in range(3, 6):
        desk.done("/committees", {"code": f"c{number}", "name": {"fr": "C"}})

    answer = desk.post("/committees", {"code": "c6", "name": {"fr": "C"}})

    assert (answer.status_code, answer.json["article"]) == (409, "113-14, 25")
    assert len(desk.review.rows(Committee)) == 5


def test_a_second_committee_for_one_member_is_refused(desk: Desk) -> None:
    said = {"person": person("chair"), "office": "committee-member", "from_on": FROM}

    answer = desk.post("/mandates", {**said, "committee": desk.committees["sport"]})

    assert (answer.status_code, answer.json["article"]) == (409, "113-14, 25")


def test_an_eleventh_vice_president_is_refused(desk: Desk) -> None:
    for number in range(2, 12):
        desk.sit(f"v{number}", "member")
    for number in range(2, 11):
        desk.sit(f"v{number}", "vice-president")
    said = {"person": person("v11"), "office": "vice-president", "from_on": FROM}

    answer = desk.post("/mandates", said)

    assert (answer.status_code, answer.json["article"]) == (409, "113-14, 16")


@pytest.mark.parametrize(
    ("kind", "article", "second"),
    [("province", "112-14, 24", "112-14, 17"), ("region", "111-14, 25", "111-14, 18")],
)
def test_a_refusal_names_the_article_of_the_councils_own_law(
    desk: Desk, kind: str, article: str, second: str
) -> None:
    """Seven members: two vice-presidents in a province of eleven seats, six in a region."""
    seats = {"province": 11, "region": 33}[kind]
    desk.review.know_authority(kind=kind, council_seats=seats)
    for number in range(6):
        desk.sit(f"v{number}", "member")
    for number in range({"province": 1, "region": 5}[kind]):
        desk.sit(f"v{number}", "vice-president")
    said = {"person": person("vice"), "office": "secretary", "from_on": FROM}
    one_more = {"person": person("v5"), "office": "vice-president", "from_on": FROM}

    together = desk.post("/mandates", said)
    too_many = desk.post("/mandates", one_more)

    assert (together.status_code, together.json["article"]) == (409, article)
    assert (too_many.status_code, too_many.json["article"]) == (409, second)
