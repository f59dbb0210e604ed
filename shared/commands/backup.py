"""``arida backup`` and ``arida restore``: every part of an installation, as of one moment."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

import click
from sqlalchemy.exc import DatabaseError

from shared.backup.making import make_backup
from shared.backup.manifest import EMBEDDED, BackupRefused, Manifest
from shared.backup.restoring import PartlyRestored, opened, put_back
from shared.broker.connection import BrokerUnavailable
from shared.commands.log_fill import WebRuns, fill_service, tell
from shared.db.timer_hold import TimersHeld
from shared.logs import configure_logs
from shared.parts import WITH_DATABASE
from shared.settings import PlatformSettings, SettingsError, load_settings
from shared.terminal import language_of_terminal, reason_of
from shared.web.i18n import gettext as _
from shared.web.i18n import gettext_noop, load_catalogues, set_language

DONE, NOT_WHOLE, NOT_DONE = 0, 1, 2
"""What the commands exit with."""

MADE = gettext_noop(
    "Backup of %(moment)s with %(parts)s parts, %(bytes)s bytes, log up to %(offset)s."
)
RESTORED = gettext_noop(
    "Restored as of %(moment)s: %(parts)s parts, %(bytes)s bytes, log up to %(offset)s."
)
REASONS = (
    BackupRefused,
    BrokerUnavailable,
    DatabaseError,
    OSError,
    SettingsError,
    sqlite3.Error,
    TimersHeld,
    WebRuns,
)


def back_up(target: Path) -> int:
    """Make a backup and say of which moment; returns the exit code."""
    try:
        manifest = make_backup(_prepared(), target)
    except REASONS as error:
        click.echo(_("No backup was made: %(reason)s", reason=reason_of(error)), err=True)
        return NOT_DONE
    _say(MADE, manifest)
    return DONE


def restore(source: Path, services: Sequence[str], *, force: bool) -> int:
    """Put a backup back, then let each service read what the log holds beyond it."""
    chosen = services or WITH_DATABASE
    try:
        platform = _prepared()
        with opened(source) as folder:
            manifest = put_back(platform, folder, chosen, force=force)
    except PartlyRestored as error:
        told = _("Only a part was restored (%(done)s).", done=", ".join(error.names))
        click.echo(f"{told} {error}", err=True)
        click.echo(f"    arida restore {source} --force", err=True)
        return NOT_DONE
    except REASONS as error:
        click.echo(_("Nothing was restored: %(reason)s", reason=reason_of(error)), err=True)
        return NOT_DONE
    _say(RESTORED, manifest)
    if manifest.kind == EMBEDDED and not services:
        # Bus and log are of the same moment, so there is nothing later to read.
        return DONE
    return _read_later_events(chosen)


def _read_later_events(services: Sequence[str]) -> int:
    is_whole = True
    for name in services:
        try:
            filled = fill_service(name)
        except REASONS as error:
            told = _(
                "%(service)s has not read the log: %(reason)s",
                service=name,
                reason=reason_of(error),
            )
            click.echo(told, err=True)
            click.echo(f"    arida log fill {name}", err=True)
            is_whole = False
        else:
            tell(name, filled)
            is_whole = is_whole and filled.is_whole
    return DONE if is_whole else NOT_WHOLE


def _prepared() -> PlatformSettings:
    set_language(language_of_terminal())
    load_catalogues()
    platform = load_settings(PlatformSettings)
    configure_logs("arida", "WARNING", json=platform.log_format == "json")
    return platform


def _say(sentence: str, manifest: Manifest) -> None:
    click.echo(
        _(
            sentence,
            moment=manifest.made_at.strftime("%Y-%m-%d %H:%M:%SZ"),
            parts=len(manifest.parts),
            bytes=sum(piece.bytes for piece in manifest.parts.values()),
            offset=manifest.log.offset,
        )
    )
