"""The rows of a council just seated, kept for the next test: its acts cost more than most tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import func, insert, select

from shared.db.engine import EVERY_AUTHORITY
from shared.testing.harness import TODAY, Harness

Rows = Mapping[str, list[dict[str, Any]]]

_KEPT: dict[str, Rows] = {}


def seat_once(harness: Harness, play: Callable[[], None]) -> None:
    """Seat a council by its acts, or write again what they wrote the first time."""
    if _seat_again(harness):
        return
    before = _all_rows(harness)
    play()
    _keep(harness, before)


def _all_rows(harness: Harness) -> Rows:
    with harness.context.database.read(EVERY_AUTHORITY) as session:
        return {
            table.name: [dict(row._mapping) for row in session.execute(select(table))]
            for table in harness.context.base.metadata.sorted_tables
        }


def _keep(harness: Harness, before: Rows) -> None:
    written = {name: rows for name, rows in _all_rows(harness).items() if rows != before[name]}
    # What changed rows that were there already cannot be written again.
    if _is_usual(harness) and not any(before[name] for name in written):
        _KEPT["seated"] = written


def _seat_again(harness: Harness) -> bool:
    kept = _KEPT.get("seated")
    if not kept or not _is_usual(harness):
        return False
    tables = [one for one in harness.context.base.metadata.sorted_tables if one.name in kept]
    with harness.context.database.write(EVERY_AUTHORITY) as (session, _):
        counts = (select(func.count()).select_from(table).scalar_subquery() for table in tables)
        if any(session.execute(select(*counts)).one()):
            return False
        for table in tables:
            session.execute(insert(table), kept[table.name])
    return True


def _is_usual(harness: Harness) -> bool:
    """Whether nothing of the seating depends on this harness: its settings and its day."""
    authority = harness.context.base.plumbing.known_authority
    with harness.context.database.read(EVERY_AUTHORITY) as session:
        days = session.scalars(select(authority.c.business_date)).all()
    return harness.is_usual and set(days) == {TODAY}
