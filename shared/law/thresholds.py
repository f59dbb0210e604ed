"""How many signatures a petition needs, and what an association must show instead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shared.law.clock_words import basis
from shared.law.model import Signatures, Text, Tier
from shared.law.pack import Pack
from shared.law.phrases import Counted, joined, say
from shared.law.questions import check_count


@dataclass(frozen=True, kw_only=True)
class Threshold:
    """The number of signatures needed; ``each_part`` is what every province must bring, if any."""

    signatures: int
    each_part: int | None
    article: str
    explanation: Text


@dataclass(frozen=True, kw_only=True)
class AssociationConditions:
    """What the law asks of an association: more than so many years and, in provinces, members."""

    signatures: int
    years_more_than: int
    members_more_than: int | None
    article: str
    explanation: Text


def signatures_needed(pack: Pack, population: int, arrondissements: bool = False) -> Threshold:
    """Return how many citizens must sign where that many people legally live.

    ``arrondissements`` counts only where the pack has a step for it (113-14 art 216). Raises
    LawError on ``population``.
    """
    check_count("population", population)
    rule = pack.signatures[0]
    tier = _tier(rule, population, arrondissements=arrondissements)
    number = Counted(tier.value, rule.unit)
    parts = [
        say("titled", name=rule.name),
        basis(pack, rule),
        say("signatures", why=tier.why, number=number, population=population),
    ]
    each_part = None
    if rule.each_part_percent is not None:
        each_part = -(-tier.value * rule.each_part_percent // 100)
        share = Counted(each_part, rule.unit)
        parts.append(say("signatures-spread", percent=rule.each_part_percent, number=share))
    if rule.doubt is not None:
        parts.append(say("doubt", doubt=rule.doubt))
    return Threshold(
        signatures=tier.value,
        each_part=each_part,
        article=pack.article_of(rule),
        explanation=joined(parts),
    )


def parts_below(threshold: Threshold, signed: Mapping[str, int]) -> tuple[str, ...]:
    """Return the provinces, by name, whose valid signatures are fewer than each must bring."""
    least = threshold.each_part or 0
    return tuple(name for name, number in signed.items() if number < least)


def association_conditions(pack: Pack) -> AssociationConditions:
    """Return what an association must show: no signatures, but age and, in provinces, members."""
    rule = pack.associations[0]
    parts = [
        say("titled", name=rule.name),
        basis(pack, rule),
        say("association", years=rule.years_more_than),
    ]
    if rule.members_more_than is not None:
        parts.append(say("association-members", members=rule.members_more_than))
    return AssociationConditions(
        signatures=rule.value,
        years_more_than=rule.years_more_than,
        members_more_than=rule.members_more_than,
        article=pack.article_of(rule),
        explanation=joined(parts),
    )


def _tier(rule: Signatures, population: int, *, arrondissements: bool) -> Tier:
    if arrondissements and rule.arrondissements is not None:
        return rule.arrondissements
    return next(tier for tier in rule.tiers if tier.holds_for(population))
