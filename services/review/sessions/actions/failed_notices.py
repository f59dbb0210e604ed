"""A notice that did not reach a member: noted, sent again with proof, or judged by the president.

The ten days of article 35 count from a sending with proof. Until the last day a failed notice is
an urgent task; after it the law is silent, so the president chooses and says why.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from services.review.council.office import check_office
from services.review.kept_texts import hash_of
from services.review.sessions import rules
from services.review.sessions.actions import roll
from services.review.sessions.actions.sessions import postpone
from services.review.sessions.models import CouncilSession
from services.review.sessions.notice_models import FailedNotice, NoticeChoice
from services.review.sessions.notice_queries import failures_of
from services.review.sessions.state import SESSION_WORKFLOW
from shared.errors import NotFound
from shared.events.notice_failures import (
    SessionNoticeFailed,
    SessionNoticeJudged,
    SessionNoticeRenewed,
)
from shared.unit_of_work import UnitOfWork
from shared.workflow import Act, move

GO_ON, ANEW = "go-on", "convene-anew"


@dataclass(frozen=True, kw_only=True)
class Undelivered:
    """Whom a notice did not reach, by which channel it went, and the code of why."""

    person: UUID
    channel: str
    reason: str


def fail(
    uow: UnitOfWork,
    session: CouncilSession,
    found: Undelivered,
    *,
    acted_on: date | None = None,
    **act: Any,
) -> FailedNotice:
    """Note that a member's notice did not arrive (session locked by the caller).

    Raises ``InvalidInput`` for who is not in office.
    """
    on = acted_on or uow.today
    check_office(uow, on)
    roll.check_member(uow, found.person, on=on)
    latest_on = latest_day(uow, session)
    known = [one.row for one in failures_of(uow.session, session.id) if one.is_open]
    facts = {"on": on, "is_known": any(one.person_id == found.person for one in known)}
    said: dict[str, Any] = {
        "channel": found.channel,
        "reason": found.reason,
        "latest_on": latest_on,
    }
    what = SessionNoticeFailed(person=str(found.person), is_late=on > latest_on, **said)
    done = Act(what=what, acted_on=acted_on, facts=facts, **act)
    move(SESSION_WORKFLOW, session, "fail_notice", uow, done)
    row = FailedNotice(
        authority=uow.authority,
        session_id=session.id,
        person_id=found.person,
        failed_on=on,
        recorded_by=uow.actor.id,
        recorded_at=uow.recorded_at,
        **said,
    )
    uow.session.add(row)
    uow.session.flush()
    return row


def renew(
    uow: UnitOfWork,
    session: CouncilSession,
    row: FailedNotice,
    *,
    channel: str,
    proof: str,
    acted_on: date | None = None,
    **act: Any,
) -> FailedNotice:
    """Record that the notice was sent again, with its proof; the act's day is the sending's."""
    on = acted_on or uow.today
    check_office(uow, on)
    row.renewed_on, row.renewed_channel, row.renewed_proof = on, channel, proof
    what = SessionNoticeRenewed(person=str(row.person_id), channel=channel, latest_on=row.latest_on)
    facts = {"on": on, "failed_on": row.failed_on}
    done = Act(what=what, acted_on=acted_on, facts=facts, **act)
    move(SESSION_WORKFLOW, session, "renew_notice", uow, done)
    return row


def judge(
    uow: UnitOfWork,
    session: CouncilSession,
    *,
    choice: str,
    reason: str,
    acted_on: date | None = None,
    **act: Any,
) -> NoticeChoice:
    """Record the president's choice about notices that failed for good.

    To convene anew puts the session off: its items go back and are planned for a later day.
    """
    on = acted_on or uow.today
    check_office(uow, on)
    late = {one.row.person_id for one in failures_of(uow.session, session.id) if one.is_late(on)}
    what = SessionNoticeJudged(choice=choice, reason_sha256=hash_of(reason), members=len(late))
    done = Act(what=what, acted_on=acted_on, facts={"late": len(late)}, **act)
    move(SESSION_WORKFLOW, session, "judge_notice", uow, done)
    row = NoticeChoice(
        authority=uow.authority,
        session_id=session.id,
        choice=choice,
        reason=reason,
        members=len(late),
        chosen_on=on,
        recorded_by=uow.actor.id,
        recorded_at=uow.recorded_at,
    )
    uow.session.add(row)
    if choice == ANEW:
        postpone(uow, session, reason="not-in-time", acted_on=acted_on, **act)
    uow.session.flush()
    return row


def failed_notice(uow: UnitOfWork, session: CouncilSession, id_: UUID) -> FailedNotice:
    """One failed notice of a session; raises ``NotFound``."""
    row = uow.session.get(FailedNotice, id_)
    if row is None or row.session_id != session.id:
        raise NotFound("Nothing was found under this id.", kind="notice")
    return row


def latest_day(uow: UnitOfWork, session: CouncilSession) -> date:
    """The last day to send a session's notice; the eve of the opening where the law sets none."""
    step = rules.steps_before(uow.profile, session).notice
    return step.due_on if step else session.opens_on - timedelta(days=1)
