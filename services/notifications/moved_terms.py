"""A term was computed anew: notices of its old day that did not leave are taken back, those that
did are corrected by a new letter to the same people.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import select

from services.notifications.models import Notice
from services.notifications.state import NOTICE_WORKFLOW
from services.notifications.workflow import NoticeState
from shared.events.cases import CaseSnapshot, DeadlineMoved
from shared.events.consultations import ConsultationDeadlineMoved, ConsultationSnapshot
from shared.events.envelope import Received
from shared.events.notices import NoticeCancelled
from shared.unit_of_work import UnitOfWork
from shared.workflow import Act, move

Moved = (
    Received[DeadlineMoved, CaseSnapshot]
    | Received[ConsultationDeadlineMoved, ConsultationSnapshot]
)
ALARMS = ("case_deadline_approaching", "case_deadline_missed")
LAPSED = "consultation_lapsed"
"""Says only that a day has passed, of a subject with one term."""
OPENED, MOVED = "case_opened", "case_deadline_moved"
OF_CONSULTATION = ("consultation_requested", "consultation_deadline_moved")
DAY_OF = {
    OPENED: "refusal_due_on",
    MOVED: "due_on",
    **dict.fromkeys(OF_CONSULTATION, "due_on"),
}
"""Which fact of a notice is the last day of a term, where the notice says more than that."""

REFUSAL = "refusal-notice"

BECAUSE = "term-moved"


def take_back_unsent(uow: UnitOfWork, event: Moved) -> None:
    """Cancel alarms of the old day that are still to be sent; let other unsent notices say the new.

    One that a sender has in hand may have left already: it counts as sent.
    """
    for notice in _of_old_day(uow, event):
        if not notice.is_unsent(uow.recorded_at):
            continue
        if notice.notice_kind in DAY_OF:
            day = event.what.due_on.isoformat()
            notice.facts = {**notice.facts, DAY_OF[notice.notice_kind]: day}
        else:
            what = NoticeCancelled(because=BECAUSE)
            move(NOTICE_WORKFLOW, notice, "cancel", uow, Act(what=what))


def people_told_the_old_day(uow: UnitOfWork, event: Moved) -> Iterable[UUID]:
    """Who was told another last day of the term than it has now."""
    gone = [one for one in _of_old_day(uow, event) if not one.is_unsent(uow.recorded_at)]
    return [one.person_id for one in gone if one.state != NoticeState.CANCELLED]


def _of_old_day(uow: UnitOfWork, event: Moved) -> list[Notice]:
    """The notices of the subject that name the day on which the term ended before, under lock."""
    if event.what.due_on == event.what.was_due_on:
        return []
    about = select(Notice.id, Notice.notice_kind, Notice.due_version, Notice.facts).where(
        Notice.authority == uow.authority,
        Notice.about == event.envelope.subject,
        Notice.notice_kind.in_((*ALARMS, LAPSED, *DAY_OF)),
    )
    rows = uow.session.execute(about.order_by(Notice.id)).all()
    return [uow.get(Notice, one.id) for one in rows if _names_old_day(one, event.what)]


def _names_old_day(row: Any, moved: DeadlineMoved | ConsultationDeadlineMoved) -> bool:
    was = moved.was_due_on.isoformat()
    if isinstance(moved, ConsultationDeadlineMoved):
        return bool(row.facts.get("due_on") == was)
    if row.notice_kind in DAY_OF:
        rule = REFUSAL if row.notice_kind == OPENED else row.due_version.partition("@")[0]
        return bool(rule == moved.rule and row.facts.get(DAY_OF[row.notice_kind]) == was)
    return bool(row.due_version.partition("+")[0] == f"{moved.rule}@{was}")
