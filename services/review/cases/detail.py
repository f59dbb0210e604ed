"""A case as its readers see it: gathered from the four areas in a fixed number of statements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.review import correction_views
from services.review.base import Base
from services.review.cases import law, letters, queries, report_schemas, schemas
from services.review.cases.acts import CANCELLATION, CaseAct, acts_now
from services.review.cases.codes import REFUSAL_REASONS
from services.review.cases.conditions import conditions_of
from services.review.cases.consultations import PENDING
from services.review.cases.letter_schemas import ConditionOut, NamedBureauMemberOut, RemedyOut
from services.review.cases.models import Case
from services.review.cases.next_step import NextStep, Rules, next_step
from services.review.cases.progress import PLANNED_ON, Progress, Progresses, progress_of
from services.review.cases.referred import committees_of
from services.review.control.queries import decisions_of_cases
from services.review.council.meeting_record import meetings_about
from services.review.council.models import CommitteeReport, ReplacedReport
from services.review.council.names import names_of
from services.review.council.queries import bureau_on, replaced_reports
from services.review.sessions.queries import items_of_case
from services.review.sessions.rules import calendar_for
from shared.clock import now
from shared.db.authorities import AuthorityProfile, load_authority
from shared.db.personal import PersonalVault
from shared.events.cases import CaseChecked, ConsentRecorded
from shared.law.clock import due

Json = dict[str, Any]
INSIDE = frozenset({CaseChecked.TYPE, ConsentRecorded.TYPE})
"""Steps of the council's own work, which the public timeline leaves out."""


def with_next_steps(
    session: Session,
    authority: str,
    cases: Sequence[Case],
    *,
    shown_as: type[schemas.OwnCaseOut] = schemas.CaseOut,
) -> list[Json]:
    """Cases for a list, each with its next legal step; six statements however many cases.

    ``shown_as`` says what of each case the reader may see.
    """
    if not cases:
        return []
    profile = load_authority(session, Base.plumbing, authority)
    progresses = progress_of(session, authority, cases)
    dump = shown_as().dump
    return [{**dump(case), "next_step": _step(case, progresses, profile)} for case in cases]


def case_detail(session: Session, vault: PersonalVault, case: Case) -> Json:
    """Everything the council's people and auditors see of a case."""
    authority = case.authority
    profile = load_authority(session, Base.plumbing, authority)
    progresses = progress_of(session, authority, [case])
    progress = progresses.of(case)
    found = _parts(session, case)
    subjects = [one.subject for rows in found.values() for one in rows]
    replaced = replaced_reports(session, authority, case.id)
    reports: list[CommitteeReport | ReplacedReport] = [*replaced, *progress.reports]
    acts = queries.acts_of(session, authority, [case.subject, *subjects], reports=reports)
    return {
        **schemas.CaseOut().dump(case),
        **_beside(session, case, found),
        "reports": report_schemas.CaseReportOut(many=True).dump(progress.reports),
        "replaced_reports": report_schemas.ReplacedReportOut(many=True).dump(replaced),
        "committees": _committees(case, progress),
        "opinions": schemas.OpinionOut(many=True).dump(queries.opinions_of_case(session, case.id)),
        "handed_in": schemas.HandedInOut(many=True).dump(queries.handed_in(session, case.id)),
        "open_sessions": schemas.OpenSessionOut(many=True).dump(
            [one for one in progresses.ordinary if one.state in PLANNED_ON]
        ),
        "next_step": _step(case, progresses, profile),
        "acts": schemas.ActNowOut(many=True).dump(_acts(case, progress, found["consultations"])),
        "conditions": ConditionOut(many=True).dump(conditions_of(session, case)),
        "bureau": _bureau(session, vault, case, profile=profile),
        "meetings": meetings_about(session, case),
        "remedies": _remedies(case, profile),
        "timeline": schemas.CouncilActOut(many=True).dump(
            correction_views.explained(session, vault, authority, acts)
        ),
    }


def _committees(case: Case, progress: Progress) -> list[Json]:
    """Every committee the case is before, whether it has reported, and its own last day."""
    reported = {str(one.committee_id) for one in progress.reports}
    due = {one["committee"]: one["due_on"] for one in case.referrals}
    return [
        {
            "committee": one,
            "referred_on": on.isoformat() if on else None,
            "due_on": due.get(one),
            "has_reported": one in reported,
        }
        for one, on in committees_of(case).items()
    ]


def _acts(case: Case, progress: Progress, asked: Sequence[Any]) -> list[CaseAct]:
    """What can be done now; a request for an opinion is taken back while it waits for an answer."""
    waits = any(one.state in PENDING for one in asked)
    return [*acts_now(case, progress), *([CANCELLATION] if waits else [])]


