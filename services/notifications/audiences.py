"""Who the people concerned are: each audience of the rules, found in this service's own rows.

An audience is those who hold certain roles, or found in a way of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from services.notifications import notice_rule as rules
from services.notifications import queries
from services.notifications.heard import Heard
from services.notifications.moved_terms import people_told_the_old_day
from shared.events.envelope import Received

COMPLETION = "completion-answer-due"
Audience = Callable[[Heard], Iterable[UUID]]
RolesTold = Callable[[Received[Any, Any]], tuple[str, ...]]


def people_concerned(heard: Heard, rule: rules.Rule) -> list[UUID]:
    """Every person a rule tells, each once, in the order of the rule's audiences.

    Raises ``TryLater`` when the case or body the event names is not known here yet.
    """
    holders = _holders(heard, rule)
    people: dict[UUID, None] = {}
    for name in rule.tells:
        found = holders[name] if name in holders else AUDIENCES[name](heard)
        people.update(dict.fromkeys(found))
    return list(people)


def _holders(heard: Heard, rule: rules.Rule) -> dict[str, list[UUID]]:
    """The people of each audience that goes by roles held today; all are asked for at once."""
    told = {name: ROLES_TOLD[name](heard.event) for name in rule.tells if name in ROLES_TOLD}
    roles = {role for some in told.values() for role in some}
    if not roles:
        return {name: [] for name in told}
    uow = heard.uow
    known = queries.holders_of_roles(uow.session, uow.authority, roles, uow.today)
    return {name: [one for role in some for one in known[role]] for name, some in told.items()}


def secretariat(_event: Received[Any, Any]) -> tuple[str, ...]:
    """Those who hold the role of secretariat."""
    return ("secretariat",)


def president(_event: Received[Any, Any]) -> tuple[str, ...]:
    """Whoever holds the role of president."""
    return ("president",)


def above(event: Received[Any, Any]) -> tuple[str, ...]:
    """President and bureau, where the alarm is one that goes to them; else nobody."""
    return ("president", "bureau") if event.what.level else ()


def people_of_file(heard: Heard) -> Iterable[UUID]:
    """The people that the subject's own snapshot names."""
    return [UUID(one.person) for one in heard.event.after.people]


def people_of_case(heard: Heard) -> Iterable[UUID]:
    """The people of the case that the subject is about; nobody when it is about none."""
    return [UUID(one["person"]) for one in heard.case.people] if heard.case else []


def people_of_file_for_their_term(heard: Heard) -> Iterable[UUID]:
    """The petitioners, where the term is theirs: to complete the file; else nobody."""
    if heard.event.what.rule != COMPLETION:
        return []
    return [UUID(one.person) for one in heard.event.after.people]


def body_members(heard: Heard) -> Iterable[UUID]:
    """The members of the body that the subject names."""
    return queries.members_of_body(heard.uow.session, heard.uow.authority, heard.event.after.body)


def council_members(heard: Heard) -> Iterable[UUID]:
    """The members in office today; one person may hold several offices."""
    uow = heard.uow
    return queries.council_members(uow.session, uow.authority, uow.today)


def person_concerned(heard: Heard) -> Iterable[UUID]:
    """The one person that the subject is about."""
    return [UUID(heard.event.after.person)]


def people_told_another_day(heard: Heard) -> Iterable[UUID]:
    """Who was told another last day of a term than it has now."""
    return people_told_the_old_day(heard.uow, heard.event)


ROLES_TOLD: dict[str, RolesTold] = {
    rules.SECRETARIAT: secretariat,
    rules.PRESIDENT: president,
    rules.ABOVE: above,
}
AUDIENCES: dict[str, Audience] = {
    rules.PEOPLE_OF_FILE: people_of_file,
    rules.PEOPLE_OF_CASE: people_of_case,
    rules.PETITIONERS_TERM: people_of_file_for_their_term,
    rules.BODY_MEMBERS: body_members,
    rules.COUNCIL_MEMBERS: council_members,
    rules.PERSON_CONCERNED: person_concerned,
    rules.TOLD_OF_TERM: people_told_another_day,
}
