"""The words and the colour of each recorded act in a timeline, by the event it made.

A test holds the table complete for the events that exist.
"""

from __future__ import annotations

from collections.abc import Mapping

from services.portal.words import word
from shared.events.event_words import EVENT_WORDS

EVENT_TONES: Mapping[str, str] = {
    "case.refused": "bad",
    "case.completion_requested": "warning",
    "case.deadline_missed": "bad",
    "case.deadline_approaching": "warning",
    "case.deadline_moved": "waiting",
    "case.withdrawn": "draft",
    "case.withdrawal_refused": "warning",
    "case.closed": "draft",
    "consultation.lapsed": "warning",
    "consultation.deadline_moved": "waiting",
    "consultation.answered": "good",
    "session.duty_missed": "bad",
    "sitting.quorum_failed": "bad",
    "sitting.count_questioned": "warning",
    "item.postponed": "warning",
    "item.sent_back": "warning",
    "session.notice_failed": "bad",
    "session.postponed": "warning",
    "decision.adopted": "good",
    "decision.rejected": "bad",
    "decision.opposed": "bad",
    "decision.visa_refused": "bad",
    "decision.visa_granted": "good",
    "decision.enforceable": "good",
    "decision.enforceability_suspended": "warning",
    "opinion.submitted": "good",
    "opinion.declined": "draft",
    "notice.failed": "bad",
    "bounce.noted": "bad",
    "letter.discarded": "warning",
    "erasure.put_off": "waiting",
    "erasure.carried_out": "draft",
    "erasure.refused": "bad",
    "petition.given_up": "draft",
    "petition.documents_erased": "draft",
    "redaction.put_off": "waiting",
    "redaction.carried_out": "draft",
}


def event_kind(type_: str) -> str:
    """``case.opened`` of ``case.opened.v1``."""
    name, _, version = type_.rpartition(".")
    return name if version[:1] == "v" and version[1:].isdigit() else type_


def event_title(type_: str) -> str:
    """What an event says in a timeline."""
    return word(EVENT_WORDS, event_kind(type_))
