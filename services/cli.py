"""The ``arida`` command. It alone may load several services, by name and only when asked."""

from __future__ import annotations

import sys
from typing import Any

import click

from shared.commands.declared import bus, dead_letters
from shared.commands.declared_log import backup, log, restore
from shared.lean import do_without_extras, give_memory_back
from shared.settings import SERVICES, PlatformSettings, SettingsError, load_settings

PARTS = click.Choice([name for name in SERVICES if name != "portal"])


SERVING = frozenset({"run", "serve", "work", "relay", "front"})
"""The commands that stay; the others may load what makes their output nicer."""


@click.group()
@click.pass_context
def main(command: click.Context) -> None:
    """Arida: petitions and consultative opinions of local councils."""
    if command.invoked_subcommand in SERVING:
        do_without_extras()
        give_memory_back()


@main.command()
def run() -> None:
    """Serve everything in one process on one port (a small commune)."""
    from shared.embedded_run import run_embedded

    platform = _platform()
    _or_exit(lambda: run_embedded(platform, portal=_portal(platform), on_ready=_greeting(platform)))


@main.command()
@click.argument("service", type=click.Choice(SERVICES))
@click.option("--port", type=int, required=True, help="Port to listen on.")
@click.option("--workers", type=int, default=1, show_default=True, help="Web workers.")
def serve(service: str, port: int, workers: int) -> None:
    """Serve the HTTP interface of one service."""
    from shared.serving import serve as serve_part
    from shared.serving import serve_portal

    platform = _platform()
    if service == "portal":
        _or_exit(lambda: serve_portal(platform, _portal(platform), workers=workers, port=port))
    else:
        _or_exit(lambda: serve_part(service, platform, workers=workers, port=port))


@main.command()
@click.argument("service", type=PARTS)
def work(service: str) -> None:
    """Consume events for one service and run its timers."""
    from shared.background import work as work_part

    _or_exit(lambda: work_part(service))


@main.command()
@click.argument("service", type=PARTS)
def relay(service: str) -> None:
    """Take one service's committed events to the broker."""
    from shared.background import relay as relay_part

    _or_exit(lambda: relay_part(service))


@main.command()
def front() -> None:
    """Join separately running services under one address."""
    from shared.proxy import serve_front

    _or_exit(lambda: serve_front(_platform()))


@main.command()
@click.argument("services", nargs=-1, type=PARTS)
def migrate(services: tuple[str, ...]) -> None:
    """Bring the databases of all services (or of those named) up to date."""
    from shared.migrating import migrate_all

    _or_exit(lambda: migrate_all(services) if services else migrate_all())


@main.command("seed-demo")
def seed_demo() -> None:
    """Put the demo authority and accounts into a running system on this machine."""
    from shared.seeding import seed_running_system

    _or_exit(lambda: seed_running_system(_platform()))


@main.command("new-migration")
@click.argument("service", type=PARTS)
@click.argument("message")
def new_migration(service: str, message: str) -> None:
    """Write the next migration of a service from what changed in its models."""
    from shared.db.migrations import new_migration as write

    write(service, message)


@main.command()
@click.option("--check", is_flag=True, help="Change nothing; fail when something is stale.")
def generate(check: bool) -> None:
    """Write the generated documents: schemas, OpenAPI, event map, settings, diagrams."""
    from shared.generate import generate_all

    sys.exit(generate_all(check=check))


@main.group()
def law() -> None:
    """Ask the law."""


@law.command("answer")
def law_answer() -> None:
    """Answer questions of law: JSON lines in, JSON lines out."""
    from shared.law.answers import main as answer

    sys.exit(answer())


@main.group()
def audit() -> None:
    """For auditors."""


@audit.command("replay")
@click.option("--authority", required=True, help="Code of the authority.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON only.")
def audit_replay(authority: str, as_json: bool) -> None:
    """Fold the ledger and hold it against the live services."""
    from services.audit.commands import replay

    sys.exit(replay(authority, as_json))


@audit.command("compare-log")
@click.option("--authority", help="Code of one authority; default all.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON only.")
def audit_compare_log(authority: str | None, as_json: bool) -> None:
    """Rebuild the ledger's leaves from the log and compare (exits 1 when they differ)."""
    from services.audit.compare_log import compare_log

    sys.exit(compare_log(authority, as_json=as_json))


@audit.command("fill-log")
def audit_fill_log() -> None:
    """Put the ledger's events into a log that was lost, or that lacks some."""
    from services.audit.fill_log import fill_log

    sys.exit(fill_log())


@main.command()
@click.option("--url", default="", help="A running system; default a throw-away one.")
def demo(url: str) -> None:
    """Play Taroudant's story through the public interfaces."""
    from services.story.play import play

    sys.exit(play(url))


main.add_command(backup)
main.add_command(log)
main.add_command(restore)
main.add_command(bus)
main.add_command(dead_letters)


def _platform() -> PlatformSettings:
    try:
        return load_settings(PlatformSettings)
    except SettingsError as error:
        raise click.ClickException(str(error)) from error


def _or_exit(command: Any) -> None:
    try:
        command()
    except SettingsError as error:
        raise click.ClickException(str(error)) from error


def _portal(platform: PlatformSettings) -> Any:
    def build(clients: Any) -> Any:
        from services.portal.app import create_portal

        return create_portal(clients, platform)

    return build


def _greeting(platform: PlatformSettings) -> Any:
    def greet() -> None:
        click.echo(f"\n  Arida serves at {platform.issuer}\n")
        if platform.demo:
            from services.identity.demo import demo_people

            click.echo("  Demo accounts (printed passwords, this machine only):")
            for _login, email, password, role in demo_people():
                click.echo(f"    {email:<34} {password:<24} {role}")
        click.echo("\n  Ctrl-C ends it.\n")
        sys.stdout.flush()

    return greet


if __name__ == "__main__":
    main()
