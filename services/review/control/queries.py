"""Reads of decisions."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session, selectinload

from services.review.cases.models import Case
from services.review.control.models import Decision, DecisionOpinion
from services.review.control.workflow import DecisionState
from shared.errors import NotFound
from shared.web.paging import LARGEST_PAGE, Page, decode_cursor, page_of


def list_decisions(session: Session, authority: str, cursor: str | None) -> Page[Decision]:
    """The decisions of an authority, newest vote first."""
    statement = (
        select(Decision)
        .where(Decision.authority == authority)
        .order_by(Decision.adopted_on.desc(), Decision.id.desc())
        .options(selectinload(Decision.opinions))
        .limit(LARGEST_PAGE + 1)
    )
    last = decode_cursor(cursor, date, UUID)
    if last:
        statement = statement.where(tuple_(Decision.adopted_on, Decision.id) < last)
    rows = session.scalars(statement).all()
    return page_of(rows, LARGEST_PAGE, keys=lambda row: (row.adopted_on.isoformat(), str(row.id)))


def references_of(session: Session, decisions: Sequence[Decision]) -> dict[UUID, str]:
    """The references of the petitions that some decisions are about, by the petition's id."""
    ids = [decision.case_id for decision in decisions if decision.case_id is not None]
    statement = select(Case.id, Case.reference).where(Case.id.in_(ids))
    return {row.id: row.reference for row in session.execute(statement)}


def decision_of(session: Session, authority: str, decision_id: UUID) -> Decision:
    """One decision, without a lock; raises ``NotFound``."""
    row = session.scalars(
        select(Decision).where(Decision.id == decision_id, Decision.authority == authority)
    ).one_or_none()
    if row is None:
        raise NotFound("Nothing was found under this id.", kind="decision")
    return row


def replies_of(session: Session, authority: str, decision_id: UUID) -> Sequence[DecisionOpinion]:
    """What one decision makes of the opinions it cites."""
    return decision_of(session, authority, decision_id).opinions


def decisions_of_sessions(
    session: Session, session_ids: Sequence[UUID]
) -> dict[UUID, list[Decision]]:
    """The decisions of some sessions, by session, in order of making."""
    statement = (
        select(Decision)
        .where(Decision.session_id.in_(session_ids))
        .options(selectinload(Decision.opinions))
        .order_by(Decision.id)
    )
    found: dict[UUID, list[Decision]] = {id_: [] for id_ in session_ids}
    for decision in session.scalars(statement):
        found[decision.session_id].append(decision)
    return found


def decisions_of_cases(
    session: Session, authority: str, case_ids: Sequence[UUID]
) -> Sequence[Decision]:
    """The decisions on some petitions, oldest first."""
    statement = (
        select(Decision)
        .where(Decision.authority == authority, Decision.case_id.in_(case_ids))
        .order_by(Decision.id)
    )
    return session.scalars(statement).all()


def cases_to_transmit(session: Session, session_id: UUID) -> Sequence[UUID]:
    """The petitions of a session whose adopted decisions have not gone to the governor yet."""
    statement = (
        select(Decision.case_id)
        .where(
            Decision.session_id == session_id,
            Decision.case_id.is_not(None),
            Decision.state == DecisionState.ADOPTED.value,
        )
        .order_by(Decision.case_id)
    )
    return [case_id for case_id in session.scalars(statement) if case_id]


def due_decisions(session: Session, authority: str, today: date) -> list[uuid.UUID]:
    """Decisions at the governor whose first enforceable day has come."""
    statement = (
        select(Decision.id)
        .where(
            Decision.authority == authority,
            Decision.state == DecisionState.TRANSMITTED.value,
            Decision.enforceable_from <= today,
        )
        .order_by(Decision.enforceable_from, Decision.id)
        .limit(LARGEST_PAGE)
    )
    return list(session.scalars(statement))
