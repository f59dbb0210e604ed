"""What was recorded around an agenda: versions, requests, proofs, objections, clashes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.review.base import Base
from services.review.council.queries import seats_on
from services.review.sessions import agenda_schemas, queries, rules
from services.review.sessions.agenda_models import AgendaRequest, AgendaVersion, Convocation
from services.review.sessions.models import CouncilSession, Item
from shared.db.authorities import load_authority

Row = TypeVar("Row", AgendaVersion, AgendaRequest, Convocation)


def agenda_recorded(session: Session, row: CouncilSession) -> dict[str, Any]:
    """Everything around the agenda of a session, each list in order of recording."""
    profile = load_authority(session, Base.plumbing, row.authority)
    sent = _all(session, Convocation, row)
    latest = rules.governor_latest(profile, row)
    return {
        "versions": agenda_schemas.AgendaVersionOut(many=True).dump(
            _all(session, AgendaVersion, row)
        ),
        "requests": agenda_schemas.AgendaRequestOut(many=True).dump(
            _all(session, AgendaRequest, row)
        ),
        "convocations": agenda_schemas.ConvocationOut(many=True).dump(sent),
        "unproven": _unproven(session, row, sent),
        "objections": _objections(queries.items_of(session, [row.id])[row.id]),
        "clashes": _clashes(session, row),
        "governor_received_on": _iso(row.governor_received_on),
        "governor_latest": _iso(latest),
    }


def _all(session: Session, model: type[Row], row: CouncilSession) -> Sequence[Row]:
    return session.scalars(select(model).where(model.session_id == row.id).order_by(model.id)).all()


def _unproven(session: Session, row: CouncilSession, sent: Sequence[Convocation]) -> list[str]:
    """Members in office on the day of the notice whose proof of sending is not recorded."""
    if row.notice_to_members_on is None:
        return []
    proven = {one.person_id for one in sent if one.notice == "notice"}
    seats = seats_on(session, row.authority, row.notice_to_members_on)
    return [str(person) for person in seats if person not in proven]


def _objections(items: Sequence[Item]) -> list[dict[str, Any]]:
    return [
        {
            "item": str(item.id),
            "received_on": item.objection_received_on.isoformat(),
            "article": item.objection_article,
            "reason": item.objection_reason,
            "outcome": item.objection_outcome,
        }
        for item in items
        if item.objection_received_on is not None
    ]


def _clashes(session: Session, row: CouncilSession) -> list[dict[str, Any]]:
    return [
        {
            "case": str(case.id),
            "reference": case.reference,
            "subject": dict(case.subject_line),
            "choice": agenda_schemas.SessionChoiceOut().dump(choice)
            if (choice := queries.clash_choice(session, case.id, row.id))
            else None,
        }
        for case in queries.clashing(session, row)
    ]


def _iso(day: Any) -> str | None:
    return day.isoformat() if day else None
