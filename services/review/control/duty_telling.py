"""Tells of duties after a session that a release before this one recorded without an event.

Such a release may still run beside this one, so they are looked for again and again. The service
itself tells, with the day of the act and the account that had recorded it.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.review.control import formalities
from services.review.control.models import CouncilFormality, Decision
from services.review.sessions.models import CouncilSession
from shared.events.catalogue import Event
from shared.events.duties import DecisionPosted, FollowUpsReported, MinutesAdopted, MinutesGiven
from shared.unit_of_work import UnitOfWork
from shared.web.paging import LARGEST_PAGE
from shared.workflow import Act, move

_WHAT: Mapping[str, Callable[[date | None, str], Event]] = {
    formalities.POSTING: lambda due_on, by: DecisionPosted(due_on=due_on, recorded_by=by),
    formalities.MINUTES: lambda due_on, by: MinutesGiven(due_on=due_on, recorded_by=by),
    formalities.ADOPTION: lambda _due_on, by: MinutesAdopted(at=None, recorded_by=by),
    formalities.REPORT: lambda _due_on, by: FollowUpsReported(actions=None, recorded_by=by),
}


def untold(session: Session, authority: str, _today: date) -> list[uuid.UUID]:
    """The sessions and decisions with a duty that nobody was told of."""
    rows = session.scalars(
        select(CouncilFormality.subject)
        .where(CouncilFormality.authority == authority, CouncilFormality.event_sequence.is_(None))
        .order_by(CouncilFormality.recorded_at)
        .limit(LARGEST_PAGE)
    )
    return list(dict.fromkeys(uuid.UUID(subject.partition("/")[2]) for subject in rows))


def tell(uow: UnitOfWork, subject_id: uuid.UUID) -> int:
    """Tell of each duty of a session or decision that nobody was told of; how many there were."""
    subject = uow.find(CouncilSession, subject_id) or uow.get(Decision, subject_id)
    rows = uow.session.scalars(
        select(CouncilFormality)
        .where(
            CouncilFormality.subject == subject.subject, CouncilFormality.event_sequence.is_(None)
        )
        .order_by(CouncilFormality.recorded_at, CouncilFormality.formality)
    ).all()
    for row in rows:
        row.event_sequence = _tell(uow, subject, row)
    return len(rows)


def _tell(uow: UnitOfWork, subject: Decision | CouncilSession, row: CouncilFormality) -> int:
    closed_on = (
        subject.closed_on
        if isinstance(subject, CouncilSession)
        else formalities.closing_of(uow.session, subject)
    )
    due_on = None
    if row.formality in {formalities.POSTING, formalities.MINUTES}:
        due_on = formalities.last_day(uow, row.formality, closed_on)
    what = _WHAT[row.formality](due_on, row.recorded_by)
    # It was judged when it was recorded: what the guards ask was so on the day of the act.
    facts = {"closed_on": row.done_on, "sat": True, "session_kind": "ordinary"}
    act = Act(what=what, acted_on=row.done_on, facts=facts)
    flow, trigger = formalities.FLOWS[subject.kind], formalities.TRIGGERS[row.formality]
    return move(flow, subject, trigger, uow, act).sequence
