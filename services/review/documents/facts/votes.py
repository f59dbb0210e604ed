"""Reads how the council treated the points of a session, each vote with its calculation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any, cast
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.review.control.models import Decision
from services.review.control.workflow import DecisionState
from services.review.correction_reads import Corrected
from services.review.correction_reads import corrections_of as corrections_told
from services.review.documents.facts.people import Author, Cast, Seat
from services.review.documents.facts.values import Point, Treated
from services.review.documents.facts.vote_values import (
    Answer,
    FirstVote,
    OldCount,
    TakenUp,
    Texts,
    Vote,
)
from services.review.sessions import queries
from services.review.sessions.attendance import votes_by_name
from services.review.sessions.attendance_models import WITHOUT_DEBATE, NamedVote
from services.review.sessions.models import Item, Recusal, Sitting
from shared.law.majority import Count, Side, majority
from shared.law.model import Text
from shared.law.pack import Pack


def treated_of(session: Session, pack: Pack, items: Sequence[Item]) -> tuple[Treated, ...]:
    """The points with their votes and decisions, in the order of the agenda; six statements."""
    ids = [item.id for item in items]
    references = queries.references_of(session, items)
    decisions = {
        one.item_id: one
        for one in session.scalars(select(Decision).where(Decision.item_id.in_(ids)))
    }
    in_office = _in_office(session, items)
    named = votes_by_name(session, ids)
    corrected = _corrections(session, items)
    recusals: dict[UUID, list[Recusal]] = {id_: [] for id_ in ids}
    for one in queries.recusals_of(session, ids):
        recusals[one.item_id].append(one)
    return tuple(
        _treated(
            point_of(item, references),
            item,
            decisions.get(item.id),
            vote=_with_corrections(
                _vote(item, recusals[item.id], named[item.id], told=_told(pack, item, in_office)),
                item,
                corrected[item.id],
            ),
            taken_up=_taken_up(item, named[item.id]),
            first=_first(item, named[item.id]),
        )
        for item in items
    )


def point_of(item: Item, references: Mapping[UUID, str]) -> Point:
    """A point as papers name it."""
    return Point(
        position=item.position,
        subject=dict(item.subject_line),
        reference=references.get(item.case_id) if item.case_id else None,
    )


def told(explanation: Text) -> dict[str, str | None]:
    """A sentence of the law as documents carry texts."""
    return {"ar": explanation["ar"], "fr": explanation["fr"], "en": explanation["en"]}


def _treated(
    point: Point,
    item: Item,
    decision: Decision | None,
    *,
    vote: Vote | None,
    taken_up: TakenUp | None,
    first: FirstVote | None,
) -> Treated:
    replies = decision.opinions if decision else []
    return Treated(
        point=point,
        vote=vote,
        decision=decision.number if decision else None,
        is_adopted=decision.state != DecisionState.REJECTED if decision else None,
        postponed_because=None if vote else item.postponed_because,
        without_opinion_reason=item.without_opinion_reason,
        answers=tuple(
            Answer(body=one.body_name, answer=one.answer, reason=one.reason) for one in replies
        ),
        taken_up=taken_up,
        withdrawn_on=item.withdrawn_on,
        reported_on=item.reported_on,
        unreported_because=item.unreported_because,
        first=first,
        objected_on=item.objection_received_on,
        objection_outcome=item.objection_outcome,
    )


def _taken_up(item: Item, named: Sequence[NamedVote]) -> TakenUp | None:
    """The council's choice about a point that no committee examined, where it made one."""
    kept = item.taken_up
    if kept is None:
        return None
    return TakenUp(
        is_taken_up=kept["is_taken_up"],
        votes_for=kept["votes_for"],
        votes_against=kept["votes_against"],
        abstentions=kept["abstentions"],
        explanation=kept["explanation"],
        cast=_cast(named, round_=WITHOUT_DEBATE),
    )


def _first(item: Item, named: Sequence[NamedVote]) -> FirstVote | None:
    """The vote of the first sitting, where a second one voted or is still to vote."""
    kept = [one for one in item.calculations or [] if one["round"] == 1 and not _corrects(one)]
    if item.first_vote_on is None or not kept:
        return None
    return FirstVote(
        votes_for=kept[0]["votes_for"],
        votes_against=kept[0]["votes_against"],
        abstentions=kept[0]["abstentions"],
        voted_on=item.first_vote_on,
        explanation=kept[0]["explanation"],
        cast=_cast(named, round_=1),
    )


