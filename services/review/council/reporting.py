"""Reports of committees: ``report_on_case``, and its correction by a new report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from services.review import corrections
from services.review.cases.agenda import is_voted
from services.review.cases.models import Case
from services.review.cases.referred import committees_of
from services.review.cases.referring import await_reports
from services.review.council import queries
from services.review.council.models import Committee, CommitteeReport, ReplacedReport
from services.review.council.office import check_office
from services.review.council.state import COMMITTEE_WORKFLOW
from services.review.kept_texts import hash_of, keep_text
from shared.errors import NotFound
from shared.events.council import CommitteeReportCorrected, CommitteeReported
from shared.unit_of_work import UnitOfWork
from shared.workflow import Act, move


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a report says: the recommendation's code, and the text that stays with the council."""

    recommendation: str
    text: str

    @property
    def sha256(self) -> str | None:
        """How the text travels; None where there is none."""
        return hash_of(self.text) if self.text else None


def report_on_case(
    uow: UnitOfWork, committee: Committee, *, case_id: UUID, said: Said, **act: Any
) -> CommitteeReport:
    """Hand in a committee's report on a case that is before it; only the text's hash travels.

    Raises ``NotAllowed`` for a chair of another committee (113-14, article 28).
    """
    check_office(uow, act.get("acted_on") or uow.today, committee=committee.id)
    case = uow.get(Case, case_id)
    _keep(uow, said)
    facts = _before_it(uow, committee, case)
    what = CommitteeReported(
        case=str(case.id), recommendation=said.recommendation, report_sha256=said.sha256
    )
    move(COMMITTEE_WORKFLOW, committee, "report", uow, Act(what=what, facts=facts, **act))
    report = _entered(uow, committee, case, said, **act)
    await_reports(uow, case)
    return report


def correct_report(
    uow: UnitOfWork,
    committee: Committee,
    report_id: UUID,
    said: Said,
    *,
    because: str,
    **act: Any,
) -> CommitteeReport:
    """Correct a report by a new act (committee locked by the caller); what it said is kept.

    Raises ``NotFound``, and ``GuardRefused`` once the council has voted on the petition.
    """
    on = act.get("acted_on") or uow.today
    check_office(uow, on, committee=committee.id)
    report = uow.session.get(CommitteeReport, report_id)
    if report is None or report.committee_id != committee.id:
        raise NotFound("Nothing was found under this id.", kind="committee")
    case = uow.get(Case, report.case_id)
    _keep(uow, said)
    what = CommitteeReportCorrected(
        case=str(case.id),
        was_recommendation=report.recommendation,
        was_sha256=report.sha256 if report.text else None,
        recommendation=said.recommendation,
        report_sha256=said.sha256,
        reason_sha256=hash_of(because),
    )
    facts = {
        "is_voted": is_voted(uow, case),
        "reported_on": report.corrected_on or report.reported_on,
    }
    done = Act(what=what, corrects=_event_of(uow, committee, report), facts=facts, **act)
    told = move(COMMITTEE_WORKFLOW, committee, "correct_report", uow, done)
    corrections.keep_reason(uow, told, because)
    replace(uow, report, said, on=on, event_sequence=told.sequence)
    return report


def replace(
    uow: UnitOfWork, report: CommitteeReport, said: Said, *, on: date, event_sequence: int
) -> None:
    """Let a report say something else from a day on; what it said before is kept beside it."""
    uow.session.add(
        ReplacedReport(
            committee_id=report.committee_id,
            event_sequence=report.event_sequence,
            authority=report.authority,
            case_id=report.case_id,
            recommendation=report.recommendation,
            text=report.text,
            sha256=report.sha256,
            reported_on=report.corrected_on or report.reported_on,
            replaced_on=on,
        )
    )
    report.recommendation, report.text = said.recommendation, said.text
    report.sha256, report.corrected_on = hash_of(said.text), on
    report.event_sequence = event_sequence
    uow.session.flush()


def _keep(uow: UnitOfWork, said: Said) -> None:
    if said.text:
        keep_text(uow, said.text)


def _entered(
    uow: UnitOfWork, committee: Committee, case: Case, said: Said, **act: Any
) -> CommitteeReport:
    """The row of a report that the committee's newest event tells of."""
    report = CommitteeReport(
        authority=uow.authority,
        committee_id=committee.id,
        case_id=case.id,
        recommendation=said.recommendation,
        text=said.text,
        sha256=hash_of(said.text),
        reported_on=act.get("acted_on") or uow.today,
        event_sequence=committee.sequence,
        recorded_at=uow.recorded_at,
    )
    uow.session.add(report)
    uow.session.flush()
    return report


def _before_it(uow: UnitOfWork, committee: Committee, case: Case) -> dict[str, Any]:
    """How a case stands before a committee."""
    reports = queries.reports_on(uow.session, uow.authority, [case.id])
    before = committees_of(case)
    return {
        "state": case.state,
        "asked": before,
        "is_reported": any(one.committee_id == committee.id for one in reports),
        "referred_on": before.get(str(committee.id)),
    }


def _event_of(uow: UnitOfWork, committee: Committee, report: CommitteeReport) -> UUID:
    """The event by which a report was handed in."""
    history = uow.base.plumbing.history
    event_id: UUID = uow.session.scalars(
        select(history.c.event_id).where(
            history.c.subject == committee.subject, history.c.sequence == report.event_sequence
        )
    ).one()
    return event_id
