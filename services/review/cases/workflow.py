"""The states of a case and the steps between them."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from services.review.cases.guards import (
    act_follows_filing,
    act_follows_the_last,
    actions_are_over,
    committee_is_another,
    committee_is_formed,
    completion_follows_filing,
    completion_time_is_over,
    completion_was_in_time,
    conditions_are_met_or_reason_given,
    council_has_not_voted,
    council_has_voted,
    item_is_not_voted,
    nothing_came_of_the_referral,
    notice_follows_decision,
    outcome_is_what_happened,
    petition_is_on_no_agenda,
    petitioners_agree,
    referral_follows_decision,
    refusal_is_not_notified,
    refusal_was_notified,
    somebody_else_reopens,
    somebody_else_turns_it_round,
)
from services.review.council.meeting_guards import (
    hearing_can_be_recorded,
    hearing_is_to_come,
    meeting_is_about_the_case,
)
from shared.events.cases import (
    CaseAdmitted,
    CaseChecked,
    CaseClosed,
    CaseCompleted,
    CaseOpened,
    CaseReclassified,
    CaseRectified,
    CaseReferred,
    CaseReferredOn,
    CaseRefused,
    CaseReopened,
    CaseSessionChosen,
    CaseWithdrawn,
    CompletionRequested,
    ConsentRecorded,
    DeadlineApproaching,
    DeadlineMissed,
    DeadlineMoved,
    HearingSet,
    PetitionersHeard,
    RefusalNotified,
    WithdrawalRefused,
)
from shared.events.catalogue import Event


class CaseState(StrEnum):
    """From filing on, the case decides."""

    NEW = "new"
    OPEN = "open"
    INCOMPLETE = "incomplete"
    ADMITTED = "admitted"
    REFUSED = "refused"
    REFERRED = "referred"
    WITHDRAWN = "withdrawn"
    RECLASSIFIED = "reclassified"
    CLOSED = "closed"


BEFORE_DECISION = ("open", "incomplete")
UNDER_WAY = (*BEFORE_DECISION, "admitted", "referred")
WITH_CLOCKS = (*UNDER_WAY, "refused")
"""A refusal that is decided but not notified leaves the petitioners without their answer."""
OVER = ("refused", "withdrawn", "reclassified", "closed")
BY_ITSELF = frozenset(
    {"open", "approach_deadline", "miss_deadline", "move_deadline", "refuse_withdrawal"}
)
"""Steps that follow from an event or a day; nobody is offered them."""


def _stays(
    trigger: str, event: type[Event], states: Sequence[str], conditions: Sequence[Any] = ()
) -> list[dict[str, Any]]:
    """Steps that tell something and leave the state as it is."""
    return [
        {
            "trigger": trigger,
            "source": state,
            "dest": state,
            "event": event,
            **({"conditions": list(conditions)} if conditions else {}),
        }
        for state in states
    ]


TRANSITIONS: list[dict[str, Any]] = [
    {"trigger": "open", "source": "new", "dest": "open", "event": CaseOpened},
    {
        "trigger": "request_completion",
        "source": "open",
        "dest": "incomplete",
        "event": CompletionRequested,
        "conditions": [act_follows_filing],
    },
    *_stays("check", CaseChecked, UNDER_WAY, [act_follows_filing]),
    {
        "trigger": "complete",
        "source": "incomplete",
        "dest": "open",
        "event": CaseCompleted,
        "conditions": [act_follows_filing, completion_follows_filing],
    },
    {
        "trigger": "complete",
        "source": "refused",
        "dest": "open",
        "event": CaseCompleted,
        "conditions": [refusal_is_not_notified, completion_was_in_time, completion_follows_filing],
    },
    {
        "trigger": "admit",
        "source": "open",
        "dest": "admitted",
        "event": CaseAdmitted,
        "conditions": [act_follows_filing, conditions_are_met_or_reason_given],
    },
    {
        "trigger": "refuse",
        "source": ["open", "incomplete"],
        "dest": "refused",
        "event": CaseRefused,
        "conditions": [act_follows_filing, completion_time_is_over],
    },
    {
        "trigger": "notify_refusal",
        "source": "refused",
        "dest": "refused",
        "event": RefusalNotified,
        "conditions": [refusal_is_not_notified, notice_follows_decision],
    },
    *_stays("record_consent", ConsentRecorded, BEFORE_DECISION, [act_follows_filing]),
    {
        "trigger": "refer",
        "source": "admitted",
        "dest": "referred",
        "event": CaseReferred,
        "conditions": [committee_is_formed, referral_follows_decision],
    },
    {
        "trigger": "refer",
        "source": "referred",
        "dest": "referred",
        "event": CaseReferred,
        "conditions": [
            committee_is_formed,
            committee_is_another,
            nothing_came_of_the_referral,
            act_follows_the_last,
        ],
    },
    {
        "trigger": "refer_on",
        "source": "referred",
        "dest": "referred",
        "event": CaseReferredOn,
        "conditions": [
            committee_is_formed,
            committee_is_another,
            council_has_not_voted,
            act_follows_the_last,
        ],
    },
    {
        "trigger": "set_hearing",
        "source": "referred",
        "dest": "referred",
        "event": HearingSet,
        "conditions": [meeting_is_about_the_case, hearing_is_to_come],
    },
    {
        "trigger": "record_hearing",
        "source": "referred",
        "dest": "referred",
        "event": PetitionersHeard,
        "conditions": [meeting_is_about_the_case, hearing_can_be_recorded],
    },
    {
        "trigger": "withdraw",
        "source": list(UNDER_WAY),
        "dest": "withdrawn",
        "event": CaseWithdrawn,
        "conditions": [act_follows_filing, item_is_not_voted],
    },
    {
        "trigger": "reclassify",
        "source": list(BEFORE_DECISION),
        "dest": "reclassified",
        "event": CaseReclassified,
        "conditions": [act_follows_filing, petitioners_agree],
    },
    {
        "trigger": "close",
        "source": ["referred", "withdrawn", "reclassified"],
        "dest": "closed",
        "event": CaseClosed,
        "conditions": [outcome_is_what_happened, actions_are_over, act_follows_the_last],
    },
    {
        "trigger": "close",
        "source": "refused",
        "dest": "closed",
        "event": CaseClosed,
        "conditions": [refusal_was_notified, outcome_is_what_happened, act_follows_the_last],
    },
    {
        "trigger": "reopen",
        "source": ["refused", "withdrawn", "reclassified"],
        "dest": "open",
        "event": CaseReopened,
        "conditions": [somebody_else_reopens, act_follows_the_last],
    },
    {
        "trigger": "reopen",
        "source": "closed",
        "dest": "referred",
        "event": CaseReopened,
        "conditions": [somebody_else_reopens, council_has_voted, act_follows_the_last],
    },
    {
        "trigger": "reopen",
        "source": "closed",
        "dest": "open",
        "event": CaseReopened,
        "conditions": [somebody_else_reopens, council_has_not_voted, act_follows_the_last],
    },
    {
        "trigger": "rectify_to_admitted",
        "source": "refused",
        "dest": "admitted",
        "event": CaseRectified,
        "conditions": [somebody_else_turns_it_round],
    },
    {
        "trigger": "rectify_to_admitted",
        "source": "admitted",
        "dest": "admitted",
        "event": CaseRectified,
        "conditions": [petition_is_on_no_agenda],
    },
    {
        "trigger": "rectify_to_refused",
        "source": "admitted",
        "dest": "refused",
        "event": CaseRectified,
        "conditions": [somebody_else_turns_it_round, petition_is_on_no_agenda],
    },
    {
        "trigger": "rectify_to_refused",
        "source": "refused",
        "dest": "refused",
        "event": CaseRectified,
        "conditions": [refusal_is_not_notified],
    },
    *_stays("refuse_withdrawal", WithdrawalRefused, (*UNDER_WAY, *OVER)),
    *_stays("choose_session", CaseSessionChosen, ("admitted", "referred")),
    *_stays("approach_deadline", DeadlineApproaching, WITH_CLOCKS),
    *_stays("miss_deadline", DeadlineMissed, WITH_CLOCKS),
    *_stays("move_deadline", DeadlineMoved, WITH_CLOCKS),
]
