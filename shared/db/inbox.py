"""The inbox: what a service has handled, in which order, and what waits for its turn.

A consumer applies ``sequence`` n + 1 of a subject only. A later one is parked; a lower one is
dropped only when that same event id is known; another id for a known sequence stops the subject,
and so does a known id with other contents.
A dead event stops its subject as well, until an operator retries or discards it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Select, delete, select, update
from sqlalchemy.orm import Session

from shared.db import attempts
from shared.db.contents import IdTaken, Marked, altered_id, differs, digest
from shared.db.entering import Entrance
from shared.db.plumbing import Plumbing
from shared.db.prepared import entering_by_lock, insert_into, known_or_parked, rows_where
from shared.db.taking_in import NotTakenIn, take_in
from shared.db.upsert import insert_and_set, insert_if_new, locked_or_new
from shared.events.envelope import Envelope


class Verdict(Enum):
    """What the sequence rule says of an event that has just arrived."""

    NEXT = "next"
    REPEATED = "repeated"
    EARLY = "early"
    STOPPED = "stopped"
    DIVERGENT = "divergent"
    ALTERED = "altered"


DIVERGENCES = (Verdict.DIVERGENT.value, Verdict.ALTERED.value)
"""Why an event is kept that only an operator moves: nothing ever applies it."""


@dataclass(frozen=True, kw_only=True)
class Parked:
    """An event kept for later, as its bytes."""

    event_id: UUID
    sequence: int
    body: bytes


class _Found(NamedTuple):
    """Whether an event is known, whether its id bears other contents, whether its place is."""

    is_known: bool
    is_altered: bool
    has_rival: bool


class Inbox:
    """The inbox of one service, within one transaction."""

    def __init__(self, session: Session, tables: Plumbing) -> None:
        self._session = session
        self._tables = tables
        self._locked: tuple[int, bool] | None = None
        self._is_parked = self._is_taken = False
        self.is_followed = False
        """Whether the event behind the judged one is parked; that is sure until the transaction
        ends, because nobody parks anything of a subject whose cursor another has locked. Of one
        that was taken in, it is so as far as ``TakenIn`` says."""
        self.is_unproven = False
        """Whether the judged event is known, but nothing here says by which bytes."""

    @classmethod
    def entered(cls, entrance: Entrance, tables: Plumbing, envelope: Envelope) -> Inbox:
        """The inbox of a transaction that begins with the lock of this event's cursor."""
        if entrance.is_open:
            return cls(entrance.open().session, tables)
        question = entering_by_lock(tables.inbox_cursor)
        (row,) = entrance.open_with(question, _unreached(envelope))
        inbox = cls(entrance.open().session, tables)
        inbox._locked = row.sequence, row.is_stopped
        return inbox

    @classmethod
    def taking_in(
        cls, entrance: Entrance, tables: Plumbing, envelope: Envelope, *, body: bytes
    ) -> Inbox:
        """The inbox of a transaction that takes this event in at once, if its turn has come.

        Raises ``NotTakenIn`` for a transaction that has to be taken back.
        """
        if entrance.is_open:
            return cls(entrance.open().session, tables)
        taken = take_in(entrance, envelope, body)
        inbox = cls(entrance.open().session, tables)
        inbox._is_taken = taken is not None
        inbox.is_followed = taken is not None and taken.is_followed
        return inbox

    def judge(self, envelope: Envelope, body: bytes) -> Verdict:
        """Lock the subject's cursor and apply the sequence rule to an event and its bytes."""
        if self._is_taken:
            return Verdict.NEXT
        reached, is_stopped = self._locked or self._cursor(envelope)
        found = self._look(envelope, body)
        if found.is_known and not found.is_altered:
            return Verdict.REPEATED
        if found.is_altered or envelope.sequence <= reached or found.has_rival:
            if self.was_discarded(envelope.id, body):
                return Verdict.REPEATED
            return Verdict.ALTERED if found.is_altered else Verdict.DIVERGENT
        if is_stopped:
            return Verdict.STOPPED
        return Verdict.NEXT if envelope.sequence == reached + 1 else Verdict.EARLY

    def is_altered(self, envelope: Envelope, body: bytes, kept: bytes | None) -> bool:
        """Whether the event's id bears other contents here; ``kept`` is what the service has of it.

        What the service kept decides where nothing was remembered of the bytes that took effect.
        """
        if self._look(envelope, body).is_altered:
            return True
        return self.is_unproven and kept is not None and kept != body

    def settle(self, envelope: Envelope, body: bytes, moment: datetime) -> None:
        """Note that the event took effect and move the cursor to it."""
        if self._is_taken:
            return
        known = (self._tables.inbox_event, _known(envelope, body, moment))
        cursor, reached = self._tables.inbox_cursor, envelope.sequence
        insert_and_set(self._session, known, cursor, "subject", sequence=reached)
        if self._is_parked:
            self.unpark(envelope.id)

    def note(self, envelope: Marked, body: bytes | None, moment: datetime) -> None:
        """Note the event, of which no bytes may be at hand, as known: it does nothing any more."""
        row = _known(envelope, body, moment)
        self._session.execute(insert_into(self._tables.inbox_event), row)

    def reached(self, envelope: Marked) -> int:
        """Lock the cursor of the event's subject; the last number that it reached."""
        return self._cursor(envelope)[0]

    def park(self, envelope: Envelope, body: bytes, reason: str, moment: datetime) -> None:
        """Keep the event for later; parking it twice keeps it once.

        One that was altered is kept beside what else bears its id. Raises ``NotTakenIn`` for one
        that this transaction has taken in: it is to begin anew; ``IdTaken``.
        """
        if self._is_taken:
            raise NotTakenIn(envelope.id)
        id_ = UUID(envelope.id)
        if reason == Verdict.ALTERED.value:
            self._unpark_copy(id_, body)
            id_ = altered_id(envelope, body)
        is_new = insert_if_new(
            self._session,
            self._tables.inbox_parked,
            event_id=id_,
            authority=envelope.authority,
            subject=envelope.subject,
            sequence=envelope.sequence,
            reason=reason,
            body=body,
            parked_at=moment,
        )
        if not is_new and self._parked_body(id_) != body:
            raise IdTaken("Another event bears the id %(id)s.", id=envelope.id)

    def stop(self, subject: str) -> None:
        """Handle nothing more of this subject until an operator decides."""
        cursor = self._tables.inbox_cursor
        self._session.execute(
            update(cursor).where(cursor.c.subject == subject).values(is_stopped=True)
        )

    def bury(self, envelope: Envelope, reason: str, moment: datetime) -> None:
        """Put the event aside as dead; the later ones of its subject wait for an operator."""
        self._cursor(envelope)
        self.stop(envelope.subject)
        attempts.bury(self._session, self._tables, envelope, moment, reason=reason)

    def unpark(self, event_id: str) -> None:
        """Keep the event no longer."""
        parked = self._tables.inbox_parked
        self._session.execute(delete(parked).where(parked.c.event_id == UUID(event_id)))

    def knows(self, event_id: str) -> bool:
        """Whether the event took effect, or was discarded."""
        statement = rows_where(self._tables.inbox_event, "event_id")
        found = self._session.execute(statement, {"event_id": UUID(event_id)})
        return found.one_or_none() is not None

    def next_parked(self, subject: str) -> Parked | None:
        """The parked event of a subject whose turn has come, if there is one."""
        parked = self._tables.inbox_parked
        row = self._session.execute(self._due().where(parked.c.subject == subject)).first()
        return None if row is None else Parked(**row._mapping)

    def due(self, most: int) -> list[Parked]:
        """The parked events of all subjects whose turn has come, the longest kept ones first."""
        parked = self._tables.inbox_parked
        rows = self._session.execute(self._due().order_by(parked.c.parked_at).limit(most))
        return [Parked(**row._mapping) for row in rows]

    def _due(self) -> Select[tuple[UUID, int, bytes]]:
        parked, cursor = self._tables.inbox_parked, self._tables.inbox_cursor
        return (
            select(parked.c.event_id, parked.c.sequence, parked.c.body)
            .join(cursor, cursor.c.subject == parked.c.subject)
            .where(
                parked.c.sequence == cursor.c.sequence + 1,
                cursor.c.is_stopped.is_(False),
                parked.c.reason.not_in(DIVERGENCES),
            )
        )

    def was_discarded(self, event_id: str, body: bytes) -> bool:
        """Whether an operator decided that these bytes under this id never take effect."""
        discarded = self._tables.inbox_discarded
        found = self._session.execute(
            select(discarded.c.letter).where(
                discarded.c.event_id == UUID(event_id), discarded.c.body == body
            )
        )
        return found.first() is not None

    def _parked_body(self, id_: UUID) -> bytes | None:
        parked = self._tables.inbox_parked
        return self._session.scalar(select(parked.c.body).where(parked.c.event_id == id_))

    def _unpark_copy(self, id_: UUID, body: bytes) -> None:
        """What waited for its turn until its id turned out to be another's waits no longer."""
        parked = self._tables.inbox_parked
        self._session.execute(delete(parked).where(parked.c.event_id == id_, parked.c.body == body))

    def _look(self, envelope: Envelope, body: bytes) -> _Found:
        """What is known of the event, or kept for the same place.

        Notes whether this one is kept, and whether the next one is.
        """
        statement = known_or_parked(self._tables.inbox_event, self._tables.inbox_parked)
        id_, here = UUID(envelope.id), envelope.sequence
        place = {"id": id_, "subject": envelope.subject, "here": here, "next": here + 1}
        rows = self._session.execute(statement, place).all()
        own = [row for row in rows if row.event_id == id_]
        others = [row for row in rows if row.event_id != id_ and row.reason not in DIVERGENCES]
        known = [row for row in own if row.reason is None]
        self._is_parked = len(known) < len(own)
        self.is_followed = any(row.sequence == here + 1 for row in others)
        self.is_unproven = any(row.content is None for row in known)
        return _Found(
            is_known=bool(known),
            is_altered=any(differs(row, envelope, body) for row in own),
            has_rival=any(row.sequence == here for row in others),
        )

    def _cursor(self, envelope: Marked) -> tuple[int, bool]:
        row = locked_or_new(self._session, self._tables.inbox_cursor, **_unreached(envelope))
        return row.sequence, row.is_stopped


def _unreached(envelope: Marked) -> dict[str, object]:
    """The cursor of a subject of which nothing came yet."""
    subject = {"subject": envelope.subject, "authority": envelope.authority}
    return {**subject, "sequence": 0, "is_stopped": False}


def _known(envelope: Marked, body: bytes | None, moment: datetime) -> dict[str, object]:
    """The row of an event that took effect."""
    return {
        "event_id": UUID(envelope.id),
        "authority": envelope.authority,
        "subject": envelope.subject,
        "sequence": envelope.sequence,
        "type": envelope.type,
        "received_at": moment,
        "body_sha256": None if body is None else digest(body),
    }
