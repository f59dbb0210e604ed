"""Who the people concerned are: each audience of the rules, found in this service's own rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from services.notifications import notice_rule as rules
from services.notifications import queries
from services.notifications.moved_terms import people_told_the_old_day
from shared.events.envelope import Received
from shared.unit_of_work import UnitOfWork

COMPLETION = "completion-answer-due"
Audience = Callable[[UnitOfWork, Received[Any, Any]], Iterable[UUID]]


def people_concerned(uow: UnitOfWork, rule: rules.Rule, event: Received[Any, Any]) -> list[UUID]:
    """Every person a rule tells, each once, in the order of the rule's audiences.

    Raises ``TryLater`` when the case or body the event names is not known here yet.
    """
    found = [person for name in rule.tells for person in AUDIENCES[name](uow, event)]
    return list(dict.fromkeys(found))


def people_of_file(_uow: UnitOfWork, event: Received[Any, Any]) -> Iterable[UUID]:
    """The people that the subject's own snapshot names."""
    return [UUID(one.person) for one in event.after.people]


def people_of_case(uow: UnitOfWork, event: Received[Any, Any]) -> Iterable[UUID]:
    """The people of the case that the subject is about; nobody when it is about none."""
    if event.after.case is None:
        return []
    case = queries.known_case(uow.session, uow.authority, event.after.case)
    return [UUID(one["person"]) for one in case.people]


def secretariat(uow: UnitOfWork, _event: Received[Any, Any]) -> Iterable[UUID]:
    """Those who hold the role of secretariat today."""
    return queries.holders_of_role(uow.session, uow.authority, "secretariat", uow.today)


def president(uow: UnitOfWork, _event: Received[Any, Any]) -> Iterable[UUID]:
    """Whoever holds the role of president today."""
    return queries.holders_of_role(uow.session, uow.authority, "president", uow.today)


def above(uow: UnitOfWork, event: Received[Any, Any]) -> Iterable[UUID]:
    """President and bureau, where the alarm is one that goes to them; else nobody."""
    if not event.what.level:
        return []
    roles = ("president", "bureau")
    found = [queries.holders_of_role(uow.session, uow.authority, role, uow.today) for role in roles]
    return [person for people in found for person in people]


def people_of_file_for_their_term(_uow: UnitOfWork, event: Received[Any, Any]) -> Iterable[UUID]:
    """The petitioners, where the term is theirs: to complete the file; else nobody."""
    if event.what.rule != COMPLETION:
        return []
    return [UUID(one.person) for one in event.after.people]


def body_members(uow: UnitOfWork, event: Received[Any, Any]) -> Iterable[UUID]:
    """The members of the body that the subject names."""
    return queries.members_of_body(uow.session, uow.authority, event.after.body)


def council_members(uow: UnitOfWork, _event: Received[Any, Any]) -> Iterable[UUID]:
    """The members in office today; one person may hold several offices."""
    return queries.council_members(uow.session, uow.authority, uow.today)


def person_concerned(_uow: UnitOfWork, event: Received[Any, Any]) -> Iterable[UUID]:
    """The one person that the subject is about."""
    return [UUID(event.after.person)]


AUDIENCES: dict[str, Audience] = {
    rules.PEOPLE_OF_FILE: people_of_file,
    rules.PEOPLE_OF_CASE: people_of_case,
    rules.SECRETARIAT: secretariat,
    rules.PRESIDENT: president,
    rules.ABOVE: above,
    rules.PETITIONERS_TERM: people_of_file_for_their_term,
    rules.BODY_MEMBERS: body_members,
    rules.COUNCIL_MEMBERS: council_members,
    rules.PERSON_CONCERNED: person_concerned,
    rules.TOLD_OF_TERM: people_told_the_old_day,
}
