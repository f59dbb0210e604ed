"""Whether a vote adopts an item, and which majority its matter needs.

113-14, articles 43 and 70; 112-14, articles 44 and 71; 111-14, articles 46 and 73.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from shared.law.clock_words import basis as basis_of
from shared.law.errors import LawError
from shared.law.model import Basis, Text
from shared.law.model import Majority as MajorityRule
from shared.law.pack import Pack
from shared.law.phrases import joined, say
from shared.law.questions import check_choice, check_count

Side = Literal["for", "against", "abstain"]
BASES: tuple[Basis, ...] = ("votes-cast", "members-in-office")
"""The majorities that every pack has."""

SIDES: tuple[Side, ...] = ("for", "against", "abstain")


@dataclass(frozen=True, kw_only=True)
class Majority:
    """Whether the item is adopted, the votes it took, and whether the president's side decided."""

    adopted: bool
    needed: int
    tie_broken: bool
    article: str
    explanation: Text


@dataclass(frozen=True, kw_only=True)
class Count:
    """The votes of one ballot; the president's own vote is among them (None: not known, absent).

    ``in_office`` are those who may take part; ``recused`` are in office beside them.
    """

    votes_for: int
    against: int
    abstain: int
    in_office: int
    president: Side | None
    recused: int = 0

    def of(self, side: Side) -> int:
        """Return how many took that side."""
        return {"for": self.votes_for, "against": self.against, "abstain": self.abstain}[side]


def rule_of(pack: Pack, basis: Basis) -> MajorityRule:
    """Return the rule of a majority by its code; raises LawError on ``basis``."""
    check_choice("basis", basis, tuple(rule.basis for rule in pack.majorities))
    return next(rule for rule in pack.majorities if rule.basis == basis)


def rule_for(pack: Pack, matter: str | None) -> MajorityRule:
    """Return the majority that a matter needs; None is any matter for which the law names none.

    Raises LawError on ``matter``.
    """
    if matter is None:
        return rule_of(pack, "votes-cast")
    known = matters(pack)
    check_choice("matter", matter, tuple(known))
    return known[matter]


def matters(pack: Pack) -> dict[str, MajorityRule]:
    """Return each matter for which the law names a majority, with its rule."""
    return {matter.id: rule for rule in pack.majorities for matter in rule.matters}


def majority(pack: Pack, basis: Basis, count: Count, *, matter: str | None = None) -> Majority:
    """Return whether a ballot adopts the item on that basis; ``matter`` is what the item is about.

    Raises LawError on ``basis``, ``for``, ``against``, ``abstain``, ``in_office``, ``president`` or
    ``matter``.
    """
    rule = rule_of(pack, basis)
    _check(rule, count)
    return _judge(pack, rule, count, about=_about(pack, rule, matter))


def _about(pack: Pack, rule: MajorityRule, matter: str | None) -> list[Text]:
    """What is said of an item's matter: which majority it needs, and whether this one is it."""
    if matter is None:
        return []
    own = rule_for(pack, matter)
    name = next(one.name for one in own.matters if one.id == matter)
    said = [say("majority-matter", matter=name, name=own.name)]
    return said if rule is own else [*said, say("majority-second", name=rule.name)]


def _check(rule: MajorityRule, count: Count) -> None:
    for side in SIDES:
        check_count(side, count.of(side))
    check_count("in_office", count.in_office)
    if count.president is not None:
        check_choice("president", count.president, SIDES)
    total = sum(count.of(side) for side in SIDES)
    if total > count.in_office:
        numbers = {"total": total, "in_office": count.in_office}
        message = say("error-too-many-votes", article=rule.article, **numbers)
        raise LawError("in_office", message)
    if count.president is not None and count.of(count.president) == 0:
        message = say("error-president-not-counted", article=rule.article)
        raise LawError("president", message)


def _judge(pack: Pack, rule: MajorityRule, count: Count, *, about: list[Text]) -> Majority:
    cast = count.votes_for + count.against
    needed = rule.needed(cast if rule.of == "votes-cast" else count.in_office)
    is_tie = count.votes_for == count.against
    tie_broken = (
        rule.tie == "president" and is_tie and count.president in {"for", "against"} and cast > 0
    )
    adopted = count.president == "for" if tie_broken else count.votes_for >= needed
    parts = [
        basis_of(pack, rule),
        *about,
        _counted(rule, count),
        say(_calculation(rule), cast=cast, needed=needed, name=rule.name),
        *_remarks(rule, count, adopted=adopted),
        say("adopted" if adopted else "not-adopted"),
    ]
    return Majority(
        adopted=adopted,
        needed=needed,
        tie_broken=tie_broken,
        article=pack.article_of(rule),
        explanation=joined(parts),
    )


def _counted(rule: MajorityRule, count: Count) -> Text:
    """The sentence with the votes and the members; who is recused is told apart."""
    votes = {"votes_for": count.votes_for, "votes_against": count.against}
    said: dict[str, Any] = {"name": rule.name, **votes, "abstain": count.abstain}
    said["in_office"] = count.in_office
    if not count.recused:
        return say("majority", **said)
    seated = count.in_office + count.recused
    return say("majority-recused", **said, seated=seated, recused=count.recused)


def _calculation(rule: MajorityRule) -> str:
    """The sentence that says how many votes are needed, and of what."""
    return f"majority-{rule.of}" if rule.more_than == (1, 2) else "majority-share"


def _remarks(rule: MajorityRule, count: Count, *, adopted: bool) -> list[Text]:
    """Return what must be said of a tie, of an empty ballot, or of the second sitting."""
    if rule.tie == "none":
        return [] if adopted or rule.second is None else [say("second-sitting")]
    if count.votes_for + count.against == 0:
        return [say("nobody-voted")]
    if count.votes_for != count.against:
        return []
    if count.president in {"for", "against"}:
        return [say(f"tie-{count.president}")]
    return [say("tie-unbroken")]
