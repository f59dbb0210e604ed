"""The worker of intake."""

from __future__ import annotations

from services.intake.handlers import HANDLERS
from shared.context import ServiceContext
from shared.worker import Worker


def create_worker(context: ServiceContext) -> Worker:
    """Build the worker that keeps intake's projections."""
    return Worker(context, handlers=HANDLERS)
