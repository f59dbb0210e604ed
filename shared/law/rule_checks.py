"""What a single rule of a pack must satisfy beyond its types; each fault names its field."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from shared.law.model import (
    LANGUAGES,
    Apart,
    Association,
    Composition,
    OpenRule,
    Rule,
    Sessions,
    Signatures,
    Term,
    Text,
    Visas,
)
from shared.law.pack import Pack

_HYPHENATED = re.compile(r"\d-\d")

# Ten years: no period of this field of law is longer, and a slip of the keyboard is.
LONGEST = 3660


@dataclass(frozen=True)
class Fault:
    """One thing wrong in a pack."""

    rule: str
    field: str
    reason: str


def rule_faults(pack: Pack, rule: Rule) -> Iterator[Fault]:
    """Return what is wrong with one rule of a pack."""
    yield from empty_texts(rule.id, rule)
    if rule.kind == "local":
        yield Fault(rule.id, "kind", "local rules belong to an authority, not to a pack")
    if rule.valid_from > pack.valid_from:
        yield Fault(rule.id, "valid_from", "is later than the pack's own")
    check = _CHECKS.get(type(rule))
    if check is not None:
        yield from check(rule)
    if isinstance(rule, Sessions):
        yield from _terms_of_sessions(pack, rule)


def open_faults(rule: OpenRule) -> Iterator[Fault]:
    """Return what is wrong with a period that the law leaves open."""
    yield from empty_texts(rule.id, rule)
    if not rule.allowed:
        yield Fault(rule.id, "allowed", "has no range")
    if any(not 1 <= span.least <= span.most <= LONGEST for span in rule.allowed):
        yield Fault(rule.id, "allowed", "least and most must rise from 1")
    if not 0 <= rule.extendable_by <= LONGEST:
        yield Fault(rule.id, "extendable_by", f"must be from 0 to {LONGEST}")


def empty_texts(rule: str, holder: Any) -> Iterator[Fault]:
    """Return the texts of a rule, or of the head of a pack, that say nothing."""
    for field in fields(holder):
        value = getattr(holder, field.name)
        if isinstance(value, str) and not value.strip():
            yield Fault(rule, field.name, "is empty")
        if isinstance(value, dict):
            for language in LANGUAGES:
                if not value[language].strip():
                    yield Fault(rule, f"{field.name}.{language}", "is empty")


def flipped_numbers(rule: str, source: Text) -> Iterator[Fault]:
    """Return whether an Arabic source writes a law's number with hyphens: readers see it turned."""
    if _HYPHENATED.search(source["ar"]):
        yield Fault(rule, "source.ar", "a number is written with dots: 113.14, not 113-14")


def _term_faults(term: Term) -> Iterator[Fault]:
    if not 1 <= term.value <= LONGEST:
        yield Fault(term.id, "value", f"must be from 1 to {LONGEST}")
    if not 0 <= term.extendable_by <= LONGEST:
        yield Fault(term.id, "extendable_by", f"must be from 0 to {LONGEST}")
    if term.then_may_be and term.then not in term.then_may_be:
        yield Fault(term.id, "then", "is not among then_may_be")
    if term.counts_start and term.unit == "months":
        yield Fault(term.id, "counts_start", "a period in months cannot count its first day")
    if term.pausable and term.direction == "backward":
        yield Fault(term.id, "pausable", "a period counted back cannot be paused")


def _signature_faults(rule: Signatures) -> Iterator[Fault]:
    if not rule.tiers:
        yield Fault(rule.id, "tiers", "has no step")
        return
    bounds = [_first_population_after(tier.below, tier.up_to) for tier in rule.tiers]
    if bounds[-1] is not None:
        yield Fault(rule.id, "tiers", "the last step must hold for every larger population")
    below = [bound for bound in bounds[:-1] if bound is not None]
    if len(below) < len(bounds) - 1 or below != sorted(set(below)):
        yield Fault(rule.id, "tiers", "the steps must rise, each with below or up_to")
    if any(tier.value < 0 for tier in rule.tiers):
        yield Fault(rule.id, "tiers", "a number of signatures cannot be negative")
    if rule.each_part_percent is not None and not 0 < rule.each_part_percent <= 100:
        yield Fault(rule.id, "each_part_percent", "must be from 1 to 100")


def _first_population_after(below: int | None, up_to: int | None) -> int | None:
    if below is not None:
        return below
    return None if up_to is None else up_to + 1


def _session_faults(rule: Sessions) -> Iterator[Fault]:
    if not rule.months or not all(1 <= month <= 12 for month in rule.months):
        yield Fault(rule.id, "months", "must be months from 1 to 12")
    if rule.opening_monday is not None and not 1 <= rule.opening_monday <= 4:
        yield Fault(rule.id, "opening_monday", "must be from 1 to 4")


def _terms_of_sessions(pack: Pack, rule: Sessions) -> Iterator[Fault]:
    for field in ("agenda_rule", "notice_rule"):
        if getattr(rule, field) not in pack.term_by_id:
            yield Fault(rule.id, field, "names no term of this pack")


def _association_faults(rule: Association) -> Iterator[Fault]:
    for field in ("value", "years_more_than", "members_more_than"):
        number = getattr(rule, field)
        if number is not None and not 0 <= number <= LONGEST:
            yield Fault(rule.id, field, f"must be from 0 to {LONGEST}")


def _apart_faults(rule: Apart) -> Iterator[Fault]:
    for field in ("offices", "others"):
        if not getattr(rule, field):
            yield Fault(rule.id, field, "names no office, so nobody would be kept apart")


def _visa_faults(rule: Visas) -> Iterator[Fault]:
    if not rule.matters:
        yield Fault(rule.id, "matters", "names none, so no decision would need a visa")


def _composition_faults(rule: Composition) -> Iterator[Fault]:
    if rule.least is None and rule.most is None:
        yield Fault(rule.id, "least", "needs least or most")
    for field in ("least", "most"):
        bound = getattr(rule, field)
        if bound is not None and not 1 <= bound <= LONGEST:
            yield Fault(rule.id, field, f"must be from 1 to {LONGEST}")
    if (rule.least or 1) > (rule.most or LONGEST):
        yield Fault(rule.id, "least", "must be from 1 to most")
    after = 0
    for step in rule.by_size:
        if not (rule.least or 1) <= step.value <= (rule.most or LONGEST):
            yield Fault(rule.id, "by_size", "a number lies outside least and most")
        if not after < (step.at_least or 1) <= (step.up_to or LONGEST):
            yield Fault(rule.id, "by_size", "the sizes must rise and not overlap")
        after = step.up_to or LONGEST


_CHECKS: Mapping[type[Rule], Callable[[Any], Iterator[Fault]]] = {
    Term: _term_faults,
    Signatures: _signature_faults,
    Sessions: _session_faults,
    Association: _association_faults,
    Composition: _composition_faults,
    Apart: _apart_faults,
    Visas: _visa_faults,
}
