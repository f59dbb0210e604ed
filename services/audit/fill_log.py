"""``arida audit fill-log``: gives a log that was lost, or lost something, the ledger's events."""

from __future__ import annotations

from collections.abc import Iterator

import click
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from services.audit import queries
from services.audit.models import LedgerHead, WaitingEntry
from shared.backup.log_part import add_lacking
from shared.broker.connection import BrokerUnavailable
from shared.context import ServiceContext
from shared.db.engine import EVERY_AUTHORITY
from shared.opening import open_service
from shared.settings import SettingsError
from shared.terminal import language_of_terminal, reason_of
from shared.web.i18n import gettext as _
from shared.web.i18n import set_language

FILLED, NOT_FILLED = 0, 2
"""What the command exits with."""


def fill_log() -> int:
    """Put into the log what the ledger holds and the log lacks; returns the exit code."""
    set_language(language_of_terminal())
    try:
        context = open_service("audit")
        try:
            count = add_lacking(context.platform, known_events(context))
        finally:
            context.close()
    except (BrokerUnavailable, OperationalError, SettingsError) as error:
        click.echo(_("Nothing was filled: %(reason)s", reason=reason_of(error)), err=True)
        return NOT_FILLED
    click.echo(_("%(count)s events of the ledger were put into the log.", count=count))
    return FILLED


def known_events(context: ServiceContext) -> Iterator[bytes]:
    """The bytes of every event that audit has: each ledger in its order, then what waits."""
    with context.database.read(EVERY_AUTHORITY) as session:
        ends = session.execute(select(LedgerHead.authority, LedgerHead.size)).all()
    for authority, size in sorted((row.authority, row.size) for row in ends):
        with context.database.read(authority) as session:
            for entry in queries.entries_between(session, authority, 0, size):
                yield bytes(entry.body)
    with context.database.read(EVERY_AUTHORITY) as session:
        waiting = select(WaitingEntry.body).order_by(WaitingEntry.subject, WaitingEntry.sequence)
        bodies = session.scalars(waiting).all()
    yield from map(bytes, bodies)
