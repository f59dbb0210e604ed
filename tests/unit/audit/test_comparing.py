"""Field by field, and entry by entry, without any database."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from services.audit.compare import fields_that_differ
from services.audit.fold import Fold
from services.audit.hashing import GENESIS, chain_hash, leaf_hash
from services.audit.history import end_of_day
from services.audit.queries import Head
from services.audit.workflow_tables import WorkflowTables
from shared.events.canonical import canonical_bytes
from shared.ids import new_id


def row_of(index: int, previous: bytes, *, sequence: int) -> Any:
    """A sound entry of one subject."""
    event_id = str(new_id())
    data = {"trigger": "t", "from": "a", "to": "a", "after": {"state": "a"}}
    body = canonical_bytes(
        {
            "id": event_id,
            "type": "case.opened.v1",
            "subject": "case/1",
            "sequence": str(sequence),
            "authority": "taroudant",
            "data": data,
        }
    )
    leaf = leaf_hash(body)
    return SimpleNamespace(
        index=index,
        event_id=UUID(event_id),
        subject="case/1",
        sequence=sequence,
        type="case.opened.v1",
        body=body,
        leaf=leaf,
        chain=chain_hash(previous, leaf),
    )


def ledger(length: int) -> list[Any]:
    """A sound ledger of one subject."""
    rows: list[Any] = []
    for index in range(length):
        previous = rows[-1].chain if rows else GENESIS
        rows.append(row_of(index, previous, sequence=index + 1))
    return rows


@given(length=st.integers(1, 12), data=st.data())
def test_a_single_changed_byte_anywhere_names_its_entry(length: int, data: Any) -> None:
    rows = ledger(length)
    victim = rows[data.draw(st.integers(0, length - 1))]
    place = data.draw(st.integers(0, len(victim.body) - 1))
    changed = bytearray(victim.body)
    changed[place] ^= data.draw(st.integers(1, 255))
    victim.body = bytes(changed)

    fold = Fold("taroudant", WorkflowTables(Path("nowhere")))
    fold.take(rows)

    assert ("wrong-leaf", victim.index) in {(one.reason, one.index) for one in fold.findings}


def test_a_sound_ledger_has_no_findings() -> None:
    rows = ledger(3)
    fold = Fold("taroudant", WorkflowTables(Path("nowhere")))

    fold.take(rows)
    fold.end_at(
        Head(
            authority="taroudant",
            size=3,
            chain=rows[-1].chain,
            end=3,
            waiting=0,
            waiting_since=None,
        )
    )

    assert fold.findings == []
    assert fold.last["case"]["1"].sequence == 3


def test_only_fields_that_differ_are_named_missing_ones_too() -> None:
    ledger_says = {"same": 1, "other": "a", "gone": True}
    live_says = {"same": 1, "other": "b", "new": []}

    assert fields_that_differ(ledger_says, live_says) == {
        "gone": {"ledger": True, "live": None},
        "new": {"ledger": None, "live": []},
        "other": {"ledger": "a", "live": "b"},
    }


def test_a_day_ends_by_the_clock_on_the_authoritys_wall() -> None:
    zone = "Africa/Casablanca"
    # Morocco keeps UTC+1, but UTC in Ramadan (11 March to 9 April 2024).
    assert end_of_day(date(2023, 10, 16), zone) == datetime(2023, 10, 16, 23, tzinfo=UTC)
    assert end_of_day(date(2024, 3, 20), zone) == datetime(2024, 3, 21, 0, tzinfo=UTC)
