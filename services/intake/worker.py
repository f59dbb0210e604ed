"""The worker of intake."""

from __future__ import annotations

from services.intake.handlers import HANDLERS
from services.intake.timers import TIMERS
from shared.context import ServiceContext
from shared.worker import Worker


def create_worker(context: ServiceContext) -> Worker:
    """Build the worker that keeps intake's projections, and erases names in their time."""
    return Worker(context, handlers=HANDLERS, timers=TIMERS)
