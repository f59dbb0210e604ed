"""The council votes on an item: ``record_vote`` writes the count and the decision together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from services.review.control.actions import decide
from services.review.control.opinions import Reply
from services.review.council.office import check_office
from services.review.sessions import guards, opinions, rules
from services.review.sessions.actions import at_vote, ballot_record, ballots
from services.review.sessions.actions.ballots import Ballot
from services.review.sessions.models import Item
from services.review.sessions.state import ITEM_WORKFLOW
from services.review.sessions.workflow import ItemState
from shared.errors import GuardRefused
from shared.events.sessions import ItemDeliberated, ItemPostponed
from shared.events.votes import BallotCount
from shared.law.majority import Majority
from shared.law.model import Majority as MajorityRule
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
    matter: str | None = None,
    acted_on: date | None = None,
    **act: Any,
) -> Item:
    """Record the vote on an item and the decision it makes (113-14, article 43).

    The majority is that of the item's ``matter``, which may be named here; where the law gives it a
    second sitting, the item waits for that. Raises ``LawError`` for counts that cannot be,
    ``IllegalMove`` for a second record, ``GuardRefused`` while a mandatory opinion is awaited.
    """
    session, case, item = at_vote.locked(uow, item_id)
    at_vote.refuse_under_objection(item)
    check_office(uow, on := acted_on or uow.today)
    said = {"acted_on": acted_on, **act}
    facts = {
        **at_vote.stands(uow, session, item, case=case, on=on),
        **at_vote.given(uow, session, item, ballot, on=on),
        "without_opinion_reason": heard.without_opinion_reason,
    }
    ballot = facts["ballot"]
    _check_awaited(uow, item, facts)
    members = ballot_record.members_of(ballot_record.around(facts))
    second = _majority(uow, item, matter, on=on).second
    result = ballots.result(uow, item, ballot, members=members, on=on)
    _keep_reason(item, heard)
    ballots.enter(uow, item, ballot, found=result, around=ballot_record.around(facts))
    if not result.adopted and second is not None:
        return _hold_over(uow, item, second, facts=facts, **said)
    item.sitting_id, item.voted_on = facts["sitting_id"], on
    count(item, ballot)
    done = Act(what=_told(item, result, facts), facts=facts, **said)
    move(ITEM_WORKFLOW, item, "deliberate", uow, done)
    decide(uow, item, adopted=result.adopted, on=on, replies=heard.replies, **said)
    return item


def _keep_reason(item: Item, heard: Heard) -> None:
    # A vote that is held over was taken without the opinion too, so its reason stays.
    item.without_opinion_reason = heard.without_opinion_reason or item.without_opinion_reason


def _majority(uow: UnitOfWork, item: Item, matter: str | None, *, on: date) -> MajorityRule:
    """The majority that decides, by the rules of the day; that of its matter at a first vote.

    Raises ``GuardRefused`` for another matter at a second vote than at the first.
    """
    if matter not in {None, item.matter}:
        if item.first_vote_on is not None:
            raise GuardRefused(
                "The first vote was taken on another matter.", article="113-14, 43", field="matter"
            )
        item.matter = matter
    if item.matter is not None and item.first_vote_on is None:
        item.basis = rules.majority_of(uow.profile, item.matter, on).basis
    return rules.majority_by(uow.profile, item.basis, on)


def _told(item: Item, result: Majority, facts: Mapping[str, Any]) -> ItemDeliberated:
    return ItemDeliberated(
        sitting=str(item.sitting_id),
        adopted=result.adopted,
        needed=result.needed,
        tie_broken=result.tie_broken,
        recused=facts["recused"],
        ballot=facts["ballot"].mode,
        without_opinions=[str(one.id) for one in facts["awaited"]],
        count=_count(item, facts),
    )


def _count(item: Item, facts: Mapping[str, Any]) -> BallotCount:
    stood, recusals = ballot_record.around(facts), facts["recusals"]
    return ballot_record.told(item.basis, facts["ballot"], stood, recusals=recusals)


def _check_awaited(uow: UnitOfWork, item: Item, facts: dict[str, Any]) -> None:
    """Name the opinion that holds a vote which nothing else forbids; the guard only says that."""
    is_voting = item.state == ItemState.SCHEDULED and facts["session_state"] == "opened"
    if is_voting and not guards.mandatory_opinions_are_in(item, facts):
        opinions.refuse_to_go_on(uow.session, facts["awaited"])


def count(item: Item, ballot: Ballot) -> None:
    """Enter the counts of a ballot on its item."""
    item.votes_for, item.votes_against = ballot.votes_for, ballot.votes_against
    item.abstentions, item.president_side = ballot.abstentions, ballot.president


def _hold_over(
    uow: UnitOfWork, item: Item, second: str, *, facts: dict[str, Any], **said: Any
) -> Item:
    """Leave the item for a second sitting, where another majority decides (article 43)."""
    what = ItemPostponed(reason=SECOND_SITTING, count=_count(item, facts))
    held = Act(what=what, facts=facts, **said)
    item.basis = second
    move(ITEM_WORKFLOW, item, "hold_over", uow, held)
    item.first_vote_on, item.first_sitting = facts["on"], facts["sitting"]
    return item
