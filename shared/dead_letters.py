"""What an operator can do with a service's dead letters, in its database and on the bus alike.

A letter lies in the dead-letter queue, or in the inbox: one that contradicts another event, or that
died while the broker was away. Database first, then the bus: what a crash cuts off can be repeated.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import msgspec
import structlog
from sqlalchemy.orm import Session

from shared.broker.connection import BrokerUnavailable
from shared.broker.dead_letters import HeldLetters, content_id, dead_letters, hand_over
from shared.broker.delivery import Delivery
from shared.broker.publisher import Publisher
from shared.broker.topology import queue_of
from shared.context import ServiceContext
from shared.db import put_aside
from shared.db.engine import EVERY_AUTHORITY
from shared.db.inbox import Inbox
from shared.db.plumbing import Plumbing
from shared.db.put_aside import Decision, PlaceTaken
from shared.errors import NotFound
from shared.events.envelope import Envelope, Undecodable, decode, instant_text
from shared.letters import Discarded, tell_discarded_within
from shared.unit_of_work import Actor, Cause

log = structlog.get_logger()

QUEUE, INBOX = "queue", "inbox"

MOST_SEEN = 10_000
"""So many letters of a queue are looked through for one; a page tells how many lie behind them."""

MOST_RETRIED = 250
"""So many are retried with one request, which a client waits ten seconds for."""


@dataclass(frozen=True, kw_only=True)
class Letter:
    """One dead letter; ``envelope`` is None for bytes that are no event."""

    id: str
    lies_in: str
    reason: str
    body: bytes
    envelope: Envelope | None

    def summary(self) -> dict[str, Any]:
        """What a list says of it."""
        told: dict[str, Any] = {"id": self.id, "lies_in": self.lies_in, "reason": self.reason}
        if self.envelope is not None:
            told |= {
                "type": self.envelope.type,
                "subject": self.envelope.subject,
                "sequence": self.envelope.sequence,
                "authority": self.envelope.authority,
                "time": instant_text(self.envelope.time),
            }
        return told

    def whole(self) -> dict[str, Any]:
        """The summary and the event as it came; of other bytes only their length."""
        if self.envelope is None:
            return {**self.summary(), "bytes": len(self.body)}
        return {**self.summary(), "event": msgspec.json.decode(self.body)}


@dataclass(frozen=True, kw_only=True)
class LetterPage:
    """Some letters in the order in which they lie, and how many more there are behind them.

    Copies that lie behind them count as letters of their own.
    """

    letters: list[Letter]
    more: int


def list_letters(
    context: ServiceContext, *, limit: int | None = None, after: str | None = None
) -> LetterPage:
    """The dead letters of the service, or so many of them behind the one named ``after``.

    Raises ``NotFound`` where that is none of those that can be seen, and ``BrokerUnavailable``.
    """
    with _held(context, most=MOST_SEEN) as held:
        letters = _all(context, held)
    first = 0 if after is None else letters.index(_one_of(letters, after)) + 1
    last = len(letters) if limit is None else min(first + limit, len(letters))
    return LetterPage(letters=letters[first:last], more=len(letters) - last + held.beyond)


def find_letter(context: ServiceContext, letter_id: str) -> Letter:
    """One dead letter; raises ``NotFound`` or ``BrokerUnavailable``."""
    with _held(context) as held:
        return _one(context, held, letter_id)


def retry_letter(context: ServiceContext, letter_id: str) -> Letter:
    """Hand a dead letter to its service again, as if it had never been tried.

    Raises ``NotFound``, ``PlaceTaken`` or ``BrokerUnavailable``.
    """
    with _held(context) as held:
        letter = _one(context, held, letter_id)
        with context.database.write(EVERY_AUTHORITY) as (session, _):
            _try_anew(session, context, letter)
        if letter.lies_in == QUEUE:
            held.send_back([letter.id])
        else:
            _hand_over(context, (_event_id(letter), letter.body))
    log.warning("event_retried", event_id=letter.id)
    return letter


@dataclass(frozen=True, kw_only=True)
class Retried:
    """Ids of letters that are tried again, why others are not, by id, and how many are left."""

    retried: list[str]
    refused: dict[str, PlaceTaken]
    left: int


def retry_next(context: ServiceContext, *, most: int = MOST_RETRIED) -> Retried:
    """Hand the first dead letters to their service again, as `retry_letter` does each.

    Raises ``BrokerUnavailable``.
    """
    refused: dict[str, PlaceTaken] = {}
    with _held(context, most=most) as held:
        letters = _all(context, held)
        with context.database.write(EVERY_AUTHORITY) as (session, _):
            for letter in letters:
                try:
                    _try_anew(session, context, letter)
                except PlaceTaken as error:
                    refused[letter.id] = error
        wanted = [letter for letter in letters if letter.id not in refused]
        held.send_back(letter.id for letter in wanted if letter.lies_in == QUEUE)
        inside = [letter for letter in wanted if letter.lies_in == INBOX]
        _hand_over(context, *((_event_id(letter), letter.body) for letter in inside))
        left = held.beyond
    for letter in wanted:
        log.warning("event_retried", event_id=letter.id)
    return Retried(retried=[letter.id for letter in wanted], refused=refused, left=left)


def _try_anew(session: Session, context: ServiceContext, letter: Letter) -> None:
    if letter.envelope is not None:
        put_aside.try_anew(session, context.base.plumbing, letter.envelope, letter.body)


def discard_letter(
    context: ServiceContext, letter_id: str, *, reason: str, actor: Actor, cause: Cause
) -> Letter:
    """Never apply a dead letter, and tell so; what waited behind it goes on.

    Raises ``NotFound``, ``EarlierFirst`` or ``BrokerUnavailable``.
    """
    with _held(context) as held:
        letter = _one(context, held, letter_id)
        is_told = _discard(context, letter, reason, actor=actor, cause=cause)
        held.remove(letter.id)
    log.warning("event_discarded", event_id=letter.id, told=is_told)
    if letter.envelope is not None:
        release(context, letter.envelope.subject)
    return letter


def _discard(
    context: ServiceContext, letter: Letter, reason: str, *, actor: Actor, cause: Cause
) -> bool:
    """Decide and tell in one transaction; bytes that are no event have no subject to tell of."""
    is_told = False
    with context.database.write(EVERY_AUTHORITY) as (session, moment):
        decision = Decision(letter=letter.id, reason=reason, by=actor.id)
        tables = context.base.plumbing
        is_new = _noted(session, tables, letter, decision=decision, moment=moment)
        if is_new and letter.envelope is not None:
            told = _discarded(letter, letter.envelope, reason)
            is_told = tell_discarded_within(
                session, context, told, moment=moment, actor=actor, cause=cause
            )
    if is_told:
        context.poke_relay()
    return is_told


def _discarded(letter: Letter, envelope: Envelope, reason: str) -> Discarded:
    """What is told; a letter that bears another event's id goes by its own name."""
    is_altered = put_aside.is_altered(envelope, letter.body, letter.id)
    event = letter.id if is_altered else envelope.id
    return Discarded(envelope=envelope, event=event, reason=reason)


