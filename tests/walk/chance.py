"""What chance decides about an act of a walk; an act is who, which address, and what it says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from shared.testing.harness import person
from tests.integration.review.case_support import SEATS

Body = dict[str, Any]
Fill = Callable[["Chance"], Body]


class Chance:
    """What chance decides about one act; days lie around the business date.

    ``known`` has the ids and states of the rows that an act may name.
    """

    def __init__(
        self, random: Random, today: date, known: Mapping[str, list[tuple[str, str]]]
    ) -> None:
        self.random, self.today, self._known = random, today, known
        self._meant: tuple[str, str] | None = None

    def meet(self) -> tuple[str, str]:
        """Some row: its table and its state; acts that name a row of the table now mean this."""
        rows = [(table, *row) for table, found in self._known.items() for row in found]
        table, id_, state = self.random.choice(rows)
        self._meant = (table, id_)
        return table, state

    def forget(self) -> None:
        """No row is meant any more."""
        self._meant = None

    def some(self, table: str) -> str:
        """The id of the row that is meant, else of some row, seldom one that nobody has."""
        if self._meant is not None and self._meant[0] == table:
            return self._meant[1]
        found = [id_ for id_, _state in self._known.get(table, ())]
        return self.random.choice([*found * 5, person("nobody")])

    def day(self, least: int = -3, most: int = 40) -> str:
        """A day near today; a third of the days are today."""
        offset = self.random.choice([0, self.random.randint(least, most), *[0] * (least == 0)])
        return (self.today + timedelta(days=offset)).isoformat()

    def number(self, most: int = len(SEATS) + 1) -> int:
        """A small count, sometimes more than there are members."""
        return self.random.randint(0, most)

    def of(self, *choices: Any) -> Any:
        """One of these."""
        return self.random.choice(choices)


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """One act: the person, the table whose row its address names, and its body."""

    who: str
    path: str
    table: str = ""
    fill: Fill = lambda _chance: {}

    def address(self, chance: Chance) -> str:
        """The address, with the id of some row and, where it names one, of some committee."""
        committee = chance.some("committee") if "{committee}" in self.path else ""
        return self.path.format(id=chance.some(self.table), committee=committee)
