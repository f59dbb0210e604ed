"""The unit of work: one transaction that holds a change, its history and its event, or nothing.

Routes open a unit of work per request, the worker one
per message, timers one per firing; actions get it as ``uow`` and never end it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from sqlalchemy.orm import Session

from shared.broker.topology import routing_key, slot_of
from shared.db.authorities import (
    AuthorityProfile,
    load_authority,
    profile_from,
    remember_authority,
)
from shared.db.base import ServiceBase, Subject
from shared.db.creation import insert_new
from shared.db.entering import Entrance
from shared.db.loading import load_locked
from shared.db.personal import PersonalVault
from shared.db.step import write_step
from shared.errors import NotFound
from shared.events.envelope import Envelope, encode
from shared.failpoints import reach
from shared.ids import new_id

if TYPE_CHECKING:
    from shared.context import ServiceContext

Row = TypeVar("Row", bound=Subject)


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Who acts: a person or service by opaque id, in which role, and for whom if for another."""

    id: str
    role: str
    on_behalf_of: str | None = None


@dataclass(frozen=True, kw_only=True)
class Cause:
    """Why this happens: the chain it belongs to, and the event that set it off (if any)."""

    correlation_id: str
    causation_id: str | None = None
    traceparent: str | None = None


@dataclass(kw_only=True)
class UnitOfWork:
    """What an action may use: the session, who acts for which authority, and the moment."""

    context: ServiceContext
    entrance: Entrance
    authority: str
    actor: Actor
    cause: Cause
    emitted: list[Envelope] = field(default_factory=list)
    _afterwards: list[Callable[[], None]] = field(default_factory=list)
    _profile: AuthorityProfile | None = None
    _vault: PersonalVault | None = None

    @property
    def session(self) -> Session:
        """The session of this transaction, which begins now if nothing was asked before."""
        return self.entrance.open().session

    @cached_property
    def recorded_at(self) -> datetime:
        """The database's time as this transaction began (UTC), or the time it happened before."""
        return _as_then(self.context, self.cause) or self.entrance.open().moment

    @property
    def base(self) -> type[ServiceBase]:
        """The declarative base of the service, for its plumbing tables."""
        return self.context.base

    @property
    def profile(self) -> AuthorityProfile:
        """The authority as this service knows it; raises ``TryLater`` when not known yet."""
        if self._profile is None:
            known = self.entrance.open().known
            self._profile = None if known is None else profile_from(known)
        if self._profile is None:
            # A row that an action is still changing is written once, not before this look too.
            with self.session.no_autoflush:
                self._profile = load_authority(self.session, self.base.plumbing, self.authority)
        return self._profile

    def renewed_profile(self) -> AuthorityProfile:
        """The authority as it is known by now: a change may have been waited for with a lock."""
        with self.session.no_autoflush:
            self._profile = load_authority(self.session, self.base.plumbing, self.authority)
        return self._profile

    @property
    def today(self) -> date:
        """The authority's business date: set by an operator, else the civil date in its zone."""
        return self.profile.today(self.recorded_at)

    @property
    def vault(self) -> PersonalVault:
        """Where personal text is sealed and revealed; it lives as long as the transaction."""
        if self._vault is None:
            self._vault = self.context.vault(self.session, self.authority)
        return self._vault

    def remember(self, profile: AuthorityProfile) -> None:
        """Replace what the service knows of this unit of work's authority."""
        remember_authority(self.session, self.base.plumbing, profile)
        self._profile = profile

    def add(self, row: Row) -> Row:
        """Add a new row of this authority, with its id set."""
        row.authority = self.authority
        if row.id is None:
            row.id = new_id()
        self.session.add(row)
        return row

    def find(self, model: type[Row], id_: UUID | str) -> Row | None:
        """The row of this authority under its lock, or None; raises nothing for a foreign id."""
        key = {"id": id_ if isinstance(id_, UUID) else UUID(id_), "authority": self.authority}
        return load_locked(self.entrance, model, key)

    def get(self, model: type[Row], id_: UUID | str) -> Row:
        """The row of this authority under its lock; raises ``NotFound`` (404) otherwise."""
        row = self.find(model, id_)
        if row is None:
            raise NotFound("Nothing was found under this id.", kind=model.kind)
        return row

    def once_committed(self, call: Callable[[], None]) -> None:
        """Have something called right after the commit, and never if this is rolled back."""
        self._afterwards.append(call)

    def write_new(self) -> None:
        """Write the new rows that the session still has, before it would do it table by table."""
        if self.entrance.is_open:
            insert_new(self.session)

    def as_told_before(self, made: Envelope, row: Subject) -> Envelope:
        """The event itself or, while the database is filled, the one that the log holds of it."""
        memory = self.context.memory
        return made if memory is None else memory.instead_of(made, row)

    def record(self, row: Subject, envelope: Envelope, history: dict[str, Any]) -> None:
        """Write a changed row with the history and outbox rows of one event; for ``move`` only."""
        tables = self.base.plumbing
        identity = {
            "event_id": UUID(envelope.id),
            "authority": envelope.authority,
            "subject": envelope.subject,
            "sequence": envelope.sequence,
            "recorded_at": envelope.time,
        }
        told = (tables.history, {**identity, **history})
        memory = self.context.memory
        if memory is not None and memory.is_told(envelope.id):
            # The log has it already, from before this database was lost.
            write_step(self.session, row, told)
            return
        waiting = {
            "slot": slot_of(envelope.subject),
            "routing_key": routing_key(envelope.type, envelope.subject),
            "body": encode(envelope),
            "refusals": 0,
        }
        write_step(self.session, row, told, (tables.outbox, {**identity, **waiting}))
        self.emitted.append(envelope)


@contextmanager
def unit_of_work(
    context: ServiceContext,
    *,
    authority: str,
    actor: Actor,
    cause: Cause,
    alone_with: str | None = None,
) -> Iterator[UnitOfWork]:
    """Open a transaction for one authority; commit when the block ends well, else roll back.

    After a commit with events the service's relay is poked, so nothing waits for its next poll.
    Raises ``NameTaken`` while another transaction holds the name ``alone_with``.
    """
    with context.database.act(authority, alone_with=alone_with) as entrance:
        uow = UnitOfWork(
            context=context, entrance=entrance, authority=authority, actor=actor, cause=cause
        )
        yield uow
        uow.write_new()
        reach("before_commit")
    reach("after_commit")
    if uow.emitted:
        context.poke_relay()
    for call in uow._afterwards:
        call()


def _as_then(context: ServiceContext, cause: Cause) -> datetime | None:
    """When this happened before, if a database is being filled with what the log remembers."""
    return context.memory.moment_of(cause.causation_id) if context.memory is not None else None