def _noted(
    session: Session, tables: Plumbing, letter: Letter, *, decision: Decision, moment: datetime
) -> bool:
    """Put the decision on record; False where it was taken before."""
    envelope, body = letter.envelope, letter.body
    if put_aside.discard(session, tables, envelope, body, decision=decision, moment=moment):
        return True
    if envelope is not None:
        return False
    # Other bytes may have borne this id; those of one content are the same.
    decision = replace(decision, letter=content_id(body))
    return put_aside.discard(session, tables, None, body, decision=decision, moment=moment)


def _held(context: ServiceContext, *, most: int = MOST_SEEN) -> Any:
    platform = context.platform
    return dead_letters(platform.bus_url, context.name, platform.broker_prefix, most=most)


def _all(context: ServiceContext, held: HeldLetters) -> list[Letter]:
    with context.database.read(EVERY_AUTHORITY) as session:
        kept = put_aside.put_aside(session, context.base.plumbing)
    in_queue = [_letter(one.id, QUEUE, one.reason, one.delivery.body) for one in held.letters]
    # A letter that died twice lies there twice; it is one all the same.
    letters = {letter.id: letter for letter in in_queue}
    for one in kept:
        id_ = str(one.event_id)
        if id_ in letters and letters[id_].body != one.body:
            # Something else bears its id, and is another letter.
            id_ = content_id(one.body)
        letters.setdefault(id_, _letter(id_, INBOX, one.reason, one.body))
    return list(letters.values())


def _one(context: ServiceContext, held: HeldLetters, letter_id: str) -> Letter:
    return _one_of(_all(context, held), letter_id)


def _one_of(letters: Sequence[Letter], letter_id: str) -> Letter:
    """The letter of this id; its content's name holds also once nothing else bears its own."""
    for letter in letters:
        if letter.id == letter_id:
            return letter
    for letter in letters:
        if content_id(letter.body) == letter_id:
            return letter
    raise NotFound("Nothing was found under this id.")


def _letter(id_: str, lies_in: str, reason: str, body: bytes) -> Letter:
    try:
        envelope = decode(body)
    except Undecodable:
        envelope = None
    return Letter(id=id_, lies_in=lies_in, reason=reason, body=body, envelope=envelope)


def _event_id(letter: Letter) -> str:
    return letter.id if letter.envelope is None else letter.envelope.id


def release(context: ServiceContext, subject: str) -> None:
    """Hand the worker what waits for this turn; it then goes on to the next by itself."""
    with context.database.read(EVERY_AUTHORITY) as session:
        parked = Inbox(session, context.base.plumbing).next_parked(subject)
    if parked is None:
        return
    try:
        _hand_over(context, (str(parked.event_id), parked.body))
    except BrokerUnavailable as error:
        # It stays parked, and the worker's timer takes it up.
        log.warning("parked_event_waits", reason=type(error).__name__)


def _hand_over(context: ServiceContext, *events: tuple[str, bytes]) -> None:
    """Put events, each with its id, into the service's queue; raises ``BrokerUnavailable``."""
    platform = context.platform
    publisher = Publisher(platform.bus_url)
    deliveries = [
        Delivery(body=body, headers={}, message_id=id_, deliveries=0, attempts=0, routing_key="")
        for id_, body in events
    ]
    try:
        found = hand_over(publisher, queue_of(context.name, platform.broker_prefix), deliveries)
    finally:
        publisher.close()
    reason = next(filter(None, found), None)
    if reason is not None:
        raise BrokerUnavailable(reason)
