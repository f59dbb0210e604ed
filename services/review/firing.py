"""Firings of review's timers: that each happens once (shared/due.py says when they are looked for).

A firing is known by its rule, its subject and the date that was due: a term that moves fires anew.
"""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy import ColumnElement, Date, UniqueConstraint, Uuid, exists, not_, select
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column

from services.review.base import Base
from shared.db.columns import internal_text
from shared.ids import new_id
from shared.unit_of_work import UnitOfWork


class TimerFiring(Base):
    """One firing of a rule for a subject and a due date."""

    __tablename__ = "timer_firing"
    __table_args__ = (UniqueConstraint("rule", "subject_id", "due_on"),)

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    authority: Mapped[str] = internal_text()
    rule: Mapped[str] = internal_text()
    subject_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    due_on: Mapped[date] = mapped_column(Date)


def not_fired(
    rule: str | ColumnElement[str],
    subject_id: InstrumentedAttribute[uuid.UUID],
    due_on: InstrumentedAttribute[date],
) -> ColumnElement[bool]:
    """A condition for ``find``: the rule has not fired for that subject and due date."""
    fired = exists().where(
        TimerFiring.rule == rule,
        TimerFiring.subject_id == subject_id,
        TimerFiring.due_on == due_on,
    )
    return not_(fired)


def fires_first(uow: UnitOfWork, rule: str, *, subject: str, due_on: date) -> bool:
    """Note a firing for ``kind/id``; False when it happened before. Call it with the row locked."""
    subject_id = uuid.UUID(subject.rpartition("/")[2])
    seen = uow.session.scalars(
        select(TimerFiring.id).where(
            TimerFiring.rule == rule,
            TimerFiring.subject_id == subject_id,
            TimerFiring.due_on == due_on,
        )
    ).first()
    if seen is not None:
        return False
    uow.session.add(
        TimerFiring(authority=uow.authority, rule=rule, subject_id=subject_id, due_on=due_on)
    )
    return True
