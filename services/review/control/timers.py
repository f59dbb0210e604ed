"""What control does when a day comes: decisions become enforceable."""

from __future__ import annotations

from uuid import UUID

from services.review.control import actions, queries
from shared.context import ServiceContext
from shared.due import each_due
from shared.unit_of_work import UnitOfWork
from shared.worker import Timer


def make_decisions_enforceable(context: ServiceContext) -> None:
    """Take each decision whose day has come, in a transaction of its own."""
    each_due(context, queries.due_decisions, _enforce)


def _enforce(uow: UnitOfWork, decision_id: UUID) -> None:
    actions.enforce(uow, decision_id)


def timers(every_seconds: float) -> tuple[Timer, ...]:
    """The timers of this area, each looked at every so many seconds."""
    run = make_decisions_enforceable
    return (Timer(name=f"control.{run.__name__}", every_seconds=every_seconds, run=run),)
