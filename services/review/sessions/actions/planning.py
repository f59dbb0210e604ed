"""Plans a session: ordinary in its months, extraordinary by one of the law's three ways; refuses.

The three ways (113-14, articles 36 and 37): the president; a third of the members, or their
absolute majority, by request; the governor by request.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.review.cases.clocks import await_another_session
from services.review.cases.models import Case
from services.review.council.office import check_office
from services.review.council.queries import members_in_office
from services.review.sessions import queries, rules
from services.review.sessions.actions.agenda import put_back
from services.review.sessions.models import CouncilSession
from services.review.sessions.state import SESSION_WORKFLOW
from services.review.sessions.workflow import SessionState
from shared.errors import InvalidInput
from shared.events.sessions import SessionDropped, SessionRefused
from shared.law.sessions import is_ordinary_month
from shared.unit_of_work import UnitOfWork
from shared.workflow import Act, move

ARTICLE = "113-14, 36"
MEMBERS = ("third", "absolute-majority")
BY_MISTAKE = "planned-in-error"
ASKED = frozenset({"governor", "half-of-members"})
"""Origins of items that are not taken off with a draft (articles 39 and 40)."""


@dataclass(frozen=True, kw_only=True)
class Request:
    """Who calls a session; for a request when it came, and how many members signed it."""

    called_by: str
    requested_on: date | None = None
    members: int | None = None


def plan_session(
    uow: UnitOfWork,
    *,
    session_kind: str,
    opens_on: date,
    request: Request,
    exception_reason: str | None = None,
) -> CouncilSession:
    """Plan a session as a private draft; ``opens_on`` is a civil date in the authority's zone.

    Raises ``InvalidInput`` for an ordinary session outside the months of the law (113-14,
    article 33) without a reason, or one that somebody other than the president calls; for a
    request too few signed, or a day later than the law lets it be held (articles 36 and 37).
    """
    check_office(uow, uow.today)
    pack = rules.pack_for(uow.profile, opens_on)
    if session_kind == "ordinary":
        _check_ordinary(
            uow, opens_on, called_by=request.called_by, exception_reason=exception_reason
        )
    elif request.called_by != "president":
        _check_request(uow, opens_on, request)
    planned = uow.add(
        CouncilSession(
            state=SessionState.PLANNED.value,
            session_kind=session_kind,
            opens_on=opens_on,
            called_by=request.called_by,
            requested_on=request.requested_on,
            requested_by_members=request.members,
            exception_reason=exception_reason,
            law_version=pack.version,
            agenda_version=0,
            planned_at=uow.recorded_at,
        )
    )
    uow.session.flush()
    for case in queries.without_session(uow.session, planned):
        await_another_session(uow, uow.get(Case, case.id), on=uow.today)
    return planned


def refuse(
    uow: UnitOfWork,
    session: CouncilSession,
    *,
    reason: str,
    acted_on: date | None = None,
    **act: Any,
) -> CouncilSession:
    """Refuse a session that a third of the members asked for, with reasons, in ten days."""
    on = acted_on or uow.today
    check_office(uow, on)
    latest = rules.refusal_latest(uow.profile, session)
    session.refusal_reason = reason
    latest_on = latest.due_on if latest else None
    what = SessionRefused(
        reason_sha256=hashlib.sha256(reason.encode()).hexdigest(), latest_on=latest_on
    )
    facts = {"on": on, "refusal_latest": latest_on}
    done = Act(what=what, acted_on=acted_on, facts=facts, **act)
    move(SESSION_WORKFLOW, session, "refuse", uow, done)
    return session


def drop(uow: UnitOfWork, session: CouncilSession, *, reason: str, **act: Any) -> CouncilSession:
    """Take a planned session back (locked by the caller): its items go back, its petitions wait.

    Raises ``GuardRefused`` while something is on it that the law puts on an agenda by right, and
    for a session that was asked for, unless it was planned by mistake.
    """
    on = act.get("acted_on") or uow.today
    check_office(uow, on)
    agenda = queries.agenda_of(uow.session, session.id)
    asked = bool(queries.open_requests(uow.session, session.id))
    is_kept = session.called_by != "president" and reason != BY_MISTAKE
    facts = {"by_right": is_kept or asked or any(one.origin in ASKED for one in agenda)}
    for item in agenda:
        put_back(uow, item, session=session, reason="session-dropped", **act)
    session.postponed_because = reason
    done = Act(what=SessionDropped(reason=reason), facts=facts, **act)
    move(SESSION_WORKFLOW, session, "drop", uow, done)
    for case in queries.awaiting(uow.session, session):
        await_another_session(uow, uow.get(Case, case.id), on=on)
    return session


def _check_ordinary(
    uow: UnitOfWork, opens_on: date, *, called_by: str, exception_reason: str | None
) -> None:
    if called_by != "president":
        raise InvalidInput(
            "An ordinary session is called by the president.",
            field="called_by",
            remedy="Choose the president, or plan an extraordinary session.",
        )
    _check_no_other(uow, opens_on)
    month = is_ordinary_month(rules.pack_for(uow.profile, opens_on), opens_on.month)
    if not month.is_ordinary and not exception_reason:
        raise InvalidInput(
            "Ordinary sessions are held in these months only: %(months)s.",
            field="opens_on",
            remedy="Choose a day in one of these months, or give the reason for the exception.",
            months=", ".join(str(number) for number in month.months),
            article=month.article,
        )
    first, last = rules.opening_window(uow.profile, opens_on) or (opens_on, opens_on)
    if not first <= opens_on <= last and not exception_reason:
        raise InvalidInput(
            "The ordinary session of this month opens between %(first)s and %(last)s.",
            field="opens_on",
            remedy="Choose one of these days, or give the reason for the exception.",
            first=first,
            last=last,
            article=month.article,
        )


def _check_no_other(uow: UnitOfWork, opens_on: date) -> None:
    """A month has one ordinary session (113-14, article 33)."""
    for day in queries.ordinary_session_dates(uow.session, uow.authority):
        if (day.year, day.month) == (opens_on.year, opens_on.month):
            raise InvalidInput(
                "The ordinary session of this month is planned already, for %(day)s.",
                field="opens_on",
                remedy="Take that one back or postpone it first, or plan an extraordinary session.",
                day=day,
                article="113-14, 33",
            )


def _check_request(uow: UnitOfWork, opens_on: date, request: Request) -> None:
    """A request has its day, its signatures, and the last day on which it can be met."""
    asked_on = request.requested_on
    if asked_on is None or not asked_on <= min(uow.today, opens_on):
        raise InvalidInput(
            "A session that is asked for has the day of the request, before its opening.",
            field="requested_on",
            remedy="Give the day on which the request came.",
            article=ARTICLE,
        )
    if request.called_by in MEMBERS:
        _check_signed(uow, request, asked_on)
    latest = rules.requested_latest(uow.profile, request.called_by, asked_on)
    if latest is not None and opens_on > latest.due_on:
        raise InvalidInput(
            "A session that is asked for in this way opens on %(latest)s at the latest.",
            field="opens_on",
            remedy="Choose an earlier day.",
            latest=latest.due_on,
            article=latest.article,
        )


def _check_signed(uow: UnitOfWork, request: Request, asked_on: date) -> None:
    in_office = members_in_office(uow.session, uow.authority, asked_on)
    signed = request.members or 0
    is_third = request.called_by == "third"
    needed = -(-in_office // 3) if is_third else in_office // 2 + 1
    if not needed <= signed <= in_office:
        raise InvalidInput(
            "Of %(in_office)s members in office %(needed)s at least sign this request.",
            field="requested_by_members",
            remedy="Give how many of them signed it.",
            in_office=in_office,
            needed=needed,
            article=ARTICLE,
        )
