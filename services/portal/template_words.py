"""Makes the words for codes known to templates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jinja2 import Environment

from services.portal import session_words, words
from shared.web.dates import civil_date

STOPPED = frozenset({"opposed", "visa_refused", "enforceability_suspended", "redeliberated"})
"""States of a decision that the governor stopped: the day that was counted holds no more."""


def first_day_of(decision: Mapping[str, Any]) -> str | None:
    """From when a decision can be carried out; None where it was stopped, or no day is known."""
    return None if decision["state"] in STOPPED else decision.get("enforceable_from")


def install_words(environment: Environment) -> None:
    """Make the words known to templates."""
    environment.globals.update(
        office_label=lambda code: words.word(words.OFFICES, code),
        action_label=lambda code: words.word(words.ACTIONS, code),
        check_label=lambda code: words.word(words.CHECKS, code),
        group_label=lambda code: words.word(words.GROUPS, code),
        remedy_label=lambda code: words.word(words.REMEDIES, code),
        session_kind=lambda code: words.word(session_words.SESSION_KINDS, code),
        called_by=lambda code: words.word(session_words.CALLED_BY, code),
        document_kind=lambda code: words.word(words.MISSING, code),
        opinion_origin=lambda code: words.word(words.ORIGINS, code),
        health_word=lambda code: words.word(words.HEALTH, code),
        recommendation=lambda code: words.word(words.RECOMMENDATIONS, code),
        council_answer=lambda code: words.word(words.ANSWERS, code),
        postponement_reason=lambda code: words.word(session_words.ENDINGS, code),
        erasure_ground=lambda code: words.word(words.ERASURE_GROUNDS, code),
        erasure_outcome=lambda code: words.word(words.ERASURE_OUTCOMES, code),
        erasure_reason=lambda code: words.word(words.ERASURE_REFUSALS, code),
        person_role=lambda code: words.word(words.PERSON_ROLES, code),
        subject_label=words.subject_label,
        first_day_of=first_day_of,
        civil_date_text=civil_date,
    )
