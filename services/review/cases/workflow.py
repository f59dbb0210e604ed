"""The states of a case and the steps between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from shared.events.cases import (
    CaseAdmitted,
    CaseClosed,
    CaseCompleted,
    CaseOpened,
    CaseReclassified,
    CaseReferred,
    CaseRefused,
    CaseReopened,
    CaseWithdrawn,
    CompletionRequested,
    DeadlineApproaching,
    DeadlineMissed,
    DeadlineMoved,
    WithdrawalRefused,
)
from shared.events.catalogue import Event
from shared.web.i18n import gettext_noop
from shared.workflow import refuses


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
OVER = ("refused", "withdrawn", "reclassified", "closed")
BY_ITSELF = frozenset(
    {"open", "approach_deadline", "miss_deadline", "move_deadline", "refuse_withdrawal"}
)
"""Steps that follow from an event or a day; nobody is offered them."""


@refuses(
    gettext_noop("The petitioners still have time to complete the file."), article="113-14, 125"
)
def completion_time_is_over(case: Any, facts: Mapping[str, Any]) -> bool:
    """Who was given time to complete is not refused before it ends (local rule)."""
    return bool(case.completion_due_on is None or facts["on"] > case.completion_due_on)


@refuses(
    gettext_noop("No committee of the council has this id."),
    article="113-14, 125",
    remedy=gettext_noop("Choose one of the committees of this council."),
    field="committee",
)
def committee_is_formed(_case: Any, facts: Mapping[str, Any]) -> bool:
    """An accepted petition goes to the competent permanent committee (article 125)."""
    return bool(facts["committee_is_formed"])


@refuses(gettext_noop("The council has voted on this petition already."), article="")
def item_is_not_voted(_case: Any, facts: Mapping[str, Any]) -> bool:
    """A petition can be withdrawn until the vote on it (local rule; the law is silent)."""
    return not facts["is_voted"]


@refuses(gettext_noop("The petitioners have not agreed to this."), article="")
def petitioners_agree(_case: Any, facts: Mapping[str, Any]) -> bool:
    """A petition becomes a complaint only with the consent of those who filed it."""
    return bool(facts["petitioners_agree"])


@refuses(gettext_noop("This outcome is not what became of the petition."), article="113-14, 125")
def outcome_is_what_happened(_case: Any, facts: Mapping[str, Any]) -> bool:
    """A case ends with what its own acts and the council's vote made of it."""
    return bool(facts["outcome"] in facts["possible"])


@refuses(gettext_noop("Who took the last decision cannot reopen the case alone."), article="")
def somebody_else_reopens(_case: Any, facts: Mapping[str, Any]) -> bool:
    """A correction that changes a result needs a second person."""
    return bool(facts["actor"] != facts["last_actor"])


def _stays(trigger: str, event: type[Event], states: Sequence[str]) -> list[dict[str, Any]]:
    """Steps that tell something and leave the state as it is."""
    return [
        {"trigger": trigger, "source": state, "dest": state, "event": event} for state in states
    ]


TRANSITIONS: list[dict[str, Any]] = [
    {"trigger": "open", "source": "new", "dest": "open", "event": CaseOpened},
    {
        "trigger": "request_completion",
        "source": "open",
        "dest": "incomplete",
        "event": CompletionRequested,
    },
    {"trigger": "complete", "source": "incomplete", "dest": "open", "event": CaseCompleted},
    {"trigger": "admit", "source": "open", "dest": "admitted", "event": CaseAdmitted},
    {
        "trigger": "refuse",
        "source": ["open", "incomplete"],
        "dest": "refused",
        "event": CaseRefused,
        "conditions": [completion_time_is_over],
    },
    {
        "trigger": "refer",
        "source": "admitted",
        "dest": "referred",
        "event": CaseReferred,
        "conditions": [committee_is_formed],
    },
    {
        "trigger": "withdraw",
        "source": list(UNDER_WAY),
        "dest": "withdrawn",
        "event": CaseWithdrawn,
        "conditions": [item_is_not_voted],
    },
    {
        "trigger": "reclassify",
        "source": list(BEFORE_DECISION),
        "dest": "reclassified",
        "event": CaseReclassified,
        "conditions": [petitioners_agree],
    },
    {
        "trigger": "close",
        "source": ["referred", "refused", "withdrawn", "reclassified"],
        "dest": "closed",
        "event": CaseClosed,
        "conditions": [outcome_is_what_happened],
    },
    {
        "trigger": "reopen",
        "source": ["refused", "withdrawn", "reclassified"],
        "dest": "open",
        "event": CaseReopened,
        "conditions": [somebody_else_reopens],
    },
    *_stays("refuse_withdrawal", WithdrawalRefused, (*UNDER_WAY, *OVER)),
    *_stays("approach_deadline", DeadlineApproaching, BEFORE_DECISION),
    *_stays("miss_deadline", DeadlineMissed, BEFORE_DECISION),
    *_stays("move_deadline", DeadlineMoved, BEFORE_DECISION),
]
