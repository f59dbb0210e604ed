"""``arida dead-letters``: what services could not handle; looked at, retried, discarded."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

import click
from rich import box
from rich.console import Console
from rich.table import Table

from shared.commands.asking import DONE, NO, NOT_ASKED, asking
from shared.commands.running_system import WITH_BUS, NotReached, Refused, RunningSystem
from shared.terminal import printable
from shared.web.i18n import gettext as _

LONGEST_ID = 39
"""Of a letter without an id of its own, which is known by its content."""


def list_letters(services: Sequence[str], *, as_json: bool) -> int:
    """Print the dead letters of these services, or of all; 0 when there are none, 1 when some."""

    def run(system: RunningSystem) -> int:
        letters, missed, wanted = [], 0, services or WITH_BUS
        for service in wanted:
            try:
                letters += _letters(system, service)
            except (NotReached, Refused) as error:
                click.echo(str(error), err=True)
                missed += 1
        if as_json:
            click.echo(json.dumps(letters, ensure_ascii=False))
        elif letters or missed < len(wanted):
            _show(letters)
        return NOT_ASKED if missed else NO if letters else DONE

    return asking(run)


def show_letter(service: str, letter: str, *, as_json: bool) -> int:
    """Print one dead letter with its event."""

    def run(system: RunningSystem) -> int:
        found = {"service": service, **system.get(service, _path(letter))}
        if as_json:
            click.echo(json.dumps(found, ensure_ascii=False))
            return DONE
        event = found.pop("event", None)
        for line in _described(found):
            click.echo(line)
        if event is not None:
            for line in json.dumps(event, ensure_ascii=False, indent=2).split("\n"):
                click.echo(printable(line))
        return DONE

    return asking(run)


def retry_letters(service: str, letters: Sequence[str], *, every: bool) -> int:
    """Hand dead letters to their service again, in the order in which they lie."""

    def run(system: RunningSystem) -> int:
        named = [str(one["id"]) for one in _letters(system, service)] if every else letters
        if not named:
            click.echo(_("No dead letters."))
        # One that is named twice is retried once.
        done = [_retried(system, service, letter) for letter in dict.fromkeys(named)]
        return DONE if all(done) else NO

    return asking(run)


def _retried(system: RunningSystem, service: str, letter: str) -> bool:
    """Retry one letter; what the service says against it keeps no other from being retried."""
    try:
        system.post(service, f"{_path(letter)}/retry")
    except Refused as error:
        click.echo(f"{printable(letter)}: {error}", err=True)
        return False
    click.echo(_("%(letter)s is tried again.", letter=printable(letter)))
    return True


def discard_letter(service: str, letter: str, *, reason: str) -> int:
    """Never apply a dead letter, for a reason that is kept."""

    def run(system: RunningSystem) -> int:
        system.post(service, f"{_path(letter)}/discard", {"reason": reason})
        told = _("%(letter)s is discarded; what waited behind it goes on.", letter=letter)
        click.echo(printable(told))
        return DONE

    return asking(run)


def _letters(system: RunningSystem, service: str) -> list[dict[str, Any]]:
    found = system.get(service, "/dead-letters")["letters"]
    return [{"service": service, **letter} for letter in found]


def _path(letter: str) -> str:
    """Where a letter answers, whatever somebody typed."""
    return f"/dead-letters/{quote(letter, safe='')}"


def _show(letters: Sequence[Mapping[str, Any]]) -> None:
    if not letters:
        click.echo(_("No dead letters."))
        return
    table = Table(title=_("Dead letters"), box=box.SIMPLE, title_justify="left", show_lines=True)
    table.add_column(_("Letter"), overflow="fold", min_width=LONGEST_ID)
    table.add_column(_("What it is"), overflow="fold")
    for one in letters:
        table.add_row(str(one["id"]), "\n".join(_described({**one, "id": None})))
    # What others wrote is no markup.
    Console(highlight=False, markup=False, emoji=False).print(table)


def _described(letter: Mapping[str, Any]) -> list[str]:
    """A line for each thing that is known of a letter; bytes that are no event have few."""
    labels = {
        "service": _("Service"),
        "id": _("Letter"),
        "type": _("Event"),
        "subject": _("Subject"),
        "sequence": _("Event number"),
        "authority": _("Authority"),
        "time": _("Recorded"),
        "bytes": _("Bytes, no event"),
        "lies_in": _("Lies in"),
        "reason": _("Reason"),
    }
    return [
        f"{label}: {printable(str(letter[name]))}"
        for name, label in labels.items()
        if letter.get(name)
    ]
