"""``arida log read``: the events of the log as they were published, one line each."""

from __future__ import annotations

import sys
from datetime import UTC

import click

from shared.broker.connection import BrokerUnavailable, embedded_path
from shared.broker.log_reader import Start
from shared.event_log import Logged, Selection, read_events
from shared.settings import PlatformSettings, SettingsError, load_settings
from shared.terminal import language_of_terminal
from shared.web.i18n import gettext as _
from shared.web.i18n import set_language

DONE, NOT_READ = 0, 2
"""What the command exits with."""


def selected(
    *,
    start: Start,
    until: Start | None,
    limit: int | None,
    subject: str | None,
    follow: float,
) -> Selection:
    """What the options of the command ask for."""
    return Selection(
        start=start,
        until=None if until == "first" else until,
        limit=limit,
        subject=subject,
        follow_seconds=follow,
    )


def read(selection: Selection, *, as_table: bool) -> int:
    """Print the selected events: canonical JSON, or a readable short form; returns the exit code.

    What is no event is named on standard error and left out.
    """
    set_language(language_of_terminal())
    try:
        platform = load_settings(PlatformSettings)
        _print(platform, selection, as_table=as_table)
    except (BrokerUnavailable, SettingsError) as error:
        click.echo(_("The log could not be read: %(reason)s", reason=str(error)), err=True)
        return NOT_READ
    return DONE


def _print(platform: PlatformSettings, selection: Selection, *, as_table: bool) -> None:
    for logged in read_events(platform, selection, ready_seconds=_patience(platform)):
        if logged.envelope is None:
            told = _("At offset %(offset)s lies something that is no event.", offset=logged.offset)
            click.echo(told, err=True)
        elif as_table:
            click.echo(_short(logged))
        else:
            sys.stdout.buffer.write(logged.body + b"\n")
            sys.stdout.buffer.flush()


def _patience(platform: PlatformSettings) -> float | None:
    """A server may still be opening its log; a folder in which nothing ran will not get one."""
    is_there = not platform.is_embedded or embedded_path(platform.bus_url).exists()
    return None if is_there else 0.0


def _short(logged: Logged) -> str:
    event = logged.envelope
    if event is None:
        return ""
    moment = event.time.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%SZ")
    name, _dot, _version = event.type.rpartition(".")
    said = f"{event.subject} {event.sequence}"
    return f"{logged.offset:>8}  {moment}  {event.authority:<16} {name:<32} {said}"
