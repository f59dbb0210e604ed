"""The articles that the code cites, as each law numbers them."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from shared.law.citations import own_article
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
