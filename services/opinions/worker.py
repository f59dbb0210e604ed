"""The worker of opinions."""

from __future__ import annotations

from services.opinions.handlers import HANDLERS
from shared.context import ServiceContext
from shared.worker import Worker


def create_worker(context: ServiceContext) -> Worker:
    """Build the worker that keeps what opinions knows of consultations and sessions."""
    return Worker(context, handlers=HANDLERS)
