"""The worker of notifications: it hears what happens, intends notices, and sends them."""

from __future__ import annotations

import functools
import threading
from collections.abc import Mapping
from typing import Any

from services.notifications.handlers import HANDLERS
from services.notifications.sending import Sender
from shared.context import ServiceContext
from shared.events.catalogue import Event
from shared.events.envelope import Received
from shared.unit_of_work import UnitOfWork
from shared.worker import Handler, Timer, Worker


def create_worker(context: ServiceContext) -> Worker:
    """Build the worker; its one timer is the sender, which waits inside its own turn."""
    sender = Sender(context)
    return Worker(
        context,
        handlers=_waking(HANDLERS, sender.wake),
        timers=(Timer(name="send_notices", every_seconds=0.0, run=sender.take_turn),),
    )


def _waking(
    handlers: Mapping[type[Event], Handler], wake: threading.Event
) -> dict[type[Event], Handler]:
    """The same handlers; once what they wrote is committed, the sender looks at once."""
    return {declared: _wakes(handler, wake) for declared, handler in handlers.items()}


def _wakes(handler: Handler, wake: threading.Event) -> Handler:
    @functools.wraps(handler)
    def handle(uow: UnitOfWork, event: Received[Any, Any]) -> None:
        # Woken before the commit, the sender would look too early and then sleep.
        uow.once_committed(wake.set)
        handler(uow, event)

    return handle
