"""Whether a vote adopts an item (113-14 art 43, 112-14 art 44, 111-14 art 46)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from shared.law.clock_words import basis as basis_of
from shared.law.errors import LawError
from shared.law.model import Basis, Text
from shared.law.model import Majority as MajorityRule
from shared.law.pack import Pack
from shared.law.phrases import joined, say
from shared.law.questions import check_choice, check_count

Side = Literal["for", "against", "abstain"]
BASES: tuple[Basis, ...] = ("votes-cast", "members-in-office")
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
    """The votes of one ballot; the president's own vote is among them (None: not known, absent)."""

    votes_for: int
    against: int
    abstain: int
    in_office: int
    president: Side | None

    def of(self, side: Side) -> int:
        """Return how many took that side."""
        return {"for": self.votes_for, "against": self.against, "abstain": self.abstain}[side]


def majority(pack: Pack, basis: Basis, count: Count) -> Majority:
    """Return whether a ballot adopts the item on that basis.

    Raises LawError on ``basis``, ``for``, ``against``, ``abstain``, ``in_office`` or ``president``.
    """
    check_choice("basis", basis, BASES)
    rule = next(rule for rule in pack.majorities if rule.basis == basis)
    _check(rule, count)
    return _judge(pack, rule, count)


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


def _judge(pack: Pack, rule: MajorityRule, count: Count) -> Majority:
    cast = count.votes_for + count.against
    whole = cast if rule.basis == "votes-cast" else count.in_office
    needed = whole // 2 + 1
    is_tie = count.votes_for == count.against
    tie_broken = (
        rule.tie == "president" and is_tie and count.president in {"for", "against"} and cast > 0
    )
    adopted = count.president == "for" if tie_broken else count.votes_for >= needed
    parts = [
        basis_of(pack, rule),
        say(
            "majority",
            name=rule.name,
            votes_for=count.votes_for,
            votes_against=count.against,
            abstain=count.abstain,
            in_office=count.in_office,
        ),
        say(f"majority-{rule.basis}", cast=cast, needed=needed),
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


def _remarks(rule: MajorityRule, count: Count, *, adopted: bool) -> list[Text]:
    """Return what must be said of a tie, of an empty ballot, or of the second sitting."""
    if rule.tie == "none":
        return [] if adopted else [say("second-sitting")]
    if count.votes_for + count.against == 0:
        return [say("nobody-voted")]
    if count.votes_for != count.against:
        return []
    if count.president in {"for", "against"}:
        return [say(f"tie-{count.president}")]
    return [say("tie-unbroken")]
