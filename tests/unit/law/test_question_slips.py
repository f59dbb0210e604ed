"""Slips in a question: what would quietly answer another question is refused or told."""

from __future__ import annotations

import json
from typing import Any

import pytest

from shared.law.answers import answer

pytestmark = pytest.mark.unit

SIGNATURES = {"ask": "threshold", "pack": "ma-commune", "population": 28000}
POSTING = {"ask": "due", "pack": "ma-commune", "rule": "posting", "from": "2026-02-05"}
QUORUM = {"ask": "quorum", "pack": "ma-commune", "in_office": 35, "present": 3, "call": 1}


def told(question: dict[str, Any] | str) -> dict[str, Any]:
    """The answer to one line, which can always be written as UTF-8."""
    line = question if isinstance(question, str) else json.dumps(question)
    found: dict[str, Any] = json.loads(answer(line).encode())
    return found


@pytest.mark.parametrize(
    ("question", "slip", "value", "meant"),
    [
        (SIGNATURES, "arrondissement", True, "arrondissements"),
        (SIGNATURES, "Arrondissements", True, "arrondissements"),
        (POSTING, "holiday", [], "holidays"),
        (QUORUM, "called-by", "governor", "called_by"),
        (SIGNATURES, "arrondissements\ud800", True, "arrondissements"),
    ],
)
def test_a_misspelt_field_is_refused_and_the_right_name_given(question, slip, value, meant):
    error = told(question | {slip: value})["error"]

    assert error["field"] == slip.encode("utf-8", "backslashreplace").decode()
    assert all(meant in message for message in error["message"].values())


def test_a_field_that_has_no_part_in_the_answer_is_told_of_in_the_explanation():
    plain, noted = told(SIGNATURES), told(SIGNATURES | {"note": 7, "holidays": [], "\udfff": 1})

    said = noted.pop("explanation")
    told_before = plain.pop("explanation")
    assert noted == plain
    passed_over = "Not taken into account in this answer: note, holidays, \\udfff."
    assert said["en"] == f"{told_before['en']} {passed_over}"
    assert all("note" in words for words in said.values())


def test_arrondissements_have_no_part_in_a_province_and_are_no_slip():
    asked = SIGNATURES | {"pack": "ma-province", "arrondissements": True}

    assert told(asked) == told(SIGNATURES | {"pack": "ma-province"})


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ('{"ask":"threshold","pack":"ma-commune","population":5,"population":50000}', "population"),
        ('{"ask":"due","ask":"threshold"}', "ask"),
        ('{"ask":"threshold","x":{"a":1,"a":2}}', "a"),
        ('{"ask":"threshold","\\ud800":1,"\\ud800":2}', "\\ud800"),
        (json.dumps(SIGNATURES)[:-1] + ', "' + "y" * 999 + '":1, "' + "y" * 999 + '":1}', "y" * 60),
    ],
)
def test_a_field_given_twice_is_refused(line, field):
    assert told(line)["error"]["field"] == field


@pytest.mark.parametrize(
    ("changes", "known", "article"),
    [
        ({"call": 4}, "1, 2, 3", "42"),
        ({"call": 0}, "1, 2, 3", "42"),
        ({"call": "1"}, "1, 2, 3", "42"),
        ({"call": 1.0}, "1, 2, 3", "42"),
        ({"call": True}, "1, 2, 3", "42"),
        ({"call": None}, "1, 2, 3", "42"),
        ({"call": 3, "called_by": "governor"}, "1, 2", "37"),
        ({"call": 4, "pack": "ma-region"}, "1, 2, 3", "45"),
        ({"call": 3, "called_by": "governor", "pack": "ma-province"}, "1, 2", "38"),
    ],
)
def test_a_call_that_the_law_does_not_know_is_refused_with_those_it_knows(changes, known, article):
    error = told(QUORUM | changes)["error"]

    assert error["field"] == "call"
    assert f"these calls here: {known} (article {article})" in error["message"]["en"]
    assert f"convocations : {known} (article {article})" in error["message"]["fr"]


def test_a_choice_that_is_left_out_is_refused_with_what_it_may_be():
    error = told({"ask": "due", "from": "2026-02-05"})["error"]

    assert error["field"] == "pack"
    assert all("ma-province" in message for message in error["message"].values())


def test_a_line_that_is_no_question_is_refused_with_an_example_that_is_one():
    message = told("hello")["error"]["message"]

    for words in message.values():
        example = words[words.index("{") : words.index("}") + 1]
        assert told(example)["signatures"] == 100