def public_detail(session: Session, case: Case) -> Json:
    """What everybody sees of a case: no free text but the subject, no person."""
    authority = case.authority
    profile = load_authority(session, Base.plumbing, authority)
    progresses = progress_of(session, authority, [case])
    found = _parts(session, case)
    subjects = [one.subject for rows in found.values() for one in rows]
    replaced = replaced_reports(session, authority, case.id)
    reports: list[CommitteeReport | ReplacedReport] = [*replaced, *progresses.of(case).reports]
    acts = queries.acts_of(session, authority, [case.subject, *subjects], reports=reports)
    told = [one for one in acts if one.type not in INSIDE]
    return {
        **schemas.PublicCaseOut().dump(case),
        **_beside(session, case, found),
        "next_step": _step(case, progresses, profile),
        "timeline": schemas.ActOut(many=True).dump(told),
    }


def petitioner_detail(session: Session, case: Case) -> Json:
    """What the petitioners see of their own case: the public part, and what was said to them."""
    return {
        **public_detail(session, case),
        **schemas.OwnCaseOut().dump(case),
        "handed_in": schemas.HandedInOut(many=True).dump(queries.handed_in(session, case.id)),
        "remedies": _remedies(case, load_authority(session, Base.plumbing, case.authority)),
    }


def _bureau(
    session: Session, vault: PersonalVault, case: Case, *, profile: AuthorityProfile
) -> list[Json]:
    """Who sits in the bureau on the day of the decision, or today before it; by name."""
    seats = bureau_on(session, case.authority, case.decided_on or profile.today(now()))
    names = names_of(session, vault, case.authority, [one.person_id for one in seats])
    named = [
        {"person": str(one.person_id), "office": one.office, "name": names[one.person_id]}
        for one in seats
    ]
    shown: list[Json] = NamedBureauMemberOut(many=True).dump(named)
    return shown


def _remedies(case: Case, profile: AuthorityProfile) -> list[Json]:
    found = letters.remedies_of(case, profile) if case.state == "refused" else []
    shown: list[Json] = RemedyOut(many=True).dump(found)
    return shown


def _parts(session: Session, case: Case) -> dict[str, Sequence[Any]]:
    return {
        "consultations": queries.consultations_of(session, case.id),
        "items": items_of_case(session, case.id),
        "decisions": decisions_of_cases(session, case.authority, [case.id]),
    }


def _beside(session: Session, case: Case, found: dict[str, Sequence[Any]]) -> Json:
    """The rows beside a case, and the names of the committees and bodies they mention."""
    return {
        "reason_labels": reason_labels(case),
        "consultations": schemas.ConsultationOut(many=True).dump(found["consultations"]),
        "items": schemas.CaseItemOut(many=True).dump(found["items"]),
        "decisions": schemas.CaseDecisionOut(many=True).dump(found["decisions"]),
        "names": {
            **queries.names_of_committees(session, case.authority),
            **queries.names_of_bodies(session, case.authority),
        },
    }


def reason_labels(case: Case) -> list[Json]:
    """The reasons of a refusal in the reader's language, each with where it is written."""
    pack = law.pack_of_case(case)
    return [
        {
            "code": code,
            "label": str(REFUSAL_REASONS[code].label),
            "article": REFUSAL_REASONS[code].article_in(pack),
        }
        for code in case.reasons
    ]


def _step(case: Case, progresses: Progresses, profile: AuthorityProfile) -> Json | None:
    rules = Rules(
        pack=law.pack_of_case(case), calendar=calendar_for(profile), today=profile.today(now())
    )
    ahead = _session_on(case, progresses, rules)
    step = next_step(case, progresses.of(case), rules, session_on=ahead)
    return _dumped(step) if step else None


def _dumped(step: NextStep) -> Json:
    shown: Json = schemas.NextStepOut().dump(asdict(step))
    return shown


def _session_on(case: Case, progresses: Progresses, rules: Rules) -> date | None:
    """The ordinary session after the decision that is to come, as sessions are planned now."""
    if case.decided_on is None:
        return None
    agenda = rules.pack.sessions[0].agenda_rule
    later = [one.opens_on for one in progresses.ordinary if one.opens_on >= rules.today]
    # Its agenda was to be sent after the decision; what came too late for one is not due there.
    in_time = [day for day in later if case.decided_on <= due(rules.pack, agenda, day).due_on]
    return min(in_time, default=None)


def own_case(session: Session, authority: str, case_id: UUID, person: str) -> Case:
    """A case for one of its petitioners; for anybody else as if it did not exist."""
    case = queries.case_of(session, authority, case_id)
    if not queries.is_on_file(case, person):
        raise queries.no_such_case()
    return case
