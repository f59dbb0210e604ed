"""The committees a petition is before: one as a rule, several where the president refers it on.

The law speaks of the competent committees (113-14, article 125) and says no more: each reports by
itself, and the council deliberates once all have, or their terms are over.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Text, cast, or_

from services.review.cases import law
from services.review.cases.models import Case
from shared.db.authorities import AuthorityProfile


def committees_of(case: Case) -> dict[str, date | None]:
    """Every committee that a case is before, by id, with the day of its referral."""
    if case.referrals:
        return {one["committee"]: _day(one["referred_on"]) for one in case.referrals}
    return {case.committee: case.referred_on} if case.committee else {}


def is_before(committee: UUID) -> ColumnElement[bool]:
    """The condition that a case is before a committee, alone or among others."""
    among = cast(Case.referrals, Text).contains(str(committee))
    return or_(Case.committee == str(committee), among)


def awaited(case: Case, reported: Collection[str], *, on: date | None = None) -> list[str]:
    """The committees whose report is still to come; those whose term was over ``on`` a day not."""
    return [
        committee
        for committee in committees_of(case)
        if committee not in reported and not _is_over(case, committee, on)
    ]


def asked_on(case: Case, reported: Collection[str]) -> date | None:
    """When the first of the committees was asked whose report is still to come."""
    before = committees_of(case)
    return min((on for one in awaited(case, reported) if (on := before[one])), default=None)


def refer_to(case: Case, profile: AuthorityProfile, committee: str, *, on: date) -> None:
    """Refer a case to its one committee, in place of the one before."""
    case.committee, case.referred_on = committee, on
    if case.referrals:
        # The first entry is that of the one committee, the others are beside it.
        case.referrals = [_entry(case, profile, committee, on), *case.referrals[1:]]


def refer_on(case: Case, profile: AuthorityProfile, committee: str, *, on: date) -> None:
    """Refer a case to another committee beside those it is before."""
    known = case.referrals or []
    if not known and case.committee is not None and case.referred_on is not None:
        known = [_entry(case, profile, case.committee, case.referred_on)]
    case.referrals = [*known, _entry(case, profile, committee, on)]


def _entry(case: Case, profile: AuthorityProfile, committee: str, on: date) -> dict[str, Any]:
    """A referral, with the last day of the report by the authority's own rule, if it has one."""
    term = law.usual_day(case, profile, law.REPORT, on)
    due_on = term.due_on.isoformat() if term else None
    return {"committee": committee, "referred_on": on.isoformat(), "due_on": due_on}


def _is_over(case: Case, committee: str, on: date | None) -> bool:
    """Whether the term of one of several reports was over; a single one has no end of itself."""
    due = {one["committee"]: _day(one["due_on"]) for one in case.referrals}.get(committee)
    return on is not None and due is not None and due < on


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
