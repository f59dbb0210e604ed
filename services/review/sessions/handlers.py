"""What sessions do when others say something: a notice to a member did not leave."""

from __future__ import annotations

from uuid import UUID

from services.review.council.queries import holds_office
from services.review.council.workflow import OFFICES
from services.review.sessions.actions import failed_notices
from services.review.sessions.models import CouncilSession
from services.review.sessions.notice_queries import failures_of
from services.review.sessions.workflow import SessionState
from shared.events.bounces import BounceNoted, BounceSnapshot
from shared.events.catalogue import Event
from shared.events.envelope import Received
from shared.unit_of_work import UnitOfWork
from shared.worker import Handler

CONVENED = "session_convened"
FAILED = {"channel": "electronic", "reason": "not-delivered"}


def when_bounce_noted_note_failed_notice(
    uow: UnitOfWork, event: Received[BounceNoted, BounceSnapshot]
) -> None:
    """A member's notice by e-mail failed for good: an urgent task, or the president's choice.

    Nothing is to be done about a session that has opened or was put off, for somebody who left
    office, or where it is recorded already that this member was not reached.
    """
    kind, _slash, key = event.after.about.partition("/")
    if (kind, event.after.notice_kind) != (CouncilSession.kind, CONVENED):
        return
    session, person = uow.find(CouncilSession, key), UUID(event.after.person)
    if session is None or session.state != SessionState.CONVENED:
        return
    known = [one.row.person_id for one in failures_of(uow.session, session.id) if one.is_open]
    is_member = holds_office(uow.session, uow.authority, person, offices=OFFICES, on=uow.today)
    if is_member and person not in known:
        failed_notices.fail(uow, session, failed_notices.Undelivered(person=person, **FAILED))


HANDLERS: dict[type[Event], Handler] = {BounceNoted: when_bounce_noted_note_failed_notice}
