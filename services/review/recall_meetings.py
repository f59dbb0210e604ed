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
from services.review.council.queries import reports_on
from services.review.council.reporting import Said, replace
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
    """Bring back a report on a case, or its correction; False where its text is not kept."""
    said = told.data.what
    text = text_of(uow, said["report_sha256"])
    is_whole = text is not None or said["report_sha256"] is None
    if told.type.split(".")[1] == "report_corrected":
        right = Said(recommendation=said["recommendation"], text=text or "")
        report = _report_of(uow, committee, said["case"])
        replace(uow, report, right, on=told.data.acted_on, event_sequence=told.sequence)
    else:
        report = _report(committee, told, text or "")
        uow.session.add(report)
    report.sha256 = said["report_sha256"] or hash_of("")
    return is_whole


def _report(committee: Committee, told: Envelope, text: str) -> CommitteeReport:
    return CommitteeReport(
        authority=told.authority,
        committee_id=committee.id,
        case_id=UUID(told.data.what["case"]),
        recommendation=told.data.what["recommendation"],
        text=text,
        sha256="",
        reported_on=told.data.acted_on,
        event_sequence=told.sequence,
        recorded_at=told.time,
    )


def _report_of(uow: UnitOfWork, committee: Committee, case: str) -> CommitteeReport:
    reports = reports_on(uow.session, uow.authority, [UUID(case)])
    found = next((one for one in reports if one.committee_id == committee.id), None)
    if found is None:
        raise EarlierMissing("An earlier event of %(subject)s is missing.", subject=case)
    return found


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
