"""What a notice looks like to others: its snapshot, and its workflow."""

from __future__ import annotations

from services.notifications.models import Notice
from services.notifications.workflow import TRANSITIONS, NoticeState
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


NOTICE_WORKFLOW = workflow(
    "notice", states=NoticeState, table=TRANSITIONS, state_of=state_of_notice
)
KINDS = ((Notice, NOTICE_WORKFLOW),)
