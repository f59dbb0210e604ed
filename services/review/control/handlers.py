"""What control does when others say something: nothing so far; its own clock drives it."""

from __future__ import annotations

from shared.events.catalogue import Event
from shared.worker import Handler

HANDLERS: dict[type[Event], Handler] = {}
