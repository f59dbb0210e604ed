"""Reads of cases."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, or_, select
from sqlalchemy.orm import Session

from services.review.base import Base
from services.review.cases.models import Case
from shared.errors import NotFound
from shared.web.paging import LARGEST_PAGE, Page, decode_cursor, page_of


def public_cases(session: Session, authority: str, cursor: str | None) -> Page[Case]:
    """The filed petitions of an authority, newest filing first."""
    last = decode_cursor(cursor, 2)
    statement = (
        select(Case)
        .where(Case.authority == authority)
        .order_by(Case.filed_on.desc(), Case.id.desc())
        .limit(LARGEST_PAGE + 1)
    )
    if last:
        filed_on, id_ = date.fromisoformat(last[0]), UUID(last[1])
        earlier = (Case.filed_on == filed_on) & (Case.id < id_)
        statement = statement.where(or_(Case.filed_on < filed_on, earlier))
    rows = session.scalars(statement).all()
    return page_of(
        rows, LARGEST_PAGE, keys=lambda row: (row.filed_on.isoformat(), str(row.id))
    )


def case_by_reference(session: Session, reference: str) -> Case:
    """One case by its public reference; raises ``NotFound``."""
    row = session.scalars(select(Case).where(Case.reference == reference)).one_or_none()
    if row is None:
        raise NotFound("No petition has this reference.")
    return row


def case_of(session: Session, authority: str, case_id: UUID) -> Case:
    """One case; raises ``NotFound``."""
    row = session.scalars(
        select(Case).where(Case.id == case_id, Case.authority == authority)
    ).one_or_none()
    if row is None:
        raise NotFound("There is no %(kind)s with this id.", kind="case")
    return row


def acts_of(session: Session, subjects: Sequence[str]) -> Sequence[Row[Any]]:
    """The recorded acts of some subjects, in the order they were recorded."""
    history = Base.plumbing.history
    return session.execute(
        select(history)
        .where(history.c.subject.in_(subjects))
        .order_by(history.c.recorded_at, history.c.subject, history.c.sequence)
    ).all()
