"""Every race of the table is played in both orders of arrival."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from tests.integration.races.table import ORDER, RACES


def played() -> dict[str, set[str]]:
    """By row: the acts that come first in some test of this folder."""
    found: dict[str, set[str]] = {row: set() for row in RACES}
    for path in sorted(Path(__file__).parent.glob("test_*.py")):
        module = import_module(f"tests.integration.races.{path.stem}")
        tests = [value for name, value in vars(module).items() if name.startswith("test_")]
        for row, first in (getattr(one, ORDER) for one in tests if hasattr(one, ORDER)):
            found[row].add(first)
    return found


def test_every_row_has_a_test_in_both_orders_of_arrival() -> None:
    missing = {row: set(RACES[row]) - firsts for row, firsts in played().items()}

    assert {row: acts for row, acts in missing.items() if acts} == {}
