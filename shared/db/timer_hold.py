"""Keeps a service's timers still by holding their lease, so that nothing acts beside a filling."""

from __future__ import annotations

import os
import socket
from datetime import datetime
from types import TracebackType

from sqlalchemy import update

from shared.clock import monotonic, sleep
from shared.context import ServiceContext
from shared.db.engine import EVERY_AUTHORITY
from shared.db.leases import take_lease

HOLD_SECONDS = 30.0
WAIT_SECONDS = HOLD_SECONDS + 5
"""A worker that was ended a moment ago holds the lease for at most this long."""


class TimersHeld(Exception):
    """A worker of the service runs and holds the lease of its timers."""


class TimerHold:
    """The lease of a service's timers for the time of a ``with`` block; ``since`` is its begin."""

    def __init__(self, context: ServiceContext) -> None:
        self._context = context
        self._owner = f"{socket.gethostname()}:{os.getpid()}:{id(self):x}"
        self._renew_at = 0.0
        self.since: datetime

    def __enter__(self) -> TimerHold:
        until = monotonic() + WAIT_SECONDS
        while (since := self._take()) is None:
            if monotonic() >= until:
                name = self._context.name
                raise TimersHeld(f"a worker of {name} runs: stop it first, it would act meanwhile")
            sleep(0.5)
        self.since = since
        return self

    def renew(self) -> None:
        """Renew the lease once a third of it is over; raises ``TimersHeld`` when it was lost."""
        if monotonic() >= self._renew_at and self._take() is None:
            raise TimersHeld(f"a worker of {self._context.name} was started meanwhile")

    def _take(self) -> datetime | None:
        with self._context.database.write(EVERY_AUTHORITY) as (session, moment):
            fence = take_lease(
                session,
                self._context.base.plumbing,
                "timers",
                owner=self._owner,
                moment=moment,
                seconds=HOLD_SECONDS,
            )
        self._renew_at = monotonic() + HOLD_SECONDS / 3
        return None if fence is None else moment

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        leases = self._context.base.plumbing.timer_lease
        with self._context.database.write(EVERY_AUTHORITY) as (session, moment):
            session.execute(
                update(leases).where(leases.c.owner == self._owner).values(until=moment)
            )
