"""A ballot as its event tells it, and as it comes back where a database is filled from the log."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from services.review.sessions.actions import ballots
from services.review.sessions.actions.ballots import Ballot, NamedSide
from services.review.sessions.models import Item
from shared.events.envelope import Envelope
from shared.events.votes import BallotCount, MemberVote
from shared.unit_of_work import UnitOfWork

AROUND = ("held_on", "sitting", "present", "recused", "in_office", "private_for")


def around(facts: Mapping[str, Any]) -> dict[str, Any]:
    """What stood around a ballot, as its calculation keeps it; ``in_office`` took part."""
    return {
        "held_on": facts["on"].isoformat(),
        "sitting": facts["sitting"],
        "present": facts["present"],
        "recused": facts["recused"],
        "in_office": facts["in_office"] - facts["recused"],
        "private_for": facts["private_for"],
    }


def told(basis: str, ballot: Ballot, stood: Mapping[str, Any]) -> BallotCount:
    """A ballot with what stood ``around`` it."""
    return BallotCount(
        basis=basis,
        mode=ballot.mode,
        article=ballot.article,
        votes_for=ballot.votes_for,
        votes_against=ballot.votes_against,
        abstentions=ballot.abstentions,
        president=ballot.president,
        names=[MemberVote(person=str(one.person), side=one.side) for one in ballot.names],
        **{**{name: stood[name] for name in AROUND}, "held_on": _day(stood)},
    )


def heard(count: Mapping[str, Any]) -> tuple[Ballot, dict[str, Any]]:
    """The ballot that an event tells, and what stood around it."""
    ballot = Ballot(
        votes_for=count["votes_for"],
        votes_against=count["votes_against"],
        abstentions=count["abstentions"],
        president=count["president"],
        mode=count["mode"],
        article=count["article"],
        names=[NamedSide(person=UUID(one["person"]), side=one["side"]) for one in count["names"]],
    )
    return ballot, {name: count[name] for name in AROUND}


def of_correction(item: Item, told: Envelope) -> dict[str, Any]:
    """What is said beside a count that corrects the newest one: when, and which (0: not kept)."""
    place = len(item.calculations or [])
    return {"corrected_on": told.data.acted_on.isoformat(), "corrects": place}


def recall_count(uow: UnitOfWork, item: Item, told: Envelope) -> None:
    """Bring back a vote on an item with its calculation and names; the result is judged again.

    Events of before the count travelled tell only the numbers, which the item has.
    """
    count = told.data.what.get("count")
    if count is None:
        return
    ballot, stood = heard(count)
    on, members = _day(stood), stood["in_office"]
    found = ballots.judged(uow, count["basis"], ballot, members=members, on=on, matter=item.matter)
    if told.data.trigger == "rectify":
        stood |= of_correction(item, told)
    if told.data.trigger != "hold_over":
        item.president_side = ballot.president
    # By now the item may have the basis of its second vote; the count keeps its own.
    ballots.enter(uow, item, ballot, found=found, around={**stood, "basis": count["basis"]})


def _day(stood: Mapping[str, Any]) -> date:
    return date.fromisoformat(stood["held_on"])
