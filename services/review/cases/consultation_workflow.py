"""The states of a consultation and the steps between them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from shared.events.consultations import (
    ConsultationAnswered,
    ConsultationCancelled,
    ConsultationDeadlineMoved,
    ConsultationLapsed,
    ConsultationReopened,
    ConsultationRequested,
)
from shared.web.i18n import gettext_noop
from shared.workflow import refuses


class ConsultationState(StrEnum):
    """review decides what lapses; the body's own work is in opinions."""

    NEW = "new"
    REQUESTED = "requested"
    LAPSED = "lapsed"
    REOPENED = "reopened"
    ANSWERED = "answered"
    CANCELLED = "cancelled"


@refuses(gettext_noop("No opinion is asked on a case in this state."), article="113-14, 120")
def case_is_under_way(_consultation: Any, facts: Mapping[str, Any]) -> bool:
    """An opinion can still matter while the bureau or the council has to decide."""
    return bool(facts["case_state"] in {"open", "admitted", "referred"})


@refuses(
    gettext_noop("This body was asked about this case already."),
    article="113-14, 120",
    remedy=gettext_noop("Wait for its answer, or cancel the first request."),
    field="body",
)
def body_is_asked_once(_consultation: Any, facts: Mapping[str, Any]) -> bool:
    """A second request while the first is pending would give two due dates."""
    return not facts["is_asked"]


@refuses(
    gettext_noop("No act on a petition is older than its filing."),
    article="113-14, 125",
    remedy=gettext_noop("Check the day and send it again."),
    field="acted_on",
)
def request_follows_filing(_consultation: Any, facts: Mapping[str, Any]) -> bool:
    """The president has the petition from its filing on: nothing is done about it before."""
    return bool(facts["filed_on"] <= facts["acted_on"])


@refuses(
    gettext_noop("A mandatory opinion holds the vote: only the president takes its request back."),
    article="113-14, 120",
    remedy=gettext_noop("Let the president take it back, or wait for the opinion."),
)
def mandatory_one_is_the_presidents(consultation: Any, facts: Mapping[str, Any]) -> bool:
    """Who asked for it because the council must hear the body answers for going on without it."""
    is_free = not facts["is_by_hand"] or not consultation.is_mandatory
    return is_free or bool(facts["role"] == "president")


@refuses(
    gettext_noop("A request is taken back on its own day or after it."),
    article="113-14, 120",
    remedy=gettext_noop("Check the day and send it again."),
    field="acted_on",
)
def cancellation_follows_request(_consultation: Any, facts: Mapping[str, Any]) -> bool:
    """Dates of acts follow one another."""
    return not facts["is_by_hand"] or bool(facts["requested_on"] <= facts["acted_on"])


BY_ITSELF = frozenset({"lapse", "move_deadline", "reopen", "answer"})
"""Steps that follow from a day or from what the body hands in; nobody is offered them."""

TRANSITIONS: list[dict[str, Any]] = [
    {
        "trigger": "request",
        "source": "new",
        "dest": "requested",
        "event": ConsultationRequested,
        "conditions": [case_is_under_way, body_is_asked_once, request_follows_filing],
    },
    {
        "trigger": "lapse",
        "source": ["requested", "reopened"],
        "dest": "lapsed",
        "event": ConsultationLapsed,
    },
    {
        "trigger": "move_deadline",
        "source": "requested",
        "dest": "requested",
        "event": ConsultationDeadlineMoved,
    },
    {
        "trigger": "move_deadline",
        "source": ["reopened", "lapsed"],
        "dest": "reopened",
        "event": ConsultationDeadlineMoved,
    },
    {"trigger": "reopen", "source": "lapsed", "dest": "reopened", "event": ConsultationReopened},
    {
        "trigger": "answer",
        "source": ["requested", "reopened"],
        "dest": "answered",
        "event": ConsultationAnswered,
    },
    {
        "trigger": "cancel",
        "source": ["requested", "lapsed", "reopened"],
        "dest": "cancelled",
        "event": ConsultationCancelled,
        "conditions": [mandatory_one_is_the_presidents, cancellation_follows_request],
    },
]
