"""Everything that changes a notice: intended, in hand, sent, put off, failed, acknowledged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Table
from sqlalchemy.orm import Session

from services.notifications.due import InHand, take_longest_due
from services.notifications.models import Bounce, Notice
from services.notifications.state import BOUNCE_WORKFLOW, NOTICE_WORKFLOW
from services.notifications.workflow import BounceState, NoticeState
from shared.db.upsert import insert_each_once
from shared.errors import NotFound
from shared.events.bounces import BounceNoted
from shared.events.envelope import Received
from shared.events.notices import NoticeAcknowledged, NoticeDelivered, NoticeFailed, NoticeSent
from shared.ids import new_id
from shared.unit_of_work import UnitOfWork
from shared.workflow import Act, move

PORTAL = "portal"
EMAIL = "email"
RETRY_AFTER_SECONDS = (2, 10, 60, 300, 1800, 3600)
"""How long a notice waits after its first, second... try in vain; the last repeats."""

TO_BE_PROVEN = frozenset({"session_convened"})
"""Kinds of notices whose failure others hear of: days of the law count from them (113-14, 35)."""

GIVE_UP_AFTER = timedelta(days=5)
"""For this long a mail that cannot leave is tried again (RFC 5321, 4.5.4.1: at least 4-5 days)."""


def intend_notices(
    uow: UnitOfWork,
    event: Received[Any, Any],
    people: Iterable[UUID],
    *,
    notice_kind: str,
    due_version: str,
    facts: Mapping[str, Any],
) -> None:
    """Write down that people are to be told; who was to be told the same already is not twice."""
    languages = uow.profile.profile.get("languages") or ["ar"]
    told = {
        "authority": uow.authority,
        "state": NoticeState.INTENDED.value,
        "sequence": 0,
        "version": 1,
        "about": event.envelope.subject,
        "notice_kind": notice_kind,
        "due_version": due_version,
        "channel": PORTAL,
        "language": languages[0],
        "attempts": 0,
        "facts": dict(facts),
        "cause_event_id": UUID(event.envelope.id),
        "correlation_id": event.envelope.correlationid,
        "intended_at": uow.recorded_at,
        "next_try_at": uow.recorded_at,
    }
    notices = [{**told, "id": new_id(), "person_id": person} for person in people]
    insert_each_once(uow.session, cast(Table, Notice.__table__), notices)


def take_in_hand(
    session: Session, moment: datetime, *, lease: str, seconds: float
) -> InHand | None:
    """Lease the notice of any authority that waits longest; nobody else takes it meanwhile.

    Its next try is set already, so that a notice whose sending breaks off holds up no other.
    """
    until = moment + timedelta(seconds=seconds)
    tries = [moment + timedelta(seconds=wait) for wait in RETRY_AFTER_SECONDS]
    return take_longest_due(session, moment, lease=lease, until=until, tries=tries)


def in_hand(uow: UnitOfWork, notice_id: UUID, lease: str) -> Notice | None:
    """The notice under its lock, if this sender still has it; a later sender's result counts."""
    notice = uow.find(Notice, notice_id)
    return notice if notice is not None and notice.lease == lease else None


def record_sent(uow: UnitOfWork, notice: Notice, *, channel: str, language: str) -> None:
    """Record that the channel took the notice; the portal's end is the portal itself."""
    notice.channel, notice.language = channel, language
    notice.sent_at, notice.last_problem = uow.recorded_at, None
    _let_go(notice)
    move(NOTICE_WORKFLOW, notice, "send", uow, Act(what=NoticeSent()))
    if channel == PORTAL and notice.state == NoticeState.SENT:
        move(NOTICE_WORKFLOW, notice, "deliver", uow, Act(what=NoticeDelivered()))


def put_off(uow: UnitOfWork, notice: Notice, *, problem: str) -> None:
    """Try again later, or give up when it has been tried for days; ``problem`` is a code."""
    if uow.recorded_at - notice.intended_at >= GIVE_UP_AFTER:
        return record_failed(uow, notice, reason="gave-up")
    wait = timedelta(seconds=_wait_after(notice.attempts))
    notice.next_try_at = uow.recorded_at + wait
    notice.last_problem = problem
    _let_go(notice)
    return None


def record_failed(uow: UnitOfWork, notice: Notice, *, reason: str) -> None:
    """Record that the e-mail will not arrive; who has read the notice meanwhile was told."""
    notice.last_problem = reason
    _let_go(notice)
    if notice.state == NoticeState.INTENDED:
        notice.channel = EMAIL
        move(NOTICE_WORKFLOW, notice, "fail", uow, Act(what=NoticeFailed(reason=reason)))
        if notice.notice_kind in TO_BE_PROVEN:
            _note_bounce(uow, notice, reason=reason)


def _note_bounce(uow: UnitOfWork, notice: Notice, *, reason: str) -> None:
    """Tell of a failed notice under a kind of its own, for who cannot hear every notice."""
    bounce = uow.add(
        Bounce(
            state=BounceState.NEW.value,
            notice_id=notice.id,
            about=notice.about,
            notice_kind=notice.notice_kind,
            person_id=notice.person_id,
            channel=EMAIL,
        )
    )
    move(BOUNCE_WORKFLOW, bounce, "note", uow, Act(what=BounceNoted(reason=reason)))


def own_notice(uow: UnitOfWork, notice_id: UUID) -> Notice:
    """The notice under its lock, if it was told to the acting person; else as if it were not."""
    notice = uow.find(Notice, notice_id)
    if notice is None or str(notice.person_id) != uow.actor.id:
        raise NotFound("Nothing was found under this id.", kind="notice")
    return notice


def acknowledge_notice(uow: UnitOfWork, notice: Notice, **act: Any) -> Notice:
    """Record that the person opened the notice; opening it again changes nothing."""
    if notice.state != NoticeState.ACKNOWLEDGED:
        notice.acknowledged_at = uow.recorded_at
        what = NoticeAcknowledged()
        move(NOTICE_WORKFLOW, notice, "acknowledge", uow, Act(what=what, **act))
    return notice


def _wait_after(attempts: int) -> int:
    return RETRY_AFTER_SECONDS[min(attempts, len(RETRY_AFTER_SECONDS)) - 1]


def _let_go(notice: Notice) -> None:
    notice.lease, notice.leased_until = None, None
