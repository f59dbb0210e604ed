"""What a rule pack must satisfy beyond its types; each fault names its rule and field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from shared.law.model import (
    LANGUAGES,
    Composition,
    OpenRule,
    Quorum,
    Rule,
    Sessions,
    Signatures,
    Term,
)
from shared.law.pack import Pack

# Ten years: no period of this field of law is longer, and a slip of the keyboard is.
LONGEST = 3660


@dataclass(frozen=True)
class Fault:
    """One thing wrong in a pack."""

    rule: str
    field: str
    reason: str


def find_fault(pack: Pack, *, folder: str, stem: str) -> Fault | None:
    """Return the first fault of a pack kept as ``folder/stem.toml``, or None."""
    return next(_faults(pack, folder, stem), None)


def _faults(pack: Pack, folder: str, stem: str) -> Iterator[Fault]:
    if pack.pack != folder:
        yield Fault("(head)", "pack", f"must be the folder's name, {folder}")
    if pack.valid_from.isoformat() != stem:
        yield Fault("(head)", "valid_from", f"must be the file's name, {stem}")
    yield from _empty_texts("(head)", pack.law)
    yield from _empty_texts("(head)", pack.petitions)
    yield from _repeated_ids(pack)
    for rule in pack.rules:
        yield from _rule_faults(pack, rule)
    for open_rule in pack.open:
        yield from _open_faults(open_rule)
    yield from _set_faults(pack)


def _repeated_ids(pack: Pack) -> Iterator[Fault]:
    seen: set[str] = set()
    for rule_id in (*(rule.id for rule in pack.rules), *(rule.id for rule in pack.open)):
        if rule_id in seen:
            yield Fault(rule_id, "id", "stands twice in the file")
        seen.add(rule_id)


def _rule_faults(pack: Pack, rule: Rule) -> Iterator[Fault]:
    yield from _empty_texts(rule.id, rule)
    if rule.kind == "local":
        yield Fault(rule.id, "kind", "local rules belong to an authority, not to a pack")
    if rule.valid_from > pack.valid_from:
        yield Fault(rule.id, "valid_from", "is later than the pack's own")
    if isinstance(rule, Term):
        yield from _term_faults(rule)
    if isinstance(rule, Signatures):
        yield from _signature_faults(rule)
    if isinstance(rule, Composition):
        yield from _composition_faults(rule)
    if isinstance(rule, Sessions):
        yield from _session_faults(pack, rule)


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


def _session_faults(pack: Pack, rule: Sessions) -> Iterator[Fault]:
    if not rule.months or not all(1 <= month <= 12 for month in rule.months):
        yield Fault(rule.id, "months", "must be months from 1 to 12")
    if rule.opening_monday is not None and not 1 <= rule.opening_monday <= 4:
        yield Fault(rule.id, "opening_monday", "must be from 1 to 4")
    for field in ("agenda_rule", "notice_rule"):
        if getattr(rule, field) not in pack.term_by_id:
            yield Fault(rule.id, field, "names no term of this pack")


def _composition_faults(rule: Composition) -> Iterator[Fault]:
    if rule.least is None and rule.most is None:
        yield Fault(rule.id, "least", "needs least or most")
    if not 1 <= (rule.least or 1) <= (rule.most or LONGEST):
        yield Fault(rule.id, "least", "must be from 1 to most")
    after = 0
    for step in rule.by_size:
        if not (rule.least or 1) <= step.value <= (rule.most or LONGEST):
            yield Fault(rule.id, "by_size", "a number lies outside least and most")
        if not after < (step.at_least or 1) <= (step.up_to or LONGEST):
            yield Fault(rule.id, "by_size", "the sizes must rise and not overlap")
        after = step.up_to or LONGEST


def _open_faults(rule: OpenRule) -> Iterator[Fault]:
    yield from _empty_texts(rule.id, rule)
    if not rule.allowed:
        yield Fault(rule.id, "allowed", "has no range")
    if any(not 1 <= span.least <= span.most <= LONGEST for span in rule.allowed):
        yield Fault(rule.id, "allowed", "least and most must rise from 1")


def _set_faults(pack: Pack) -> Iterator[Fault]:
    """Check that each question finds exactly one rule."""
    usual = tuple(one for one in pack.quorums if one.called_by == "anybody")
    if sorted(one.call for one in usual) != [1, 2, 3]:
        yield Fault(_last_id(usual), "call", "there must be one rule for each of 3 calls")
    yield from _majority_faults(pack)
    for table in ("signatures", "associations", "sessions"):
        if len(getattr(pack, table)) != 1:
            yield Fault(table, "id", "there must be exactly one rule of this kind")


def _majority_faults(pack: Pack) -> Iterator[Fault]:
    bases = [rule.basis for rule in pack.majorities]
    if len(set(bases)) < len(bases) or not {"members-in-office", "votes-cast"} <= set(bases):
        yield Fault("majorities", "basis", "there must be one rule for each basis")
    known: set[str] = set()
    for rule in pack.majorities:
        if (rule.more_than is None) == (rule.at_least is None):
            yield Fault(rule.id, "more_than", "needs more_than or at_least, and not both")
        above, below = rule.more_than or rule.at_least or (1, 2)
        if not 1 <= above < below:
            yield Fault(rule.id, "more_than", "must be a part of the whole, such as [1, 2]")
        if rule.second is not None and rule.second not in bases:
            yield Fault(rule.id, "second", "names no majority of this pack")
        if known & {matter.id for matter in rule.matters}:
            yield Fault(rule.id, "matters", "a matter has one majority only")
        known |= {matter.id for matter in rule.matters}


def _last_id(quorums: tuple[Quorum, ...]) -> str:
    return quorums[-1].id if quorums else "quorums"


def _empty_texts(rule: str, holder: Any) -> Iterator[Fault]:
    for field in fields(holder):
        value = getattr(holder, field.name)
        if isinstance(value, str) and not value.strip():
            yield Fault(rule, field.name, "is empty")
        if isinstance(value, dict):
            for language in LANGUAGES:
                if not value[language].strip():
                    yield Fault(rule, f"{field.name}.{language}", "is empty")
