"""Operators' commands as click has them; what they do is imported when one is called."""

from __future__ import annotations

import sys

import click

from shared.settings import SERVICES

PARTS = click.Choice([name for name in SERVICES if name != "portal"])


@click.group()
def bus() -> None:
    """For operators: the message bus."""


@bus.command("status")
@click.argument("services", nargs=-1, type=PARTS)
@click.option("--json", "as_json", is_flag=True, help="Print the reports as JSON only.")
def show_bus_status(services: tuple[str, ...], as_json: bool) -> None:
    """Show what waits, lies dead or stands still (exits 1 when something needs you)."""
    from shared.commands.bus import bus_status

    sys.exit(bus_status(services, as_json=as_json))


@click.group("dead-letters")
def dead_letters() -> None:
    """For operators: events that services could not handle."""


@dead_letters.command("list")
@click.argument("services", nargs=-1, type=PARTS)
@click.option("--json", "as_json", is_flag=True, help="Print the letters as JSON only.")
@click.option(
    "--limit",
    type=click.IntRange(1, 1000),
    default=100,
    show_default=True,
    help="So many of each service.",
)
@click.option("--after", default="", help="Only those behind this letter (of one service).")
def list_dead_letters(services: tuple[str, ...], as_json: bool, limit: int, after: str) -> None:
    """List the dead letters of all services, or of those named (exits 1 when there are some)."""
    from shared.commands.dead_letters import list_letters

    if after and len(services) != 1:
        raise click.UsageError("A letter is one service's: name it before --after.")
    sys.exit(list_letters(services, as_json=as_json, limit=limit, after=after))


@dead_letters.command("show")
@click.argument("service", type=PARTS)
@click.argument("letter")
@click.option("--json", "as_json", is_flag=True, help="Print the letter as JSON only.")
def show_dead_letter(service: str, letter: str, as_json: bool) -> None:
    """Show one dead letter with its event."""
    from shared.commands.dead_letters import show_letter

    sys.exit(show_letter(service, letter, as_json=as_json))


@dead_letters.command("retry")
@click.argument("service", type=PARTS)
@click.argument("letters", nargs=-1)
@click.option("--all", "every", is_flag=True, help="Every dead letter of the service.")
def retry_dead_letters(service: str, letters: tuple[str, ...], every: bool) -> None:
    """Hand dead letters to their service again, after what broke them was mended."""
    from shared.commands.dead_letters import retry_letters

    if bool(letters) == every:
        raise click.UsageError("Name the letters, or say --all.")
    sys.exit(retry_letters(service, letters, every=every))


@dead_letters.command("discard")
@click.argument("service", type=PARTS)
@click.argument("letter")
@click.option("--reason", prompt="Why shall it never take effect (no names of persons)")
def discard_dead_letter(service: str, letter: str, reason: str) -> None:
    """Decide that a dead letter never takes effect; its subject goes on past it."""
    from shared.commands.dead_letters import discard_letter

    sys.exit(discard_letter(service, letter, reason=reason))
