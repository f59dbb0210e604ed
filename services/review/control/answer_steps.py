"""The steps that correct the day of the governor's answer, and what the law asks of them.

A stopping answer (opposition, refused visa) that came after its term stops nothing: the decision is
then as his silence leaves it. One that came in time holds it up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from services.review.corrections import somebody_else_corrects
from shared.events.corrections import DecisionAnswerRectified
from shared.web.i18n import gettext_noop
from shared.workflow import refuses

Facts = Mapping[str, Any]


@refuses(
    gettext_noop("The governor answers after he received the decision."),
    article="113-14, 117",
    remedy=gettext_noop("Check the day and send it again."),
    field="received_on",
)
def answer_follows_receipt(decision: Any, facts: Facts) -> bool:
    """Dates of acts follow one another (articles 117 and 118)."""
    return bool(decision.governor_receipt_on <= facts["received_on"])


@refuses(gettext_noop("The governor's answer came in its term."), article="113-14, 117")
def nothing_stops_it(_decision: Any, facts: Facts) -> bool:
    """After the term his silence has spoken (articles 117 and 118)."""
    return not facts["stops"]


@refuses(gettext_noop("The governor's answer came after its term."), article="113-14, 117")
def answer_stops_it(_decision: Any, facts: Facts) -> bool:
    """The receipt date counts, not the day of recording (articles 117 and 118)."""
    return bool(facts["stops"])


@refuses(
    gettext_noop("By the corrected day nothing stops the decision, but it is on an agenda again."),
    article="113-14, 117",
    remedy=gettext_noop("Take it off that agenda first."),
)
def is_on_no_agenda_again(_decision: Any, facts: Facts) -> bool:
    """The council does not deliberate again on what can be carried out."""
    return not facts["is_on_agenda_again"]


_COMMON = [somebody_else_corrects, answer_follows_receipt]
_RELEASED = [nothing_stops_it, is_on_no_agenda_again]
_STEPS: Sequence[tuple[str, str, list[Any]]] = (
    ("enforceable", "enforceable", [nothing_stops_it]),
    ("enforceable", "enforceability_suspended", [answer_stops_it]),
    ("enforceability_suspended", "enforceable", _RELEASED),
    ("enforceability_suspended", "enforceability_suspended", [answer_stops_it]),
    ("transmitted", "transmitted", [nothing_stops_it]),
)
_HELD_UP = {"rectify_opposition": "opposed", "rectify_visa": "visa_refused"}
"""The state in which each kind of answer holds a decision up that was not enforceable yet."""


def _steps_of(trigger: str) -> Sequence[tuple[str, str, list[Any]]]:
    held_up = _HELD_UP[trigger]
    return (
        *_STEPS,
        ("transmitted", held_up, [answer_stops_it]),
        (held_up, "transmitted", _RELEASED),
        (held_up, held_up, [answer_stops_it]),
    )


ANSWER_TRANSITIONS: Sequence[Mapping[str, Any]] = [
    {
        "trigger": trigger,
        "source": source,
        "dest": dest,
        "event": DecisionAnswerRectified,
        "conditions": [*_COMMON, *conditions],
    }
    for trigger in _HELD_UP
    for source, dest, conditions in _steps_of(trigger)
]
