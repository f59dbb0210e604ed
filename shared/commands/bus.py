"""``arida bus status``: what waits, lies dead or stands still, service by service."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from shared.bus_words import remedy, sentence
from shared.commands.asking import NOT_ASKED, asking
from shared.commands.running_system import WITH_BUS, NotReached, Refused, RunningSystem
from shared.web.i18n import gettext as _

WELL, NEEDS_AN_OPERATOR = 0, 1
"""What the command exits with; 2 when a service could not be asked."""

FIGURES = (
    "outbox",
    "outbox_oldest_seconds",
    "parked",
    "ready",
    "held",
    "delayed",
    "dead",
    "consumers",
)


def bus_status(services: Sequence[str], *, as_json: bool) -> int:
    """Print the state of the bus; 0 when nothing needs an operator, 1 when something does."""

    def run(system: RunningSystem) -> int:
        reports = {name: _report(system, name) for name in services or WITH_BUS}
        if as_json:
            click.echo(json.dumps(reports, ensure_ascii=False))
        else:
            _show(reports)
        if any("error" in report for report in reports.values()):
            return NOT_ASKED
        is_ill = any(report["problems"] for report in reports.values())
        return NEEDS_AN_OPERATOR if is_ill else WELL

    return asking(run)


def _report(system: RunningSystem, service: str) -> dict[str, Any]:
    try:
        return dict(system.get(service, "/bus"))
    except (NotReached, Refused) as error:
        return {"error": str(error)}


def _show(reports: Mapping[str, dict[str, Any]]) -> None:
    console = Console(highlight=False, markup=False, emoji=False)
    console.print(_table(reports, width=console.width))
    _say_what_is_wrong(reports)


def _table(reports: Mapping[str, dict[str, Any]], *, width: int) -> Table:
    # Ten columns have to fit into eighty places.
    table = Table(box=None, title=_("The message bus"), title_justify="left", pad_edge=False)
    table.padding = (0, 1, 0, 0)
    names = {_("Service"): reports, _("State"): map(_state, reports.values())}
    for label, values in names.items():
        table.add_column(label, no_wrap=True, min_width=max(map(len, (label, *values))))
    words = [max(map(len, label.split())) for label in _labels()]
    left = width - sum(column.min_width or 0 for column in table.columns) - len(words) - 2
    for label, longest in zip(_labels(), words, strict=True):
        # A word of a head is broken only where not all of them fit as they are.
        exactly = longest if sum(words) <= left else None
        table.add_column(label, justify="right", overflow="fold", width=exactly)
    for name, report in reports.items():
        table.add_row(name, _state(report), *_cells(report))
    return table


def _labels() -> tuple[str, ...]:
    """The heads of `FIGURES`."""
    return (
        _("To be sent"),
        _("Oldest, seconds"),
        _("Parked"),
        _("In the queue"),
        _("In hand"),
        _("To be retried"),
        _("Dead letters"),
        _("Consumers"),
    )


def _state(report: Mapping[str, Any]) -> str:
    if "error" in report:
        return _("no answer")
    return _("look") if report["problems"] else _("well")


def _cells(report: Mapping[str, Any]) -> list[str]:
    totals = report.get("totals", {})
    known = (totals.get(figure) for figure in FIGURES)
    return ["-" if figure is None else str(figure) for figure in known]


def _say_what_is_wrong(reports: Mapping[str, dict[str, Any]]) -> None:
    """Each problem with what to do, once; one of the whole bus is told by every service alike."""
    said: dict[tuple[str, str], list[str]] = {}
    for name, report in reports.items():
        if "error" in report:
            said.setdefault((str(report["error"]), ""), []).append(name)
        for problem in report.get("problems", ()):
            told = (sentence(problem), remedy(problem, name))
            said.setdefault(told, []).append(name)
    for (what, to_do), names in said.items():
        click.echo(f"{', '.join(names)}: {what}")
        if to_do:
            click.echo(f"    {to_do}")
    if not said:
        click.echo(_("Nothing needs an operator."))
