"""The worker of audit."""

from __future__ import annotations

from services.audit.handlers import (
    HANDLERS,
    when_anything_happens_enter_it,
    when_told_twice_record_divergence,
)
from services.audit.queries import bytes_of
from services.audit.timers import TIMERS
from shared.context import ServiceContext
from shared.worker import Worker

CALM_SECONDS = 0.05
"""Every event comes here, and nobody waits for its entry: those go first who open cases with it."""


def create_worker(context: ServiceContext) -> Worker:
    """Build the worker that keeps the ledger."""
    worker = Worker(
        context,
        handlers=HANDLERS,
        timers=TIMERS,
        raw=when_anything_happens_enter_it,
        on_divergence=when_told_twice_record_divergence,
        calm=CALM_SECONDS,
    )
    worker.applier.find_bytes = bytes_of
    return worker
