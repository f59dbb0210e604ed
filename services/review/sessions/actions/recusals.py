"""Members who take no part in an item: ``declare`` before its vote, by name or by number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.review.council.dating import date_of_act
from services.review.council.office import check_office
from services.review.council.queries import holds_office, members_in_office
from services.review.council.workflow import OFFICES
from services.review.sessions import queries
from services.review.sessions.models import Item, Recusal
from services.review.sessions.state import ITEM_WORKFLOW
from services.review.sessions.workflow import ItemState
from shared.errors import GuardRefused, InvalidInput
from shared.events.items import RecusalDeclared
from shared.unit_of_work import UnitOfWork
from shared.workflow import Act, move

ARTICLE = "113-14, 65"


@dataclass(frozen=True, kw_only=True)
class Declared:
    """Who is recused: one member by id, or only how many."""

    person: UUID | None
    count: int | None


def declare(
    uow: UnitOfWork,
    item: Item,
    who: Declared,
    *,
    acted_on: date | None = None,
    late_reason: str | None = None,
) -> Recusal:
    """Record a recusal on an item (locked by the caller); the quorum at the opening stays.

    Raises ``GuardRefused`` once the item was voted on or put off, and for a second declaration;
    ``InvalidInput`` for somebody who is not in office, or more members than there are.
    """
    on = date_of_act(uow, acted_on, late_reason)
    check_office(uow, on)
    if item.state != ItemState.SCHEDULED:
        raise GuardRefused("A recusal is declared before the vote on the item.", article=ARTICLE)
    before = queries.recusals_of(uow.session, [item.id])
    if who.person is not None:
        _check_person(uow, who.person, before, on=on)
    members = who.count or 1
    _check_number(uow, item, members + sum(one.members for one in before), on=on)
    what = RecusalDeclared(person=str(who.person) if who.person else None, members=members)
    act = Act(what=what, acted_on=acted_on, late_reason=late_reason)
    move(ITEM_WORKFLOW, item, "recuse", uow, act)
    recusal = Recusal(
        authority=uow.authority,
        item_id=item.id,
        person_id=who.person,
        members=members,
        declared_on=on,
        late_reason=late_reason,
        recorded_by=uow.actor.id,
        recorded_at=uow.recorded_at,
    )
    uow.session.add(recusal)
    return recusal


def _check_person(uow: UnitOfWork, person: UUID, before: Sequence[Recusal], *, on: date) -> None:
    if not holds_office(uow.session, uow.authority, person, offices=OFFICES, on=on):
        raise InvalidInput(
            "This person is not a member in office on that day.",
            field="person",
            remedy="Choose a member in office.",
            article=ARTICLE,
        )
    if any(one.person_id == person for one in before):
        raise GuardRefused(
            "This member's recusal is recorded already.",
            article=ARTICLE,
            remedy="Read it again; nothing more is to be done.",
        )


def _check_number(uow: UnitOfWork, item: Item, total: int, *, on: date) -> None:
    sitting = queries.opening_of(uow.session, item.session_id)
    there = sitting.present if sitting else members_in_office(uow.session, uow.authority, on)
    if total > there:
        raise InvalidInput(
            "Only %(there)s members can take part in this item.",
            field="count",
            remedy="Give how many of them take no part.",
            there=there,
            article=ARTICLE,
        )
