"""The steps of a convened session whose notice did not reach a member; workflow.py joins them."""

from __future__ import annotations

from typing import Any

from services.review.sessions import notice_guards as guards
from shared.events.notice_failures import (
    SessionNoticeFailed,
    SessionNoticeJudged,
    SessionNoticeRenewed,
)

NOTICE_TRANSITIONS: list[dict[str, Any]] = [
    {
        "trigger": "fail_notice",
        "source": "convened",
        "dest": "convened",
        "event": SessionNoticeFailed,
        "conditions": [guards.notice_had_gone_out, guards.failure_is_news],
    },
    {
        "trigger": "renew_notice",
        "source": "convened",
        "dest": "convened",
        "event": SessionNoticeRenewed,
        "conditions": [guards.renewal_comes_before_the_session],
    },
    {
        "trigger": "judge_notice",
        "source": "convened",
        "dest": "convened",
        "event": SessionNoticeJudged,
        "conditions": [guards.a_notice_failed_for_good],
    },
]
