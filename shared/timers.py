"""Timers of a service: work that is due by itself, run by the one worker that holds the lease."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

import structlog
from sqlalchemy import delete
from sqlalchemy.exc import OperationalError

from shared.clock import monotonic
from shared.context import ServiceContext
from shared.db.engine import EVERY_AUTHORITY
from shared.db.leases import take_lease
from shared.life_sign import life_sign

log = structlog.get_logger()

LEASE_SECONDS = 30.0
FOLLOW_SECONDS = 2.0
"""How often a worker that does not hold the lease asks for it."""

KEEP_ANSWERS = timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class Timer:
    """Work that is due by itself: run every so many seconds by the worker that holds the lease."""

    name: str
    every_seconds: float
    run: Callable[[ServiceContext], None]


class TimerLoop:
    """The timers of one worker, which says how each is fired."""

    def __init__(
        self, context: ServiceContext, timers: Sequence[Timer], *, fire: Callable[[Timer], None]
    ) -> None:
        self._context = context
        self._timers = timers
        self._fire = fire
        self._owner = f"{life_sign()}:{id(self):x}"
        self._leads_until = 0.0

    def run(self, stop: threading.Event) -> None:
        """Run each timer when it is due, as long as this worker holds the service's lease."""
        due_at = {timer.name: monotonic() for timer in self._timers}
        while not stop.is_set():
            if self._leads():
                for timer in self._timers:
                    # Asked before each: the one before may have taken long, or been paused.
                    if monotonic() >= due_at[timer.name] and self._leads():
                        self._fire(timer)
                        due_at[timer.name] = monotonic() + timer.every_seconds
                stop.wait(max(0.2, min(due_at.values()) - monotonic()))
            else:
                stop.wait(FOLLOW_SECONDS)

    def _leads(self) -> bool:
        """Whether this worker holds the lease; asked anew only when a third of it is over."""
        if monotonic() < self._leads_until:
            return True
        began = monotonic()
        try:
            with self._context.database.write(EVERY_AUTHORITY) as (session, moment):
                fence = take_lease(
                    session,
                    self._context.base.plumbing,
                    "timers",
                    owner=self._owner,
                    moment=moment,
                    seconds=LEASE_SECONDS,
                )
        except OperationalError:
            log.warning("timers_wait_for_database")
            return False
        if fence is not None:
            self._leads_until = began + LEASE_SECONDS / 3
        return fence is not None


def _forget_old_answers(context: ServiceContext) -> None:
    """Idempotent answers are kept for seven days."""
    table = context.base.plumbing.idempotent_answer
    with context.database.write(EVERY_AUTHORITY) as (session, moment):
        session.execute(delete(table).where(table.c.answered_at < moment - KEEP_ANSWERS))


FORGET_ANSWERS = Timer(name="forget_answers", every_seconds=3600, run=_forget_old_answers)
