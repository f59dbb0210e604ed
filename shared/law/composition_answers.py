"""Answers what a law asks of a council's bureau and committees, by the council's size."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from shared.law.clock_words import basis
from shared.law.composition import (
    COMMITTEES,
    SEATS,
    Finding,
    asked,
    asked_in_words,
    finding_of,
    remarks,
)
from shared.law.model import Apart, Composition, Text
from shared.law.pack import Pack
from shared.law.phrases import Counted, joined, say
from shared.law.questions import Question

Json = dict[str, Any]


@dataclass(frozen=True)
class _Given:
    """What a question tells of a council; None where it does not tell."""

    vice_presidents: int | None
    committees: tuple[int, ...] | None

    @property
    def is_told(self) -> bool:
        """Whether there is anything to hold against the rules."""
        return self.vice_presidents is not None or self.committees is not None

    def counted(self, rule: Composition) -> Iterator[tuple[str | None, int]]:
        """The numbers a rule is about, each with its place among the committees, from 1."""
        if rule.office == "vice-president" and self.vice_presidents is not None:
            yield None, self.vice_presidents
        if rule.id == COMMITTEES and self.committees is not None:
            yield None, len(self.committees)
        if rule.id == SEATS:
            for place, number in enumerate(self.committees or (), start=1):
                yield str(place), number


def composition_asked(pack: Pack, question: Question) -> Json:
    """Return what each rule asks of a council of ``members``, and how what was given departs.

    ``vice_presidents`` (a number) and ``committees`` (the members of each) may be given; without
    them there is nothing to depart. Raises LawError on one of the three fields.
    """
    size = question.count("members")
    given = _Given(
        question.count_if_given("vice_presidents"), question.counts_if_given("committees")
    )
    departs = [
        finding_of(pack, rule, number, size=size, subject=place)
        for rule in pack.compositions
        for place, number in given.counted(rule)
    ]
    found = [one for one in departs if one is not None]
    return {
        "kept": not found,
        "rules": [_rule(pack, rule, size) for rule in pack.compositions],
        "apart": [_apart(pack, rule) for rule in pack.apart],
        "findings": [_found(one) for one in found],
        "explanation": joined(_said(pack, size, given=given, found=found)),
    }


def _rule(pack: Pack, rule: Composition, size: int) -> Json:
    wants = asked(rule, size)
    says = [asked_in_words(rule, size), basis(pack, rule), *remarks(rule, size)]
    return {
        "rule": rule.id,
        "article": pack.article_of(rule),
        "least": wants.least,
        "most": wants.most,
        "uncertain": wants.is_silent,
        "explanation": joined(says),
    }


def _apart(pack: Pack, rule: Apart) -> Json:
    says = [say("titled", name=rule.name), *([rule.unless] if rule.unless else [])]
    return {
        "rule": rule.id,
        "article": pack.article_of(rule),
        "explanation": joined([*says, basis(pack, rule)]),
    }


def _found(one: Finding) -> Json:
    committee = int(one.subject) if one.subject else None
    return {
        "rule": one.rule,
        "article": one.article,
        "committee": committee,
        "explanation": one.explanation,
    }


def _said(pack: Pack, size: int, *, given: _Given, found: Sequence[Finding]) -> list[Text]:
    says = [say("composition-asked", size=Counted(size, "members"))]
    if not pack.compositions:
        return [*says, say("composition-unknown")]
    if not given.is_told:
        return [*says, *(asked_in_words(rule, size) for rule in pack.compositions)]
    kept = say("composition-not-kept" if found else "composition-kept")
    return [*says, kept, *(one.explanation for one in found)]
