"""The facts of the letters about a case: admission, reasoned refusal, referral.

Dates are civil dates in the authority's zone, each worked out by the clock with its explanation;
texts come in the three languages. Templates are somebody else's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.review.base import Base
from services.review.cases import law
from services.review.cases.codes import PROCEDURE, REFUSAL_REASONS
from services.review.cases.models import Case
from services.review.cases.step_words import in_three
from services.review.council.models import Committee
from services.review.council.queries import bureau_on
from services.review.sessions.rules import calendar_for
from shared.clock import now
from shared.db.authorities import AuthorityProfile, load_authority
from shared.errors import NotFound
from shared.law.clock import due
from shared.law.planning_steps import REPORT_RULE
from shared.web.i18n import LazyText, lazy_gettext

Json = dict[str, Any]
COURT: LazyText = lazy_gettext("The administrative court")
AUTHOR: LazyText = lazy_gettext("The president of the council, or the governor")
REMEDIES: Mapping[str, tuple[str, LazyText]] = {
    "court": ("appeal-to-court", COURT),
    "appeal": ("appeal-to-court", AUTHOR),
}
"""An appeal to the author keeps the way to the court open while it is made in the same term."""
IN_THE_SAME_TIME: LazyText = lazy_gettext(
    "Counted as the time to go to court: made within it, this appeal keeps the way to the court"
    " open. Sixty days of silence reject it."
)


def letter(session: Session, case: Case, kind: str) -> Json:
    """The facts of one letter; raises ``NotFound`` where the case has none of that kind."""
    write = _LETTERS.get(kind)
    profile = load_authority(session, Base.plumbing, case.authority)
    facts = write(session, case, profile) if write and case.decided_on else None
    if facts is None:
        raise NotFound("There is no letter of this kind on this case.", kind="case")
    return {**_NOTHING, **_about(session, case), "kind": kind, **facts}


def remedies_of(case: Case, profile: AuthorityProfile) -> list[Json]:
    """How a refusal can be challenged, and until when; counted from today before its notice."""
    start = case.refusal_notified_on or profile.today(now())
    pack = law.pack_of_case(case)
    found = []
    for remedy, (rule, to) in REMEDIES.items():
        term = due(pack, rule, start, holidays=calendar_for(profile))
        found.append(
            {
                "remedy": remedy,
                "to": in_three(to),
                "rule": rule,
                "due_on": term.due_on,
                "safe_on": term.safe_on,
                "article": term.article,
                "explanation": in_three(IN_THE_SAME_TIME) if to is AUTHOR else term.explanation,
                "missed": term.missed,
            }
        )
    return found


def reasons_of(case: Case) -> list[Json]:
    """The reasons of a refusal in the three languages, each with where it is written."""
    pack = law.pack_of_case(case)
    return [
        {
            "code": code,
            "label": in_three(REFUSAL_REASONS[code].label),
            "article": REFUSAL_REASONS[code].article_in(pack),
        }
        for code in case.reasons
    ]


def decided_by(session: Session, case: Case) -> list[Json]:
    """Who of the bureau decided, with the office that each held on that day."""
    if case.decided_on is None:
        return []
    offices = {
        str(one.person_id): one.office
        for one in bureau_on(session, case.authority, case.decided_on)
    }
    return [{"person": one, "office": offices.get(one, "")} for one in case.decided_by or []]


def _about(session: Session, case: Case) -> Json:
    pack = law.pack_of_case(case)
    return {
        **{name: getattr(case, name) for name in _PLAIN},
        "article": pack.article_on(PROCEDURE),
        "decided_by": decided_by(session, case),
    }


def _admission(session: Session, case: Case, profile: AuthorityProfile) -> Json | None:
    if case.state == "refused":
        return None
    referred = _referral(session, case, profile) or {}
    return {"session_on": case.session_on, **referred}


def _refusal(_session: Session, case: Case, profile: AuthorityProfile) -> Json | None:
    if not case.reasons:
        return None
    return {
        "reasons": reasons_of(case),
        "text": case.refusal_text,
        "notify_by": case.refusal_safe_on,
        "notified_on": case.refusal_notified_on,
        "counted_from": case.refusal_notified_on or profile.today(now()),
        "remedies": remedies_of(case, profile),
    }


def _referral(session: Session, case: Case, profile: AuthorityProfile) -> Json | None:
    if case.committee is None or case.referred_on is None:
        return None
    named = session.get(Committee, UUID(case.committee))
    return {
        "committee": named.name if named else None,
        "referred_on": case.referred_on,
        "session_on": case.session_on,
        "report_due_on": _report_due(case, profile, case.referred_on),
    }


def _report_due(case: Case, profile: AuthorityProfile, referred_on: date) -> date | None:
    term = law.usual_day(case, profile, REPORT_RULE, referred_on)
    return term.due_on if term else None


_PLAIN = (
    "reference",
    "authority",
    "subject_line",
    "petitioner",
    "association",
    "filed_on",
    "law_version",
    "decided_on",
)
_NOTHING: Json = {
    "session_on": None,
    "committee": None,
    "referred_on": None,
    "report_due_on": None,
    "reasons": [],
    "text": None,
    "notify_by": None,
    "notified_on": None,
    "counted_from": None,
    "remedies": [],
}
_Write = Callable[[Session, Case, AuthorityProfile], Json | None]
_LETTERS: Mapping[str, _Write] = {
    "admission": _admission,
    "refusal": _refusal,
    "referral": _referral,
}
