"""What notices and bounces look like to others: their snapshots and workflows."""

from __future__ import annotations

from services.notifications.models import Bounce, Notice
from services.notifications.workflow import (
    BOUNCE_TRANSITIONS,
    TRANSITIONS,
    BounceState,
    NoticeState,
)
from shared.events.bounces import BounceSnapshot
from shared.events.notices import NoticeSnapshot
from shared.workflow import workflow


def state_of_notice(row: Notice) -> NoticeSnapshot:
    """The snapshot of a notice: opaque ids and codes, no address and no text."""
    return NoticeSnapshot(
        state=row.state,
        about=row.about,
        notice_kind=row.notice_kind,
        person=str(row.person_id),
        channel=row.channel,
        language=row.language,
        attempts=row.attempts,
    )


def state_of_bounce(row: Bounce) -> BounceSnapshot:
    """The snapshot of a bounce: opaque ids and codes."""
    return BounceSnapshot(
        state=row.state,
        notice=str(row.notice_id),
        about=row.about,
        notice_kind=row.notice_kind,
        person=str(row.person_id),
        channel=row.channel,
    )


NOTICE_WORKFLOW = workflow(
    "notice", states=NoticeState, table=TRANSITIONS, state_of=state_of_notice
)
BOUNCE_WORKFLOW = workflow(
    "bounce", states=BounceState, table=BOUNCE_TRANSITIONS, state_of=state_of_bounce
)
KINDS = ((Notice, NOTICE_WORKFLOW), (Bounce, BOUNCE_WORKFLOW))
