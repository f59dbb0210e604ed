"""The states of a decision under the governor's control, and the steps between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from services.review.control.answer_steps import ANSWER_TRANSITIONS
from services.review.corrections import somebody_else_corrects
from services.review.sessions.duty_workflow import session_was_closed_before
from shared.events.corrections import DecisionDatesRectified, DecisionRectified
from shared.events.decisions import (
    DecisionAdopted,
    DecisionClassified,
    DecisionEnforceable,
    DecisionFollowedUp,
    DecisionOpposed,
    DecisionRedeliberated,
    DecisionRejected,
    DecisionTransmitted,
    EnforceabilitySuspended,
    VisaGranted,
    VisaRefused,
)
from shared.events.duties import DecisionPosted
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
    VISA_REFUSED = "visa_refused"
    REDELIBERATED = "redeliberated"


ACTION_STEPS: Mapping[str, tuple[str, ...]] = {
    "": ("planned",),
    "planned": ("planned", "under-way", "done", "abandoned"),
    "under-way": ("under-way", "done", "abandoned"),
    "done": (),
    "abandoned": (),
}
"""How an action that carries a decision out moves on; the same state again is a new due date."""
BY_ITSELF = frozenset({"enforce", "redeliberate", "turn_to_adopted", "turn_to_rejected"})
"""Steps that follow from a day or from the council's vote; nobody is offered them."""
HELD_UP = ("opposed", "enforceability_suspended", "visa_refused")
"""What the governor stopped goes back to the council (articles 117 and 118)."""


