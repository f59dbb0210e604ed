"""Everything that changes a consultation: asked, lapsed, answered, cancelled.

review decides what lapses and what is in time; the body's work on its opinion is in opinions.
"""

from __future__ import annotations

from datetime import date
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from services.review.cases import law
from services.review.cases.agenda import is_voted
from services.review.cases.clocks import start_clock
from services.review.cases.consultation_models import Consultation, KnownBody, ReceivedOpinion
from services.review.cases.consultation_state import CONSULTATION_WORKFLOW
from services.review.cases.consultation_workflow import ConsultationState
from services.review.cases.models import Case
from services.review.cases.workflow import UNDER_WAY
from services.review.council.office import check_office
from services.review.firing import fires_first
from shared.db.upsert import insert_or_replace
from shared.errors import InvalidInput
from shared.events.canonical import to_plain
from shared.events.consultations import (
    ConsultationAnswered,
    ConsultationCancelled,
    ConsultationLapsed,
    ConsultationReopened,
    ConsultationRequested,
)
from shared.events.envelope import Received
from shared.events.opinions import BodySnapshot, OpinionSnapshot, OpinionSubmitted
from shared.unit_of_work import UnitOfWork
from shared.workflow import Act, move

LAPSED = "consultation.lapsed"
PENDING = (ConsultationState.REQUESTED.value, ConsultationState.REOPENED.value)
NOT_ANSWERED = (*PENDING, ConsultationState.LAPSED.value)


def request(
    uow: UnitOfWork, case: Case, *, body: UUID, is_mandatory: bool, due_on: date | None, **act: Any
) -> Consultation:
    """Ask a body for its opinion on a case by a day; the council goes on without it afterwards.

    Without a day, it is that of the authority's own rule (opinion-due).
    """
    asked_on, is_given = act.get("acted_on") or uow.today, due_on is not None
    profile = uow.renewed_profile()
    due_on = law.day_or_usual(due_on, case, profile, rule=law.OPINION, start=asked_on)
    check_office(uow, asked_on)
    _check_body(uow, body)
    _check_due(due_on, asked_on)
    facts = {
        "case_state": case.state,
        "filed_on": case.filed_on,
        "is_asked": _is_asked(uow, case.id, body),
    }
    consultation = uow.add(
        Consultation(
            state=ConsultationState.NEW.value,
            case_id=case.id,
            reference=case.reference,
            body_id=body,
            subject_line=case.subject_line,
            is_mandatory=is_mandatory,
            requested_on=asked_on,
            due_on=due_on,
            is_given=is_given,
        )
    )
    what = Act(what=ConsultationRequested(is_given=is_given), facts=facts, **act)
    move(CONSULTATION_WORKFLOW, consultation, "request", uow, what)
    return consultation


def overdue(session: Session, authority: str, today: date) -> list[UUID]:
    """Consultations that nobody answered by their day."""
    statement = (
        select(Consultation.id)
        .where(
            Consultation.authority == authority,
            Consultation.state.in_(PENDING),
            Consultation.due_on < today,
        )
        .order_by(Consultation.due_on, Consultation.id)
    )
    return list(session.scalars(statement))


def lapse(uow: UnitOfWork, consultation_id: UUID) -> None:
    """Let a consultation lapse; nothing when the opinion came or its day moved meanwhile."""
    row = uow.get(Consultation, consultation_id)
    if row.state not in PENDING or row.due_on >= uow.today:
        return
    if fires_first(uow, LAPSED, subject=row.subject, due_on=row.due_on):
        move(CONSULTATION_WORKFLOW, row, "lapse", uow, Act(what=ConsultationLapsed()))


def receive_opinion(uow: UnitOfWork, event: Received[OpinionSubmitted, OpinionSnapshot]) -> None:
    """Keep an opinion that was handed in, and answer the request it belongs to.

    In time is what was handed in by the due date, whenever it becomes known: a lapse is undone if
    the council has not voted. After the vote the opinion is only attached.
    """
    uow.session.add(_received(uow, event))
    _let_answer_clock_run(uow, event)
    asked = _asked_by(uow, event.after)
    if asked is None:
        return
    case_id, id_ = asked
    # The case is locked first, as a vote and a withdrawal do; the day is read under its lock.
    case, consultation = uow.get(Case, case_id), uow.get(Consultation, id_)
    if event.acted_on <= consultation.due_on and not is_voted(uow, case):
        _answer(uow, consultation, event)


def _let_answer_clock_run(
    uow: UnitOfWork, event: Received[OpinionSubmitted, OpinionSnapshot]
) -> None:
    """The council answers an opinion by the day of the authority's own rule, where it has one."""
    case = uow.find(Case, event.after.case) if event.after.case else None
    if case is not None and case.state in UNDER_WAY and not is_voted(uow, case):
        start_clock(uow, case, law.OPINION_ANSWER, on=event.acted_on)


