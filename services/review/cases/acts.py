"""The acts people take on a case: under which address, by which step, in which roles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from services.review.cases.models import Case
from services.review.cases.progress import Progress
from services.review.cases.state import CASE_WORKFLOW

OFFICE = ("secretariat", "president", "bureau")
BUREAU = ("president", "bureau")
HEARERS = ("committee-chair", "secretariat")
SECRETARIAT = ("secretariat", "president")


@dataclass(frozen=True, kw_only=True)
class CaseAct:
    """One act: the last part of its address, its trigger (None: a step beside the case), roles."""

    act: str
    roles: tuple[str, ...]
    trigger: str | None = None


ACTS: Mapping[str, CaseAct] = {
    one.trigger: one
    for one in (
        CaseAct(act="checks", roles=OFFICE, trigger="check"),
        CaseAct(act="completion-request", roles=OFFICE, trigger="request_completion"),
        CaseAct(act="completion", roles=OFFICE, trigger="complete"),
        CaseAct(act="admission", roles=BUREAU, trigger="admit"),
        CaseAct(act="refusal", roles=BUREAU, trigger="refuse"),
        CaseAct(act="refusal-notice", roles=SECRETARIAT, trigger="notify_refusal"),
        CaseAct(act="consent", roles=(*OFFICE, "petitioner"), trigger="record_consent"),
        CaseAct(act="referral", roles=SECRETARIAT, trigger="refer"),
        CaseAct(act="further-referral", roles=SECRETARIAT, trigger="refer_on"),
        CaseAct(act="hearing", roles=HEARERS, trigger="set_hearing"),
        CaseAct(act="hearing-record", roles=HEARERS, trigger="record_hearing"),
        CaseAct(act="session-choice", roles=("president",), trigger="choose_session"),
        CaseAct(act="withdrawal", roles=OFFICE, trigger="withdraw"),
        CaseAct(act="reclassification", roles=OFFICE, trigger="reclassify"),
        CaseAct(act="closing", roles=SECRETARIAT, trigger="close"),
        CaseAct(act="rectification", roles=BUREAU, trigger="rectify_to_admitted"),
        CaseAct(act="rectification", roles=BUREAU, trigger="rectify_to_refused"),
        CaseAct(act="reopening", roles=BUREAU, trigger="reopen"),
    )
    if one.trigger
}
CONSULTATION = CaseAct(act="consultation", roles=SECRETARIAT)
CANCELLATION = CaseAct(act="consultation-cancellation", roles=SECRETARIAT)
REPORT = CaseAct(act="report", roles=("committee-chair", "secretariat"))
REPORT_CORRECTION = CaseAct(act="report-correction", roles=REPORT.roles)
SCHEDULING = CaseAct(act="scheduling", roles=("secretariat",))


def acts_now(case: Case, progress: Progress) -> list[CaseAct]:
    """What can be done on a case now, in the order of the workflow; guards may still say no."""
    found = [ACTS[one] for one in CASE_WORKFLOW.triggers_from(case.state) if one in ACTS]
    if not case.is_clash:
        found = [one for one in found if one.trigger != "choose_session"]
    if progress.decision is not None:
        return [one for one in found if one.trigger not in {"withdraw", "refer", "refer_on"}]
    if case.state in {"open", "admitted", "referred"}:
        found.append(CONSULTATION)
    if case.state == "referred" and progress.reports:
        found = [one for one in found if one.trigger != "refer"]
        found.append(REPORT_CORRECTION)
    if case.state == "referred" and progress.awaits_report(case):
        found.append(REPORT)
    if case.state in {"admitted", "referred"} and progress.item is None:
        found.append(SCHEDULING)
    return [one for one in found if one.trigger != "close" or case.state != "referred"]
