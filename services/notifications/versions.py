"""What makes a notice of one kind about one subject new: each event, or each day of a term."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from shared.events.envelope import Received

Version = Callable[[Received[Any, Any]], str]


def by_event(event: Received[Any, Any]) -> str:
    """Each event is told once: its number in the life of its subject."""
    return str(event.envelope.sequence)


def by_term(event: Received[Any, Any]) -> str:
    """A term is told once for each day it ends on, however often the alarm rings."""
    again = f"+{event.what.level}" if event.what.level else ""
    return f"{event.what.rule}@{event.what.due_on.isoformat()}{again}"


def by_new_day(event: Received[Any, Any]) -> str:
    """A term that was computed anew is told once for each day it came to end on.

    A consultation has one term only, so its event names no rule.
    """
    rule = getattr(event.what, "rule", event.envelope.kind)
    return f"{rule}@{event.what.due_on.isoformat()}"
