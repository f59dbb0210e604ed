"""How review's own rows follow from their events, where the database is filled from the log.

Reports, reasons of refusals and of replies, and who took no part in a vote never travel: they are
in a backup or nowhere. Why an act was corrected is found among the files, by its hash.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Table, select

from services.review import corrections
from services.review.cases import law
from services.review.cases.consultation_models import ReceivedOpinion
from services.review.cases.consultations import LAPSED
from services.review.cases.models import Case, CasePerson
from services.review.control import rules as control_rules
from services.review.control.models import Decision, DecisionOpinion, DecisionRegister
from services.review.control.rectifying_answers import ANSWERS
from services.review.control.turning import follow_result
from services.review.firing import fires_first
from services.review.kinds import KINDS
from services.review.recall_clocks import (
    follow_case,
    follow_item,
    follow_session,
    known_case,
    stop_for_case,
)
from services.review.recall_meetings import OF_CASES, OF_COMMITTEES
from services.review.sessions import rules
from services.review.sessions.actions import taking_up
from services.review.sessions.actions.ballot_record import recall_count
from services.review.sessions.models import CouncilSession, Item
from services.review.sessions.notice_recall import RECALLED
from services.review.sessions.roll_recall import recall_sitting
from shared.db.upsert import insert_once
from shared.events.envelope import Envelope
from shared.recall import Complete, EarlierMissing, Recall
from shared.unit_of_work import UnitOfWork


def _step(told: Envelope) -> str:
    return told.type.split(".")[1]


def complete_case(uow: UnitOfWork, case: Case, told: Envelope) -> None:
    """Let the case's people follow it, and note what its events say beside its snapshot."""
    for one in case.people:
        insert_once(
            uow.session,
            cast(Table, CasePerson.__table__),
            case_id=case.id,
            person_id=UUID(one["person"]),
            authority=case.authority,
            role=one["role"],
        )
    changed = CHANGES.get(_step(told))
    if changed is not None:
        changed(case, told)
    if _step(told) == "rectified":
        case.rectified_because = corrections.reason_of(uow, told)
    if _step(told) in OF_CASES:
        OF_CASES[_step(told)](uow, case, told)
    follow_case(uow, case, told)


def _await_completion(case: Case, told: Envelope) -> None:
    case.completion_due_on = date.fromisoformat(told.data.what["due_on"])


def _completed(case: Case, _told: Envelope) -> None:
    case.missing = []


def _decided(case: Case, told: Envelope) -> None:
    case.decided_by = told.data.what.get("present")


def _referred(case: Case, told: Envelope) -> None:
    case.referred_on = told.data.acted_on


def _refusal_notified(case: Case, told: Envelope) -> None:
    case.refusal_notified_on = told.data.acted_on


def _reopened(case: Case, _told: Envelope) -> None:
    case.session_on, case.is_clash, case.refusal_text = None, False, None
    case.missing, case.completion_due_on, case.decided_by = [], None, None


CHANGES: dict[str, Callable[[Case, Envelope], None]] = {
    "completion_requested": _await_completion,
    "completed": _completed,
    "admitted": _decided,
    "refused": _decided,
    "rectified": _decided,
    "referred": _referred,
    "refusal_notified": _refusal_notified,
    "reopened": _reopened,
}
"""What an event says of its case beside the snapshot, by its name."""


def complete_consultation(uow: UnitOfWork, _row: Any, told: Envelope) -> None:
    """What lapsed does not lapse again."""
    if _step(told) == "lapsed":
        fires_first(
            uow,
            LAPSED,
            subject=told.subject,
            due_on=date.fromisoformat(told.data.after["due_on"]),
        )


def complete_session(uow: UnitOfWork, session: CouncilSession, told: Envelope) -> None:
    """Note under which law it is held, when it opened, or why it was put off."""
    session.law_version = rules.pack_for(uow.profile, session.opens_on).version
    if _step(told) == "opened":
        session.opened_on = told.data.acted_on
    elif _step(told) == "postponed":
        session.postponed_because = told.data.what["reason"]
    elif _step(told) in RECALLED:
        RECALLED[_step(told)](uow, session, told)
    follow_session(uow, session, told)


