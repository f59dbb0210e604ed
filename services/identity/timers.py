"""What identity does by itself: change token keys, forget ended sign-ins, erase accounts."""

from __future__ import annotations

from services.identity.erasures import actions as erasures
from services.identity.erasures import queries as erasure_queries
from services.identity.sign_in import actions as sign_ins
from services.identity.tokens import actions as tokens
from shared.context import ServiceContext
from shared.db.engine import EVERY_AUTHORITY
from shared.due import each_due
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


def erase_accounts_in_time(context: ServiceContext) -> None:
    """Erase the accounts that waited for the end of a role."""
    each_due(context, erasure_queries.accounts_due, erasures.go_on_again)


TIMERS = (
    Timer(name="tidy-sign-ins", every_seconds=600.0, run=tidy_sign_ins),
    Timer(name="token-keys", every_seconds=3600.0, run=change_token_key),
    Timer(name="erase_accounts_in_time", every_seconds=600.0, run=erase_accounts_in_time),
)
