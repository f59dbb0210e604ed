"""Whether a council is set up as its law asks: bureau, secretary, committees and seats on them.

113-14, articles 7, 16, 23, 25 and 26, and their like in 112-14 and 111-14. A council is set up
step by step, so what is still missing is a finding for people; only what is too much, or what the
law keeps apart, is refused where it is done.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from shared.law.clock_words import basis
from shared.law.model import Apart, Composition, Rule, Text
from shared.law.pack import Pack
from shared.law.phrases import Counted, joined, say
from shared.law.questions import check_count

COMMITTEES = "committees-number"
SEATS = "committee-seats"
SEATS_OF_A_MEMBER = "committees-of-a-member"
VICE_PRESIDENTS = "vice-presidents"


@dataclass(frozen=True, kw_only=True)
class SetUp:
    """A council as it stands: seats of each committee by its code, and who holds which offices.

    ``size`` is how many members the council has by law; ``held`` the offices of each person.
    """

    size: int
    seats: Mapping[str, int]
    held: Sequence[Collection[str]]


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What does not agree with a rule; ``subject`` is the code of the committee it is about."""

    rule: str
    article: str
    subject: str | None
    explanation: Text


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a rule asks of a council of one size: at least and at most so many (None: no bound).

    ``is_silent`` tells that the article names numbers by size, and none for this size.
    """

    least: int | None
    most: int | None
    is_silent: bool = False


def asked(rule: Composition, size: int) -> Asked:
    """Return what a rule asks of a council of ``size`` members; raises LawError on ``members``."""
    check_count("members", size)
    step = next((one for one in rule.by_size if one.holds_for(size)), None)
    if step is not None:
        return Asked(least=step.value, most=step.value)
    return Asked(least=rule.least, most=rule.most, is_silent=bool(rule.by_size))


def findings(pack: Pack, council: SetUp) -> list[Finding]:
    """What in a council's set-up does not agree with the rules, in the order of the pack.

    A pack without such rules finds nothing. Raises LawError for a negative count.
    """
    made = [
        finding_of(pack, rule, found, size=council.size, subject=subject)
        for rule in pack.compositions
        for subject, found in _counted(rule, council)
    ]
    return [
        *(one for one in made if one is not None),
        *(
            _finding(pack, rule, says=[_kept_apart(rule)])
            for rule in pack.apart
            for held in council.held
            if _clashes(rule, held)
        ),
    ]


def most(pack: Pack, rule_id: str, size: int | None = None) -> int | None:
    """The most that a rule allows, in a council of ``size`` members where its size is known.

    None where the pack has no such rule or no upper bound.
    """
    rule = next((rule for rule in pack.compositions if rule.id == rule_id), None)
    if rule is None:
        return None
    return rule.most if size is None else asked(rule, size).most


def kept_apart(pack: Pack, office: str, others: Collection[str]) -> Apart | None:
    """The rule that forbids one who holds ``others`` to take ``office``; None where none does."""
    firm = (rule for rule in pack.apart if rule.unless is None)
    return next((rule for rule in firm if _clashes(rule, {office, *others})), None)


def asked_in_words(rule: Composition, size: int) -> Text:
    """What a rule asks of a council of that size, as a sentence."""
    wants = asked(rule, size)
    least, most_ = (Counted(bound or 0, rule.unit) for bound in (wants.least, wants.most))
    if wants.least == wants.most:
        if not rule.by_size:
            return say("asks-just", name=rule.name, needed=least)
        return say("asks-by-size", name=rule.name, needed=least, size=Counted(size, "members"))
    if wants.most is None:
        return say("asks-least", name=rule.name, least=least)
    if wants.least is None:
        return say("asks-most", name=rule.name, most=most_)
    return say("asks-between", name=rule.name, least=least, most=most_)


def remarks(rule: Composition, size: int) -> list[Text]:
    """What must be said beside a rule: that its article is silent on this size, and its doubt."""
    silent = [say("asks-silent", size=Counted(size, "members"))]
    return [
        *(silent if asked(rule, size).is_silent else []),
        *([rule.doubt] if rule.doubt else []),
    ]


def finding_of(
    pack: Pack, rule: Composition, found: int, *, size: int, subject: str | None = None
) -> Finding | None:
    """How a number departs from a rule; None where it keeps it. Raises LawError on ``found``."""
    check_count("found", found)
    wants = asked(rule, size)
    if (wants.least or 0) <= found and (wants.most is None or found <= wants.most):
        return None
    now = say("asks-now", found=Counted(found, rule.unit))
    says = [asked_in_words(rule, size), now]
    return _finding(pack, rule, says=says, subject=subject, beside=remarks(rule, size))


def _finding(
    pack: Pack,
    rule: Rule,
    *,
    says: Sequence[Text],
    subject: str | None = None,
    beside: Sequence[Text] = (),
) -> Finding:
    return Finding(
        rule=rule.id,
        article=pack.article_of(rule),
        subject=subject,
        explanation=joined([*says, basis(pack, rule), *beside]),
    )


def _counted(rule: Composition, council: SetUp) -> Iterator[tuple[str | None, int]]:
    """The numbers that a rule is about, each with the committee it belongs to."""
    if rule.office is not None:
        yield None, sum(rule.office in held for held in council.held)
    elif rule.id == COMMITTEES:
        yield None, len(council.seats)
    elif rule.id == SEATS:
        yield from council.seats.items()


def _clashes(rule: Apart, held: Collection[str]) -> bool:
    return any(one in held for one in rule.offices) and any(one in held for one in rule.others)


def _kept_apart(rule: Apart) -> Text:
    return joined([say("kept-apart", name=rule.name), *([rule.unless] if rule.unless else [])])
