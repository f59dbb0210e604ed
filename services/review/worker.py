"""The worker of review."""

from __future__ import annotations

from services.review.handlers import HANDLERS
from shared.context import ServiceContext
from shared.worker import Worker


def create_worker(context: ServiceContext) -> Worker:
    """Build the worker that opens cases and watches terms."""
    return Worker(context, handlers=HANDLERS)
