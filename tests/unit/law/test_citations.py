"""The articles that the code cites, as each law numbers them."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from shared.law.citations import as_own_law_says, own_article
from shared.law.model import Language
from shared.law.packs import PACKS, load_pack

pytestmark = pytest.mark.unit

PACK = {name: load_pack(name, date(2026, 1, 1)) for name in PACKS}
REVIEW = Path(__file__).resolve().parents[3] / "services" / "review"
CITED = re.compile(r'"113-14, (\d+)"')


@pytest.mark.parametrize(
    ("cited", "province", "region"),
    [
        ("113-14, 42", "112-14, 43", "111-14, 45"),
        ("113-14, 43", "112-14, 44", "111-14, 46"),
        ("113-14, 117", "112-14, 108", "111-14, 114"),
        ("113-14, 125", "112-14, 116", "111-14, 122"),
        ("113-14, 9999", "113-14, 9999", "113-14, 9999"),
        ("41-90, 23", "41-90, 23", "41-90, 23"),
        ("Règlement intérieur", "Règlement intérieur", "Règlement intérieur"),
    ],
)
def test_an_article_is_cited_by_the_law_of_the_council(
    cited: str, province: str, region: str
) -> None:
    shown = [own_article(PACK[name], cited) for name in PACKS]

    assert shown == [cited, province, region]


@pytest.mark.parametrize(
    ("sentence", "language", "province"),
    [
        (
            "At least {notice-to-members} before (113-14, 35).",
            "en",
            "At least 7 days before (112-14, 36).",
        ),
        ("داخل {posting} (113-14، المادة 273).", "ar", "داخل 10 أيام (112-14، المادة 217)."),
        (
            "داخل {posting} (\u2066113-14\u2069، 273).",
            "ar",
            "داخل 10 أيام (\u2066112-14\u2069، 217).",
        ),
        (
            "Dans les {transmit-to-governor} (113-14, art. 116).",
            "fr",
            "Dans les 10 jours ouvrables (112-14, art. 107).",
        ),
        (
            "In the register (113-14, article 9999).",
            "en",
            "In the register (113-14, article 9999).",
        ),
        ("No law at all.", "en", "No law at all."),
    ],
)
def test_a_sentence_has_the_articles_and_terms_of_the_councils_law(
    sentence: str, language: Language, province: str
) -> None:
    assert as_own_law_says(PACK["ma-province"], sentence, language) == province


def test_a_sentence_for_a_commune_cites_as_it_was_written() -> None:
    told = as_own_law_says(PACK["ma-commune"], "Within {posting} (113-14, 273).", "en")

    assert told == "Within 8 days (113-14, 273)."


def test_each_article_and_term_that_a_form_names_is_in_every_law() -> None:
    portal = REVIEW.parent / "portal"
    named = "".join(file.read_text("utf-8") for file in portal.rglob("*_forms.py"))
    articles = set(re.findall(r"\(113-14, (\d+)\)", named))
    terms = set(re.findall(r"\{([a-z]+(?:-[a-z]+)+|posting)\}", named))

    assert len(articles) > 10
    assert len(terms) == 5
    for name in PACKS:
        assert terms <= set(PACK[name].term_by_id)
        assert name == "ma-commune" or articles <= {one.cited for one in PACK[name].corresponds}


def test_each_article_that_review_cites_has_its_like_in_the_other_laws() -> None:
    cited = {
        number for file in REVIEW.rglob("*.py") for number in CITED.findall(file.read_text("utf-8"))
    }

    assert len(cited) > 20
    for name in ("ma-province", "ma-region"):
        assert cited <= {one.cited for one in PACK[name].corresponds}


@pytest.mark.parametrize("name", ["ma-province", "ma-region"])
def test_the_table_agrees_with_the_rules_that_are_in_every_pack(name: str) -> None:
    own = {rule.id: rule.article for rule in PACK[name].rules if rule.elsewhere is None}
    commune = {rule.id: rule for rule in PACK["ma-commune"].rules if rule.elsewhere is None}
    table = {one.cited: one.own for one in PACK[name].corresponds}
    shared = [one for one in commune if one in own and commune[one].article in table]

    assert len(shared) > 40
    assert {one: table[commune[one].article] for one in shared} == {one: own[one] for one in shared}