def complete_committee(uow: UnitOfWork, row: Any, told: Envelope) -> None:
    """A report that came in is awaited no more; its text is in a backup or nowhere."""
    if _step(told) == "reported":
        stop_for_case(uow, told.data.what["case"], law.REPORT)
    elif _step(told) in OF_COMMITTEES:
        OF_COMMITTEES[_step(told)](uow, row, told)


def _withdrawal_reported(item: Item, told: Envelope) -> None:
    asked_on = told.data.what["withdrawn_on"]
    item.withdrawn_on = date.fromisoformat(asked_on) if asked_on else None
    item.reported_on = told.data.acted_on


def complete_item(uow: UnitOfWork, item: Item, told: Envelope) -> None:
    """Note the sitting and day of the vote, or why there was none."""
    if _step(told) == "deliberated":
        item.sitting_id, item.voted_on = UUID(told.data.what["sitting"]), told.data.acted_on
        recall_count(uow, item, told)
    elif _step(told) == "rectified":
        recall_count(uow, item, told)
    elif _step(told) == "postponed" and told.data.trigger == "hold_over":
        recall_count(uow, item, told)
        item.first_vote_on = told.data.acted_on
        item.first_sitting = (told.data.what.get("count") or {}).get("sitting")
    elif _step(told) == "postponed":
        item.postponed_because = told.data.what["reason"]
    elif _step(told) in {"taken_up", "sent_back"}:
        taking_up.recall_choice(uow, item, told)
    elif _step(told) == "withdrawal_reported":
        _withdrawal_reported(item, told)
    follow_item(uow, item, told)


def complete_decision(uow: UnitOfWork, decision: Decision, told: Envelope) -> None:
    """Keep its number, the opinions it answers, an opposition, and that its day has come."""
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
    _answered(decision, told)
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
    for one in said.get("opinions_answered", ()):
        _cite(uow, decision, one)


def _answered(decision: Decision, told: Envelope) -> None:
    """Keep when the governor's answer was received."""
    said, step = told.data.what, _step(told)
    if step in {"opposed", "enforceability_suspended"}:
        decision.opposed_on = date.fromisoformat(said["received_on"])
    elif step in {"visa_granted", "visa_refused"}:
        decision.visa_answered_on = date.fromisoformat(said["received_on"])
    elif step == "answer_rectified":
        setattr(decision, ANSWERS[said["answer"]], date.fromisoformat(said["now"]))


def _cite(uow: UnitOfWork, decision: Decision, answered: dict[str, str]) -> None:
    body_id = uow.session.scalar(
        select(ReceivedOpinion.body_id).where(
            ReceivedOpinion.opinion_id == UUID(answered["opinion"])
        )
    )
    if body_id is None:
        raise EarlierMissing("The opinion of %(subject)s is missing.", subject=decision.subject)
    # The reason is nowhere but in a backup.
    insert_once(
        uow.session,
        cast(Table, DecisionOpinion.__table__),
        decision_id=decision.id,
        opinion_id=UUID(answered["opinion"]),
        authority=decision.authority,
        body_id=body_id,
        answer=answered["answer"],
        reason="",
    )


def _with_reason(complete: Complete | None) -> Complete:
    """What else an event says, and why it corrects another where it does."""

    def both(uow: UnitOfWork, row: Any, told: Envelope) -> bool:
        if complete is not None:
            complete(uow, row, told)
        return corrections.recall_reason(uow, told)

    return both


COMPLETE: dict[str, Complete] = {
    "case": complete_case,
    "committee": complete_committee,
    "consultation": complete_consultation,
    "session": complete_session,
    "sitting": recall_sitting,
    "item": complete_item,
    "decision": complete_decision,
}
RECALLS = {
    flow.kind: Recall(model=model, workflow=flow, complete=_with_reason(COMPLETE.get(flow.kind)))
    for model, flow in KINDS
}
