"""What sessions do when others say something: nothing so far; people drive them."""

from __future__ import annotations

from shared.events.catalogue import Event
from shared.worker import Handler

HANDLERS: dict[type[Event], Handler] = {}
