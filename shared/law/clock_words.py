"""How the clock explains itself: the sentences of a due date, in the order a reader asks."""

from __future__ import annotations

from datetime import date

from shared.law.model import Rule, Term, Text
from shared.law.pack import Pack
from shared.law.phrases import Counted, joined, say


def basis(pack: Pack, rule: Rule) -> Text:
    """Return the sentence that says where a rule is written."""
    if rule.kind == "local":
        return say("basis-local", source=rule.source)
    law = rule.elsewhere.name if rule.elsewhere else pack.law.name
    return say("basis-law", article=rule.article, law=law)


def explain(
    pack: Pack,
    term: Term,
    *,
    start: date,
    outcome: tuple[date, date, int],
    extended_by: int,
    guessed: bool,
) -> Text:
    """Return the whole explanation of a due date.

    ``outcome`` is the legal date, the safe date and how many days were not counted.
    """
    due_on, safe_on, skipped = outcome
    parts = [say("titled", name=term.name), basis(pack, term)]
    length = Counted(term.value, term.unit)
    parts.append(say("period", length=length, start=term.start, day=start))
    if extended_by:
        parts.append(say("extended", length=Counted(extended_by, term.unit)))
    parts += [say(_start_key(term)), say(f"unit-{term.unit}")]
    if term.then != "stop":
        suffix = "-back" if term.direction == "backward" else ""
        parts.append(say(f"then-{term.then}{suffix}"))
    if skipped:
        parts.append(say("skipped", length=Counted(skipped, "days")))
    parts.append(say("legal-date", day=due_on))
    if safe_on != due_on:
        parts.append(say("safe-date", day=safe_on))
    if guessed:
        parts.append(say("estimated"))
    if term.doubt is not None:
        parts.append(say("doubt", doubt=term.doubt))
    parts.append(say("missed", missed=term.missed))
    return joined(parts)


def _start_key(term: Term) -> str:
    if term.direction == "backward":
        return "count-back"
    return "count-same-day" if term.counts_start else "count-next-day"
