"""docs/rules-of-law.md says what the packs say: its tables and its question are asked of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from shared.law.answers import answer_question
from shared.law.packs import load_pack

pytestmark = pytest.mark.unit

DOCUMENT = (Path(__file__).parents[3] / "docs" / "rules-of-law.md").read_text(encoding="utf-8")
PACKS = ("ma-commune", "ma-province", "ma-region")
STEP = re.compile(r"(\d+) (?:(up to|for|from|above) )(\d+)(?: (to|or) (\d+))?")


def rows() -> Iterator[tuple[str, tuple[str, ...]]]:
    """What each row of a table is about, and its cells, one for each pack."""
    for line in DOCUMENT.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and len(cells) == 4 and re.search(r"art \d", line):
            yield cells[0], tuple(cells[1:])


def sizes(word: str, first: int, joined: str, last: int | None) -> set[int]:
    """Sizes of a council that a step of the table names; the end of an open one stands for it."""
    if joined == "to" and last is not None:
        return set(range(first, last + 1))
    if joined == "or" and last is not None:
        return {first, last}
    return {first + 1} if word == "above" else {first}


def vice_presidents(pack: str, size: int) -> tuple[int, int]:
    """The least and the most vice-presidents of a council of this size."""
    answer: dict[str, Any] = answer_question({"ask": "composition", "pack": pack, "members": size})
    (rule,) = (one for one in answer["rules"] if one["rule"] == "vice-presidents")
    return rule["least"], rule["most"]


@pytest.mark.parametrize("number", range(3))
def test_each_step_of_the_vice_presidents_is_what_the_pack_answers(number: int) -> None:
    (cells,) = (cells for what, cells in rows() if what.startswith("vice-presidents"))
    steps = STEP.findall(cells[number].partition(":")[2])

    assert len(steps) >= 4
    for count, word, first, joined, last in steps:
        for size in sizes(word, int(first), joined, int(last) if last else None):
            assert vice_presidents(PACKS[number], size) == (int(count), int(count)), size


@pytest.mark.parametrize("number", range(3))
def test_every_article_of_the_tables_is_one_of_a_rule(number: int) -> None:
    known = {str(rule.article) for rule in load_pack(PACKS[number], date(2024, 2, 6)).rules}
    named = {
        article for _what, cells in rows() for article in re.findall(r"art (\d+)", cells[number])
    }

    assert len(named) >= 6
    assert named - known == set()


def test_the_question_to_try_is_answered() -> None:
    (asked,) = re.findall(r"echo '(\{.*\})' \| arida law answer", DOCUMENT)

    answer = answer_question(json.loads(asked))

    assert answer["kept"] is False
    assert answer["findings"]