@refuses(
    gettext_noop("Minutes and decisions go to the governor once the session is closed."),
    article="113-14, 116",
    remedy=gettext_noop("Close the session first."),
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
    return decision.visa_needed is not None and bool(decision.visa_article)


@refuses(
    gettext_noop("Another person classifies the decision otherwise than it was."),
    article="113-14, 118",
)
def second_person_changes_it(decision: Any, facts: Facts) -> bool:
    """A correction that changes a result needs a second person."""
    is_first = facts["was_needed"] is None
    is_same = decision.visa_needed == facts["was_needed"]
    return bool(is_first or is_same or facts["actor"] != facts["classified_by"])


@refuses(
    gettext_noop("A decision is classified on the day of the vote or after it."),
    article="113-14, 118",
    remedy=gettext_noop("Check the day and send it again."),
    field="acted_on",
)
def classification_follows_vote(decision: Any, facts: Facts) -> bool:
    """Dates of acts follow one another."""
    return bool(decision.adopted_on <= facts["acted_on"])


@refuses(gettext_noop("This decision needs no visa."), article="113-14, 118")
def visa_is_needed(decision: Any, _facts: Facts) -> bool:
    """Only what was classified so waits for the visa (article 118)."""
    return bool(decision.visa_needed)


@refuses(
    gettext_noop("The answer on the visa was not received within its term."),
    article="113-14, 118",
)
def visa_answer_is_in_time(decision: Any, facts: Facts) -> bool:
    """After the twenty days silence has given the visa (article 118)."""
    return bool(decision.governor_receipt_on <= facts["received_on"] <= facts["term_end"])


@refuses(
    gettext_noop("The council has not deliberated on it again."),
    article="113-14, 117",
)
def it_was_voted_again(decision: Any, facts: Facts) -> bool:
    """The new decision comes from the item by which it went back to the council."""
    return bool(decision.again_item_id is not None and decision.again_item_id == facts["item"])


@refuses(gettext_noop("The action cannot go from where it stands to there."), article="113-14, 106")
def action_can_take_it(_decision: Any, facts: Facts) -> bool:
    """What is done or given up stays so; the president reports on it (article 106)."""
    return bool(facts["after"] in ACTION_STEPS[facts["before"]])


@refuses(
    gettext_noop("An action is done on evidence: a note or a document."), article="113-14, 106"
)
def it_is_done_on_evidence(_decision: Any, facts: Facts) -> bool:
    """What was carried out can be shown."""
    return facts["after"] != "done" or bool(facts["has_evidence"])


@refuses(
    gettext_noop("The governor's receipt is not between the sending and today."),
    article="113-14, 116",
    remedy=gettext_noop("Check the day and send it again."),
    field="governor_receipt_on",
)
def receipt_follows_sending(decision: Any, facts: Facts) -> bool:
    """It went to him against receipt (article 116)."""
    return bool(facts["on"] <= decision.governor_receipt_on <= facts["today"])


@refuses(
    gettext_noop("The opposition was not received within its term."),
    article="113-14, 117",
    remedy=gettext_noop("Check the day and send it again."),
    field="received_on",
)
def opposition_is_in_time(decision: Any, facts: Facts) -> bool:
    """Its receipt date counts, not the day it is recorded (article 117)."""
    return bool(decision.governor_receipt_on <= facts["received_on"] <= facts["term_end"])


@refuses(
    gettext_noop("The day on which the decision can be carried out has not come."),
    article="113-14, 117",
    remedy=gettext_noop("Wait until that day."),
)
def its_day_has_come(decision: Any, facts: Facts) -> bool:
    """Never enforceable before its day (articles 117 and 118)."""
    return bool(decision.enforceable_from <= facts["today"])


@refuses(
    gettext_noop("The day on which the decision can be carried out has come."),
    article="113-14, 117",
)
def its_day_is_to_come(decision: Any, facts: Facts) -> bool:
    """By the right receipt the governor's term still runs (articles 117 and 118)."""
    return bool(decision.enforceable_from > facts["today"])


_RIGHT_RECEIPT = [somebody_else_corrects, session_was_closed, receipt_follows_sending]
TRANSITIONS: Sequence[Mapping[str, Any]] = [
    {"trigger": "adopt", "source": "drafted", "dest": "adopted", "event": DecisionAdopted},
    {"trigger": "reject", "source": "drafted", "dest": "rejected", "event": DecisionRejected},
    *(
        {
            "trigger": f"turn_to_{now}",
            "source": was,
            "dest": now,
            "event": DecisionRectified,
            "conditions": [somebody_else_corrects],
        }
        for was, now in (("adopted", "rejected"), ("rejected", "adopted"))
    ),
    {
        "trigger": "transmit",
        "source": "adopted",
        "dest": "transmitted",
        "event": DecisionTransmitted,
        "conditions": [is_classified, session_was_closed, receipt_follows_sending],
    },
    *(
        {
            "trigger": "rectify_receipt",
            "source": source,
            "dest": dest,
            "event": DecisionDatesRectified,
            "conditions": [*_RIGHT_RECEIPT, *conditions],
        }
        for source, dest, conditions in (
            ("transmitted", "transmitted", []),
            ("enforceable", "enforceable", [its_day_has_come]),
            ("enforceable", "transmitted", [its_day_is_to_come]),
        )
    ),
    {
        "trigger": "classify",
        "source": "adopted",
        "dest": "adopted",
        "event": DecisionClassified,
        "conditions": [classification_follows_vote, second_person_changes_it],
    },
    {
        "trigger": "grant_visa",
        "source": "transmitted",
        "dest": "transmitted",
        "event": VisaGranted,
        "conditions": [visa_is_needed, visa_answer_is_in_time],
    },
    {
        "trigger": "refuse_visa",
        "source": "transmitted",
        "dest": "visa_refused",
        "event": VisaRefused,
        "conditions": [visa_is_needed, visa_answer_is_in_time],
    },
    {
        "trigger": "redeliberate",
        "source": list(HELD_UP),
        "dest": "redeliberated",
        "event": DecisionRedeliberated,
        "conditions": [it_was_voted_again],
    },
    {
        "trigger": "follow_up",
        "source": "enforceable",
        "dest": "enforceable",
        "event": DecisionFollowedUp,
        "conditions": [action_can_take_it, it_is_done_on_evidence],
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
    *(
        {
            **{"trigger": "post", "source": state.value, "dest": state.value},
            "event": DecisionPosted,
            "conditions": [session_was_closed_before],
        }
        for state in DecisionState
        if state is not DecisionState.DRAFTED
    ),
    *ANSWER_TRANSITIONS,
]
