"""Whether a council is set up as its law asks: committees, seats on them, vice-presidents.

113-14, articles 16 and 25. A council is set up step by step, so what is still missing is a finding
for people; only what is too much can be refused where it is done.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shared.law.clock_words import basis
from shared.law.model import Composition, Pack, Text
from shared.law.phrases import Counted, joined, say
from shared.law.questions import check_count

COMMITTEES = "committees-number"
SEATS = "committee-seats"
VICE_PRESIDENTS = "vice-presidents"


@dataclass(frozen=True, kw_only=True)
class SetUp:
    """A council as it stands: the seats of each committee by its code, and its vice-presidents."""

    seats: Mapping[str, int]
    vice_presidents: int


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What does not agree with a rule; ``subject`` is the code of the committee it is about."""

    rule: str
    article: str
    subject: str | None
    explanation: Text


def findings(pack: Pack, council: SetUp) -> list[Finding]:
    """What in a council's set-up does not agree with the rules, in the order of the pack.

    A pack without such rules finds nothing. Raises LawError for a negative count.
    """
    check_count("vice_presidents", council.vice_presidents)
    counted: dict[str, list[tuple[str | None, int]]] = {
        COMMITTEES: [(None, len(council.seats))],
        SEATS: list(council.seats.items()),
        VICE_PRESIDENTS: [(None, council.vice_presidents)],
    }
    made = [
        _finding(pack, rule, subject, found)
        for rule in pack.compositions
        for subject, found in counted.get(rule.id, ())
    ]
    return [one for one in made if one is not None]


def most(pack: Pack, rule_id: str) -> int | None:
    """The most that a rule allows; None where the pack has no such rule or no upper bound."""
    return next((rule.most for rule in pack.compositions if rule.id == rule_id), None)


def _finding(pack: Pack, rule: Composition, subject: str | None, found: int) -> Finding | None:
    now = Counted(found, rule.unit)
    if rule.least is not None and found < rule.least:
        said = say(
            "composition-least", name=rule.name, least=Counted(rule.least, rule.unit), found=now
        )
    elif rule.most is not None and found > rule.most:
        said = say(
            "composition-most", name=rule.name, most=Counted(rule.most, rule.unit), found=now
        )
    else:
        return None
    return Finding(
        rule=rule.id,
        article=pack.article_of(rule),
        subject=subject,
        explanation=joined([said, basis(pack, rule), *([rule.doubt] if rule.doubt else [])]),
    )
