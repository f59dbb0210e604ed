"""The relay: takes committed events from a service's outbox to the broker, in order, losing none.

It leases slots, publishes their rows in batches, and deletes a row only once the broker confirmed
it. A crash in between repeats an event with the same id; it never loses one.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from uuid import UUID

import structlog
from sqlalchemy.exc import OperationalError

from shared.broker.connection import BrokerUnavailable, connect
from shared.broker.publisher import OutgoingMessage, Publisher, PublishResult
from shared.broker.status import queue_status
from shared.broker.topology import EXCHANGE, LOG, TopologyRefused, declare, queues
from shared.broker.watch import QueueWatch, queues_for
from shared.broker.wire import WireConnection
from shared.clock import monotonic
from shared.context import ServiceContext
from shared.db import outbox
from shared.db.line import Line
from shared.db.outbox import Waiting
from shared.db.wakeup import Listener
from shared.events.catalogue import kinds_of
from shared.failpoints import reach
from shared.life_sign import life_sign

log = structlog.get_logger()

BATCH = 500
POLL_SECONDS = 1.0
LOOK_ANYWAY_SECONDS = 15.0
"""How long the outbox is left to the listener, which looks once a second."""

CALM_SECONDS = 0.05
"""How long what was published stays, unless more comes: those whom it wakes go first."""

LEASE_SECONDS = 10.0
RENEW_SECONDS = 4.0
FIRST_PAUSE_SECONDS = 0.2
LONGEST_PAUSE_SECONDS = 1.5
"""A refused connection costs next to nothing, so that an outage is over soon after its end."""


class Relay:
    """One service's relay. Several may run; each leases its own slots."""

    def __init__(self, context: ServiceContext) -> None:
        self.context = context
        self._tables = context.base.plumbing
        self._owner = f"{life_sign()}:{id(self):x}"
        self._prefix = context.platform.broker_prefix
        self._publisher = Publisher(context.platform.bus_url, log=self._prefix + LOG)
        self._line = Line(context.database)
        self._slots: list[int] = []
        self._published: tuple[Sequence[Waiting], PublishResult] | None = None
        self._renew_at = self._leased_until = 0.0
        self._may_hold_rows = True
        self._look_anyway_at = 0.0
        kinds = kinds_of(context.name)
        self._watch = QueueWatch(context.platform.bus_url, queues_for(kinds, self._prefix))
        self._listener = Listener(context.database, context.name, context.relay_wake)

    def run(self, stop: threading.Event) -> None:
        """Relay until ``stop`` is set; pauses while broker or database is away."""
        losses = 0
        is_declared = False
        self._listener.start()
        while not stop.is_set():
            try:
                if not is_declared:
                    is_declared = self.declare_topology()
                more = self._relay_watchfully()
                losses = 0
                if not more and self._published:
                    self.context.relay_wake.wait(CALM_SECONDS)
                    self.settle()
            except (BrokerUnavailable, TopologyRefused, OperationalError) as error:
                losses += 1
                _pause(stop, losses, error)
                continue
            if not more:
                self._wait(stop)
        self.close()

    def declare_topology(self) -> bool:
        """Declare the whole topology, so that no event can be published past a missing queue."""
        connection = connect(self.context.platform.bus_url)
        lost: tuple[type[BaseException], ...] = (OSError, *connection.connection_errors)
        try:
            self._name_what_was_lost(connection)
            declare(connection, prefix=self._prefix)
        except lost as error:
            raise BrokerUnavailable(f"lost while declaring: {error}") from error
        finally:
            connection.release()
        return True

    def _name_what_was_lost(self, connection: WireConnection) -> None:
        """A log without all of its queues is no new bus: what they should have taken is missing."""
        names = [spec.name for spec in queues(prefix=self._prefix)]
        missing = [one.name for one in queue_status(connection, names) if not one.is_declared]
        if missing and self._prefix + LOG not in missing:
            log.error("bus_queues_lost", queues=missing)

    def _relay_watchfully(self) -> bool:
        """Publish a batch; look now and then, but not before each batch, for missing queues."""
        if self._watch.is_blocked:
            self._watch.look()
        more = self.publish_next()
        if self._watch.is_due:
            self._watch.look()
        return more

    def relay_once(self) -> bool:
        """Publish one batch and forget it; returns and raises as ``publish_next`` does."""
        more = self.publish_next()
        self.settle()
        return more

    def publish_next(self) -> bool:
        """Publish one batch, to be settled later; returns whether it was full: more may wait.

        Raises ``BrokerUnavailable`` or ``TopologyRefused`` when the broker does not take it.
        """
        self.settle()
        batch = self._claim()
        if not batch:
            return False
        reach("after_claim_before_publish")
        if monotonic() >= self._leased_until:
            # Paused for so long that another relay may have these slots: ask again first.
            self._renew_at = 0.0
            return True
        result = self._publisher.publish([self._message(row) for row in batch])
        self._published = batch, result
        reach("after_confirm_before_delete")
        self.context.counts.published(
            self.context.name, confirmed=len(result.confirmed), refused=len(result.refused)
        )
        return len(batch) >= BATCH and bool(result.confirmed)

    def _claim(self) -> Sequence[Waiting]:
        if monotonic() >= self._renew_at:
            self._lease()
        if not self._may_hold_rows:
            return []
        self._look_anyway_at = monotonic() + LOOK_ANYWAY_SECONDS
        with self._line.asking() as connection:
            rows = outbox.waiting(connection, self._tables, self._slots, BATCH)
        return _up_to_a_refusal(rows)

    def _lease(self) -> None:
        began = monotonic()
        with self._line.telling() as connection:
            self._slots = outbox.lease_slots(
                connection,
                self._tables,
                owner=self._owner,
                moment=self._line.moment(connection),
                seconds=LEASE_SECONDS,
            )
        self._renew_at, self._leased_until = began + RENEW_SECONDS, began + LEASE_SECONDS

    def _message(self, row: Waiting) -> OutgoingMessage:
        return OutgoingMessage(
            id=str(row.event_id),
            routing_key=row.routing_key,
            body=row.body,
            exchange=self._prefix + EXCHANGE,
        )

    def settle(self) -> None:
        """Forget what the broker confirmed of the last batch, and keep what it refused."""
        if self._published is None:
            return
        batch, result = self._published
        confirmed, refused = result.confirmed, result.refused
        with self._line.telling() as connection:
            if confirmed:
                outbox.delete_published(connection, self._tables, [UUID(id_) for id_ in confirmed])
            if refused:
                reasons = {UUID(id_): reason for id_, reason in refused.items()}
                outbox.note_refused(connection, self._tables, reasons)
        self._published = None
        reach("after_delete")
        for row in batch:
            if str(row.event_id) in refused:
                log.error(
                    "event_refused",
                    event_id=str(row.event_id),
                    routing_key=row.routing_key,
                    reason=refused[str(row.event_id)],
                )

    def _wait(self, stop: threading.Event) -> None:
        if not stop.is_set():
            # The listener looks once a second for less than it costs here, and tells what it finds.
            is_listening = self._listener.is_listening
            is_told = self.context.relay_wake.wait(RENEW_SECONDS if is_listening else POLL_SECONDS)
            self.context.relay_wake.clear()
            self._may_hold_rows = is_told or not is_listening or monotonic() >= self._look_anyway_at

    def close(self) -> None:
        """Give the connection and the slots back."""
        self._listener.close()
        self._watch.close()
        self._publisher.close()
        self.settle()
        with self._line.telling() as connection:
            moment = self._line.moment(connection)
            outbox.release_slots(connection, self._tables, owner=self._owner, moment=moment)
        self._line.close()


def _pause(stop: threading.Event, losses: int, error: Exception) -> None:
    """Wait a little, a little longer the next time; told the 1st, 2nd, 4th, 8th... time."""
    seconds = min(FIRST_PAUSE_SECONDS * 2 ** min(losses - 1, 10), LONGEST_PAUSE_SECONDS)
    if losses & (losses - 1) == 0:
        log.warning("relay_waits", reason=_told(error), seconds=seconds)
    stop.wait(seconds)


def _told(error: Exception) -> str:
    """What the broker said; errors of databases may hold what nobody may read."""
    return type(error).__name__ if isinstance(error, OperationalError) else str(error)


def _up_to_a_refusal(rows: Sequence[Waiting]) -> list[Waiting]:
    """Leave out the rows behind a refused one of the same subject: they wait for it."""
    blocked: set[str] = set()
    kept = []
    for row in rows:
        if row.subject not in blocked:
            kept.append(row)
        if row.refusals:
            blocked.add(row.subject)
    return kept
