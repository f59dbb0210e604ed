"""The conditions of the law are checked by people, and the bureau answers for what is open."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from typing import Any

import pytest

from services.review.cases.condition_models import CaseCheck
from shared.events.petitions import AssociationFacts
from shared.events.texts import Texts
from shared.testing.harness import Harness, person
from tests.integration.review.case_support import Desk

NAME = Texts(fr="Annakhil", original="fr")


@pytest.fixture
def desk(harness_on: Any, database_kind: str) -> Desk:
    """A council with offices, on either database."""
    harness: Harness = harness_on("review", database_kind)
    return Desk(harness)


def listed(desk: Desk, case: str) -> dict[str, Any]:
    """The conditions of a case by id."""
    return {one["id"]: one for one in desk.get(f"/cases/{case}").json["conditions"]}


def found(desk: Desk, case: str, condition: str, outcome: str = "met", **body: Any) -> Any:
    """A finding of the secretariat about one condition."""
    said = {"condition": condition, "outcome": outcome, "note": "Seen on paper.", **body}
    return desk.post(f"/cases/{case}/checks", said)


def test_a_case_lists_what_the_law_asks_of_its_kind_of_petitioner(desk: Desk) -> None:
    association = listed(desk, desk.filed())
    citizens = listed(
        desk, desk.filed("citizens", petitioner="citizens", association=None, signatures=120)
    )

    assert {"association-age", "file-powers", "subject-powers"} <= set(association)
    assert not any(one.startswith("citizens-") for one in association)
    assert {"citizens-signatures", "file-identity-cards"} <= set(citizens)
    assert association["association-age"]["article"] == "113-14 art 124"
    assert set(association["association-age"]["name"]) == {"ar", "fr", "en"}


def test_the_figures_of_the_file_advise_and_decide_nothing(desk: Desk) -> None:
    young = AssociationFacts(name=NAME, founded_on=date(2020, 10, 16), has_seat_here=False)
    old = AssociationFacts(name=NAME, founded_on=date(2020, 10, 15), has_seat_here=True)

    first = listed(desk, desk.filed("young", on=date(2023, 10, 16), association=young))
    second = listed(desk, desk.filed("old", on=date(2023, 10, 16), association=old))
    few = listed(desk, desk.filed("few", petitioner="citizens", association=None, signatures=99))

    assert (first["association-age"]["advice"], first["association-seat"]["advice"]) == (
        "not-met",
        "not-met",
    )
    assert (second["association-age"]["advice"], second["association-seat"]["advice"]) == (
        "met",
        "met",
    )
    assert few["citizens-signatures"]["advice"] == "not-met"
    assert first["association-democratic"]["advice"] is None
    assert all(one["is_open"] and one["check"] is None for one in second.values())


def test_a_check_keeps_evidence_author_and_day_and_is_told_without_its_note(desk: Desk) -> None:
    case = desk.filed()

    answer = found(desk, case, "association-age", sha256=["a" * 64])

    assert answer.status_code == 201
    row = desk.review.rows(CaseCheck)[0]
    assert (row.outcome, row.note, row.sha256) == ("met", "Seen on paper.", ["a" * 64])
    assert (row.checked_by, row.checked_as) == (person("clerk"), "secretariat")
    told = desk.review.emitted("case.checked.v1")[0]
    assert told.data.what == {
        "condition": "association-age",
        "outcome": "met",
        "evidence_sha256": ["a" * 64],
        "note_sha256": sha256(b"Seen on paper.").hexdigest(),
    }
    assert str(row.event_id) == told.id
    shown = listed(desk, case)["association-age"]
    assert (shown["is_open"], shown["check"]["checked_on"]) == (False, row.checked_on.isoformat())


def test_a_second_check_corrects_the_first_and_both_stay(desk: Desk) -> None:
    case = desk.filed()
    found(desk, case, "association-seat")

    found(desk, case, "association-seat", "not-met", note="The branch was closed in 2022.")

    first, second = desk.review.emitted("case.checked.v1")
    assert (first.data.corrects, second.data.corrects) == (None, first.id)
    assert len(desk.review.rows(CaseCheck)) == 2
    shown = listed(desk, case)["association-seat"]
    assert (shown["check"]["outcome"], shown["is_open"]) == ("not-met", True)


@pytest.mark.parametrize(
    ("condition", "body", "field"),
    [
        ("citizens-signatures", {}, "condition"),
        ("nonsense", {}, "condition"),
        ("association-age", {"note": ""}, "note"),
        ("association-age", {"outcome": "perhaps"}, "outcome"),
        ("association-age", {"sha256": ["short"]}, "sha256.0"),
    ],
)
def test_a_finding_that_cannot_be_is_refused_by_its_field(
    desk: Desk, condition: str, body: dict[str, Any], field: str
) -> None:
    answer = found(desk, desk.filed(), condition, **body)

    assert answer.status_code == 422
    assert [error["field"] for error in answer.json["errors"]] == [field]
    assert desk.review.rows(CaseCheck) == []


def test_the_bureau_says_why_it_goes_on_while_conditions_are_open(desk: Desk) -> None:
    case = desk.filed()
    found(desk, case, "association-age")
    found(desk, case, "association-seat", "not-met")

    silent = desk.post(f"/cases/{case}/admission", who="vice")
    desk.done(f"/cases/{case}/admission", {"despite_reason": "The branch reopens."}, who="vice")

    assert (silent.status_code, silent.json["code"]) == (409, "rule-refused")
    assert silent.json["article"] == "113-14, 125"
    assert silent.json["errors"][0]["field"] == "despite_reason"
    what = desk.review.emitted("case.admitted.v1")[0].data.what
    assert what["unmet"] == ["association-seat"]
    assert "association-age" not in what["unchecked"]
    assert "association-democratic" in what["unchecked"]
    assert "reopens" not in str(desk.review.emitted())
    assert desk.get(f"/cases/{case}").json["despite_reason"] == "The branch reopens."


def test_with_every_condition_met_no_reason_is_asked(desk: Desk) -> None:
    case = desk.filed()
    for condition in listed(desk, case):
        found(desk, case, condition, "not-applicable" if condition == "file-powers" else "met")

    desk.done(f"/cases/{case}/admission", who="vice")

    what = desk.review.emitted("case.admitted.v1")[0].data.what
    assert (what["unmet"], what["unchecked"]) == ([], [])
    assert desk.case(case).despite_reason is None


def test_conditions_are_checked_by_the_office_and_not_by_petitioners(desk: Desk) -> None:
    case = desk.filed()
    said = {"condition": "association-age", "outcome": "met", "note": "Trust me."}

    petitioner = desk.post(f"/cases/{case}/checks", said, who="legal")
    chair = desk.post(f"/cases/{case}/checks", said, who="chair")

    assert (petitioner.status_code, chair.status_code) == (403, 403)


def test_the_public_and_the_petitioners_do_not_see_the_checks(desk: Desk) -> None:
    case = desk.filed()
    found(desk, case, "association-age")

    public = desk.anyone("GET", "/petitions/taroudant/2023/1").json
    own = desk.get(f"/cases/{case}", who="legal").json
    inside = desk.get(f"/cases/{case}").json

    for seen in (public, own):
        assert "conditions" not in seen
        assert [act["type"] for act in seen["timeline"]] == ["case.opened.v1"]
    assert [act["type"] for act in inside["timeline"]][-1] == "case.checked.v1"
