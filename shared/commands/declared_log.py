"""Operators' commands about log and backups as click has them; the rest is imported when called."""

# ruff: noqa: PLC0415 - the imports inside keep every other command quick.

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from shared.commands.positions import Position
from shared.settings import SERVICES

PARTS = click.Choice([name for name in SERVICES if name != "portal"])


@click.group()
def log() -> None:
    """For operators: the log of all events."""


@log.command("read")
@click.option("--from", "start", type=Position(), default="first", show_default=True)
@click.option("--until", type=Position(), help="Stop before this offset or time of recording.")
@click.option("--limit", type=click.IntRange(min=1), help="Print at most so many events.")
@click.option("--subject", help="Only events of this subject (case/...) or kind (case).")
@click.option(
    "--follow",
    type=click.FloatRange(min=0, max=86400),
    default=0.0,
    metavar="SECONDS",
    help="Go on for so many seconds with what still comes.",
)
@click.option("--table/--json", "as_table", default=None, help="Short lines, or the events whole.")
def log_read(as_table: bool | None, **selection: Any) -> None:
    """Print the events of the log, each once: short lines at a terminal, else canonical JSON."""
    from shared.commands.log_read import read, selected

    chosen = selected(**selection)
    sys.exit(read(chosen, as_table=sys.stdout.isatty() if as_table is None else as_table))


@log.command("fill")
@click.argument("service", type=PARTS)
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON only.")
def log_fill(service: str, as_json: bool) -> None:
    """Fill the database of a stopped service from the log (exits 1 when something is left)."""
    from shared.commands.log_fill import fill

    sys.exit(fill(service, as_json=as_json))


@click.command()
@click.argument("target", type=click.Path(path_type=Path))
def backup(target: Path) -> None:
    """Write every part of the installation, as of one moment, into a new folder or .tar file."""
    from shared.commands.backup import back_up

    sys.exit(back_up(target))


@click.command()
@click.argument("source", type=click.Path(path_type=Path))
@click.option("--service", "services", type=PARTS, multiple=True, help="Only this service's part.")
@click.option("--force", is_flag=True, help="Replace what is there.")
def restore(source: Path, services: tuple[str, ...], force: bool) -> None:
    """Put a backup back into a stopped installation; then its services read the later log."""
    from shared.commands.backup import restore as put_back

    sys.exit(put_back(source, services, force=force))
