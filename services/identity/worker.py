"""The worker of identity: roles from offices, and two kinds of tidying."""

from __future__ import annotations

from services.identity.handlers import HANDLERS
from services.identity.timers import TIMERS
from shared.context import ServiceContext
from shared.worker import Worker


def create_worker(context: ServiceContext) -> Worker:
    """Build the worker that keeps roles in step with offices and bodies."""
    return Worker(context, handlers=HANDLERS, timers=TIMERS)
