"""How notices follow from their events, where the database has to be filled from the log.

What the log says was sent, delivered, failed or read is so again, and is sent to nobody a second
time. Of what it does not say nobody knows whether the mail left: it counts as failed, for a person
to look at, and stands in the portal like every notice.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select

from services.notifications import actions
from services.notifications.models import Bounce, Notice
from services.notifications.state import BOUNCE_WORKFLOW, NOTICE_WORKFLOW
from services.notifications.workflow import NoticeState
from shared.context import ServiceContext
from shared.db.engine import EVERY_AUTHORITY
from shared.events.envelope import Envelope
from shared.recall import EarlierMissing, Recall
from shared.unit_of_work import Actor, Cause, UnitOfWork, unit_of_work

NOT_SENT_AGAIN = "not-sent-again"


def find_notice(uow: UnitOfWork, told: Envelope) -> Notice:
    """The notice under its id, or the intent that its cause left here under another one.

    Raises ``EarlierMissing`` while there is neither: what it tells is in its cause.
    """
    notice = uow.find(Notice, told.key)
    if notice is not None:
        return notice
    intent = uow.session.scalars(_intent(told)).first()
    if intent is None:
        raise EarlierMissing("The cause of %(subject)s is missing.", subject=told.subject)
    intent.id = UUID(told.key)
    return intent


def _intent(told: Envelope) -> Select[Notice]:
    after = told.data.after
    statement = select(Notice).where(
        Notice.authority == told.authority,
        Notice.sequence == 0,
        Notice.about == after["about"],
        Notice.notice_kind == after["notice_kind"],
        Notice.person_id == UUID(after["person"]),
    )
    if told.causationid is not None:
        statement = statement.where(Notice.cause_event_id == UUID(told.causationid))
    return statement.order_by(Notice.intended_at, Notice.id).limit(1).with_for_update()


def complete_notice(_uow: UnitOfWork, notice: Notice, told: Envelope) -> None:
    """Set the instants of the proof, and what went wrong."""
    step = told.type.split(".")[1]
    if step == "sent":
        notice.sent_at, notice.last_problem = told.time, None
    elif step == "failed":
        notice.last_problem = told.data.what["reason"]
    elif step == "acknowledged":
        notice.acknowledged_at = told.time


def after_filling(context: ServiceContext, since: datetime) -> int:
    """Record what the filling intended and the log does not call sent; returns how many."""
    statement = select(Notice.id, Notice.authority, Notice.correlation_id, Notice.cause_event_id)
    with context.database.read(EVERY_AUTHORITY) as session:
        unsent = session.execute(
            statement.where(Notice.state == NoticeState.INTENDED.value, Notice.intended_at >= since)
        ).all()
    for one in unsent:
        cause = Cause(correlation_id=one.correlation_id, causation_id=str(one.cause_event_id))
        actor = Actor(id=f"service:{context.name}", role="service")
        with unit_of_work(context, authority=one.authority, actor=actor, cause=cause) as uow:
            actions.record_failed(uow, uow.get(Notice, one.id), reason=NOT_SENT_AGAIN)
    return len(unsent)


RECALLS = {
    "notice": Recall(
        model=Notice,
        workflow=NOTICE_WORKFLOW,
        find=find_notice,
        complete=complete_notice,
        acts_today=True,
    ),
    "bounce": Recall(model=Bounce, workflow=BOUNCE_WORKFLOW, acts_today=True),
}
