"""The outbox as the relay sees it: slots that are leased, rows in order, deleted once confirmed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    Column,
    ColumnElement,
    Connection,
    Select,
    Table,
    Uuid,
    bindparam,
    delete,
    func,
    or_,
    select,
    update,
)

from shared.broker.topology import SLOTS
from shared.db.dialects import insert_of
from shared.db.plumbing import Plumbing
from shared.life_sign import has_ended


class Waiting(NamedTuple):
    """One event that waits to be published."""

    event_id: UUID
    subject: str
    sequence: int
    routing_key: str
    body: bytes
    refusals: int


def lease_slots(
    connection: Connection, tables: Plumbing, *, owner: str, moment: datetime, seconds: float
) -> list[int]:
    """Take or renew every slot that is free, ours, of one that has ended, or whose time is over.

    An ``owner`` begins with its life sign.
    """
    slots = tables.outbox_slot
    held = {row.slot: row.owner for row in connection.execute(select(slots.c.slot, slots.c.owner))}
    ended = [other for other in {*held.values()} - {owner} if has_ended(other)]
    insert = insert_of(is_sqlite=connection.dialect.name == "sqlite")
    for slot in sorted(set(range(SLOTS)) - held.keys()):
        # Two relays may begin at once on a new database.
        free = insert(slots).values(slot=slot, owner="", until=moment)
        connection.execute(free.on_conflict_do_nothing())
    taken = connection.scalars(
        update(slots)
        .where(or_(slots.c.owner.in_([owner, *ended]), slots.c.until <= moment))
        .values(owner=owner, until=moment + timedelta(seconds=seconds))
        .returning(slots.c.slot)
    )
    return sorted(taken)


def release_slots(
    connection: Connection, tables: Plumbing, *, owner: str, moment: datetime
) -> None:
    """Give the slots back so that another relay need not wait for the lease to run out."""
    slots = tables.outbox_slot
    connection.execute(update(slots).where(slots.c.owner == owner).values(owner="", until=moment))


def waiting(
    connection: Connection, tables: Plumbing, slots: Collection[int], limit: int
) -> list[Waiting]:
    """The next rows of these slots, in order of subject and sequence, of every authority."""
    asked = _next_of(tables.outbox, tuple(slots), limit)
    return [Waiting._make(row) for row in connection.execute(asked)]


@lru_cache(maxsize=64)
def _next_of(outbox: Table, slots: tuple[int, ...], limit: int) -> Select[Any]:
    """Built once for each set of slots that a relay holds."""
    return (
        select(*(outbox.c[name] for name in Waiting._fields))
        .where(_among(outbox.c.slot, slots))
        .order_by(outbox.c.slot, outbox.c.subject, outbox.c.sequence)
        .limit(limit)
    )


def _among(slot: Column[int], slots: Collection[int]) -> ColumnElement[bool]:
    """Slots without a gap are one range of the index, already in order: no batch sorts the rest."""
    if slots and max(slots) - min(slots) == len(slots) - 1:
        return slot.between(min(slots), max(slots))
    return slot.in_(slots)


def delete_published(connection: Connection, tables: Plumbing, event_ids: Sequence[UUID]) -> None:
    """Forget rows that the broker confirmed."""
    id_ = tables.outbox.c.event_id
    if connection.dialect.name == "sqlite":
        connection.execute(delete(tables.outbox).where(id_.in_(event_ids)))
    else:
        # One parameter for all of them, however many.
        ids = bindparam("ids", list(event_ids), type_=ARRAY(Uuid))
        connection.execute(delete(tables.outbox).where(id_ == func.any(ids)))


def note_refused(connection: Connection, tables: Plumbing, refused: Mapping[UUID, str]) -> None:
    """Keep refused rows, counted and with the broker's reason."""
    outbox = tables.outbox
    for event_id, reason in refused.items():
        connection.execute(
            update(outbox)
            .where(outbox.c.event_id == event_id)
            .values(refusals=outbox.c.refusals + 1, refused_because=reason)
        )
