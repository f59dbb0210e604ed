"""A session from plan to closing: plan_session, call, convene, extend, close, postpone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.review.cases import law
from services.review.cases.clocks import start_clock
from services.review.cases.models import Case
from services.review.control.queries import cases_to_transmit
from services.review.council.office import check_office
from services.review.sessions import guards, queries, rules
from services.review.sessions.actions.agenda import put_back
from services.review.sessions.actions.meeting import end_running
from services.review.sessions.actions.roll import drop_draft
from services.review.sessions.models import CouncilSession, Item
from services.review.sessions.state import SESSION_WORKFLOW
from services.review.sessions.workflow import SessionState
from shared.errors import GuardRefused, InvalidInput
from shared.events.sessions import (
    SessionCalled,
    SessionClosed,
    SessionConvened,
    SessionExtended,
    SessionPostponed,
)
from shared.law.clock import Due
from shared.law.sessions import is_ordinary_month
from shared.unit_of_work import UnitOfWork
from shared.workflow import Act, move


@dataclass(frozen=True, kw_only=True)
class Extension:
    """To which day a session goes on, why, and when the governor was told (None: at once)."""

    until: date
    reason: str
    governor_told_on: date | None = None


def plan_session(
    uow: UnitOfWork,
    *,
    session_kind: str,
    opens_on: date,
    called_by: str,
    exception_reason: str | None = None,
) -> CouncilSession:
    """Plan a session as a private draft; ``opens_on`` is a civil date in the authority's zone.

    Raises ``InvalidInput`` for an ordinary session outside the months of the law (113-14,
    article 33) without a reason, or one that somebody other than the president calls.
    """
    check_office(uow, uow.today)
    pack = rules.pack_for(uow.profile, opens_on)
    if session_kind == "ordinary":
        _check_ordinary(uow, opens_on, called_by=called_by, exception_reason=exception_reason)
    return uow.add(
        CouncilSession(
            state=SessionState.PLANNED.value,
            session_kind=session_kind,
            opens_on=opens_on,
            called_by=called_by,
            exception_reason=exception_reason,
            law_version=pack.version,
            agenda_version=0,
            planned_at=uow.recorded_at,
        )
    )


def _check_ordinary(
    uow: UnitOfWork, opens_on: date, *, called_by: str, exception_reason: str | None
) -> None:
    if called_by != "president":
        raise InvalidInput(
            "An ordinary session is called by the president.",
            field="called_by",
            remedy="Choose the president, or plan an extraordinary session.",
        )
    month = is_ordinary_month(rules.pack_for(uow.profile, opens_on), opens_on.month)
    if not month.is_ordinary and not exception_reason:
        raise InvalidInput(
            "Ordinary sessions are held in these months only: %(months)s.",
            field="opens_on",
            remedy="Choose a day in one of these months, or give the reason for the exception.",
            months=", ".join(str(number) for number in month.months),
            article=month.article,
        )


def call(
    uow: UnitOfWork, session: CouncilSession, *, acted_on: date | None = None, **act: Any
) -> CouncilSession:
    """Send the agenda to the governor; twenty days before at the latest (article 38)."""
    on = acted_on or uow.today
    check_office(uow, on)
    step = rules.steps_before(uow.profile, session).agenda
    agenda = queries.agenda_of(uow.session, session.id)
    session.agenda_to_governor_on, session.agenda_version = on, 1
    what = SessionCalled(agenda=_ids(agenda), latest_on=step.due_on if step else session.opens_on)
    facts = _agenda_facts(uow, session, on, agenda=agenda, latest=step)
    with _naming_the_last_day(step, guards.agenda_is_in_time), _naming_petitions(facts):
        move(
            SESSION_WORKFLOW,
            session,
            "call",
            uow,
            Act(what=what, acted_on=acted_on, facts=facts, **act),
        )
    return session


def convene(
    uow: UnitOfWork, session: CouncilSession, *, acted_on: date | None = None, **act: Any
) -> CouncilSession:
    """Send the members their notice; it freezes the agenda (113-14, articles 35 and 41)."""
    on = acted_on or uow.today
    check_office(uow, on)
    step = rules.steps_before(uow.profile, session).notice
    items = queries.items_of(uow.session, [session.id])[session.id]
    session.agenda_version = queries.agenda_version(session, items)
    session.notice_to_members_on = on
    agenda = queries.agenda_of(uow.session, session.id)
    what = SessionConvened(
        agenda=_ids(agenda),
        agenda_version=session.agenda_version,
        latest_on=step.due_on if step else session.opens_on,
    )
    facts = _agenda_facts(uow, session, on, agenda=agenda, latest=step)
    with _naming_the_last_day(step, guards.notice_is_in_time), _naming_petitions(facts):
        move(
            SESSION_WORKFLOW,
            session,
            "convene",
            uow,
            Act(what=what, acted_on=acted_on, facts=facts, **act),
        )
    return session


def extend(
    uow: UnitOfWork,
    session: CouncilSession,
    extension: Extension,
    *,
    acted_on: date | None = None,
    **act: Any,
) -> CouncilSession:
    """Extend an ordinary session once, by seven consecutive working days at most (article 34)."""
    on = acted_on or uow.today
    check_office(uow, on)
    latest = rules.extension_latest(uow.profile, session)
    facts = {
        "on": on,
        "session_kind": session.session_kind,
        "is_extended": session.extended_until is not None,
        "last_day": rules.last_day(uow.profile, session),
        "until": extension.until,
        "latest_extension": latest.due_on,
    }
    session.extended_until, session.extension_reason = extension.until, extension.reason
    what = SessionExtended(
        until=extension.until,
        latest_on=latest.due_on,
        governor_told_on=extension.governor_told_on or on,
    )
    done = Act(what=what, acted_on=acted_on, facts=facts, **act)
    with _naming_the_last_day(latest, guards.extension_fits):
        move(SESSION_WORKFLOW, session, "extend", uow, done)
    return session


def close(
    uow: UnitOfWork, session: CouncilSession, *, acted_on: date | None = None, **act: Any
) -> CouncilSession:
    """Close the session; what was not voted on goes back and is planned anew."""
    on = acted_on or uow.today
    check_office(uow, on)
    drop_draft(uow, session)
    end_running(uow, session, acted_on=acted_on, **act)
    for item in queries.agenda_of(uow.session, session.id):
        put_back(uow, item, session=session, reason="session-closed", acted_on=acted_on, **act)
    session.closed_on = on
    facts = {
        "on": on,
        "session_kind": session.session_kind,
        "last_day": rules.last_day(uow.profile, session),
    }
    done = Act(what=SessionClosed(), acted_on=acted_on, facts=facts, **act)
    move(SESSION_WORKFLOW, session, "close", uow, done)
    for case_id in cases_to_transmit(uow.session, session.id):
        start_clock(uow, uow.get(Case, case_id), law.TRANSMISSION, on=on)
    return session


def postpone(
    uow: UnitOfWork, session: CouncilSession, *, reason: str, **act: Any
) -> CouncilSession:
    """Put off a session that was called; its items go back in the same transaction."""
    check_office(uow, act.get("acted_on") or uow.today)
    drop_draft(uow, session)
    for item in queries.agenda_of(uow.session, session.id):
        put_back(uow, item, session=session, reason="session-postponed", **act)
    session.postponed_because = reason
    done = Act(what=SessionPostponed(reason=reason), **act)
    move(SESSION_WORKFLOW, session, "postpone", uow, done)
    return session


def _ids(items: Sequence[Item]) -> list[str]:
    return [str(item.id) for item in items]


def _agenda_facts(
    uow: UnitOfWork,
    session: CouncilSession,
    on: date,
    *,
    agenda: Sequence[Item],
    latest: Due | None,
) -> dict[str, Any]:
    """What the guards of call and notice look at.

    A petition accepted after the last day for the agenda clashes with it; the law leaves that
    open, so only those accepted in time must be on it.
    """
    agenda_step = rules.steps_before(uow.profile, session).agenda
    forgotten: list[str] = []
    if session.session_kind == "ordinary" and agenda_step is not None:
        forgotten = queries.forgotten_references(
            uow.session, uow.authority, decided_by=agenda_step.due_on
        )
    return {
        "on": on,
        "latest": latest.due_on if latest else None,
        "agenda": _ids(agenda),
        "forgotten": forgotten,
    }


@contextmanager
def _naming_the_last_day(step: Due | None, guard: Any) -> Iterator[None]:
    """Let a guard's refusal say which day was the last, and under which article."""
    try:
        yield
    except GuardRefused as refused:
        if step is None or refused.message != guard.message:
            raise
        raise GuardRefused(
            "It is too late for this session: %(latest)s was the last day for this step.",
            remedy="Postpone the session, or plan it for a later day.",
            article=step.article,
            latest=step.due_on,
        ) from refused


@contextmanager
def _naming_petitions(facts: dict[str, Any]) -> Iterator[None]:
    """Let the refusal name the petitions that are missing from the agenda."""
    guard: Any = guards.accepted_petitions_are_on_it
    try:
        yield
    except GuardRefused as refused:
        if refused.message != guard.message:
            raise
        raise GuardRefused(
            "Accepted petitions are missing from the agenda: %(references)s.",
            remedy="Put them on the agenda first.",
            article=guard.article,
            references=", ".join(facts["forgotten"][:10]),
        ) from refused
