"""An authority's own days of the retention table: within what the law leaves open, and dated."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from shared.law.errors import LawError
from shared.retention.local import check, last_day
from shared.retention.table import newest_table

pytestmark = pytest.mark.unit

RULE = "erasure-after-case"
TODAY = date(2026, 1, 5)
NAMES = newest_table().row("intake", "petition")


def entry(value: int = 180, **changes: Any) -> dict[str, Any]:
    """An authority's rule."""
    said = {"value": value, "unit": "days", "source": "Règlement", "valid_from": "2026-01-01"}
    return {**said, **changes}


@pytest.mark.parametrize("days", [60, 180, 1095])
def test_days_that_the_law_leaves_open_may_be_set(days: int) -> None:
    check({RULE: entry(days)}, TODAY)


@pytest.mark.parametrize("wrong", [entry(59), entry(1096), entry(3, unit="months"), entry(-60)])
def test_other_days_are_refused_with_the_article_and_the_limits(wrong: dict[str, Any]) -> None:
    with pytest.raises(LawError) as refused:
        check({RULE: wrong}, TODAY)

    assert refused.value.field == RULE
    assert "41-90, 23" in str(refused.value)
    assert "60" in str(refused.value)


@pytest.mark.parametrize("part", ["value", "source", "valid_from"])
def test_half_a_rule_is_refused(part: str) -> None:
    half = {name: value for name, value in entry().items() if name != part}

    with pytest.raises(LawError, match=part):
        check({RULE: half}, TODAY)


def test_the_rules_of_the_law_are_not_looked_at_here() -> None:
    check({"bureau-meets": {"anything": 1}}, TODAY)


def test_a_rule_counts_for_what_ended_from_its_first_day_on() -> None:
    rules = {RULE: entry(180)}

    assert last_day(NAMES, date(2025, 12, 31), rules) == date(2026, 3, 1)
    assert last_day(NAMES, date(2026, 1, 1), rules) == date(2026, 6, 30)
    assert last_day(NAMES, date(2026, 1, 1), {}) == date(2026, 3, 2)
