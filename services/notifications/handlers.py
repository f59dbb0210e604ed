"""What notifications does when others say something: remember it, then intend its notices."""

from __future__ import annotations

from typing import Any

from services.notifications import actions, moved_terms, projections
from services.notifications.audiences import people_concerned
from services.notifications.erased_people import when_erasure_carried_out_take_back_unsent
from services.notifications.facts import facts_of
from services.notifications.heard import Heard
from services.notifications.notice_rule import Rule
from services.notifications.rules import RULES
from shared.authority_handlers import AUTHORITY_HANDLERS
from shared.events import cases, consultations, sessions
from shared.events.authorities import MembershipEnded, MembershipGranted
from shared.events.catalogue import EVENTS, Event
from shared.events.council import MandateEnded, MandateStarted
from shared.events.envelope import Received
from shared.events.erasures import ErasureCarriedOut
from shared.events.opinions import BodyChanged, BodyFormed
from shared.unit_of_work import UnitOfWork
from shared.worker import Handler


def when_consultation_moved_take_back_unsent(
    uow: UnitOfWork,
    event: Received[consultations.ConsultationDeadlineMoved, consultations.ConsultationSnapshot],
) -> None:
    """Let unsent requests say the new day; that the old one passed is told no more."""
    moved_terms.take_back_unsent(uow, event)


def when_deadline_moved_take_back_unsent(
    uow: UnitOfWork, event: Received[cases.DeadlineMoved, cases.CaseSnapshot]
) -> None:
    """Remember the case; alarms of the day on which the term ended before do not go out."""
    projections.when_case_told_remember_it(uow, event)
    moved_terms.take_back_unsent(uow, event)


REMEMBERED: dict[type[Event], Handler] = {
    **{
        event: projections.when_case_told_remember_it
        for event in EVENTS.values()
        if event.AFTER is cases.CaseSnapshot
    },
    **{
        event: projections.when_session_told_remember_it
        for event in EVENTS.values()
        if event.AFTER is sessions.SessionSnapshot
    },
    cases.DeadlineMoved: when_deadline_moved_take_back_unsent,
    consultations.ConsultationDeadlineMoved: when_consultation_moved_take_back_unsent,
    MembershipGranted: projections.when_membership_granted_remember_it,
    MembershipEnded: projections.when_membership_ended_forget_it,
    MandateStarted: projections.when_mandate_started_remember_it,
    MandateEnded: projections.when_mandate_ended_remember_its_last_day,
    BodyFormed: projections.when_body_told_remember_it,
    BodyChanged: projections.when_body_told_remember_it,
}


def tell(uow: UnitOfWork, rule: Rule, event: Received[Any, Any]) -> None:
    """Intend the notices of one rule; they are sent afterwards, outside this transaction."""
    heard = Heard(uow, event)
    people = people_concerned(heard, rule)
    if people:
        actions.intend_notices(
            uow,
            event,
            people,
            notice_kind=rule.notice_kind,
            due_version=rule.version(event),
            facts=facts_of(heard, rule),
        )


def _handler_of(rule: Rule) -> Handler:
    """The handler of one row of the table, under the name the row gives it."""
    remember = REMEMBERED.get(rule.event)

    def handler(uow: UnitOfWork, event: Received[Any, Any]) -> None:
        if remember is not None:
            remember(uow, event)
        tell(uow, rule, event)

    handler.__name__ = handler.__qualname__ = rule.handler
    handler.__doc__ = f"Tell {', '.join(rule.tells)} of {rule.event.TYPE}."
    return handler


TELLING: dict[type[Event], Handler] = {rule.event: _handler_of(rule) for rule in RULES}
HANDLERS: dict[type[Event], Handler] = {
    **AUTHORITY_HANDLERS,
    **REMEMBERED,
    **TELLING,
    ErasureCarriedOut: when_erasure_carried_out_take_back_unsent,
}
