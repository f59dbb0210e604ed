"""What was recorded around an agenda: versions, requests, proofs, objections, clashes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.review.base import Base
from services.review.council.names import names_of
from services.review.council.queries import seats_on
from services.review.sessions import agenda_schemas, notice_schemas, queries, rules
from services.review.sessions.agenda_models import (
    AgendaDocument,
    AgendaRequest,
    AgendaVersion,
    Convocation,
)
from services.review.sessions.models import CouncilSession, Item
from services.review.sessions.notice_queries import Failure, choices_of, failures_of
from services.review.sessions.record import members_shown
from shared.clock import now
from shared.db.authorities import load_authority
from shared.db.personal import PersonalVault

Row = TypeVar("Row", AgendaVersion, AgendaRequest, AgendaDocument, Convocation)


def agenda_recorded(session: Session, vault: PersonalVault, row: CouncilSession) -> dict[str, Any]:
    """Everything around the agenda of a session, each list in order of recording."""
    profile = load_authority(session, Base.plumbing, row.authority)
    sent = _all(session, Convocation, row)
    latest = rules.governor_latest(profile, row)
    on = row.notice_to_members_on or profile.today(now())
    seats = seats_on(session, row.authority, on)
    failed = failures_of(session, row.id)
    people = {*seats, *(one.person_id for one in sent), *(one.row.person_id for one in failed)}
    names = names_of(session, vault, row.authority, people)
    return {
        "versions": agenda_schemas.AgendaVersionOut(many=True).dump(
            _all(session, AgendaVersion, row)
        ),
        "requests": agenda_schemas.AgendaRequestOut(many=True).dump(
            _all(session, AgendaRequest, row)
        ),
        "taken_off": agenda_schemas.TakenOffOut(many=True).dump(
            [one for one in _all(session, AgendaDocument, row) if one.taken_off_on]
        ),
        "convocations": agenda_schemas.ConvocationOut(many=True).dump(sent),
        "members": members_shown(seats),
        "people": {str(id_): {"ar": one.ar, "latin": one.latin} for id_, one in names.items()},
        "unproven": _unproven(row, seats, sent),
        "failed": [_failed(one) for one in failed],
        "notice_choices": notice_schemas.NoticeChoiceOut(many=True).dump(
            choices_of(session, row.id)
        ),
        "objections": _objections(queries.items_of(session, [row.id])[row.id]),
        "clashes": _clashes(session, row),
        "governor_received_on": _iso(row.governor_received_on),
        "governor_latest": _iso(latest),
    }


def _all(session: Session, model: type[Row], row: CouncilSession) -> Sequence[Row]:
    return session.scalars(select(model).where(model.session_id == row.id).order_by(model.id)).all()


def _unproven(row: CouncilSession, seats: Iterable[UUID], sent: Sequence[Convocation]) -> list[str]:
    """Members in office on the day of the notice whose proof of sending is not recorded."""
    if row.notice_to_members_on is None:
        return []
    proven = {one.person_id for one in sent if one.notice == "notice"}
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


def _failed(one: Failure) -> Any:
    shown = notice_schemas.FailedNoticeOut().dump(one.row)
    return {**shown, "standing": one.standing}


def _iso(day: Any) -> str | None:
    return day.isoformat() if day else None
