"""The council's vote without debate on an item that no committee examined (113-14, article 28)."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.review.cases.clocks import await_another_session
from services.review.council.office import check_office
from services.review.sessions import rules
from services.review.sessions.actions import at_vote, ballot_record
from services.review.sessions.actions.ballots import Ballot, enter_names, judged
from services.review.sessions.attendance_models import WITHOUT_DEBATE
from services.review.sessions.models import Item
from services.review.sessions.state import ITEM_WORKFLOW
from shared.events.envelope import Envelope
from shared.events.items import ItemSentBack, ItemTakenUp, WithoutDebate
from shared.law.citations import own_article
from shared.law.majority import Majority
from shared.unit_of_work import UnitOfWork
from shared.workflow import Act, move

ARTICLE = "113-14, 28"
NO_REPORT = "no-committee-report"
BASIS = "votes-cast"


def decide_whether(
    uow: UnitOfWork, item_id: Any, ballot: Ballot, *, acted_on: date | None = None, **act: Any
) -> Item:
    """Record whether the council deliberates on an item though no committee has reported on it.

    With a majority of votes cast the item is debated and voted on; without one it leaves this
    session and its petition waits for the next. Raises ``GuardRefused`` where a report is there,
    the choice was made, or no vote can be taken now; ``LawError`` for counts that cannot be.
    """
    session, case, item = at_vote.locked(uow, item_id)
    at_vote.refuse_under_objection(item)
    on = acted_on or uow.today
    check_office(uow, on)
    facts = {
        **at_vote.stands(uow, session, item, case=case, on=on),
        **at_vote.given(uow, session, item, ballot, on=on),
    }
    ballot = facts["ballot"]
    members = ballot_record.members_of(ballot_record.around(facts))
    result = judged(uow, BASIS, ballot, members=members, on=on)
    vote = _told(ballot, result, facts)
    done = Act(
        what=ItemTakenUp(vote=vote) if result.adopted else ItemSentBack(vote=vote),
        acted_on=acted_on,
        facts=facts,
        **act,
    )
    if not result.adopted:
        item.postponed_because = NO_REPORT
    move(ITEM_WORKFLOW, item, "take_up" if result.adopted else "send_back", uow, done)
    item.taken_up = _kept(uow, ballot, result, ballot_record.around(facts))
    enter_names(uow, item, ballot, round_=WITHOUT_DEBATE)
    if not result.adopted and case is not None:
        await_another_session(uow, case, on=on)
    return item


def _told(ballot: Ballot, result: Majority, facts: dict[str, Any]) -> WithoutDebate:
    return WithoutDebate(
        sitting=str(facts["sitting_id"]),
        votes_for=ballot.votes_for,
        votes_against=ballot.votes_against,
        abstentions=ballot.abstentions,
        tie_broken=result.tie_broken,
        ballot=ballot.mode,
        count=ballot_record.told(
            BASIS, ballot, ballot_record.around(facts), recusals=facts["recusals"]
        ),
    )


def recall_choice(uow: UnitOfWork, item: Item, told: Envelope) -> None:
    """Keep the choice on an item whose database is filled from the log, and each name's vote.

    The reason follows from the choice. Events of before the count travelled tell only numbers.
    """
    vote = told.data.what["vote"]
    is_taken_up = told.data.trigger == "take_up"
    item.postponed_because = None if is_taken_up else NO_REPORT
    if vote.get("count"):
        ballot_record.recall_recusals(uow, item, vote["count"])
        ballot, stood = ballot_record.heard(vote["count"])
        result = judged(
            uow, BASIS, ballot, members=ballot_record.members_of(stood), on=told.data.acted_on
        )
        item.taken_up = _kept(uow, ballot, result, stood)
        enter_names(uow, item, ballot, round_=WITHOUT_DEBATE)
        return
    counts = {name: vote[name] for name in ("votes_for", "votes_against", "abstentions")}
    item.taken_up = {
        "is_taken_up": is_taken_up,
        "ballot": vote.get("ballot", "public"),
        **counts,
        "president": None,
        "held_on": told.data.acted_on.isoformat(),
        "sitting": None,
        "article": _article(uow, told.data.acted_on),
        "explanation": None,
    }


def _article(uow: UnitOfWork, on: date) -> str:
    """The article of the council's own law on a civil date."""
    return own_article(rules.pack_for(uow.profile, on), ARTICLE)


def _kept(
    uow: UnitOfWork, ballot: Ballot, result: Majority, around: dict[str, Any]
) -> dict[str, Any]:
    """The vote as pages and minutes show it."""
    return {
        "is_taken_up": result.adopted,
        "ballot": ballot.mode,
        "votes_for": ballot.votes_for,
        "votes_against": ballot.votes_against,
        "abstentions": ballot.abstentions,
        "president": ballot.president,
        "held_on": around["held_on"],
        "sitting": around["sitting"],
        "article": _article(uow, date.fromisoformat(around["held_on"])),
        "explanation": dict(result.explanation),
    }
