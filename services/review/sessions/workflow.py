"""The states of sessions and items of the agenda, and the steps between them."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from services.review.corrections import somebody_else_corrects
from services.review.sessions import agenda_guards, guards, notice_guards
from services.review.sessions import rectifying_guards as rectifying
from services.review.sessions.duty_workflow import DUTY_TRANSITIONS
from services.review.sessions.notice_workflow import NOTICE_TRANSITIONS
from shared.events.corrections import ItemRectified, SessionRectified
from shared.events.items import ItemSentBack, ItemTakenUp, RecusalDeclared, WithdrawalReported
from shared.events.sessions import (
    AgendaReceived,
    DocumentTakenOff,
    ItemDeliberated,
    ItemObjected,
    ItemPostponed,
    ItemScheduled,
    ObjectionSettled,
    SessionCalled,
    SessionClosed,
    SessionConvened,
    SessionDropped,
    SessionExtended,
    SessionOpened,
    SessionPostponed,
    SessionRefused,
    SessionSupplemented,
)


class SessionState(StrEnum):
    """A planned session is a private draft: it has emitted nothing yet."""

    PLANNED = "planned"
    CALLED = "called"
    CONVENED = "convened"
    OPENED = "opened"
    CLOSED = "closed"
    POSTPONED = "postponed"
    REFUSED = "refused"
    DROPPED = "dropped"


_CALLED = ("called", "convened", "opened", "closed")
_RIGHT_DAYS: dict[str, tuple[tuple[str, ...], list[Any]]] = {
    "rectify_call": (_CALLED, [guards.agenda_is_in_time, rectifying.call_comes_first]),
    "rectify_convene": (
        _CALLED[1:],
        [guards.agenda_went_first, guards.notice_is_in_time, rectifying.notice_comes_before],
    ),
    "rectify_note_receipt": (_CALLED, [rectifying.call_comes_first]),
}
"""Corrections of recorded days: in which states, and what the law asks of the right day."""

SESSION_TRANSITIONS: list[dict[str, Any]] = [
    {
        "trigger": "call",
        "source": "planned",
        "dest": "called",
        "event": SessionCalled,
        "conditions": [
            guards.agenda_has_items,
            guards.agenda_is_in_time,
            guards.accepted_petitions_are_on_it,
            agenda_guards.binding_requests_are_on_it,
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
            agenda_guards.binding_requests_are_on_it,
            agenda_guards.clashes_are_settled,
        ],
    },
    {
        "trigger": "open",
        "source": "convened",
        "dest": "opened",
        "event": SessionOpened,
        "conditions": [guards.quorum_was_met, notice_guards.failed_notices_are_settled],
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
            agenda_guards.withdrawals_were_reported,
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
        "trigger": "refuse",
        "source": "planned",
        "dest": "refused",
        "event": SessionRefused,
        "conditions": [agenda_guards.request_can_be_refused, agenda_guards.refusal_is_in_time],
    },
    *(
        {
            **{"trigger": trigger, "source": state, "dest": state, "event": SessionRectified},
            "conditions": [somebody_else_corrects, *conditions],
        }
        for trigger, (states, conditions) in _RIGHT_DAYS.items()
        for state in states
    ),
    *(
        {
            **{"trigger": trigger, "source": state, "dest": state, "event": event},
            "conditions": [condition],
        }
        for trigger, event, condition in (
            ("note_receipt", AgendaReceived, agenda_guards.agenda_was_sent_first),
            ("take_off_document", DocumentTakenOff, agenda_guards.document_is_untold),
        )
        for state in ("called", "convened")
    ),
    {
        "trigger": "supplement",
        "source": "convened",
        "dest": "convened",
        "event": SessionSupplemented,
        "conditions": [
            agenda_guards.something_is_new,
            agenda_guards.supplement_is_before_opening,
        ],
    },
    *NOTICE_TRANSITIONS,
    *DUTY_TRANSITIONS,
    {
        "trigger": "drop",
        "source": "planned",
        "dest": "dropped",
        "event": SessionDropped,
        "conditions": [agenda_guards.nothing_by_right_is_lost],
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
    UNDER_OBJECTION = "under_objection"
    DELIBERATED = "deliberated"
    POSTPONED = "postponed"


_IN_SESSION = [
    guards.session_is_open,
    guards.session_still_lasts,
    guards.extraordinary_session_still_lasts,
    guards.petition_is_accepted,
    agenda_guards.members_were_told,
    guards.sitting_is_held,
    guards.sitting_goes_on,
    guards.vote_is_public,
    guards.votes_fit_attendance,
]
_VOTE_GUARDS = [
    *_IN_SESSION,
    guards.council_can_deliberate,
    guards.second_vote_is_later,
    guards.mandatory_opinions_are_in,
    guards.reason_is_needed,
]
_CHOICE_GUARDS = [*_IN_SESSION, guards.choice_is_open]
ITEM_TRANSITIONS = [
    {
        "trigger": "schedule",
        "source": "proposed",
        "dest": "scheduled",
        "event": ItemScheduled,
        "conditions": [
            agenda_guards.agenda_is_open,
            guards.petition_is_accepted,
            agenda_guards.item_follows_decision,
            guards.session_takes_petitions,
            guards.petition_is_on_no_agenda,
            agenda_guards.clash_is_settled,
            agenda_guards.governor_was_in_time,
            agenda_guards.half_asked_for_it,
            agenda_guards.majority_is_the_matters,
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
        "trigger": "rectify",
        "source": "deliberated",
        "dest": "deliberated",
        "event": ItemRectified,
        "conditions": [
            rectifying.decision_has_not_left,
            rectifying.case_is_not_closed,
            somebody_else_corrects,
            guards.vote_is_public,
            guards.votes_fit_attendance,
            rectifying.no_second_vote_follows,
        ],
    },
    {"trigger": "recuse", "source": "scheduled", "dest": "scheduled", "event": RecusalDeclared},
    {
        "trigger": "take_up",
        "source": "scheduled",
        "dest": "scheduled",
        "event": ItemTakenUp,
        "conditions": _CHOICE_GUARDS,
    },
    {
        "trigger": "send_back",
        "source": "scheduled",
        "dest": "postponed",
        "event": ItemSentBack,
        "conditions": _CHOICE_GUARDS,
    },
    {
        "trigger": "postpone",
        "source": ["scheduled", "under_objection"],
        "dest": "postponed",
        "event": ItemPostponed,
    },
    {
        "trigger": "report_withdrawal",
        "source": "postponed",
        "dest": "postponed",
        "event": WithdrawalReported,
        "conditions": [
            guards.withdrawal_is_untold,
            guards.session_is_open,
            guards.sitting_is_held,
        ],
    },
    {
        "trigger": "object",
        "source": "scheduled",
        "dest": "under_objection",
        "event": ItemObjected,
        "conditions": [
            agenda_guards.session_has_not_opened,
            agenda_guards.objection_follows_receipt,
            agenda_guards.objection_was_in_time,
        ],
    },
    *(
        {"trigger": name, "source": "under_objection", "dest": dest, "event": ObjectionSettled}
        for name, dest in (("lift", "scheduled"), ("strike", "postponed"))
    ),
]
