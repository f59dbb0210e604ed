"""How a council is set up, against articles 16 and 25: worked tables at the bounds."""

from __future__ import annotations

from datetime import date

import pytest

from shared.law.composition import COMMITTEES, SEATS, VICE_PRESIDENTS, SetUp, findings, most
from shared.law.model import LANGUAGES
from shared.law.packs import load_pack

pytestmark = pytest.mark.unit
PACK = load_pack("ma-commune", date(2024, 2, 6))


def found(*, committees: int = 2, seats: int = 5, vice_presidents: int = 5) -> list[str]:
    """The rules that a council does not keep."""
    each = {f"c{number}": seats for number in range(committees)}
    made = findings(PACK, SetUp(seats=each, vice_presidents=vice_presidents))
    return [one.rule for one in made]


@pytest.mark.parametrize(
    ("committees", "is_found"), [(0, True), (1, True), (2, False), (5, False), (6, True)]
)
def test_there_are_two_to_five_committees(committees: int, is_found: bool) -> None:
    assert (COMMITTEES in found(committees=committees)) is is_found


@pytest.mark.parametrize(("seats", "is_found"), [(0, True), (4, True), (5, False), (30, False)])
def test_a_committee_has_five_members_at_least(seats: int, is_found: bool) -> None:
    assert (SEATS in found(seats=seats)) is is_found


@pytest.mark.parametrize(
    ("number", "is_found"), [(0, True), (2, True), (3, False), (10, False), (11, True)]
)
def test_there_are_three_to_ten_vice_presidents(number: int, is_found: bool) -> None:
    assert (VICE_PRESIDENTS in found(vice_presidents=number)) is is_found


def test_a_finding_names_its_committee_its_article_and_says_why_in_each_language() -> None:
    made = findings(PACK, SetUp(seats={"social": 5, "sport": 4}, vice_presidents=3))

    (one,) = made
    assert (one.rule, one.subject, one.article) == (SEATS, "sport", "113-14 art 25")
    assert len({one.explanation[code] for code in LANGUAGES}) == 3
    assert "4" in one.explanation["fr"]


def test_authorities_whose_law_has_no_such_rules_are_told_nothing() -> None:
    province = load_pack("ma-province", date(2024, 2, 6))

    assert findings(province, SetUp(seats={}, vice_presidents=0)) == []
    assert most(province, COMMITTEES) is None
