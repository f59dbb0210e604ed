"""What a rule pack is made of: frozen values read from the TOML files by packs.py."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
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
Basis = Literal["votes-cast", "members-in-office"]


@dataclass(frozen=True, kw_only=True)
class Elsewhere:
    """Another law or decree in which a rule stands: its number and its name for people."""

    number: str
    name: Text


@dataclass(frozen=True, kw_only=True)
class Rule:
    """What every rule says of itself: where it is written, since when, and its name for people.

    ``elsewhere`` names the text where it is not the pack's own organic law.
    """

    id: str
    article: str
    source: str
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
    """How many votes adopt; ``tie`` says whether the president's side can prevail."""

    basis: Basis
    tie: Literal["president", "none"]
    unit: Literal["votes"]
    matters: tuple[Matter, ...] = ()


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
class Composition(Rule):
    """How many there are at least and at most: committees, their members, vice-presidents."""

    unit: Literal["committees", "members"]
    least: int | None = None
    most: int | None = None
    doubt: Text | None = None


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


@dataclass(frozen=True, kw_only=True)
class Law:
    """The organic law a pack encodes: its number as written in answers, its name, its source."""

    number: str
    name: Text
    source: str


@dataclass(frozen=True, kw_only=True)
class Pack:
    """All the rules of one kind of authority as they hold from one day on."""

    pack: str
    valid_from: date
    authority: str
    law: Law
    terms: tuple[Term, ...]
    signatures: tuple[Signatures, ...]
    associations: tuple[Association, ...]
    quorums: tuple[Quorum, ...]
    majorities: tuple[Majority, ...]
    sessions: tuple[Sessions, ...]
    conditions: tuple[Condition, ...] = ()
    visas: tuple[Visas, ...] = ()
    compositions: tuple[Composition, ...] = ()
    represented: tuple[Rule, ...] = ()
    """Whether an absent member may be represented by another; without a rule nobody is."""
    open: tuple[OpenRule, ...] = ()

    @property
    def version(self) -> str:
        """The name a case keeps, such as ``ma-commune@2015-07-23``."""
        return f"{self.pack}@{self.valid_from.isoformat()}"

    @cached_property
    def term_by_id(self) -> Mapping[str, Term]:
        """The periods by their rule id."""
        return {term.id: term for term in self.terms}

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule in force, in the order of the file."""
        return (
            *self.terms,
            *self.signatures,
            *self.associations,
            *self.quorums,
            *self.majorities,
            *self.sessions,
            *self.conditions,
            *self.visas,
            *self.compositions,
            *self.represented,
        )

    def article_of(self, rule: Rule) -> str:
        """Return where a rule is written: law and article, or the authority's own text."""
        if rule.kind == "local":
            return rule.source
        law = rule.elsewhere.number if rule.elsewhere else self.law.number
        return f"{law} art {rule.article}"
