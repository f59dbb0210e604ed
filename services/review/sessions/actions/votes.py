"""The council votes on an item: ``record_vote`` writes the count and the decision together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from services.review.cases.models import Case
from services.review.control.actions import decide
from services.review.control.opinions import Reply
from services.review.council.office import check_office
from services.review.council.queries import holds_office
from services.review.sessions import attendance, guards, opinions, queries, rules
from services.review.sessions.actions import ballots
from services.review.sessions.actions.ballots import Ballot
from services.review.sessions.models import CouncilSession, Item, Recusal, Sitting
from services.review.sessions.sitting_workflow import SittingState
from services.review.sessions.state import ITEM_WORKFLOW
from services.review.sessions.workflow import ItemState
from shared.errors import GuardRefused, InvalidInput
from shared.events.sessions import ItemDeliberated, ItemPostponed
from shared.law.majority import Majority
from shared.unit_of_work import UnitOfWork
from shared.workflow import Act, move

SECOND_SITTING = "second-sitting"


@dataclass(frozen=True, kw_only=True)
class Heard:
    """What the council makes of the opinions before it.

    ``replies`` are for the decision; a vote that is held over makes none, so they come again.
    ``without_opinion_reason`` is the president's, for going on while a mandatory one is awaited.
    """

    without_opinion_reason: str | None = None
    replies: Sequence[Reply] = ()


NOTHING_HEARD = Heard()


def record_vote(
    uow: UnitOfWork,
    item_id: UUID,
    ballot: Ballot,
    *,
    heard: Heard = NOTHING_HEARD,
    acted_on: date | None = None,
    **act: Any,
) -> Item:
    """Record the vote on an item and the decision it makes (113-14, article 43).

    An item that needs the majority of members in office and does not reach it is voted on again at
    a later sitting, by votes cast. Raises ``LawError`` for counts that cannot be, ``IllegalMove``
    (409) when the vote is recorded already, ``GuardRefused`` while a mandatory opinion is awaited.
    """
    session, case, item = locked(uow, item_id)
    _refuse_under_objection(item)
    on = acted_on or uow.today
    check_office(uow, on)
    facts = {
        **_before_vote(uow, session, case, on=on),
        **_given(uow, session, item, ballot, on=on),
        "without_opinion_reason": heard.without_opinion_reason,
    }
    ballot = facts["ballot"]
    _check_awaited(uow, item, facts)
    members = facts["in_office"] - facts["recused"]
    result = ballots.result(uow, item, ballot, members=members, on=on)
    said = {"acted_on": acted_on, **act}
    # A vote that is held over was taken without the opinion too, so its reason stays.
    item.without_opinion_reason = heard.without_opinion_reason or item.without_opinion_reason
    ballots.enter(uow, item, ballot, found=result, around=_around(facts, members))
    if not result.adopted and item.basis == "members-in-office":
        return _hold_over(uow, item, facts=facts, **said)
    item.sitting_id, item.voted_on = facts["sitting_id"], on
    count(item, ballot)
    what = _told(item, result, facts)
    move(ITEM_WORKFLOW, item, "deliberate", uow, Act(what=what, facts=facts, **said))
    decide(uow, item, adopted=result.adopted, on=on, replies=heard.replies, **said)
    return item


def _refuse_under_objection(item: Item) -> None:
    if item.state == ItemState.UNDER_OBJECTION:
        raise GuardRefused(
            "The governor objects to this item: a deliberation on it would be void.",
            remedy="Wait until he withdraws the objection, or the judge has decided.",
            article="113-14, 41",
        )


def _given(
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


def _around(facts: Mapping[str, Any], members: int) -> dict[str, Any]:
    """What stood around a ballot, as its calculation keeps it."""
    return {
        "held_on": facts["on"].isoformat(),
        "sitting": facts["sitting"],
        "present": facts["present"],
        "recused": facts["recused"],
        "in_office": members,
        "private_for": facts["private_for"],
    }


def _before_vote(
    uow: UnitOfWork, session: CouncilSession, case: Case | None, *, on: date
) -> dict[str, Any]:
    """What stands around an item on the day of its vote."""
    return {
        "on": on,
        "session_state": session.state,
        "session_kind": session.session_kind,
        "opened_on": session.opened_on,
        "last_day": rules.last_day(uow.profile, session),
        "case_state": case.state if case else None,
        "awaited": opinions.awaited(uow.session, case.id, on) if case else [],
    }


def _told(item: Item, result: Majority, facts: Mapping[str, Any]) -> ItemDeliberated:
    return ItemDeliberated(
        sitting=str(item.sitting_id),
        adopted=result.adopted,
        needed=result.needed,
        tie_broken=result.tie_broken,
        recused=facts["recused"],
        ballot=facts["ballot"].mode,
        without_opinions=[str(one.id) for one in facts["awaited"]],
    )


def locked(uow: UnitOfWork, item_id: UUID) -> tuple[CouncilSession, Case | None, Item]:
    """Session, case and item under their locks, always in this order."""
    seen = queries.row_of(uow.session, Item, authority=uow.authority, id_=item_id)
    session = uow.get(CouncilSession, seen.session_id)
    case = uow.get(Case, seen.case_id) if seen.case_id else None
    return session, case, uow.get(Item, item_id)


def _check_awaited(uow: UnitOfWork, item: Item, facts: dict[str, Any]) -> None:
    """Name the opinion that holds a vote which nothing else forbids; the guard only says that."""
    is_voting = item.state == ItemState.SCHEDULED and facts["session_state"] == "opened"
    if is_voting and not guards.mandatory_opinions_are_in(item, facts):
        opinions.refuse_to_go_on(uow.session, facts["awaited"])


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


def count(item: Item, ballot: Ballot) -> None:
    """Enter the counts of a ballot on its item."""
    item.votes_for, item.votes_against = ballot.votes_for, ballot.votes_against
    item.abstentions, item.president_side = ballot.abstentions, ballot.president


def _hold_over(uow: UnitOfWork, item: Item, *, facts: dict[str, Any], **said: Any) -> Item:
    """Leave the item for a second sitting, where votes cast decide (article 43)."""
    held = Act(what=ItemPostponed(reason=SECOND_SITTING), facts=facts, **said)
    item.basis = "votes-cast"
    move(ITEM_WORKFLOW, item, "hold_over", uow, held)
    item.first_vote_on, item.first_sitting = facts["on"], facts["sitting"]
    return item
