"""``arida dead-letters``: what services could not handle; looked at, retried, discarded."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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

PAGE = 100
"""So many letters of each service are listed, unless asked otherwise."""

LONGEST_ID = 39
"""Of a letter without an id of its own, which is known by its content."""


def list_letters(
    services: Sequence[str], *, as_json: bool, limit: int = PAGE, after: str = ""
) -> int:
    """Print the dead letters of these services, or of all; 0 when there are none, 1 when some.

    Of each service ``limit`` letters at most, behind the one named ``after``; how many more there
    are is told behind them.
    """

    def run(system: RunningSystem) -> int:
        letters, missed, wanted = [], 0, services or WITH_BUS
        behind: list[str] = []
        for service in wanted:
            try:
                found = _letters(system, service, limit=limit, after=after)
                letters += found.letters
                behind += found.say_what_is_behind()
            except (NotReached, Refused) as error:
                click.echo(str(error), err=True)
                missed += 1
        if as_json:
            click.echo(json.dumps(letters, ensure_ascii=False))
        elif letters or missed < len(wanted):
            _show(letters)
        for line in behind:
            click.echo(line, err=as_json)
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
        if every:
            return _retry_all(system, service)
        # One that is named twice is retried once.
        done = [_retried(system, service, letter) for letter in dict.fromkeys(letters)]
        return DONE if all(done) else NO

    return asking(run)


def _retry_all(system: RunningSystem, service: str) -> int:
    """Retry what lies there now, many with each request; one that dies again meanwhile stays."""
    refused: dict[str, str] = {}
    count, to_come = 0, None
    while to_come is None or to_come > 0:
        told = system.post(service, "/dead-letters/retry")
        for letter in told["retried"]:
            click.echo(_("%(letter)s is tried again.", letter=printable(letter)))
        refused |= {str(one["id"]): str(one["detail"]) for one in told["refused"]}
        if not told["retried"]:
            break
        done = len(told["retried"])
        count += done
        to_come = told["left"] if to_come is None else min(to_come - done, told["left"])
    for letter, reason in refused.items():
        click.echo(f"{printable(letter)}: {printable(reason)}", err=True)
    if not count and not refused:
        click.echo(_("No dead letters."))
    return NO if refused else DONE


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


@dataclass(frozen=True, kw_only=True)
class _Page:
    """Letters of one service, and how many more lie behind them."""

    service: str
    letters: list[dict[str, Any]]
    more: int

    def say_what_is_behind(self) -> list[str]:
        """A line that counts the others and says how to see them; none where there are none."""
        if not self.more or not self.letters:
            return []
        told = _("%(service)s has %(count)s more:", service=self.service, count=self.more)
        last = self.letters[-1]["id"]
        return [printable(f"{told} arida dead-letters list {self.service} --after {last}")]


def _letters(system: RunningSystem, service: str, *, limit: int, after: str) -> _Page:
    behind = f"&after={quote(after, safe='')}" if after else ""
    found = system.get(service, f"/dead-letters?limit={limit}{behind}")
    letters = [{"service": service, **letter} for letter in found["letters"]]
    return _Page(service=service, letters=letters, more=found["more"])


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
