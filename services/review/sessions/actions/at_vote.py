"""What stands around an item on the day of a vote: its rows, the room, who takes no part.

The vote on an item and the one without debate on whether to deliberate both begin here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from services.review.cases.models import Case
from services.review.council.queries import holds_office
from services.review.sessions import attendance, examined, opinions, queries, rules
from services.review.sessions.actions import ballots
from services.review.sessions.actions.ballots import Ballot
from services.review.sessions.models import CouncilSession, Item, Recusal, Sitting
from services.review.sessions.sitting_workflow import SittingState
from services.review.sessions.workflow import ItemState
from shared.errors import GuardRefused, InvalidInput
from shared.unit_of_work import UnitOfWork


def locked(uow: UnitOfWork, item_id: UUID) -> tuple[CouncilSession, Case | None, Item]:
    """Session, case and item under their locks, always in this order."""
    seen = queries.row_of(uow.session, Item, authority=uow.authority, id_=item_id)
    session = uow.get(CouncilSession, seen.session_id)
    case = uow.get(Case, seen.case_id) if seen.case_id else None
    return session, case, uow.get(Item, item_id)


def refuse_under_objection(item: Item) -> None:
    """Nothing is deliberated on while the governor objects to it (113-14, article 41)."""
    if item.state == ItemState.UNDER_OBJECTION:
        raise GuardRefused(
            "The governor objects to this item: a deliberation on it would be void.",
            remedy="Wait until he withdraws the objection, or the judge has decided.",
            article="113-14, 41",
        )


def stands(
    uow: UnitOfWork, session: CouncilSession, item: Item, *, case: Case | None, on: date
) -> dict[str, Any]:
    """What stands around an item on the day of its vote."""
    return {
        "on": on,
        "session_state": session.state,
        "session_kind": session.session_kind,
        "opened_on": session.opened_on,
        "last_day": rules.last_day(uow.profile, session),
        "case_state": case.state if case else None,
        "is_examined": examined.is_examined(uow.session, item, on),
        "awaited": opinions.awaited(uow.session, case.id, on) if case else [],
    }


def given(
    uow: UnitOfWork, session: CouncilSession, item: Item, ballot: Ballot, *, on: date
) -> dict[str, Any]:
    """The votes with their numbers, the sitting they were given in, and who took no part."""
    sitting = attendance.sitting_on(queries.sittings_of(uow.session, session.id), on)
    recused = [one for one in queries.recusals_of(uow.session, [item.id]) if one.declared_on <= on]
    ballot = ballots.counted(uow, ballot, sitting=sitting, recused=recused, on=on)
    return {
        **_in_the_room(uow, sitting),
        "votes": ballot.total,
        "ballot": ballot,
        "recused": count_recused(uow, recused, ballot, on=on),
        "recused_away": attendance.away(uow.session, sitting, recused),
        "recusals": recused,
    }


def _in_the_room(uow: UnitOfWork, sitting: Sitting | None) -> dict[str, Any]:
    """The sitting on the day of the vote, and how many were in it."""
    return {
        "sitting": sitting.number if sitting else None,
        "sitting_id": sitting.id if sitting else None,
        "is_suspended": sitting is not None and sitting.state == SittingState.SUSPENDED,
        "present": attendance.there_now(uow.session, sitting) if sitting else 0,
        "in_office": sitting.in_office if sitting else 0,
        "private_for": sitting.private_for if sitting else None,
    }


def count_recused(uow: UnitOfWork, declared: Sequence[Recusal], ballot: Ballot, *, on: date) -> int:
    """How many members take no part on the day; the president's own vote cannot be theirs."""
    presides = any(
        one.person_id is not None
        and holds_office(uow.session, uow.authority, one.person_id, offices=("president",), on=on)
        for one in declared
    )
    if presides and ballot.president is not None:
        raise InvalidInput(
            "The president takes no part in this item.",
            field="president",
            remedy="Leave the president's own vote empty.",
        )
    return sum(one.members for one in declared)
