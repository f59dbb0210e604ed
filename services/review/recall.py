"""How review's own rows follow from their events, where the database is filled from the log.

Reasons of refusals, of lateness and of going on without an opinion never travel: they are in a
backup or nowhere. Reports, replies, notes on checks, the president's reasons and those of
corrections are found among the files, by hash.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Table

from services.review import corrections
from services.review.cases.consultations import LAPSED
from services.review.cases.models import Case, CasePerson
from services.review.cases.referring import await_reports
from services.review.control.duty_recall import recall_duty
from services.review.firing import fires_first
from services.review.kinds import KINDS
from services.review.recall_checks import CHECKED
from services.review.recall_clocks import (
    follow_case,
    follow_item,
    follow_session,
    known_case,
)
from services.review.recall_decisions import complete_decision
from services.review.recall_meetings import OF_CASES, OF_COMMITTEES, recall_report
from services.review.sessions import rules
from services.review.sessions.actions import taking_up
from services.review.sessions.actions.ballot_record import recall_count, recall_declared
from services.review.sessions.models import CouncilSession, Item
from services.review.sessions.notice_recall import RECALLED
from services.review.sessions.roll_recall import recall_sitting
from shared.db.upsert import insert_once
from shared.events.envelope import Envelope
from shared.recall import Complete, Recall
from shared.unit_of_work import UnitOfWork


def _step(told: Envelope) -> str:
    return told.type.split(".")[1]


def complete_case(uow: UnitOfWork, case: Case, told: Envelope) -> bool:
    """Let the case's people follow it, and note what its events say beside its snapshot.

    False where a text that an event speaks of is not kept any more.
    """
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
    recall = CHECKED.get(_step(told))
    return recall is None or recall(uow, case, told)


def _await_completion(case: Case, told: Envelope) -> None:
    case.completion_due_on = date.fromisoformat(told.data.what["due_on"])


def _completed(case: Case, _told: Envelope) -> None:
    case.missing = []


def _decided(case: Case, told: Envelope) -> None:
    case.decided_by = told.data.what.get("present")


def _refusal_notified(case: Case, told: Envelope) -> None:
    case.refusal_notified_on = told.data.acted_on


def _reopened(case: Case, _told: Envelope) -> None:
    case.session_on, case.is_clash, case.refusal_text = None, False, None
    case.missing, case.completion_due_on, case.decided_by = [], None, None
    case.referrals = []


CHANGES: dict[str, Callable[[Case, Envelope], None]] = {
    "completion_requested": _await_completion,
    "completed": _completed,
    "admitted": _decided,
    "refused": _decided,
    "rectified": _decided,
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


def complete_session(uow: UnitOfWork, session: CouncilSession, told: Envelope) -> bool:
    """Note under which law it is held, when it opened, or why it was put off.

    False where the text that proves a duty after it is not kept any more.
    """
    session.law_version = rules.pack_for(uow.profile, session.opens_on).version
    if _step(told) == "opened":
        session.opened_on = told.data.acted_on
    elif _step(told) in {"postponed", "dropped"}:
        session.postponed_because = told.data.what["reason"]
    elif _step(told) in RECALLED:
        RECALLED[_step(told)](uow, session, told)
    follow_session(uow, session, told)
    return recall_duty(uow, session, told)


def complete_committee(uow: UnitOfWork, row: Any, told: Envelope) -> bool:
    """A report that came in is awaited no more; False where its text is not kept any more."""
    if _step(told) in {"reported", "report_corrected"}:
        is_whole = recall_report(uow, row, told)
        await_reports(uow, known_case(uow, told.data.what["case"]))
        return is_whole
    if _step(told) in OF_COMMITTEES:
        OF_COMMITTEES[_step(told)](uow, row, told)
    return True


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
    elif _step(told) == "recusal_declared":
        recall_declared(uow, item, told)
    elif _step(told) == "withdrawal_reported":
        _withdrawal_reported(item, told)
    follow_item(uow, item, told)


def _with_reason(complete: Complete | None) -> Complete:
    """What else an event says, and why it corrects another where it does."""

    def both(uow: UnitOfWork, row: Any, told: Envelope) -> bool:
        is_complete = complete is None or complete(uow, row, told) is not False
        return corrections.recall_reason(uow, told) and is_complete

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
