"""Whether committees have examined the petitions of an agenda (113-14, article 28)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Uuid, cast, null, select
from sqlalchemy.orm import Session

from services.review.cases.models import Case
from services.review.cases.referred import awaited
from services.review.council.models import CommitteeReport
from services.review.sessions.models import CouncilSession, Item
from services.review.sessions.queries import ON_AGENDA


def is_examined(session: Session, item: Item, on: date) -> bool:
    """Whether the reports on the item's petition were there on a day.

    A free subject has no referral here; a petition that was voted on before needs no report either.
    One that several committees examine waits for each of them, until its term is over.
    """
    if item.case_id is None:
        return True
    reported = select(CommitteeReport.committee_id).where(
        CommitteeReport.case_id == item.case_id, CommitteeReport.reported_on <= on
    )
    committees = {str(one) for one in session.scalars(reported)}
    if committees and not awaited(session.get_one(Case, item.case_id), committees, on=on):
        return True
    voted = select(Item.id).where(Item.case_id == item.case_id, Item.voted_on.is_not(None))
    return session.scalars(voted.limit(1)).first() is not None


def unexamined(session: Session, items: Sequence[Item]) -> set[UUID]:
    """The items of some agendas that wait for the council's choice without debate."""
    waiting = [one for one in items if one.state in ON_AGENDA and one.case_id and not one.taken_up]
    cases = [one.case_id for one in waiting]
    reported = select(CommitteeReport.case_id, CommitteeReport.committee_id).where(
        CommitteeReport.case_id.in_(cases)
    )
    voted = select(Item.case_id, cast(null(), Uuid)).where(
        Item.case_id.in_(cases), Item.voted_on.is_not(None)
    )
    known: dict[UUID | None, set[UUID | None]] = {}
    for case, committee in session.execute(reported.union_all(voted)):
        known.setdefault(case, set()).add(committee)
    unvoted = [one for one in waiting if None not in known.get(one.case_id, ())]
    held_up = _held_up(session, unvoted, known)
    return {one.id for one in waiting if one.case_id not in known} | held_up


def _held_up(
    session: Session, items: Sequence[Item], known: Mapping[UUID | None, set[UUID | None]]
) -> set[UUID]:
    """The items that wait, on their session's day, for the report of a further committee."""
    reported = [one.id for one in items if one.case_id in known]
    if not reported:
        return set()
    found = session.execute(
        select(Item.id, Case, CouncilSession.opens_on)
        .join(Case, Case.id == Item.case_id)
        .join(CouncilSession, CouncilSession.id == Item.session_id)
        .where(Item.id.in_(reported))
    )
    return {
        item
        for item, case, opens_on in found
        if awaited(case, {str(one) for one in known[case.id]}, on=opens_on)
    }
