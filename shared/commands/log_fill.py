"""``arida log fill``: brings a service's database to where the log is."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import click
from sqlalchemy.exc import OperationalError

from shared.broker.connection import BrokerUnavailable
from shared.context import ServiceContext
from shared.db.timer_hold import TimersHeld
from shared.http_client import ServiceUnavailable
from shared.logs import configure_logs
from shared.opening import open_service
from shared.parts import load_part
from shared.settings import SettingsError
from shared.terminal import language_of_terminal, reason_of
from shared.web.i18n import gettext as _
from shared.web.i18n import set_language

if TYPE_CHECKING:
    from shared.filling import Filled

WHOLE, NOT_WHOLE, NOT_FILLED = 0, 1, 2
"""What the command exits with."""


class WebRuns(Exception):
    """The service's web processes answer: what people did there would meet the log's numbers."""


def fill(service: str, *, as_json: bool) -> int:
    """Fill one service's database from the log and tell what came of it; returns the exit code."""
    set_language(language_of_terminal())
    try:
        filled = fill_service(service)
    except (BrokerUnavailable, OperationalError, SettingsError, TimersHeld, WebRuns) as error:
        click.echo(_("Nothing was filled: %(reason)s", reason=reason_of(error)), err=True)
        return NOT_FILLED
    if as_json:
        click.echo(json.dumps(asdict(filled), ensure_ascii=False))
    else:
        tell(service, filled)
    return WHOLE if filled.is_whole else NOT_WHOLE


def fill_service(service: str) -> Filled:
    """Bring the schema up to date and fill the database.

    Raises ``WebRuns`` while the service answers at its own address, and what `Filling.run` raises.
    """
    # Handlers are not needed to say that something is wrong with the settings.
    from shared.db.migrations import migrate  # noqa: PLC0415
    from shared.filling import Filling  # noqa: PLC0415

    context = open_service(service)
    # A line for each event would hide what is wrong.
    configure_logs(service, "WARNING", json=context.platform.log_format == "json")
    try:
        _refuse_beside_web(context)
        migrate(context.database, service)
        return Filling(context, load_part(service)).run()
    finally:
        context.close()


def _refuse_beside_web(context: ServiceContext) -> None:
    """Web processes without an address of their own run with a worker, whose lease tells of it."""
    name = context.name
    url = getattr(context.platform, f"{name}_url")
    if not url:
        return
    try:
        context.clients.get(name, f"/{name}/v1/health/live")
    except ServiceUnavailable:
        return
    raise WebRuns(f"{name} answers at {url}: stop it first, people would act there meanwhile")


def tell(service: str, filled: Filled) -> None:
    """Say it in a few lines; names only what somebody has to look at."""
    click.echo(
        _(
            "%(service)s: %(read)s events read, %(applied)s applied, %(taken_back)s of its own"
            " taken back, %(known)s known already.",
            service=service,
            read=filled.read,
            applied=filled.applied,
            taken_back=filled.taken_back,
            known=filled.known,
        )
    )
    if filled.not_sent_again:
        click.echo(
            _(
                "%(count)s notices are not in the log as sent; they were not sent again and count"
                " as failed.",
                count=filled.not_sent_again,
            )
        )
    for title, named in (
        (_("Parts of these never travel and are missing:"), filled.incomplete),
        (_("These wait for what the log does not hold:"), filled.waiting),
        (_("These could not be applied and are dead letters now:"), filled.dead),
    ):
        if named:
            click.echo("\n    ".join([title, *named]))
