"""Works out when something is due under a rule, and says how: every day counted or not, and why."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from shared.law.clock_words import explain
from shared.law.counting import ONE_DAY, Skipped, add_months, count_days
from shared.law.errors import LawError
from shared.law.holidays import Calendar, calendar_of
from shared.law.model import Term, Text
from shared.law.pack import Pack
from shared.law.phrases import Counted, say

Pause = tuple[date, date]


@dataclass(frozen=True, kw_only=True)
class Due:
    """The answer of the clock; all dates are civil dates in the authority's zone.

    ``due_on`` is the legal date; ``safe_on`` is the day to act by. ``uncertain`` is true where the
    text can be read otherwise or a lunar date was guessed; ``missed`` says what follows.
    """

    rule: str
    kind: str
    start_on: date
    due_on: date
    safe_on: date
    article: str
    skipped: tuple[Skipped, ...]
    explanation: Text
    missed: Text
    uncertain: bool


def due(
    pack: Pack,
    rule_id: str,
    start: date,
    *,
    holidays: Collection[date] | Calendar | None = None,
    pauses: Sequence[Pause] = (),
    extended_by: int = 0,
) -> Due:
    """Return when the term ``rule_id`` of a pack ends if its start event was on ``start``.

    ``holidays``: None is Morocco's, a list replaces them, a Calendar adds the authority's own.
    ``pauses`` are inclusive spans and ``extended_by`` adds units, where the rule allows it. Raises
    LawError on ``rule``, ``from``, ``pauses`` or ``extended_by``.
    """
    term = find_term(pack, rule_id)
    _check_allowed(term, pauses, extended_by)
    days = calendar_of(holidays)
    due_on, safe_on, skipped = _dates(term, start, days, pauses=pauses, extended_by=extended_by)
    guessed = _is_guessed(term, days, start=start, outcome=(due_on, safe_on))
    explanation = explain(
        pack,
        term,
        start=start,
        outcome=(due_on, safe_on, len(skipped)),
        extended_by=extended_by,
        guessed=guessed,
    )
    return Due(
        rule=term.id,
        kind=term.kind,
        start_on=start,
        due_on=due_on,
        safe_on=safe_on,
        article=pack.article_of(term),
        skipped=skipped,
        explanation=explanation,
        missed=term.missed,
        uncertain=guessed or term.doubt is not None,
    )


def find_term(pack: Pack, rule_id: str) -> Term:
    """Return a term of the pack; LawError on ``rule`` when there is none or it is left open."""
    term = pack.term_by_id.get(rule_id)
    if term is not None:
        return term
    if any(rule.id == rule_id for rule in pack.open):
        raise LawError("rule", say("error-open-rule", rule=rule_id))
    known = ", ".join(pack.term_by_id)
    raise LawError("rule", say("error-choice", field="rule", choices=known))


def _check_allowed(term: Term, pauses: Sequence[Pause], extended_by: int) -> None:
    """Refuse a pause or an extension that the rule does not know."""
    if pauses and not term.pausable:
        raise LawError("pauses", say("error-pause-not-allowed", article=term.article))
    if any(last < first for first, last in pauses):
        raise LawError("pauses", say("error-pause-order"))
    if not 0 <= extended_by <= term.extendable_by:
        most = Counted(term.extendable_by, term.unit)
        raise LawError("extended_by", say("error-extension", article=term.article, most=most))


def _dates(
    term: Term, start: date, days: Calendar, *, pauses: Sequence[Pause], extended_by: int
) -> tuple[date, date, tuple[Skipped, ...]]:
    """Return the legal date, the safe one and the days not counted."""
    try:
        due_on, skipped = _end_of(term, start, days, pauses=pauses, extended_by=extended_by)
        safe_on = days.last_working_day(due_on) if term.citizen_facing else due_on
    except OverflowError as error:
        raise LawError("from", say("error-out-of-calendar")) from error
    return due_on, safe_on, skipped


def _end_of(
    term: Term, start: date, days: Calendar, *, pauses: Sequence[Pause], extended_by: int
) -> tuple[date, tuple[Skipped, ...]]:
    step = ONE_DAY if term.direction == "forward" else -ONE_DAY
    number = term.value + extended_by

    def why_not(day: date) -> Text | None:
        if any(first <= day <= last for first, last in pauses):
            return say("why-paused", day=day)
        return days.why_not(day) if term.unit == "working-days" else None

    if term.unit == "months":
        # A pause gives back its days: the months are counted as the days they would have lasted.
        number = abs((add_months(start, number if step > timedelta(0) else -number) - start).days)
    first = start - step if term.counts_start else start
    if term.unit != "working-days" and not pauses:
        end, skipped = first + number * step, tuple[Skipped, ...]()
    else:
        end, skipped = count_days(first, number, why_not, step=step)
    if term.then == "next-day":
        end += step
    elif term.then == "next-working-day":
        end, more = count_days(end, 1, days.why_not, step=step)
        skipped += more
    return end, skipped


def _is_guessed(term: Term, days: Calendar, *, start: date, outcome: tuple[date, date]) -> bool:
    """Tell whether an estimated holiday could have moved the legal date or the safe one."""
    due_on, safe_on = outcome
    touched: set[date] = set()
    if term.unit == "working-days" or term.then == "next-working-day":
        touched = _span(start, due_on) - (set() if term.counts_start else {start})
    if term.citizen_facing:
        touched |= _span(safe_on, due_on)
    return any(days.is_guess(day) for day in touched)


def _span(one: date, other: date) -> set[date]:
    first, last = sorted((one, other))
    return {first + timedelta(days=n) for n in range((last - first).days + 1)}
