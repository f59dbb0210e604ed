"""What call and notice look at in an agenda, and refusals that name what is missing from it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from services.review.sessions import agenda_guards, guards, queries, rules
from services.review.sessions.models import CouncilSession, Item
from shared.errors import GuardRefused
from shared.law.clock import Due
from shared.unit_of_work import UnitOfWork

THIS = "this-session"


def agenda_facts(
    uow: UnitOfWork,
    session: CouncilSession,
    on: date,
    *,
    agenda: Sequence[Item],
    latest: Due | None,
) -> dict[str, Any]:
    """What the guards of call and notice look at.

    A petition accepted after the last day for the agenda clashes with it; the law leaves that
    open, so only those accepted in time must be on it, and those the president chose it for.
    """
    clashing = queries.clashing(uow.session, session)
    choices = {case.id: queries.clash_choice(uow.session, case.id, session.id) for case in clashing}
    there = {item.case_id for item in agenda}
    absent = [case for case in clashing if case.id not in there]
    chosen = [case.reference for case in absent if (one := choices[case.id]) and one.choice == THIS]
    return {
        "on": on,
        "latest": latest.due_on if latest else None,
        "agenda": [str(item.id) for item in agenda],
        "forgotten": [*_forgotten(uow, session), *chosen],
        "clashes": [case.reference for case in absent if choices[case.id] is None],
        "requested": queries.open_requests(uow.session, session.id),
    }


@contextmanager
def naming_the_last_day(step: Due | None, guard: Any) -> Iterator[None]:
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
def naming_the_longest(latest: Due) -> Iterator[None]:
    """Let the refusal of an extension say to which day the law lets a session go on."""
    guard: Any = guards.extension_fits
    try:
        yield
    except GuardRefused as refused:
        if refused.message != guard.message:
            raise
        raise GuardRefused(
            "The session can go on until %(latest)s at the latest.",
            field="until",
            remedy="Give a day after the last day of the session, and not later than that.",
            article=latest.article,
            latest=latest.due_on,
        ) from refused


@contextmanager
def naming_petitions(facts: dict[str, Any]) -> Iterator[None]:
    """Let the refusal name the petitions: missing, waiting for a choice, or withdrawn untold."""
    missing: Any = guards.accepted_petitions_are_on_it
    clash: Any = agenda_guards.clashes_are_settled
    untold: Any = agenda_guards.withdrawals_were_reported
    try:
        yield
    except GuardRefused as refused:
        if refused.message == missing.message:
            raise GuardRefused(
                "Accepted petitions are missing from the agenda: %(references)s.",
                remedy="Put them on the agenda first.",
                article=missing.article,
                references=", ".join(facts["forgotten"][:10]),
            ) from refused
        if refused.message == clash.message:
            raise GuardRefused(
                "The president has not chosen the session of these petitions yet: %(references)s.",
                remedy="Record the choice and its reason on each of them.",
                article=clash.article,
                references=", ".join(facts["clashes"][:10]),
            ) from refused
        if refused.message == untold.message:
            raise GuardRefused(
                "The council was not told that these petitions were withdrawn: %(references)s.",
                remedy=untold.remedy,
                article=untold.article,
                field=untold.field,
                references=", ".join(facts["unreported"][:10]),
            ) from refused
        raise


def _forgotten(uow: UnitOfWork, session: CouncilSession) -> list[str]:
    """The petitions accepted in time for an ordinary session that are on no agenda."""
    step = rules.steps_before(uow.profile, session).agenda
    if session.session_kind != "ordinary" or step is None:
        return []
    return queries.forgotten_references(uow.session, uow.authority, decided_by=step.due_on)
