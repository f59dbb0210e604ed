"""The states of sessions and items of the agenda, and the steps between them."""

from __future__ import annotations

from enum import StrEnum

from services.review.sessions import guards
from shared.events.sessions import (
    ItemDeliberated,
    ItemPostponed,
    ItemScheduled,
    SessionCalled,
    SessionClosed,
    SessionConvened,
    SessionExtended,
    SessionOpened,
    SessionPostponed,
)


class SessionState(StrEnum):
    """A planned session is a private draft: it has emitted nothing yet."""

    PLANNED = "planned"
    CALLED = "called"
    CONVENED = "convened"
    OPENED = "opened"
    CLOSED = "closed"
    POSTPONED = "postponed"


SESSION_TRANSITIONS = [
    {
        "trigger": "call",
        "source": "planned",
        "dest": "called",
        "event": SessionCalled,
        "conditions": [
            guards.agenda_has_items,
            guards.agenda_is_in_time,
            guards.accepted_petitions_are_on_it,
        ],
    },
    {
        "trigger": "convene",
        "source": "called",
        "dest": "convened",
        "event": SessionConvened,
        "conditions": [
            guards.agenda_has_items,
            guards.agenda_went_first,
            guards.notice_is_in_time,
            guards.accepted_petitions_are_on_it,
        ],
    },
    {
        "trigger": "open",
        "source": "convened",
        "dest": "opened",
        "event": SessionOpened,
        "conditions": [guards.quorum_was_met],
    },
    {
        "trigger": "close",
        "source": "opened",
        "dest": "closed",
        "event": SessionClosed,
        "conditions": [
            guards.session_had_opened,
            guards.session_still_lasts,
            guards.extraordinary_session_still_lasts,
        ],
    },
    {
        "trigger": "extend",
        "source": "opened",
        "dest": "opened",
        "event": SessionExtended,
        "conditions": [
            guards.session_is_ordinary,
            guards.is_not_extended_yet,
            guards.extension_is_in_time,
            guards.extension_fits,
        ],
    },
    {
        "trigger": "postpone",
        "source": ["called", "convened"],
        "dest": "postponed",
        "event": SessionPostponed,
    },
]


class ItemState(StrEnum):
    """A postponed item is over; what it was about may become an item of a later session."""

    PROPOSED = "proposed"
    SCHEDULED = "scheduled"
    DELIBERATED = "deliberated"
    POSTPONED = "postponed"


_VOTE_GUARDS = [
    guards.session_is_open,
    guards.session_still_lasts,
    guards.extraordinary_session_still_lasts,
    guards.petition_is_accepted,
    guards.sitting_is_held,
    guards.sitting_goes_on,
    guards.vote_is_public,
    guards.votes_fit_attendance,
    guards.second_vote_is_later,
    guards.mandatory_opinions_are_in,
    guards.reason_is_needed,
]
ITEM_TRANSITIONS = [
    {
        "trigger": "schedule",
        "source": "proposed",
        "dest": "scheduled",
        "event": ItemScheduled,
        "conditions": [
            guards.agenda_is_open,
            guards.petition_is_accepted,
            guards.session_takes_petitions,
            guards.petition_is_on_no_agenda,
        ],
    },
    {
        "trigger": "deliberate",
        "source": "scheduled",
        "dest": "deliberated",
        "event": ItemDeliberated,
        "conditions": _VOTE_GUARDS,
    },
    {
        "trigger": "hold_over",
        "source": "scheduled",
        "dest": "scheduled",
        "event": ItemPostponed,
        "conditions": _VOTE_GUARDS,
    },
    {
        "trigger": "postpone",
        "source": "scheduled",
        "dest": "postponed",
        "event": ItemPostponed,
    },
]
