"""The way of one case to the council, planned backwards; and the days its local rules give."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from services.review.base import Base
from services.review.cases import law
from services.review.cases.models import Case
from services.review.cases.progress import Progress, progress_of
from services.review.sessions.queries import ordinary_session_dates
from services.review.sessions.rules import calendar_for
from shared.clock import now
from shared.db.authorities import AuthorityProfile, load_authority
from shared.law.planning import Plan, plan
from shared.law.planning_steps import Facts

Json = dict[str, Any]

BEFORE = ("open", "incomplete")
DECIDED = ("admitted", "referred")
USUAL = {"completion-request": law.COMPLETION, "consultation": law.OPINION}
"""The acts that end on a day, and the local rule that may give it."""


def plan_of(session: Session, case: Case) -> Json:
    """The plan of a case (None once the council has voted or the case is over), and usual days."""
    profile = load_authority(session, Base.plumbing, case.authority)
    progress = progress_of(session, case.authority, [case]).of(case)
    return {
        "law_version": case.law_version,
        "plan": _plan(session, case, progress, profile=profile),
        "usual_days": _usual_days(case, profile),
    }


def _plan(
    session: Session, case: Case, progress: Progress, *, profile: AuthorityProfile
) -> Plan | None:
    is_voted = progress.item is not None and progress.item.state == "deliberated"
    if case.state not in (*BEFORE, *DECIDED) or is_voted or progress.decision is not None:
        return None
    facts = _facts(session, case, progress, profile=profile)
    return plan(law.pack_of_case(case), facts, calendar_for(profile))


def _facts(session: Session, case: Case, progress: Progress, *, profile: AuthorityProfile) -> Facts:
    held = progress.session
    # A case that was opened again keeps the day of its refusal; that is no acceptance.
    is_accepted = case.state in DECIDED
    return Facts(
        today=profile.today(now()),
        ordinary=ordinary_session_dates(session, case.authority),
        decided_on=case.decided_on if is_accepted else None,
        answer_by=None if is_accepted else case.refusal_safe_on,
        referred_on=case.referred_on if is_accepted else None,
        reported_on=progress.reports[-1].reported_on if progress.reports else None,
        booked_on=held.opens_on if held else None,
        agenda_sent_on=held.agenda_to_governor_on if held else None,
        notice_sent_on=held.notice_to_members_on if held else None,
    )


def _usual_days(case: Case, profile: AuthorityProfile) -> list[Json]:
    """The day by which each act would end if it were taken today, where a local rule says so."""
    found = []
    for act, rule in USUAL.items():
        usual = law.usual_day(case, profile, rule, profile.today(now()))
        if usual is not None:
            found.append(
                {
                    "act": act,
                    "rule": rule,
                    "due_on": usual.due_on,
                    "source": usual.article,
                    "explanation": usual.explanation,
                }
            )
    return found
