"""An authority's own rules: they fill what the law leaves open and never loosen the law."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import TypeVar

import msgspec

from shared.converting import convert
from shared.law.errors import LawError
from shared.law.model import OpenRule, Range, Term, Text, Then, Unit
from shared.law.pack import Pack
from shared.law.pack_files import field_at_fault
from shared.law.phrases import Counted, joined, say


@dataclass(frozen=True, kw_only=True)
class LocalRule:
    """A period set by the authority: its length, and where its own text says so."""

    value: int
    unit: Unit
    source: str
    valid_from: date


@dataclass(frozen=True, kw_only=True)
class LocalReading:
    """The authority's choice where the law can be read two ways, such as ``third-meeting``."""

    then: Then
    source: str
    valid_from: date


Entry = TypeVar("Entry", LocalRule, LocalReading)


def fill(pack: Pack, entries: Mapping[str, Mapping[str, object]]) -> Pack:
    """Return the pack with an authority's rules in it; its version stays that of the law.

    ``entries`` maps a rule id to ``value``, ``unit``, ``source`` and ``valid_from`` (or ``then``
    for value and unit, where the pack offers several readings); dates are dates or YYYY-MM-DD.
    Raises LawError whose field is the rule id.
    """
    open_rules = {rule.id: rule for rule in pack.open}
    terms = dict(pack.term_by_id)
    for rule_id, entry in entries.items():
        if rule_id in open_rules:
            terms[rule_id] = _filled(open_rules[rule_id], read_local(rule_id, entry, LocalRule))
        else:
            terms[rule_id] = _read_otherwise(pack, rule_id, entry)
    return replace(pack, terms=tuple(terms.values()))


def fill_known(pack: Pack, entries: Mapping[str, Mapping[str, object]]) -> Pack:
    """Return ``fill`` of those entries that a version knows: an older one may know fewer.

    Raises LawError whose field is the rule id.
    """
    return fill(pack, {rule: entries[rule] for rule in entries if rule in _settable(pack)})


def in_force(
    pack: Pack, entries: Mapping[str, Mapping[str, object]], on: date
) -> dict[str, dict[str, object]]:
    """Return the entries that a version knows and that hold on a civil date."""
    return {
        rule: dict(entry)
        for rule, entry in entries.items()
        if rule in _settable(pack) and str(entry["valid_from"]) <= on.isoformat()
    }


def _settable(pack: Pack) -> set[str]:
    return {*pack.term_by_id, *(rule.id for rule in pack.open)}


def _filled(rule: OpenRule, local: LocalRule) -> Term:
    if not any(_allows(span, local) for span in rule.allowed):
        spans = joined([_range_words(span) for span in rule.allowed])
        message = say("error-local-range", rule=rule.id, article=rule.article, choices=spans)
        raise LawError(rule.id, message)
    return Term(
        id=rule.id,
        article=rule.article,
        source=Text(ar=local.source, fr=local.source, en=local.source),
        kind="local",
        valid_from=local.valid_from,
        name=rule.name,
        value=local.value,
        unit=local.unit,
        direction="forward",
        start=rule.start,
        missed=rule.missed,
        pausable=rule.pausable,
        extendable_by=rule.extendable_by,
    )


def _allows(span: Range, local: LocalRule) -> bool:
    return span.unit == local.unit and span.least <= local.value <= span.most


def _range_words(span: Range) -> Text:
    return say("range", least=span.least, most=Counted(span.most, span.unit))


def _read_otherwise(pack: Pack, rule_id: str, entry: Mapping[str, object]) -> Term:
    """Return the law's own term in the reading the authority chose, if the text leaves a choice."""
    fixed = next((rule for rule in pack.rules if rule.id == rule_id), None)
    if fixed is None:
        known = ", ".join(rule.id for rule in pack.open)
        raise LawError(rule_id, say("error-local-unknown", rule=rule_id, choices=known))
    if isinstance(fixed, Term) and fixed.then_may_be and "then" in entry:
        chosen = read_local(rule_id, entry, LocalReading)
        if chosen.then in fixed.then_may_be:
            doubt = say("local-reading", source=chosen.source)
            return replace(fixed, then=chosen.then, doubt=doubt)
    if isinstance(fixed, Term) and fixed.then_may_be:
        words = {"article": fixed.article, "choices": ", ".join(fixed.then_may_be)}
        raise LawError(rule_id, say("error-local-reading", rule=rule_id, **words))
    raise LawError(rule_id, say("error-local-fixed", rule=rule_id, article=fixed.article))


def read_local(rule_id: str, entry: Mapping[str, object], kind: type[Entry]) -> Entry:
    """Read one entry; raises LawError whose field is the rule id when a part of it is wrong."""
    parts = [field.name for field in fields(kind)]
    wrong = next(iter(sorted(set(entry) - set(parts))), None)
    if wrong is None:
        try:
            read = convert(dict(entry), kind)
        except msgspec.ValidationError as error:
            wrong = field_at_fault(str(error))
        else:
            if read.source.strip():
                return read
            wrong = "source"
    message = say("error-local-entry", rule=rule_id, part=wrong, needed=", ".join(parts))
    raise LawError(rule_id, message)
