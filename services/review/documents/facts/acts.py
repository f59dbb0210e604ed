"""The last act of each kind on a subject: a document certifies one, and is numbered by it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.review.base import Base
from shared.db.base import Subject


@dataclass(frozen=True, kw_only=True)
class LastAct:
    """The newest act of one trigger: its number among the subject's acts, and its civil date."""

    trigger: str
    sequence: int
    acted_on: date


def last_acts(session: Session, row: Subject) -> dict[str, LastAct]:
    """The newest act of each trigger on a subject, from its history."""
    history = Base.plumbing.history
    statement = (
        select(history.c.trigger, history.c.sequence, history.c.acted_on)
        .where(history.c.authority == row.authority, history.c.subject == row.subject)
        .order_by(history.c.sequence)
    )
    return {
        one.trigger: LastAct(trigger=one.trigger, sequence=one.sequence, acted_on=one.acted_on)
        for one in session.execute(statement)
    }
