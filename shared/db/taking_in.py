"""Takes an event in with the first statement of its transaction, where its turn has come.

Nearly every event is the next one of its subject, and nothing of its subject waits. Then one
statement names the authority, moves the cursor and notes the event. Anything else is left as it
was, for the inbox to judge. PostgreSQL only: SQLite has no round trips to spare.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Boolean, DateTime, Text, TextualSelect, column, text

from shared.db.contents import digest
from shared.db.entering import ENTER_TO_ACT, Entrance
from shared.events.envelope import Envelope

_FIRST = """
    INSERT INTO inbox_cursor AS cursor (subject, authority, sequence, is_stopped)
    SELECT :subject, set_config, 1, false FROM entered
    ON CONFLICT (subject) DO UPDATE SET sequence = 1
    WHERE cursor.sequence = 0 AND NOT cursor.is_stopped
    RETURNING cursor.subject, cursor.authority
"""
_NEXT = """
    UPDATE inbox_cursor AS cursor SET sequence = :here FROM entered
    WHERE cursor.authority = set_config AND cursor.subject = :subject
    AND cursor.sequence = :here - 1 AND NOT cursor.is_stopped
    RETURNING cursor.subject, cursor.authority
"""
# What was asked for under the name comes by way of the row moved, so never before the naming.
_TAKE_IN = """
WITH entered AS ({naming}), moved AS ({moving}), known AS (
    INSERT INTO inbox_event
    (event_id, authority, subject, sequence, type, received_at, body_sha256)
    SELECT :event_id, authority, subject, :here, :type, now(), :contents FROM moved
    WHERE NOT EXISTS (
        SELECT FROM inbox_parked WHERE inbox_parked.subject = moved.subject AND sequence = :here
    )
    ON CONFLICT DO NOTHING
    RETURNING event_id
)
SELECT moved.subject IS NOT NULL AS is_moved, known.event_id IS NOT NULL AS is_known, EXISTS (
    SELECT FROM inbox_parked WHERE inbox_parked.subject = moved.subject AND sequence = :here + 1
) AS is_followed, entered.moment, entered.known
FROM entered LEFT JOIN moved ON true LEFT JOIN known ON true
"""


class NotTakenIn(Exception):
    """The cursor was at the event's place, but it is known or kept already: begin anew."""


@dataclass(frozen=True, kw_only=True)
class TakenIn:
    """An event that is noted, its subject's cursor at it; and whether the next one is parked.

    Parked by a consumer that had the cursor until now, the next one may be missed: the worker's
    timer finds it.
    """

    is_followed: bool


def take_in(entrance: Entrance, envelope: Envelope, body: bytes) -> TakenIn | None:
    """Begin the transaction by taking the event in; None where that is not for it, or not yet.

    Of its bytes a digest is noted, by which other contents under its id are told from a copy.
    Raises ``NotTakenIn`` for a transaction that has to be taken back.
    """
    values = {
        "authority": envelope.authority,
        "subject": envelope.subject,
        "here": envelope.sequence,
        "event_id": UUID(envelope.id),
        "type": envelope.type,
        "contents": digest(body),
    }
    (row,) = entrance.open_with(_FIRST_EVENT if envelope.sequence == 1 else _NEXT_EVENT, values)
    if row.is_moved and not row.is_known:
        raise NotTakenIn(envelope.id)
    return TakenIn(is_followed=row.is_followed) if row.is_moved else None


def _statement(moving: str) -> TextualSelect:
    naming = ENTER_TO_ACT.format(authority=":authority", alone="")
    return text(_TAKE_IN.format(naming=naming, moving=moving)).columns(
        column("is_moved", Boolean),
        column("is_known", Boolean),
        column("is_followed", Boolean),
        column("moment", DateTime),
        column("known", Text),
    )


_FIRST_EVENT, _NEXT_EVENT = _statement(_FIRST), _statement(_NEXT)
