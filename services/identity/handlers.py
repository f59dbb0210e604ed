"""What identity does when others say something: roles open and end, accounts are erased."""

from __future__ import annotations

from services.identity.erasures.handlers import HANDLERS as ERASURE_HANDLERS
from services.identity.memberships.handlers import HANDLERS as MEMBERSHIP_HANDLERS

HANDLERS = {**MEMBERSHIP_HANDLERS, **ERASURE_HANDLERS}
