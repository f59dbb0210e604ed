"""What identity does when others say something: offices and bodies open and end roles."""

from __future__ import annotations

from services.identity.memberships.handlers import HANDLERS as MEMBERSHIP_HANDLERS

HANDLERS = {**MEMBERSHIP_HANDLERS}
