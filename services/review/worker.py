"""The worker of review."""

from __future__ import annotations

from typing import cast

from services.review.handlers import HANDLERS
from services.review.settings import ReviewSettings
from services.review.timers import timers
from shared.context import ServiceContext
from shared.worker import Worker


def create_worker(context: ServiceContext) -> Worker:
    """Build the worker that opens cases and watches terms."""
    settings = cast(ReviewSettings, context.settings)
    return Worker(context, handlers=HANDLERS, timers=timers(settings.timer_seconds))
