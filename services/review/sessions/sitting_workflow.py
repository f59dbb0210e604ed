"""The states of a sitting, and the steps between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from services.review.corrections import somebody_else_corrects
from services.review.sessions import guards
from services.review.sessions import rectifying_guards as rectifying
from services.review.sessions import sitting_guards as rules
from shared.events.corrections import SittingRectified
from shared.events.sittings import (
    AttendanceChanged,
    CountQuestioned,
    DoorsClosed,
    DoorsOpened,
    QuorumFailed,
    QuorumMet,
    SittingEnded,
    SittingOpened,
    SittingResumed,
    SittingSuspended,
)


class SittingState(StrEnum):
    """While its roll is called a sitting is a private draft; the count at the opening stands.

    ``open`` is a sitting that runs without being the session's opening, or was resumed.
    """

    PLANNED = "planned"
    QUORUM_MET = "quorum_met"
    QUORUM_FAILED = "quorum_failed"
    OPEN = "open"
    SUSPENDED = "suspended"
    ENDED = "ended"


RUNNING = (SittingState.QUORUM_MET.value, SittingState.OPEN.value)
"""States in which the council sits."""

_AT_THE_OPENING = [
    rules.members_were_convened,
    rules.call_follows,
    rules.was_called_in_its_window,
    rules.was_held_on_its_day,
    rules.governors_session_is_on_its_day,
]
_STILL_LASTS = [guards.session_still_lasts, guards.extraordinary_session_still_lasts]
_IN_THE_ROOM = {
    "change_attendance": (AttendanceChanged, []),
    "close_doors": (
        DoorsClosed,
        [
            rules.doors_are_open,
            rules.request_is_large_enough,
            rules.votes_on_the_door_fit,
            rules.council_wants_closed_doors,
        ],
    ),
    "open_doors": (DoorsOpened, [rules.doors_are_closed]),
}
"""Steps that leave the sitting as it is."""

_COUNTED = (*RUNNING, "quorum_failed", "suspended", "ended")

SITTING_TRANSITIONS: Sequence[Mapping[str, Any]] = [
    {
        "trigger": "meet_quorum",
        "source": "planned",
        "dest": "quorum_met",
        "event": QuorumMet,
        "conditions": _AT_THE_OPENING,
    },
    {
        "trigger": "fail_quorum",
        "source": "planned",
        "dest": "quorum_failed",
        "event": QuorumFailed,
        "conditions": _AT_THE_OPENING,
    },
    {
        "trigger": "open",
        "source": "planned",
        "dest": "open",
        "event": SittingOpened,
        "conditions": [
            rules.session_has_opened,
            *_STILL_LASTS,
            rules.sitting_before_is_over,
        ],
    },
    {
        "trigger": "suspend",
        "source": list(RUNNING),
        "dest": "suspended",
        "event": SittingSuspended,
        "conditions": [rules.sitting_had_begun],
    },
    {
        "trigger": "resume",
        "source": "suspended",
        "dest": "open",
        "event": SittingResumed,
        "conditions": [rules.sitting_had_begun, *_STILL_LASTS],
    },
    {
        "trigger": "end",
        "source": [*RUNNING, "suspended"],
        "dest": "ended",
        "event": SittingEnded,
        "conditions": [rules.sitting_had_begun, *_STILL_LASTS],
    },
    *(
        {
            "trigger": trigger,
            "source": state,
            "dest": state,
            "event": event,
            "conditions": conditions,
        }
        for trigger, (event, conditions) in _IN_THE_ROOM.items()
        for state in RUNNING
    ),
    *(
        {
            "trigger": trigger,
            "source": state,
            "dest": state,
            "event": SittingRectified,
            "conditions": [
                somebody_else_corrects,
                rectifying.decisions_have_not_left,
                rectifying.voters_were_there,
                rectifying.quorum_is_as_before,
                rectifying.votes_fit_the_count,
                rectifying.results_stand,
            ],
        }
        for trigger in ("rectify_count", "rectify_roll")
        for state in _COUNTED
    ),
    *(
        {
            "trigger": "question_count",
            "source": state,
            "dest": state,
            "event": CountQuestioned,
            "is_aside": True,
        }
        for state in _COUNTED
    ),
]
