"""Decisions as their events tell them beside their snapshots, for a fill from the log."""

from __future__ import annotations

from datetime import date
from typing import cast
from uuid import UUID

from sqlalchemy import Table, select

from services.review.cases import law
from services.review.cases.consultation_models import ReceivedOpinion
from services.review.control import rules as control_rules
from services.review.control.duty_recall import recall_duty
from services.review.control.models import Decision, DecisionOpinion, DecisionRegister
from services.review.control.rectifying_answers import ANSWERS
from services.review.control.turning import follow_result
from services.review.firing import fires_first
from services.review.kept_texts import text_of
from services.review.recall_clocks import known_case, stop_for_case
from services.review.sessions.models import CouncilSession
from shared.db.upsert import insert_once
from shared.events.envelope import Envelope
from shared.recall import EarlierMissing
from shared.unit_of_work import UnitOfWork


def _step(told: Envelope) -> str:
    return told.type.split(".")[1]


def complete_decision(uow: UnitOfWork, decision: Decision, told: Envelope) -> bool:
    """Keep its number, the opinions it answers, an opposition, and that its day has come.

    False where the text of a reply to an opinion is not kept any more.
    """
    year, _slash, number = decision.number.partition("/")
    key = {"authority": uow.authority, "year": int(year)}
    insert_once(uow.session, cast(Table, DecisionRegister.__table__), **key, last=0)
    register = uow.session.get_one(DecisionRegister, (uow.authority, int(year)))
    register.last = max(register.last, int(number))
    said = told.data.what
    session = uow.session.get_one(CouncilSession, decision.session_id)
    if _step(told) == "transmitted" and session.closed_on is not None:
        term = control_rules.transmission(uow.profile, session.closed_on)
        decision.transmission_due_on = term.due_on
    _answered(uow, decision, told)
    if _step(told) == "enforceable" and decision.enforceable_from is not None:
        fires_first(uow, said["rule"], subject=told.subject, due_on=decision.enforceable_from)
    if _step(told) == "transmitted" and decision.case_id is not None:
        stop_for_case(uow, decision.case_id, law.TRANSMISSION)
    if _step(told) == "rectified" and decision.case_id is not None:
        follow_result(
            uow,
            known_case(uow, decision.case_id),
            adopted=said["now"] == "adopted",
            closed_on=session.closed_on,
        )
    cited = [_cite(uow, decision, one) for one in said.get("opinions_answered", ())]
    return recall_duty(uow, decision, told) and all(cited)


def _answered(uow: UnitOfWork, decision: Decision, told: Envelope) -> None:
    """Keep when the governor's answer was received, and why he opposed."""
    said, step = told.data.what, _step(told)
    if step in {"opposed", "enforceability_suspended"}:
        decision.opposed_on = date.fromisoformat(said["received_on"])
        decision.opposed_because = text_of(uow, said.get("reason_sha256"))
    elif step in {"visa_granted", "visa_refused"}:
        decision.visa_answered_on = date.fromisoformat(said["received_on"])
    elif step == "answer_rectified":
        setattr(decision, ANSWERS[said["answer"]], date.fromisoformat(said["now"]))


def _cite(uow: UnitOfWork, decision: Decision, answered: dict[str, str]) -> bool:
    body_id = uow.session.scalar(
        select(ReceivedOpinion.body_id).where(
            ReceivedOpinion.opinion_id == UUID(answered["opinion"])
        )
    )
    if body_id is None:
        raise EarlierMissing("The opinion of %(subject)s is missing.", subject=decision.subject)
    reason = text_of(uow, answered["reason_sha256"])
    insert_once(
        uow.session,
        cast(Table, DecisionOpinion.__table__),
        decision_id=decision.id,
        opinion_id=UUID(answered["opinion"]),
        authority=decision.authority,
        body_id=body_id,
        answer=answered["answer"],
        reason=reason or "",
    )
    return reason is not None