def _answer(
    uow: UnitOfWork,
    consultation: Consultation,
    event: Received[OpinionSubmitted, OpinionSnapshot],
) -> None:
    opinion = event.key
    if consultation.state == ConsultationState.LAPSED:
        reopened = ConsultationReopened(opinion=opinion)
        act = Act(what=reopened, acted_on=event.acted_on)
        move(CONSULTATION_WORKFLOW, consultation, "reopen", uow, act)
    if consultation.state in PENDING:
        consultation.opinion_id = UUID(opinion)
        answered = ConsultationAnswered(opinion=opinion, submitted_on=event.acted_on)
        act = Act(what=answered, acted_on=event.acted_on)
        move(CONSULTATION_WORKFLOW, consultation, "answer", uow, act)


def cancel(
    uow: UnitOfWork, case: Case, consultation_id: UUID, *, reason: str, **act: Any
) -> Consultation:
    """Take back one request of a case (locked by the caller); the body may go on by itself.

    Raises ``InvalidInput`` for a request of another case, ``IllegalMove`` for one that is answered
    or cancelled, ``GuardRefused`` for a mandatory one without the president.
    """
    check_office(uow, act.get("acted_on") or uow.today)
    row = uow.find(Consultation, consultation_id)
    if row is None or row.case_id != case.id:
        raise InvalidInput(
            "This opinion was not asked on this case.",
            field="consultation",
            remedy="Choose one of the opinions asked for.",
        )
    facts = {"is_by_hand": True, "role": uow.actor.role, "requested_on": row.requested_on}
    done = Act(what=ConsultationCancelled(reason=reason), facts=facts, **act)
    move(CONSULTATION_WORKFLOW, row, "cancel", uow, done)
    return row


def cancel_all(uow: UnitOfWork, case: Case, *, reason: str, **act: Any) -> None:
    """Cancel what is still asked about a case that needs no opinion any more."""
    rows = uow.session.scalars(
        select(Consultation)
        .where(Consultation.case_id == case.id, Consultation.state.in_(NOT_ANSWERED))
        .order_by(Consultation.id)
        .with_for_update()
    ).all()
    for row in rows:
        what = ConsultationCancelled(reason=reason)
        facts = {"is_by_hand": False}
        move(CONSULTATION_WORKFLOW, row, "cancel", uow, Act(what=what, facts=facts, **act))


def remember_body(uow: UnitOfWork, event: Received[Any, BodySnapshot]) -> None:
    """Replace what is known of a body by what its newest event says."""
    after = event.after
    insert_or_replace(
        uow.session,
        cast(Table, KnownBody.__table__),
        body_id=UUID(event.key),
        authority=uow.authority,
        code=after.code,
        name=to_plain(after.name),
        state=after.state,
    )


def _received(
    uow: UnitOfWork, event: Received[OpinionSubmitted, OpinionSnapshot]
) -> ReceivedOpinion:
    after = event.after
    return ReceivedOpinion(
        opinion_id=UUID(event.key),
        authority=uow.authority,
        body_id=UUID(after.body),
        consultation_id=_id_or_none(after.consultation),
        case_id=_id_or_none(after.case),
        session_id=_id_or_none(after.session),
        subject_line=to_plain(after.subject),
        origin=after.origin,
        submitted_on=event.acted_on,
        receipt=event.what.receipt,
        text_sha256=after.text_sha256,
    )


def _asked_by(uow: UnitOfWork, opinion: OpinionSnapshot) -> tuple[UUID, UUID] | None:
    """The case and the consultation that an opinion answers, which never change."""
    if opinion.consultation is None:
        return None
    found = uow.session.execute(
        select(Consultation.case_id, Consultation.id).where(
            Consultation.id == UUID(opinion.consultation),
            Consultation.authority == uow.authority,
            Consultation.body_id == UUID(opinion.body),
        )
    ).one_or_none()
    return None if found is None else (found.case_id, found.id)


def _is_asked(uow: UnitOfWork, case_id: UUID, body: UUID) -> bool:
    asked = select(Consultation.id).where(
        Consultation.case_id == case_id,
        Consultation.body_id == body,
        Consultation.state.in_(PENDING),
    )
    return uow.session.scalars(asked).first() is not None


def _check_body(uow: UnitOfWork, body: UUID) -> None:
    known = uow.session.get(KnownBody, body)
    if known is None or known.authority != uow.authority:
        raise InvalidInput(
            "No consultative body with this id is known here.",
            field="body",
            remedy="Choose one of the bodies of this authority.",
        )


def _check_due(due_on: date, asked_on: date) -> None:
    if due_on <= asked_on:
        raise InvalidInput(
            "The due date must be after the day of the act, %(day)s.",
            field="due_on",
            remedy="Give a later day.",
            day=asked_on,
        )


def _id_or_none(value: str | None) -> UUID | None:
    return UUID(value) if value else None
