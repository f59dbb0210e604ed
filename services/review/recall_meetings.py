"""Committees' meetings, reports and hearings as their events tell them, for a fill from the log.

A report's text is found among the files; what was said at a hearing is in a backup or nowhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import cast
from uuid import UUID

from sqlalchemy import Table

from services.review.cases.models import Case
from services.review.council.meeting_models import CommitteeMeeting, CommitteePresence, Hearing
from services.review.council.meeting_queries import hearing_of
from services.review.council.models import Committee, CommitteeReport
from services.review.kept_texts import hash_of, text_of
from shared.db.upsert import insert_once
from shared.events.envelope import Envelope
from shared.recall import EarlierMissing
from shared.unit_of_work import UnitOfWork


def recall_call(uow: UnitOfWork, committee: Committee, told: Envelope) -> None:
    """Bring back a meeting as it was called."""
    said = told.data.what
    uow.session.add(
        CommitteeMeeting(
            id=UUID(said["meeting"]),
            authority=told.authority,
            committee_id=committee.id,
            called_by=said["called_by"],
            called_by_members=said.get("members"),
            called_on=told.data.acted_on,
            meets_on=date.fromisoformat(said["meets_on"]),
            cases=said["cases"],
            is_held=False,
            recorded_by=told.actorid,
            recorded_at=told.time,
        )
    )


def recall_roll(uow: UnitOfWork, _committee: Committee, told: Envelope) -> None:
    """Bring back who was at a meeting; events of before the roll travelled have none."""
    said = told.data.what
    meeting = _meeting(uow, said["meeting"])
    meeting.is_held = True
    for one in said.get("roll", ()):
        insert_once(
            uow.session,
            cast(Table, CommitteePresence.__table__),
            meeting_id=meeting.id,
            person_id=UUID(one["person"]),
            authority=told.authority,
            mark=one["mark"],
        )


def recall_report(uow: UnitOfWork, committee: Committee, told: Envelope) -> bool:
    """Bring back a report on a case; False where its text is not kept any more."""
    said = told.data.what
    text = text_of(uow, said["report_sha256"])
    uow.session.add(
        CommitteeReport(
            authority=told.authority,
            committee_id=committee.id,
            case_id=UUID(said["case"]),
            recommendation=said["recommendation"],
            text=text or "",
            sha256=said["report_sha256"] or hash_of(""),
            reported_on=told.data.acted_on,
            event_sequence=told.sequence,
            recorded_at=told.time,
        )
    )
    return text is not None or said["report_sha256"] is None


def recall_hearing(uow: UnitOfWork, case: Case, told: Envelope) -> None:
    """Bring back that a hearing was set."""
    said = told.data.what
    uow.session.add(
        Hearing(
            authority=told.authority,
            meeting_id=_meeting(uow, said["meeting"]).id,
            case_id=case.id,
            who=said["who"],
            set_on=told.data.acted_on,
            recorded_by=told.actorid,
            recorded_at=told.time,
        )
    )


def recall_heard(uow: UnitOfWork, case: Case, told: Envelope) -> None:
    """Bring back what became of a hearing."""
    hearing = hearing_of(uow.session, UUID(told.data.what["meeting"]), case.id)
    if hearing is None:
        raise EarlierMissing("An earlier event of %(subject)s is missing.", subject=told.subject)
    hearing.came = told.data.what["came"]


def _meeting(uow: UnitOfWork, meeting: str) -> CommitteeMeeting:
    found = uow.session.get(CommitteeMeeting, UUID(meeting))
    if found is None:
        raise EarlierMissing("The meeting of %(subject)s is missing.", subject=meeting)
    return found


OF_COMMITTEES: Mapping[str, Callable[[UnitOfWork, Committee, Envelope], None]] = {
    "meeting_called": recall_call,
    "met": recall_roll,
}
OF_CASES: Mapping[str, Callable[[UnitOfWork, Case, Envelope], None]] = {
    "hearing_set": recall_hearing,
    "heard": recall_heard,
}
