"""The bureau's decision is corrected by a new act that names the old one, never by editing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from shared.testing.harness import Harness, person
from tests.integration.review.case_support import DESPITE, Desk

WRONG = {"because": "The wrong box was ticked."}
REFUSED = {**WRONG, "to": "refused", "reasons": ["association-no-seat"]}
ADMITTED = {**WRONG, "to": "admitted"}


@pytest.fixture
def desk(harness_on: Any, database_kind: str) -> Desk:
    """A council with offices, on either database."""
    harness: Harness = harness_on("review", database_kind)
    return Desk(harness)


def test_a_second_person_turns_a_refusal_round_and_the_old_act_stays(desk: Desk) -> None:
    case = desk.filed()
    desk.planned("2024-02-06")
    desk.today("2023-11-20")
    desk.done(f"/cases/{case}/refusal", {"reasons": ["outside-powers"]}, who="chief")
    path = f"/cases/{case}/rectification"

    alone = desk.post(path, ADMITTED, who="chief")
    desk.done(path, ADMITTED, who="vice")

    assert (alone.status_code, alone.json["article"]) == (409, "113-14, 125")
    row = desk.case(case)
    assert (row.state, row.reasons, row.session_on) == ("admitted", [], date(2024, 2, 6))
    old, new = desk.review.emitted("case.refused.v1")[0], desk.review.emitted()[-1]
    assert (new.type, new.data.corrects) == ("case.rectified.v1", old.id)
    assert (new.data.what["was"], new.data.what["now"]) == ("refused", "admitted")
    assert "box" not in str(new.data)
    assert [one.split("_")[0] for one in desk.types("case")] == ["opened", "refused", "rectified"]


def test_an_acceptance_becomes_a_refusal_that_is_owed_to_the_petitioners(desk: Desk) -> None:
    case = desk.admitted()

    desk.done(f"/cases/{case}/rectification", REFUSED, who="chief")

    shown = desk.get(f"/cases/{case}").json
    assert (shown["state"], shown["reasons"]) == ("refused", ["association-no-seat"])
    assert shown["next_step"]["act"] == "notify-refusal"


def test_a_correction_keeps_who_was_there_and_the_explanation_unless_they_are_said_anew(
    desk: Desk,
) -> None:
    case, there = desk.filed(), sorted([person("chief"), person("vice")])
    said = {"reasons": ["outside-powers"], "text": "La culture relève de la région."}
    desk.done(f"/cases/{case}/refusal", {**said, "present": there}, who="chief")

    desk.done(f"/cases/{case}/rectification", REFUSED, who="vice")

    row = desk.case(case)
    assert (row.decided_by, row.refusal_text) == (there, "La culture relève de la région.")
    assert desk.review.emitted("case.rectified.v1")[0].data.what["present"] == there
    anew = {**REFUSED, "present": [person("vice")], "text": "Le siège est à Agadir."}
    desk.done(f"/cases/{case}/rectification", anew, who="vice")
    row = desk.case(case)
    assert (row.decided_by, row.refusal_text) == ([person("vice")], "Le siège est à Agadir.")


def test_the_day_of_a_decision_is_corrected_by_who_recorded_it(desk: Desk) -> None:
    desk.planned("2024-02-06")
    case = desk.admitted(on="2024-01-20")
    first = desk.case(case).is_clash

    body = {**ADMITTED, "decided_on": "2024-01-12"}
    desk.done(f"/cases/{case}/rectification", body, who="vice")

    row = desk.case(case)
    assert (first, row.is_clash, row.decided_on) == (True, False, date(2024, 1, 12))


def test_the_last_act_is_the_one_that_is_corrected(desk: Desk) -> None:
    case = desk.admitted()
    path = f"/cases/{case}/rectification"
    desk.done(path, REFUSED, who="chief")

    desk.done(path, ADMITTED, who="vice")

    first, second = desk.review.emitted("case.rectified.v1")
    assert second.data.corrects == first.id


def test_what_is_on_an_agenda_is_not_turned_round(desk: Desk) -> None:
    session = desk.planned("2024-02-06")
    case = desk.admitted()
    desk.done(f"/sessions/{session}/items", {"case": case})

    answer = desk.post(f"/cases/{case}/rectification", REFUSED, who="chief")

    assert (answer.status_code, answer.json["article"]) == (409, "113-14, 38")
    assert desk.case(case).state == "admitted"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"reasons": []}, "reasons"),
        ({"reasons": ["too-few-signatures"]}, "reasons.0"),
        ({"decided_on": "2023-10-01"}, "decided_on"),
        ({"decided_on": "2024-10-01"}, "decided_on"),
        ({"because": ""}, "because"),
        ({"to": "withdrawn"}, "to"),
    ],
)
def test_a_correction_that_cannot_be_is_refused_by_its_field(
    desk: Desk, changes: dict[str, Any], field: str
) -> None:
    case = desk.admitted()

    answer = desk.post(f"/cases/{case}/rectification", {**REFUSED, **changes}, who="chief")

    assert answer.status_code == 422
    assert [error["field"] for error in answer.json["errors"]] == [field]
    assert desk.case(case).state == "admitted"


def test_before_the_decision_and_after_the_referral_there_is_nothing_to_correct(
    desk: Desk,
) -> None:
    early = desk.filed("early")
    late = desk.referred()

    answers = [
        desk.post(f"/cases/{case}/rectification", REFUSED, who="chief") for case in (early, late)
    ]

    assert [one.status_code for one in answers] == [409, 409]
    assert desk.post(f"/cases/{early}/admission", DESPITE, who="vice").status_code == 200
