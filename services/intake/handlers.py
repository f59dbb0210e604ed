"""What intake does when others say something."""

from __future__ import annotations

from shared.authority_handlers import AUTHORITY_HANDLERS

HANDLERS = {**AUTHORITY_HANDLERS}
