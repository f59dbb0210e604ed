"""The words: three languages with the same blanks, counts that agree, nothing shown reversed."""

from __future__ import annotations

import re
from datetime import date
from string import Formatter

import pytest

from shared.law.model import LANGUAGES, Text
from shared.law.phrases import Counted, joined, phrases, say

pytestmark = pytest.mark.unit


def blanks(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def test_every_sentence_has_three_languages_with_the_same_blanks():
    for key, text in phrases()["says"].items():
        assert set(text) == set(LANGUAGES), key
        assert len({frozenset(blanks(text[language])) for language in LANGUAGES}) == 1, key


def test_the_law_package_says_no_sentence_that_is_missing_and_keeps_none_unused():
    from shared.law import phrases as module

    folder = module.PHRASES_FILE.parent
    code = "\n".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    patterns = re.findall(r'say\(\s*f?"([^"]+)"', code)
    assert {key for key in patterns if "{" not in key} <= set(phrases()["says"])
    for key in phrases()["says"]:
        stem = key.split("-")[0]
        assert f'"{key}"' in code or re.search(rf'f"{stem}-', code), key


@pytest.mark.parametrize(
    ("number", "arabic", "french", "english"),
    [
        (0, "0 يوم", "0 jour", "0 days"),
        (1, "يوم واحد", "1 jour", "1 day"),
        (2, "يومان", "2 jours", "2 days"),
        (3, "3 أيام", "3 jours", "3 days"),
        (10, "10 أيام", "10 jours", "10 days"),
        (11, "11 يوما", "11 jours", "11 days"),
        (20, "20 يوما", "20 jours", "20 days"),
        (100, "100 يوم", "100 jours", "100 days"),
        (103, "103 أيام", "103 jours", "103 days"),
        (111, "111 يوما", "111 jours", "111 days"),
    ],
)
def test_a_noun_agrees_with_its_number(number, arabic, french, english):
    found = say("skipped", length=Counted(number, "days"))

    assert arabic in found["ar"]
    assert french in found["fr"]
    assert english in found["en"]


def test_a_date_is_written_out_as_everywhere_else():
    found = say("legal-date", day=date(2026, 3, 15))

    assert found == Text(
        ar="التاريخ القانوني: الأحد 15 مارس 2026.",
        fr="Date légale : dimanche 15 mars 2026.",
        en="Legal date: Sunday 15 March 2026.",
    )


def test_bare_numbers_stay_searchable_in_arabic():
    law = Text(ar="القانون", fr="la loi", en="the law")

    assert say("basis-law", article="125", law=law)["ar"] == "السند: المادة 125 من القانون."


def test_sentences_are_joined_language_by_language():
    one, two = say("quorum-met"), say("adopted")

    assert joined([one, two])["en"] == "The quorum is met. Result: adopted."
