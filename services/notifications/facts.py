"""The facts that a notice's text shows, gathered once when the notice is intended.

Only ids, codes, counts, dates and public subject lines: what events may carry, and no names.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from services.notifications import queries
from services.notifications.heard import Heard
from services.notifications.notice_rule import Rule
from shared.events.canonical import to_plain
from shared.events.envelope import Received, instant_text


def facts_of(heard: Heard, rule: Rule) -> dict[str, Any]:
    """The facts of one event for one rule, as plain JSON values; what is absent is left out."""
    event, uow = heard.event, heard.uow
    found: dict[str, Any] = {
        "acted_on": event.acted_on,
        "recorded_at": instant_text(event.envelope.time),
        "reference": _reference(heard),
        "subject": getattr(event.after, "subject", None),
        **{name: _field(event, name) for name in rule.facts},
    }
    session_id = found.pop("session", None)
    if session_id is not None:
        found["opens_on"] = queries.opening_day(uow.session, uow.authority, session_id)
    return {name: _plain(value) for name, value in found.items() if value is not None}


def _field(event: Received[Any, Any], name: str) -> Any:
    return getattr(event.what if hasattr(event.what, name) else event.after, name)


def _reference(heard: Heard) -> str | None:
    reference: str | None = getattr(heard.event.after, "reference", None)
    if reference is None and heard.case is not None:
        return heard.case.reference
    return reference


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, str | int) else to_plain(value)
