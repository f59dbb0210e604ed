"""Whether enough members are there at the opening (113-14 art 42, 112-14 art 43, 111-14 art 45)."""

from __future__ import annotations

from dataclasses import dataclass

from shared.law.clock_words import basis
from shared.law.errors import LawError
from shared.law.model import Quorum as QuorumRule
from shared.law.model import Text
from shared.law.pack import Pack
from shared.law.phrases import Counted, joined, say
from shared.law.questions import check_count


@dataclass(frozen=True, kw_only=True)
class Quorum:
    """Whether the quorum is met and how many members it needs."""

    met: bool
    needed: int
    article: str
    explanation: Text


def quorum(
    pack: Pack, in_office: int, present: int, call: object, *, called_by: str = "anybody"
) -> Quorum:
    """Return whether ``present`` of ``in_office`` members suffice on that call (1, 2 or 3).

    ``called_by`` is who asked for the session: the governor's has quorums of its own (113-14
    art 37), and two calls only. ``call`` is checked here, as only the rules know which there are.

    Raises LawError on ``in_office``, ``present`` or ``call``.
    """
    check_count("in_office", in_office)
    check_count("present", present)
    rule = _rule(pack, call, called_by)
    if present > in_office:
        message = say(
            "error-too-many-present", present=present, in_office=in_office, article=rule.article
        )
        raise LawError("present", message)
    needed = in_office // 2 + 1 if rule.share == "more-than-half" else 1
    met = present >= needed
    calculation = say(
        f"quorum-{rule.share}",
        name=rule.name,
        in_office=Counted(in_office, rule.unit),
        needed=Counted(needed, rule.unit),
        present=Counted(present, rule.unit),
    )
    result = say("quorum-met" if met else "quorum-not-met")
    explanation = joined([basis(pack, rule), calculation, result])
    return Quorum(met=met, needed=needed, article=pack.article_of(rule), explanation=explanation)


def calls(pack: Pack, called_by: str) -> int:
    """Return how many calls the law knows for a session, by who asked for it."""
    return len(_rules(pack, called_by))


def _rule(pack: Pack, call: object, called_by: str) -> QuorumRule:
    rules = _rules(pack, called_by)
    # True and 1.0 equal 1 to Python, yet are no number of a call.
    found = next((rule for rule in rules if type(call) is int and rule.call == call), None)
    if found is None:
        known = ", ".join(str(rule.call) for rule in rules)
        raise LawError("call", say("error-call", choices=known, article=rules[0].article))
    return found


def _rules(pack: Pack, called_by: str) -> tuple[QuorumRule, ...]:
    """The quorums of who asked for the session, else those of every session."""
    own = tuple(rule for rule in pack.quorums if rule.called_by == called_by)
    return own or tuple(rule for rule in pack.quorums if rule.called_by == "anybody")
