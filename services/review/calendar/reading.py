"""Reads a range of days: meetings of the council, and for its people the days of cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from services.review.base import Base
from services.review.cases.detail import with_next_steps
from services.review.cases.models import Case
from services.review.cases.workflow import UNDER_WAY
from services.review.sessions import queries
from services.review.sessions.models import CouncilSession, Item, Sitting
from services.review.sessions.workflow import SessionState
from shared.db.base import Subject
from shared.web.paging import LARGEST_PAGE

Json = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Days:
    """A range of civil dates of one authority; both ends count."""

    authority: str
    first: date
    last: date


def meetings(session: Session, days: Days, *, with_planned: bool) -> list[Json]:
    """Sessions by their opening day, and sittings on other days, in order; five statements.

    A session that is only planned is a draft, shown to the council alone.
    """
    sessions = _sessions(session, days, with_planned=with_planned)
    sittings = _sittings(session, days)
    known = {row.id: row for row in [*sessions, *_of(session, sittings)]}
    items = queries.items_of(session, list(known))
    references = queries.references_of(session, [one for rows in items.values() for one in rows])
    changed = _changed_at(session, days.authority, [*known.values(), *sittings])
    found = [_session(row, items[row.id], references, changed) for row in sessions]
    for sitting in sittings:
        own = known[sitting.session_id]
        if sitting.held_on != own.opens_on:
            found.append(_sitting(sitting, own, changed))
    return sorted(found, key=lambda one: (one["on"], str(one["id"])))


def due_cases(session: Session, days: Days) -> list[Json]:
    """The cases under way whose most urgent day is in the range, as JSON; at most a page of them.

    Their next steps are computed for all of them together, as in the queue.
    """
    statement = (
        select(Case)
        .where(
            Case.authority == days.authority,
            Case.state.in_(UNDER_WAY),
            Case.urgent_on.between(days.first, days.last),
        )
        .order_by(Case.urgent_on, Case.id)
        .limit(LARGEST_PAGE)
    )
    cases = session.scalars(statement).all()
    shown = with_next_steps(session, days.authority, cases)
    changed = _changed_at(session, days.authority, cases)
    return [
        {
            "case": one["id"],
            "on": case.urgent_on.isoformat(),
            "sequence": case.sequence,
            "changed_at": changed.get(case.subject, case.opened_at).isoformat(),
            **{name: one[name] for name in ("reference", "subject", "state", "next_step")},
        }
        for case, one in zip(cases, shown, strict=True)
    ]


def _sessions(session: Session, days: Days, *, with_planned: bool) -> Sequence[CouncilSession]:
    statement = select(CouncilSession).where(
        CouncilSession.authority == days.authority,
        CouncilSession.opens_on.between(days.first, days.last),
        # Neither was ever to be held: a request refused, a draft taken back.
        CouncilSession.state.not_in((SessionState.REFUSED, SessionState.DROPPED)),
    )
    if not with_planned:
        statement = statement.where(CouncilSession.sequence > 0)
    ordered = statement.order_by(CouncilSession.opens_on, CouncilSession.id)
    return session.scalars(ordered.limit(LARGEST_PAGE)).all()


def _sittings(session: Session, days: Days) -> Sequence[Sitting]:
    """Sittings that were recorded; while a roll is being called it is a private draft."""
    statement = (
        select(Sitting)
        .where(
            Sitting.authority == days.authority,
            Sitting.sequence > 0,
            Sitting.held_on.between(days.first, days.last),
        )
        .order_by(Sitting.held_on, Sitting.id)
        .limit(LARGEST_PAGE)
    )
    return session.scalars(statement).all()


def _of(session: Session, sittings: Sequence[Sitting]) -> Sequence[CouncilSession]:
    ids = {one.session_id for one in sittings}
    return session.scalars(select(CouncilSession).where(CouncilSession.id.in_(ids))).all()


def _changed_at(session: Session, authority: str, rows: Sequence[Subject]) -> dict[str, datetime]:
    """When the last act on each was recorded."""
    history = Base.plumbing.history
    statement = (
        select(history.c.subject, func.max(history.c.recorded_at).label("at"))
        .where(history.c.authority == authority, history.c.subject.in_(one.subject for one in rows))
        .group_by(history.c.subject)
    )
    return {row.subject: row.at for row in session.execute(statement)}


def _session(
    row: CouncilSession,
    items: Sequence[Item],
    references: dict[UUID, str],
    changed: dict[str, datetime],
) -> Json:
    live = [item for item in items if item.state in queries.LIVE]
    return {
        "id": row.id,
        "kind": "session",
        "on": row.opens_on,
        "state": row.state,
        "is_cancelled": row.state == SessionState.POSTPONED,
        "session": row.id,
        "session_kind": row.session_kind,
        "call": None,
        "points": [
            {
                "subject_line": item.subject_line,
                "reference": references.get(item.case_id) if item.case_id else None,
            }
            for item in live
        ],
        # Each act raises the number of its subject, so the sum grows with every change.
        "sequence": row.sequence + sum(item.sequence for item in items),
        "changed_at": changed.get(row.subject, row.planned_at),
    }


def _sitting(row: Sitting, own: CouncilSession, changed: dict[str, datetime]) -> Json:
    return {
        "id": row.id,
        "kind": "sitting",
        "on": row.held_on,
        "state": row.state,
        "is_cancelled": False,
        "session": own.id,
        "session_kind": own.session_kind,
        "call": row.call,
        "points": [],
        "sequence": row.sequence,
        "changed_at": changed.get(row.subject, own.planned_at),
    }
