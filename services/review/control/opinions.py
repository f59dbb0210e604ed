"""A decision cites the opinions that were received and says of each what became of it, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from services.review.cases.consultation_models import ReceivedOpinion
from services.review.control.models import Decision, DecisionOpinion
from services.review.kept_texts import hash_of, keep_text
from services.review.sessions.models import Item
from shared.errors import InvalidInput
from shared.events.decisions import OpinionAnswer
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class Reply:
    """The council's reply to one opinion; ``answer`` is a code, ``reason`` becomes public."""

    opinion: UUID
    answer: str
    reason: str


def received_by(session: Session, item: Item, on: date) -> Sequence[ReceivedOpinion]:
    """The opinions on an item's petition, or handed in for its session, by a civil date."""
    concerned = ReceivedOpinion.session_id == item.session_id
    if item.case_id is not None:
        concerned = or_(concerned, ReceivedOpinion.case_id == item.case_id)
    return session.scalars(
        select(ReceivedOpinion).where(
            concerned,
            ReceivedOpinion.authority == item.authority,
            ReceivedOpinion.submitted_on <= on,
        )
    ).all()


def check_replies(uow: UnitOfWork, item: Item, replies: Sequence[Reply], *, on: date) -> None:
    """Each opinion on the petition has one reply; those for the session may have one.

    Raises ``InvalidInput`` on the field ``opinions``.
    """
    received = received_by(uow.session, item, on)
    known = {one.opinion_id for one in received}
    answered: set[UUID] = set()
    for number, reply in enumerate(replies):
        _check_reply(reply, number, known=known, answered=answered)
        answered.add(reply.opinion)
    needed = {one.opinion_id for one in received if _is_on(one, item)}
    if needed - answered:
        raise InvalidInput(
            "Say of each opinion on this petition whether the decision follows it, and why.",
            field="opinions",
            remedy="Choose an answer for each opinion received and give its reason.",
        )


def cite(uow: UnitOfWork, decision: Decision, replies: Sequence[Reply]) -> None:
    """Keep the replies with their decision."""
    if not replies:
        return
    cited = select(ReceivedOpinion.opinion_id, ReceivedOpinion.body_id).where(
        ReceivedOpinion.opinion_id.in_([one.opinion for one in replies])
    )
    bodies = {row.opinion_id: row.body_id for row in uow.session.execute(cited)}
    for reply in replies:
        keep_text(uow, reply.reason)
        decision.opinions.append(
            DecisionOpinion(
                authority=uow.authority,
                opinion_id=reply.opinion,
                body_id=bodies[reply.opinion],
                answer=reply.answer,
                reason=reply.reason,
            )
        )


def told(replies: Sequence[Reply]) -> list[OpinionAnswer]:
    """The replies as events carry them: the reason by its hash only."""
    return [
        OpinionAnswer(
            opinion=str(one.opinion),
            answer=one.answer,
            reason_sha256=hash_of(one.reason),
        )
        for one in replies
    ]


def _is_on(opinion: ReceivedOpinion, item: Item) -> bool:
    return item.case_id is not None and opinion.case_id == item.case_id


def _check_reply(reply: Reply, number: int, *, known: set[UUID], answered: set[UUID]) -> None:
    field = f"opinions.{number}.opinion"
    if reply.opinion not in known:
        raise InvalidInput(
            "No opinion with this id was received on this item by the day of the vote.",
            field=field,
            remedy="Choose one of the opinions received.",
        )
    if reply.opinion in answered:
        raise InvalidInput(
            "This opinion is answered twice.", field=field, remedy="Give one answer to each."
        )
