"""A rule pack: all the rules of one kind of authority, as packs.py reads them from its file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from shared.law.model import (
    Apart,
    Association,
    Composition,
    Condition,
    Corresponding,
    Majority,
    OpenRule,
    Petitions,
    Quorum,
    Rule,
    Seen,
    Sessions,
    Signatures,
    Term,
    Text,
    Visas,
)


@dataclass(frozen=True, kw_only=True)
class Law:
    """The organic law a pack encodes: its number as written in answers, its name, its source."""

    number: str
    name: Text
    source: Text


@dataclass(frozen=True, kw_only=True)
class Pack:
    """All the rules of one kind of authority as they hold from one day on."""

    pack: str
    valid_from: date
    authority: str
    law: Law
    petitions: Petitions
    terms: tuple[Term, ...]
    signatures: tuple[Signatures, ...]
    associations: tuple[Association, ...]
    quorums: tuple[Quorum, ...]
    majorities: tuple[Majority, ...]
    sessions: tuple[Sessions, ...]
    conditions: tuple[Condition, ...] = ()
    visas: tuple[Visas, ...] = ()
    compositions: tuple[Composition, ...] = ()
    apart: tuple[Apart, ...] = ()
    seen_to: tuple[Seen, ...] = ()
    represented: tuple[Rule, ...] = ()
    """Whether an absent member may be represented by another; without a rule nobody is."""
    open: tuple[OpenRule, ...] = ()
    corresponds: tuple[Corresponding, ...] = ()
    """The articles of 113-14 that the code cites, as this law numbers them."""

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
            *self.apart,
            *self.seen_to,
            *self.represented,
        )

    def article_of(self, rule: Rule) -> str:
        """Return where a rule is written: law and article, or the authority's own text."""
        if rule.kind == "local":
            return rule.source["ar"]
        law = rule.elsewhere.number if rule.elsewhere else self.law.number
        return f"{law} art {rule.article}"

    def article_on(self, part: str) -> str:
        """Return where a part of the law on petitions is written, such as ``113-14 art 123``.

        ``part`` is a field of ``Petitions``.
        """
        return f"{self.law.number} art {getattr(self.petitions, part)}"
