"""What review does when others say something: the tables of its four areas, joined."""

from __future__ import annotations

from services.review.cases.consultation_terms import move_consultations
from services.review.cases.deadlines import move_deadlines
from services.review.cases.handlers import HANDLERS as CASE_HANDLERS
from services.review.control.handlers import HANDLERS as CONTROL_HANDLERS
from services.review.sessions.handlers import HANDLERS as SESSION_HANDLERS
from shared.authority_handlers import AUTHORITY_HANDLERS, when_authority_told_remember_it
from shared.events.authorities import AuthorityChanged, AuthoritySnapshot
from shared.events.catalogue import Event
from shared.events.envelope import Received
from shared.unit_of_work import UnitOfWork
from shared.worker import Handler

MOVES_TERMS = frozenset({"holidays", "local_rules"})


def when_authority_changed_move_deadlines(
    uow: UnitOfWork, event: Received[AuthorityChanged, AuthoritySnapshot]
) -> None:
    """Remember the authority; a new holiday or rule moves the running terms of its cases
    and the days of its consultations."""
    when_authority_told_remember_it(uow, event)
    if MOVES_TERMS & set(event.what.fields):
        move_deadlines(uow)
        move_consultations(uow)


HANDLERS: dict[type[Event], Handler] = {
    **AUTHORITY_HANDLERS,
    AuthorityChanged: when_authority_changed_move_deadlines,
    **CASE_HANDLERS,
    **SESSION_HANDLERS,
    **CONTROL_HANDLERS,
}
