"""A mandate recorded after a count: the count stands, and the difference is told as a finding."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from services.review.council.models import Mandate
from services.review.council.queries import members_in_office
from services.review.sessions.models import Sitting
from services.review.sessions.sitting_workflow import SittingState
from services.review.sessions.state import SITTING_WORKFLOW
from shared.events.sittings import CountQuestioned
from shared.unit_of_work import UnitOfWork
from shared.workflow import Act, move


def question_counts(
    uow: UnitOfWork, mandate: Mandate, *, first: date, last: date | None
) -> list[Sitting]:
    """Tell of each sitting between two days whose members in office are another number now.

    Nothing is corrected: that is an act of a second person (actions/rectifying_counts.py).
    """
    if first > uow.today:
        return []
    counted = select(Sitting.id).where(
        Sitting.authority == uow.authority,
        Sitting.state != SittingState.PLANNED.value,
        Sitting.held_on >= first,
    )
    if last is not None:
        counted = counted.where(Sitting.held_on <= last)
    ids = uow.session.scalars(counted.order_by(Sitting.id)).all()
    sittings = [uow.get(Sitting, id_) for id_ in ids]
    return [sitting for sitting in sittings if _question(uow, sitting, mandate)]


def _question(uow: UnitOfWork, sitting: Sitting, mandate: Mandate) -> bool:
    now = members_in_office(uow.session, uow.authority, sitting.held_on)
    if now == sitting.in_office:
        return False
    what = CountQuestioned(mandate=str(mandate.id), in_office=sitting.in_office, in_office_now=now)
    move(SITTING_WORKFLOW, sitting, "question_count", uow, Act(what=what))
    return True
