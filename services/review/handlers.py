"""What review does when others say something: the tables of its four areas, joined."""

from __future__ import annotations

from services.review.cases.handlers import HANDLERS as CASE_HANDLERS
from shared.authority_handlers import AUTHORITY_HANDLERS

HANDLERS = {**AUTHORITY_HANDLERS, **CASE_HANDLERS}
