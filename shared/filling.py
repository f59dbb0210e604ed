"""Fills a service's database from the log: one that was lost, one that is new, or of yesterday.

The service's own later events are taken back, those of others go through its inbox, in the log's
order. What fails waits for the rest and is tried again, as long as that leads anywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy.exc import IntegrityError, OperationalError

from shared.broker.topology import SUBSCRIPTIONS
from shared.context import ServiceContext
from shared.db import own_events
from shared.db.contents import altered_id
from shared.db.engine import EVERY_AUTHORITY
from shared.db.faults import Unwritable
from shared.db.put_aside import Decision, EarlierFirst, discard
from shared.db.timer_hold import TimerHold
from shared.errors import DomainError, TryLater
from shared.event_log import Logged, read_events
from shared.events.envelope import Envelope, Undecodable, decode, owner_of
from shared.logs import ids_bound
from shared.memory import OwnEvents
from shared.parts import Part
from shared.recall import remember, take_back
from shared.unit_of_work import Actor, Cause, unit_of_work

log = structlog.get_logger()

LETTER = "letter"
FOR_NOW = (TryLater, EarlierFirst, OperationalError, IntegrityError)
"""What may succeed once more of the log was read: the log has no order between subjects."""


@dataclass(kw_only=True)
class Filled:
    """What came of it, in events; the lists name subjects, each with its sequence."""

    read: int = 0
    taken_back: int = 0
    applied: int = 0
    known: int = 0
    not_sent_again: int = 0
    incomplete: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    dead: list[str] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """Whether everything that the log holds for the service is in its database now."""
        return not (self.waiting or self.dead)


class Filling:
    """One filling of one service, whose worker must not run meanwhile."""

    def __init__(self, context: ServiceContext, part: Part) -> None:
        self._context = context
        self._part = part
        self._recalls = part.recalls
        self._applier = part.create_worker(context).applier
        self._kinds = frozenset(SUBSCRIPTIONS.get(context.name, ()))
        self._memory = OwnEvents(())
        self._discarded: dict[str, Envelope] = {}
        self._filled = Filled()

    def run(self) -> Filled:
        """Read the whole log and apply what the database lacks.

        Raises ``TimersHeld`` while a worker of the service runs, ``BrokerUnavailable`` when the log
        cannot be read; what was applied by then stays, and the next run goes on from there.
        """
        with TimerHold(self._context) as hold:
            self._hold = hold
            self._memory = self._context.memory = OwnEvents(self._lacking())
            try:
                self._read_to_the_end()
            finally:
                self._context.memory = None
            self._after(hold.since)
        return self._filled

    def _read_to_the_end(self) -> None:
        left = self._round(self._counted())
        left = self._again(left)
        # What handlers did not tell again is taken back as it stands, then the rest once more.
        self._take_all_back()
        left = self._again(left)
        waiting = [*(one.envelope for one in left if one.envelope), *self._memory.left()]
        self._filled.waiting = sorted({_named(one) for one in waiting})

    def _counted(self) -> Iterable[Logged]:
        for logged in read_events(self._context.platform):
            self._filled.read += 1
            yield logged

    def _lacking(self) -> Iterable[Envelope]:
        told = (one.envelope for one in read_events(self._context.platform) if one.envelope)
        own = (one for one in told if owner_of(one) == self._context.name)
        for one in own_events.not_in_history(self._context, own):
            if one.kind == LETTER:
                self._discarded[str(one.data.what["event"])] = one
            yield one

    def _again(self, left: list[Logged]) -> list[Logged]:
        while left:
            still = self._round(left)
            if len(still) == len(left):
                break
            left = still
        return left

    def _round(self, events: Iterable[Logged]) -> list[Logged]:
        """Take each event in its turn; returns those that have to wait for others."""
        waiting: list[Logged] = []
        causes: set[str] = set()
        for logged in events:
            self._hold.renew()
            told = logged.envelope
            if told is not None and not self._took(told, logged.body, causes):
                waiting.append(logged)
                causes.add(told.id)
        return waiting

    def _took(self, told: Envelope, body: bytes, causes: set[str]) -> bool:
        is_done = True
        if told.id in self._memory:
            # Its cause will tell it again, with all that belongs to it.
            is_done = told.causationid not in causes and self._took_back(told)
        if self._is_subscribed(told):
            is_done = self._applied(told, body) and is_done
        return is_done

    def _is_subscribed(self, told: Envelope) -> bool:
        return "#" in self._kinds or told.kind in self._kinds

    def _applied(self, told: Envelope, body: bytes) -> bool:
        word = self._attempt(told, body)
        while word == "done" and (parked := self._applier.next_parked(told.subject)) is not None:
            word = self._attempt(decode(parked), parked)
        return word != "waits"

    def _attempt(self, told: Envelope, body: bytes) -> str:
        with ids_bound(service=self._context.name, event_id=told.id, subject=told.subject):
            try:
                word = self._apply(told, body)
            except FOR_NOW:
                self._memory.let_go()
                return "waits"
            except (DomainError, Undecodable, Unwritable) as error:
                self._memory.let_go()
                reason = f"{type(error).__name__}: {error}"[:200]
                self._applier.put_aside(told, body, reason)
                self._filled.dead.append(f"{_named(told)}: {reason}")
                return "dead"
        self._memory.settle()
        self._filled.applied += word == "done"
        self._filled.known += word == "repeated"
        return word

    def _apply(self, told: Envelope, body: bytes) -> str:
        names = (told.id, str(altered_id(told, body)))
        name = next((name for name in names if name in self._discarded), None)
        if name is None:
            return self._applier.apply(told, body).word
        # Somebody decided that it never takes effect here; the reason is in a backup or nowhere.
        letter = self._discarded[name]
        decision = Decision(letter=name, reason="", by=letter.actorid)
        tables = self._context.base.plumbing
        with self._context.database.write(EVERY_AUTHORITY) as (session, _):
            discard(session, tables, told, body, decision=decision, moment=letter.time)
        return "done"

    def _take_all_back(self) -> None:
        for told in self._memory.left():
            self._took_back(told)

    def _took_back(self, told: Envelope) -> bool:
        recall = self._recalls.get(told.kind)
        if recall is None and told.kind != LETTER:
            return False
        try:
            with self._as_then(told) as uow:
                is_whole = take_back(uow, recall, told) if recall else remember(uow, told)
        except FOR_NOW:
            return False
        except DomainError as error:
            log.warning("event_not_taken_back", subject=told.subject, reason=str(error)[:200])
            return False
        self._memory.settle(told.id)
        self._filled.taken_back += 1
        if not is_whole:
            self._filled.incomplete.append(_named(told))
        return True

    def _as_then(self, told: Envelope) -> Any:
        return unit_of_work(
            self._context,
            authority=told.authority,
            actor=Actor(id=told.actorid, role=told.actorrole, on_behalf_of=told.onbehalfof),
            cause=Cause(correlation_id=told.correlationid, causation_id=told.causationid),
        )

    def _after(self, since: datetime) -> None:
        after: Callable[[ServiceContext, datetime], int] | None = self._part.after_filling
        if after is not None:
            self._filled.not_sent_again = after(self._context, since)


def _named(told: Envelope) -> str:
    return f"{told.subject} {told.sequence}"
