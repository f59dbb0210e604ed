"""An authority's own days of the retention table: local rules, within what the law leaves open."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from shared.law.errors import LawError
from shared.law.local_rules import LocalRule, read_local
from shared.law.phrases import Counted, say
from shared.retention.table import Open, Row, load_table

UNIT = "days"


def open_rules(on: date) -> dict[str, Open]:
    """The rules that an authority may set by the table in force on a civil day, by their ids."""
    return {row.open.rule: row.open for row in load_table(on).rows if row.open}


def check(entries: Mapping[str, Mapping[str, object]], on: date) -> None:
    """Hold entries of the table's rules to what it leaves open; those of others are not looked at.

    Raises LawError whose field is the rule id.
    """
    for rule, limits in open_rules(on).items():
        if rule not in entries:
            continue
        local = read_local(rule, entries[rule], LocalRule)
        if local.unit != UNIT or not limits.least <= local.value <= limits.most:
            article = next(row.article for row in load_table(on).rows if row.open == limits)
            choices = say("range", least=limits.least, most=Counted(limits.most, UNIT))
            message = say("error-local-range", rule=rule, article=str(article), choices=choices)
            raise LawError(rule, message)


def last_day(row: Row, over_on: date, entries: Mapping[str, Any]) -> date:
    """The last civil day on which something is kept whose need was over on ``over_on``.

    ``entries`` are the authority's local rules; one that holds from a later day does not count.
    """
    entry = entries.get(row.open.rule) if row.open else None
    if entry is None or str(entry["valid_from"]) > over_on.isoformat():
        return row.last_day(over_on)
    return over_on + timedelta(days=int(entry["value"]))
