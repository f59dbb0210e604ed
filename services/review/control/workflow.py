"""The states of a decision under the governor's control, and the steps between them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from shared.events.sessions import (
    DecisionAdopted,
    DecisionEnforceable,
    DecisionOpposed,
    DecisionRejected,
    DecisionTransmitted,
    EnforceabilitySuspended,
)
from shared.web.i18n import gettext_noop
from shared.workflow import refuses

Facts = Mapping[str, Any]


class DecisionState(StrEnum):
    """What was adopted goes to the governor; what was rejected ends here."""

    DRAFTED = "drafted"
    ADOPTED = "adopted"
    REJECTED = "rejected"
    TRANSMITTED = "transmitted"
    OPPOSED = "opposed"
    ENFORCEABLE = "enforceable"
    SUSPENDED = "enforceability_suspended"


@refuses(
    gettext_noop("Minutes and decisions go to the governor once the session is closed."),
    article="113-14, 116",
)
def session_was_closed(_decision: Any, facts: Facts) -> bool:
    """The term for the transmission counts from the close (article 116)."""
    return facts["closed_on"] is not None and bool(facts["closed_on"] <= facts["on"])


@refuses(
    gettext_noop("Say first whether the decision needs the visa, and under which article."),
    article="113-14, 118",
)
def is_classified(decision: Any, _facts: Facts) -> bool:
    """A person classifies the decision (article 118); the program only counts the days."""
    return decision.visa_needed is False or bool(decision.visa_needed and decision.visa_article)


@refuses(
    gettext_noop("The governor's receipt is not between the sending and today."),
    article="113-14, 116",
)
def receipt_follows_sending(decision: Any, facts: Facts) -> bool:
    """It went to him against receipt (article 116)."""
    return bool(facts["on"] <= decision.governor_receipt_on <= facts["today"])


@refuses(gettext_noop("The opposition was not received within its term."), article="113-14, 117")
def opposition_is_in_time(decision: Any, facts: Facts) -> bool:
    """Its receipt date counts, not the day it is recorded (article 117)."""
    return bool(decision.governor_receipt_on <= facts["received_on"] <= facts["term_end"])


@refuses(
    gettext_noop("The day on which the decision can be carried out has not come."),
    article="113-14, 117",
)
def its_day_has_come(decision: Any, facts: Facts) -> bool:
    """Never enforceable before its day (articles 117 and 118)."""
    return bool(decision.enforceable_from <= facts["today"])


TRANSITIONS = [
    {"trigger": "adopt", "source": "drafted", "dest": "adopted", "event": DecisionAdopted},
    {"trigger": "reject", "source": "drafted", "dest": "rejected", "event": DecisionRejected},
    {
        "trigger": "transmit",
        "source": "adopted",
        "dest": "transmitted",
        "event": DecisionTransmitted,
        "conditions": [is_classified, session_was_closed, receipt_follows_sending],
    },
    {
        "trigger": "oppose",
        "source": "transmitted",
        "dest": "opposed",
        "event": DecisionOpposed,
        "conditions": [opposition_is_in_time],
    },
    {
        "trigger": "enforce",
        "source": "transmitted",
        "dest": "enforceable",
        "event": DecisionEnforceable,
        "conditions": [its_day_has_come],
    },
    {
        "trigger": "suspend",
        "source": "enforceable",
        "dest": "enforceability_suspended",
        "event": EnforceabilitySuspended,
        "conditions": [opposition_is_in_time],
    },
]
