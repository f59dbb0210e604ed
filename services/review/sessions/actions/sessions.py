"""A session from its call to its closing: call, convene, extend, close, postpone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.review.cases import law
from services.review.cases.clocks import await_another_session, start_clock
from services.review.cases.models import Case
from services.review.control import rules as control_rules
from services.review.control.queries import cases_to_transmit
from services.review.council.office import check_office
from services.review.sessions import guards, queries, rules
from services.review.sessions.actions.agenda import put_back
from services.review.sessions.actions.agenda_facts import (
    agenda_facts,
    naming_petitions,
    naming_the_last_day,
    naming_the_longest,
)
from services.review.sessions.actions.meeting import end_running
from services.review.sessions.actions.roll import drop_draft
from services.review.sessions.actions.versions import note_version
from services.review.sessions.models import CouncilSession, Item
from services.review.sessions.state import SESSION_WORKFLOW
from shared.events.sessions import (
    SessionCalled,
    SessionClosed,
    SessionConvened,
    SessionExtended,
    SessionPostponed,
)
from shared.unit_of_work import UnitOfWork
from shared.workflow import Act, move


@dataclass(frozen=True, kw_only=True)
class Extension:
    """To which day a session goes on, why, and when the governor was told (None: at once)."""

    until: date
    reason: str
    governor_told_on: date | None = None


def call(
    uow: UnitOfWork, session: CouncilSession, *, acted_on: date | None = None, **act: Any
) -> CouncilSession:
    """Send the agenda to the governor; twenty days before at the latest (article 38)."""
    on = acted_on or uow.today
    check_office(uow, on)
    step = rules.steps_before(uow.profile, session).agenda
    agenda = queries.agenda_of(uow.session, session.id)
    session.agenda_to_governor_on, session.agenda_version = on, 1
    facts = agenda_facts(uow, session, on, agenda=agenda, latest=step)
    latest_on = step.due_on if step else session.opens_on
    what = SessionCalled(agenda=facts["agenda"], latest_on=latest_on)
    with naming_the_last_day(step, guards.agenda_is_in_time), naming_petitions(facts):
        move(
            SESSION_WORKFLOW,
            session,
            "call",
            uow,
            Act(what=what, acted_on=acted_on, facts=facts, **act),
        )
    note_version(uow, session, "called", on=on)
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
    facts = agenda_facts(uow, session, on, agenda=agenda, latest=step)
    what = SessionConvened(
        agenda=facts["agenda"],
        agenda_version=session.agenda_version,
        latest_on=step.due_on if step else session.opens_on,
    )
    with naming_the_last_day(step, guards.notice_is_in_time), naming_petitions(facts):
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
    with naming_the_longest(latest):
        move(SESSION_WORKFLOW, session, "extend", uow, done)
    return session


def close(
    uow: UnitOfWork,
    session: CouncilSession,
    *,
    acted_on: date | None = None,
    unreported_because: str | None = None,
    **act: Any,
) -> CouncilSession:
    """Close the session; what was not voted on goes back and is planned anew.

    Raises ``GuardRefused`` naming a petition withdrawn after the notice of which the council was
    not told, without ``unreported_because``; that stays inside.
    """
    on = acted_on or uow.today
    check_office(uow, on)
    untold = queries.unreported(uow.session, session.id)
    drop_draft(uow, session)
    end_running(uow, session, acted_on=acted_on, **act)
    for item in queries.agenda_of(uow.session, session.id):
        put_back(uow, item, session=session, reason="session-closed", acted_on=acted_on, **act)
    session.closed_on = on
    facts = {
        "on": on,
        "session_kind": session.session_kind,
        "last_day": rules.last_day(uow.profile, session),
        "unreported": _references(uow, untold),
        "unreported_because": unreported_because,
    }
    what = SessionClosed(unreported=[str(one.id) for one in untold])
    done = Act(what=what, acted_on=acted_on, facts=facts, **act)
    with naming_petitions(facts):
        move(SESSION_WORKFLOW, session, "close", uow, done)
    session.register_awaited_until = control_rules.register(uow.profile, on)
    for item in untold:
        item.unreported_because = unreported_because
    for case_id in cases_to_transmit(uow.session, session.id):
        start_clock(uow, uow.get(Case, case_id), law.TRANSMISSION, on=on)
    return session


def _references(uow: UnitOfWork, items: Sequence[Item]) -> list[str]:
    """The references of the petitions that items are about."""
    return sorted(queries.references_of(uow.session, items).values())


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
    for case in queries.awaiting(uow.session, session):
        on = act.get("acted_on") or uow.today
        await_another_session(uow, uow.get(Case, case.id), on=on)
    return session
