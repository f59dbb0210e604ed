"""What identity does by itself: change token keys in time, forget ended sign-ins and old codes."""

from __future__ import annotations

from services.identity.sign_in import actions as sign_ins
from services.identity.tokens import actions as tokens
from shared.context import ServiceContext
from shared.db.engine import EVERY_AUTHORITY
from shared.worker import Timer


def tidy_sign_ins(context: ServiceContext) -> None:
    """Forget sign-ins and authorization codes whose time is over."""
    with context.database.write(EVERY_AUTHORITY) as (session, moment):
        sign_ins.forget_ended(session, moment)
        tokens.forget_codes(session, moment)


def change_token_key(context: ServiceContext) -> None:
    """Let a new key sign when the newest has served its time; forget keys nobody needs."""
    with context.database.write(EVERY_AUTHORITY) as (session, moment):
        tokens.rotate_if_due(session, context, moment)


TIMERS = (
    Timer(name="tidy-sign-ins", every_seconds=600.0, run=tidy_sign_ins),
    Timer(name="token-keys", every_seconds=3600.0, run=change_token_key),
)
