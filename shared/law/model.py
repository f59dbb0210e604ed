"""The rules that a pack is made of: frozen values; pack.py holds them together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypedDict


class Text(TypedDict):
    """One sentence or name in the three languages of the pages."""

    ar: str
    fr: str
    en: str


Language = Literal["ar", "fr", "en"]
LANGUAGES: tuple[Language, ...] = ("ar", "fr", "en")

Unit = Literal["months", "days", "working-days"]
Then = Literal["stop", "next-day", "next-working-day"]
Basis = str
"""The code of a majority: votes-cast and members-in-office in every pack, others by matter."""


@dataclass(frozen=True, kw_only=True)
class Elsewhere:
    """Another law or decree in which a rule stands: its number and its name for people."""

    number: str
    name: Text


@dataclass(frozen=True, kw_only=True)
class Rule:
    """What every rule says of itself: where it is written, since when, and its name for people.

    ``source`` is the text with its date and gazette; a local rule's, the title of the authority's
    own text, is one and the same in each language. ``elsewhere`` names the text where it is not the
    pack's own organic law.
    """

    id: str
    article: str
    source: Text
    kind: Literal["law", "decree", "local"]
    valid_from: date
    name: Text
    elsewhere: Elsewhere | None = None


@dataclass(frozen=True, kw_only=True)
class Term(Rule):
    """A period of ``value`` units counted from ``start``.

    ``then`` says what happens once it is full: nothing, or the answer is the next calendar or
    working day (a full-day period is one with ``then = "next-day"``).
    """

    value: int
    unit: Unit
    direction: Literal["forward", "backward"]
    start: Text
    missed: Text
    then: Then = "stop"
    then_may_be: tuple[Then, ...] = ()
    counts_start: bool = False
    citizen_facing: bool = False
    pausable: bool = False
    extendable_by: int = 0
    doubt: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Tier:
    """One step of a threshold: it holds below, or up to and including, a population."""

    value: int
    why: Text
    below: int | None = None
    up_to: int | None = None

    def holds_for(self, population: int) -> bool:
        """Tell whether this step is the one for that population, the lower steps being excluded."""
        if self.below is not None:
            return population < self.below
        return self.up_to is None or population <= self.up_to


@dataclass(frozen=True, kw_only=True)
class Signatures(Rule):
    """How many people must sign; ``arrondissements`` replaces the steps where a commune has them.

    ``each_part_percent`` is the share of the number needed that each province must bring.
    """

    unit: Literal["signatures"]
    tiers: tuple[Tier, ...]
    arrondissements: Tier | None = None
    each_part_percent: int | None = None
    doubt: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Association(Rule):
    """What an association must show: signatures asked of it, years it must have passed, members."""

    unit: Literal["signatures"]
    value: int
    years_more_than: int
    members_more_than: int | None = None


@dataclass(frozen=True, kw_only=True)
class Quorum(Rule):
    """Who must be there at the opening on one call.

    ``called_by`` names the one whose sessions have quorums of their own.
    """

    call: int
    share: Literal["more-than-half", "any"]
    unit: Literal["members"]
    called_by: Literal["anybody", "governor"] = "anybody"


@dataclass(frozen=True, kw_only=True)
class Matter:
    """A subject for which the law asks the stricter majority."""

    id: str
    name: Text


@dataclass(frozen=True, kw_only=True)
class Majority(Rule):
    """How many votes adopt: more than, or at least, a fraction of the votes cast or the members.

    ``tie`` says whether the president's side can prevail, ``second`` which majority decides at a
    second sitting where this one was not reached; ``matters`` are those the law keeps for it.
    """

    basis: Basis
    of: Literal["votes-cast", "members-in-office"]
    tie: Literal["president", "none"]
    unit: Literal["votes"]
    more_than: tuple[int, int] | None = None
    at_least: tuple[int, int] | None = None
    second: Basis | None = None
    matters: tuple[Matter, ...] = ()

    def needed(self, whole: int) -> int:
        """Return how many votes of ``whole`` adopt."""
        if self.at_least is not None:
            above, below = self.at_least
            return -(-whole * above // below)
        above, below = self.more_than or (1, 2)
        return whole * above // below + 1


@dataclass(frozen=True, kw_only=True)
class Sessions(Rule):
    """When ordinary sessions are held and which terms lead back from their opening.

    ``opening_monday`` is the how-manieth Monday of the month opens the session; absent where the
    law only says "first week" and a person must set the day.
    """

    months: tuple[int, ...]
    agenda_rule: str
    notice_rule: str
    opening_monday: int | None = None
    doubt: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Condition(Rule):
    """What a petition must show before the bureau accepts it; a person says whether it does.

    ``reason`` is the code of the refusal that an unmet condition can carry.
    """

    petitioner: Literal["everyone", "citizens", "association"]
    group: Literal["file", "petitioners", "subject"]
    reason: str
    doubt: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Visas(Rule):
    """The matters whose decisions can be carried out only with a visa."""

    matters: tuple[Matter, ...]
    doubt: Text | None = None


@dataclass(frozen=True, kw_only=True)
class SizeStep:
    """How many there must be in a council of that size; a bound that is absent is none."""

    value: int
    at_least: int | None = None
    up_to: int | None = None

    def holds_for(self, size: int) -> bool:
        """Tell whether the article names this number for a council of ``size`` members."""
        return (self.at_least or 0) <= size and (self.up_to is None or size <= self.up_to)


@dataclass(frozen=True, kw_only=True)
class Composition(Rule):
    """How many there are at least and at most, or exactly by the size of the council.

    ``office`` is the office whose holders are counted; a rule without one is about committees.
    """

    unit: Literal["committees", "members"]
    office: str | None = None
    least: int | None = None
    most: int | None = None
    by_size: tuple[SizeStep, ...] = ()
    doubt: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Apart(Rule):
    """Offices that nobody holds together with one of ``others``.

    ``unless`` is the exception that the law makes: a person judges it, so nothing is refused.
    """

    offices: tuple[str, ...]
    others: tuple[str, ...]
    unless: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Seen(Rule):
    """What the law asks of the set-up that no count shows, so that people see to it."""

    matters: tuple[Matter, ...] = ()
    doubt: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Corresponding:
    """An article of 113-14 and the one of the pack's own law that says the like."""

    cited: str
    own: str


@dataclass(frozen=True, kw_only=True)
class Petitions:
    """The articles on petitions: what they are for, who is who, who may file, and how."""

    purpose: str
    who: str
    citizens: str
    associations: str
    procedure: str


@dataclass(frozen=True, kw_only=True)
class Range:
    """The lengths an authority may choose from, in one unit."""

    unit: Unit
    least: int
    most: int


@dataclass(frozen=True, kw_only=True)
class OpenRule:
    """A period the law leaves open, which the authority's own rules may set within ``allowed``."""

    id: str
    article: str
    name: Text
    start: Text
    missed: Text
    allowed: tuple[Range, ...]
    pausable: bool = False
    extendable_by: int = 0