def _cast(named: Sequence[NamedVote], *, round_: int) -> tuple[Cast, ...]:
    """Who voted how in one round."""
    return tuple(
        Cast(person=str(one.person_id), side=one.side) for one in named if one.round == round_
    )


def _vote(
    item: Item, recusals: Sequence[Recusal], named: Sequence[NamedVote], *, told: Texts
) -> Vote | None:
    if item.voted_on is None or item.votes_for is None:
        return None
    last = 2 if item.first_vote_on else 1
    return Vote(
        votes_for=item.votes_for,
        votes_against=item.votes_against or 0,
        abstentions=item.abstentions or 0,
        recused=sum(one.members for one in recusals),
        president_side=item.president_side,
        voted_on=item.voted_on,
        explanation=told,
        ballot=item.ballot,
        ballot_article=item.ballot_article,
        cast=_cast(named, round_=last),
        recusals=tuple(
            Seat(person=str(one.person_id), is_president=False) for one in recusals if one.person_id
        ),
    )


def for_everyone(treated: Treated) -> Treated:
    """The same without who corrected counts and why, which stay with the council."""
    vote = treated.vote
    if vote is None:
        return treated
    counts = tuple(replace(one, by=None, because=None) for one in vote.corrected)
    return replace(treated, vote=replace(vote, corrected=counts))


def _corrections(session: Session, items: Sequence[Item]) -> dict[UUID, list[Corrected]]:
    """The corrections of the votes on some items, oldest first, by item."""
    if not items:
        return {}
    told = corrections_told(session, items[0].authority, [one.subject for one in items])
    return {one.id: told[one.subject] for one in items}


def _with_corrections(vote: Vote | None, item: Item, corrected: Sequence[Corrected]) -> Vote | None:
    """A vote with the counts that were recorded first, each with who corrected it and why."""
    made = [one for one in item.calculations or [] if _corrects(one)]
    if vote is None or not made:
        return vote
    # Each correction made one count, in this order. Of a filled database the counts are fewer.
    acts = list(corrected)[-len(made) :]
    return replace(vote, corrected=tuple(map(partial(_old_count, item), made, acts)))


def corrections_of(items: Sequence[Item]) -> int:
    """How many times votes on some items were corrected."""
    return sum(bool(_corrects(made)) for item in items for made in item.calculations or [])


def _corrects(made: Mapping[str, Any]) -> int:
    """The place of the count that a count corrects, from 1; 0 for a vote."""
    return int(made.get("corrects", 0))


def _old_count(item: Item, made: Mapping[str, Any], act: Corrected) -> OldCount:
    old = item.calculations[_corrects(made) - 1]
    return OldCount(
        votes_for=old["votes_for"],
        votes_against=old["votes_against"],
        abstentions=old["abstentions"],
        corrected_on=date.fromisoformat(made["corrected_on"]),
        by=Author(person=act.author, role=act.role),
        because=act.because,
    )


def _told(pack: Pack, item: Item, in_office: Mapping[UUID, int]) -> Texts:
    """How the vote was counted: as it was kept with it, else (older votes) counted again."""
    if item.calculations:
        kept: Texts = item.calculations[-1]["explanation"]
        return kept
    votes_for, against = item.votes_for or 0, item.votes_against or 0
    abstain = item.abstentions or 0
    count = Count(
        votes_for=votes_for,
        against=against,
        abstain=abstain,
        in_office=max(in_office.get(cast(UUID, item.sitting_id), 0), votes_for + against + abstain),
        president=cast(Side | None, item.president_side),
    )
    return told(majority(pack, item.basis, count).explanation)


def _in_office(session: Session, items: Sequence[Item]) -> dict[UUID, int]:
    """The members in office at the sittings in which items were voted on."""
    ids = [item.sitting_id for item in items if item.sitting_id]
    found = session.scalars(select(Sitting).where(Sitting.id.in_(ids)))
    return {one.id: one.in_office for one in found}
