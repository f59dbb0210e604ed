"""The retention table: for each service and purpose of personal data how long it is kept, and why.

The tables stand beside this file, one a day from which it holds (docs/retention.md shows the
newest). What keeps data at the moment is known to the service that has it. An authority may set a
longer time where a row leaves it open (local.py).
"""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Literal

import msgspec

from shared.converting import convert
from shared.law.model import Text

FOLDER = Path(__file__).parent

Hold = Literal["names-kept", "role-held", "petition-collecting", "case-open"]
SealedBy = Literal["person", "file", "authority"]
Kind = Literal["law", "local"]


class RetentionError(Exception):
    """A table that cannot be held to: it names the file, the row and what is wrong with it."""


class Open(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an authority may set for itself: the rule's id, and the days left open by the law."""

    rule: str
    least: int
    most: int


class Row(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One purpose: what it is, what keeps it, whole days after that, and the ground for it."""

    service: str
    purpose: str
    sealed_by: SealedBy
    kind: Kind
    what: Text
    why: Text
    kept_while: tuple[Hold, ...] = ()
    days_after: int = 0
    stays: bool = False
    article: str | None = None
    open: Open | None = None

    def last_day(self, over_on: date) -> date:
        """The last civil day on which it is kept, when what kept it was over on ``over_on``."""
        return over_on + timedelta(days=self.days_after)


class Table(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The rows as they hold from a day on."""

    valid_from: date
    rows: tuple[Row, ...]

    def row(self, service: str, purpose: str) -> Row:
        """The row of a purpose; raises ``KeyError`` for one that the table does not have."""
        for row in self.rows:
            if (row.service, row.purpose) == (service, purpose):
                return row
        raise KeyError(f"{service}/{purpose}")


def load_table(on: date) -> Table:
    """The table in force on a civil day; the first one for any day before it."""
    starts = sorted(date.fromisoformat(file.stem) for file in FOLDER.glob("*.toml"))
    in_force = [start for start in starts if start <= on] or starts[:1]
    return _of_day(in_force[-1])


def newest_table() -> Table:
    """The table that was added last."""
    return load_table(date.max)


def read_table(path: Path) -> Table:
    """One file, checked; raises ``RetentionError`` when anything in it is wrong."""
    try:
        table = convert(tomllib.loads(path.read_text(encoding="utf-8")), Table, strict=True)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise RetentionError(f"{path.name}: {error}") from error
    fault = _fault_of(table, path.stem)
    if fault:
        raise RetentionError(f"{path.name}: {fault}")
    return table


@lru_cache(maxsize=16)
def _of_day(start: date) -> Table:
    return read_table(FOLDER / f"{start.isoformat()}.toml")


def _fault_of(table: Table, stem: str) -> str | None:
    if table.valid_from.isoformat() != stem:
        return "valid_from is not the day that names the file"
    names = [f"{row.service}/{row.purpose}" for row in table.rows]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        return f"{twice[0]} stands twice"
    faults = (f"{name}: {_fault_of_row(row)}" for name, row in zip(names, table.rows, strict=True))
    return next((fault for fault in faults if not fault.endswith(": None")), None)


def _fault_of_row(row: Row) -> str | None:
    """What makes a row one that nobody could hold to."""
    if (row.kind == "law") != bool(row.article):
        return "a ground in the law names its article, a local one has none"
    if row.stays and (row.kept_while or row.days_after):
        return "what stays is not kept for a time"
    if not row.stays and row.sealed_by == "authority":
        return "what is under the authority's key cannot be erased for one person"
    if not row.stays and (not row.kept_while or row.days_after < 0):
        return "what is kept for a time names what must be over, and no days below none"
    return _fault_of_open(row)


def _fault_of_open(row: Row) -> str | None:
    if row.open is None:
        return None
    if row.stays or not row.open.least <= row.days_after <= row.open.most:
        return "what an authority may set begins at or below the table's own days"
    return None
