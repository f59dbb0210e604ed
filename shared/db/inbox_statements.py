"""What the inbox asks for each event, built once: a look before it, and the record after it."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import CompoundSelect, Table, Text, Update, bindparam, insert, null, select, update


@cache
def known_or_parked(known: Table, parked: Table) -> CompoundSelect[Any]:
    """The event ``id`` if it took effect, without a reason; what is parked ``here`` and ``next``.

    ``here`` and ``next`` are numbers of the ``subject``.
    """
    of_known = select(known.c.event_id, known.c.sequence, null().cast(Text).label("reason"))
    of_parked = select(parked.c.event_id, parked.c.sequence, parked.c.reason)
    return of_known.where(known.c.event_id == bindparam("id")).union_all(
        of_parked.where(
            parked.c.subject == bindparam("subject"),
            parked.c.sequence.between(bindparam("here"), bindparam("next")),
        )
    )


@cache
def note_and_move(known: Table, cursor: Table) -> Update:
    """Insert a row of ``known`` and move its subject's cursor to it, in one statement.

    Values go by the columns' names with ``the_`` before them, which SQLAlchemy keeps for itself.
    """
    values = {one.name: bindparam(f"the_{one.name}", type_=one.type) for one in known.columns}
    return (
        update(cursor)
        .where(cursor.c.subject == values["subject"])
        .values(sequence=values["sequence"])
        .add_cte(insert(known).values(values).cte("noted"))
    )
