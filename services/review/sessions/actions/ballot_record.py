"""A ballot as its event tells it, and as it comes back where a database is filled from the log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from services.review.sessions import queries
from services.review.sessions.actions import ballots
from services.review.sessions.actions.ballots import Ballot, Members, NamedSide
from services.review.sessions.models import Item, Recusal
from shared.events.envelope import Envelope, instant_text
from shared.events.votes import BallotCount, MemberVote, NoPart
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


def members_of(stood: Mapping[str, Any]) -> Members:
    """The members that a calculation counts, as what stood ``around`` a ballot says."""
    return Members(taking_part=stood["in_office"], recused=stood.get("recused") or 0)


def told(
    basis: str, ballot: Ballot, stood: Mapping[str, Any], *, recusals: Sequence[Recusal]
) -> BallotCount:
    """A ballot with what stood ``around`` it, and who took no part."""
    return BallotCount(
        basis=basis,
        mode=ballot.mode,
        article=ballot.article,
        votes_for=ballot.votes_for,
        votes_against=ballot.votes_against,
        abstentions=ballot.abstentions,
        president=ballot.president,
        names=[MemberVote(person=str(one.person), side=one.side) for one in ballot.names],
        no_part=[_no_part(one) for one in recusals],
        **{**{name: stood[name] for name in AROUND}, "held_on": _day(stood)},
    )


def _no_part(one: Recusal) -> NoPart:
    return NoPart(
        person=str(one.person_id) if one.person_id else None,
        members=one.members,
        declared_on=one.declared_on,
        recorded_by=one.recorded_by,
        recorded_at=instant_text(one.recorded_at),
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
    recall_recusals(uow, item, count)
    ballot, stood = heard(count)
    on, members = _day(stood), members_of(stood)
    found = ballots.judged(uow, count["basis"], ballot, members=members, on=on, matter=item.matter)
    if told.data.trigger == "rectify":
        stood |= of_correction(item, told)
    if told.data.trigger != "hold_over":
        item.president_side = ballot.president
    # By now the item may have the basis of its second vote; the count keeps its own.
    ballots.enter(uow, item, ballot, found=found, around={**stood, "basis": count["basis"]})


def recall_recusals(uow: UnitOfWork, item: Item, count: Mapping[str, Any]) -> None:
    """Bring back who declared to take no part; each vote on an item tells of them again."""
    known = queries.recusals_of(uow.session, [item.id])
    before = {(one.person_id, one.recorded_at) for one in known}
    for one in count.get("no_part", ()):
        person = UUID(one["person"]) if one["person"] else None
        at = datetime.fromisoformat(one["recorded_at"])
        if (person, at) in before:
            continue
        uow.session.add(
            Recusal(
                authority=uow.authority,
                item_id=item.id,
                person_id=person,
                members=one["members"],
                declared_on=date.fromisoformat(one["declared_on"]),
                recorded_by=one["recorded_by"],
                recorded_at=at,
            )
        )


def recall_declared(uow: UnitOfWork, item: Item, told: Envelope) -> None:
    """Bring back a recusal as it was declared, before any vote tells of it."""
    said = told.data.what
    uow.session.add(
        Recusal(
            authority=uow.authority,
            item_id=item.id,
            person_id=UUID(said["person"]) if said["person"] else None,
            members=said["members"],
            declared_on=told.data.acted_on,
            recorded_by=told.actorid,
            recorded_at=told.time,
        )
    )
    uow.session.flush()


def _day(stood: Mapping[str, Any]) -> date:
    return date.fromisoformat(stood["held_on"])
