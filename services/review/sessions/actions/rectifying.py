"""A misrecorded vote corrected by a new act: the count, its result, and the decision with it.

The old count stays among the item's calculations. Where the result turns round the decision takes
a step of its own; what went to the governor is deliberated again instead (113-14, article 117).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, cast
from uuid import UUID

from services.review import corrections
from services.review.control.turning import decision_on, turn
from services.review.control.workflow import DecisionState
from services.review.council.office import check_office
from services.review.kept_texts import hash_of
from services.review.sessions import attendance, queries, rules
from services.review.sessions.actions import at_vote, ballot_record, ballots, votes
from services.review.sessions.actions.ballots import Ballot
from services.review.sessions.models import Item, Sitting
from services.review.sessions.state import ITEM_WORKFLOW
from shared.events.corrections import ItemRectified
from shared.events.votes import BallotCount
from shared.law.majority import Majority
from shared.unit_of_work import UnitOfWork
from shared.workflow import Act, move

RECORDED = ("deliberate", "rectify")


def rectify_vote(
    uow: UnitOfWork, item_id: UUID, ballot: Ballot, *, because: str, **act: Any
) -> Item:
    """Correct the recorded vote on an item; ``because`` stays inside (113-14, articles 43 and 47).

    Raises ``LawError`` for counts that cannot be, ``IllegalMove`` where no vote is recorded,
    ``GuardRefused`` without a second person, or once the decision went to the governor.
    """
    session, case, item = at_vote.locked(uow, item_id)
    check_office(uow, act.get("acted_on") or uow.today)
    old, decision = corrections.old_act(uow, item, RECORDED), decision_on(uow, item)
    ballot, around = _around(uow, item, ballot)
    held_on, members = cast(date, item.voted_on), ballot_record.members_of(around)
    found = ballots.result(uow, item, ballot, members=members, on=held_on)
    was_adopted = decision.state == DecisionState.ADOPTED
    # Who took no part was told with the vote itself.
    count = ballot_record.told(item.basis, ballot, around, recusals=())
    what = _told(item, found, was_adopted=was_adopted, count=count, because=because)
    facts = {
        **old.facts(uow),
        **around,
        "recused_away": _away(uow, item),
        "ballot": ballot,
        "votes": ballot.total,
        "adopted": found.adopted,
        "has_second_vote": rules.majority_by(uow.profile, item.basis, held_on).second is not None,
        "decision_state": decision.state,
        "case_state": case.state if case else None,
    }
    votes.count(item, ballot)
    done = Act(what=what, corrects=old.event_id, facts=facts, **act)
    told = move(ITEM_WORKFLOW, item, "rectify", uow, done)
    corrections.keep_reason(uow, told, because)
    around |= ballot_record.of_correction(item, told)
    ballots.enter(uow, item, ballot, found=found, around=around)
    if found.adopted != was_adopted:
        closed_on = session.closed_on
        turn(uow, decision, adopted=found.adopted, closed_on=closed_on, because=because, **act)
    return item


def _told(
    item: Item, found: Majority, *, was_adopted: bool, count: BallotCount, because: str
) -> ItemRectified:
    return ItemRectified(
        sitting=str(item.sitting_id),
        was_adopted=was_adopted,
        was_for=item.votes_for or 0,
        was_against=item.votes_against or 0,
        was_abstentions=item.abstentions or 0,
        adopted=found.adopted,
        needed=found.needed,
        tie_broken=found.tie_broken,
        ballot=count.mode,
        reason_sha256=hash_of(because),
        count=count,
    )


def _around(uow: UnitOfWork, item: Item, ballot: Ballot) -> tuple[Ballot, dict[str, Any]]:
    """The ballot with its numbers, and what stood around the vote when it was taken."""
    on = cast(date, item.voted_on)
    sitting = uow.session.get_one(Sitting, item.sitting_id)
    declared = queries.recusals_of(uow.session, [item.id])
    recusals = [one for one in declared if one.declared_on <= on]
    # Who was in the room at that moment is told by the count that was kept, not by the roll of now.
    ballot = ballots.counted(uow, ballot, sitting=None, recused=recusals, on=on)
    recused = at_vote.count_recused(uow, recusals, ballot, on=on)
    kept = _last_count(item)
    return ballot, {
        "held_on": on.isoformat(),
        "sitting": sitting.number,
        "present": kept.get("present", sitting.present),
        "recused": recused,
        "in_office": sitting.in_office - recused,
        "private_for": kept.get("private_for"),
    }


def _away(uow: UnitOfWork, item: Item) -> int:
    """How many of those who take no part were not in the room either, by the roll of now."""
    sitting = uow.session.get_one(Sitting, item.sitting_id)
    return attendance.away(uow.session, sitting, queries.recusals_of(uow.session, [item.id]))


def _last_count(item: Item) -> Mapping[str, Any]:
    return item.calculations[-1] if item.calculations else {}
