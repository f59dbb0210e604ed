"""What control does when a day comes: decisions become enforceable, missed duties are told."""

from __future__ import annotations

from uuid import UUID

from services.review.control import actions, duty_telling, queries, register
from shared.context import ServiceContext
from shared.due import each_due
from shared.unit_of_work import UnitOfWork
from shared.worker import Timer


def make_decisions_enforceable(context: ServiceContext) -> None:
    """Take each decision whose day has come, in a transaction of its own."""
    each_due(context, queries.due_decisions, _enforce)


def tell_missed_registers(context: ServiceContext) -> None:
    """Tell of each attendance register that did not go out by its last day."""
    each_due(context, register.overdue, _miss)


def tell_duties_recorded_before(context: ServiceContext) -> None:
    """Tell of the duties that were recorded by a release whose acts of this kind had no event."""
    each_due(context, duty_telling.untold, _tell)


def _enforce(uow: UnitOfWork, decision_id: UUID) -> None:
    actions.enforce(uow, decision_id)


def _miss(uow: UnitOfWork, session_id: UUID) -> None:
    register.miss(uow, session_id)


def _tell(uow: UnitOfWork, subject_id: UUID) -> None:
    duty_telling.tell(uow, subject_id)


def timers(every_seconds: float) -> tuple[Timer, ...]:
    """The timers of this area, each looked at every so many seconds."""
    return tuple(
        Timer(name=f"control.{run.__name__}", every_seconds=every_seconds, run=run)
        for run in (make_decisions_enforceable, tell_missed_registers, tell_duties_recorded_before)
    )
