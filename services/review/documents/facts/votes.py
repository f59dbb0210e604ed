"""Reads how the council treated the points of a session, each vote with its calculation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import cast
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.review.control.models import Decision
from services.review.control.workflow import DecisionState
from services.review.documents.facts.values import Answer, Point, Treated, Vote
from services.review.sessions import queries
from services.review.sessions.models import Item, Sitting
from shared.law.majority import Count, Side, majority
from shared.law.model import Basis, Pack, Text


def treated_of(session: Session, pack: Pack, items: Sequence[Item]) -> tuple[Treated, ...]:
    """The points with their votes and decisions, in the order of the agenda; four statements."""
    ids = [item.id for item in items]
    references = queries.references_of(session, items)
    decisions = {
        one.item_id: one
        for one in session.scalars(select(Decision).where(Decision.item_id.in_(ids)))
    }
    in_office = _in_office(session, items)
    recused: Counter[UUID] = Counter()
    for one in queries.recusals_of(session, ids):
        recused[one.item_id] += one.members
    return tuple(
        _treated(
            point_of(item, references),
            item,
            decisions.get(item.id),
            vote=_vote(pack, item, recused[item.id], in_office=in_office),
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


def _treated(point: Point, item: Item, decision: Decision | None, *, vote: Vote | None) -> Treated:
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
    )


def _vote(pack: Pack, item: Item, recused: int, *, in_office: Mapping[UUID, int]) -> Vote | None:
    if item.voted_on is None or item.votes_for is None:
        return None
    votes_for, against = item.votes_for, item.votes_against or 0
    abstain = item.abstentions or 0
    members = in_office.get(cast(UUID, item.sitting_id), 0) - recused
    count = Count(
        votes_for=votes_for,
        against=against,
        abstain=abstain,
        in_office=max(members, votes_for + against + abstain),
        president=cast(Side | None, item.president_side),
    )
    return Vote(
        votes_for=votes_for,
        votes_against=against,
        abstentions=abstain,
        recused=recused,
        president_side=item.president_side,
        voted_on=item.voted_on,
        explanation=told(majority(pack, cast(Basis, item.basis), count).explanation),
    )


def _in_office(session: Session, items: Sequence[Item]) -> dict[UUID, int]:
    """The members in office at the sittings in which items were voted on."""
    ids = [item.sitting_id for item in items if item.sitting_id]
    found = session.scalars(select(Sitting).where(Sitting.id.in_(ids)))
    return {one.id: one.in_office for one in found}
