"""``arida run``: everything on one port, in one gunicorn worker, with the demo seeded if asked.

The imports inside keep gunicorn's master small: it waits for its worker and does nothing else.
"""

# ruff: noqa: PLC0415 - see above.

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from shared.demo import is_loopback
from shared.keys import client_secret, master_key
from shared.parts import WITH_DATABASE, check_settings
from shared.run_file import CLI_CLIENT, RunFile, write_run_file
from shared.server import Server
from shared.settings import PlatformSettings, SettingsError

if TYPE_CHECKING:
    from shared.embedded import EmbeddedSystem
    from shared.serving import Portal


class EmbeddedRun:
    """Everything on one port; built in gunicorn's worker, after the fork."""

    def __init__(
        self, platform: PlatformSettings, *, portal: Portal, on_ready: Callable[[], None]
    ) -> None:
        self._platform = platform
        self._portal = portal
        self._on_ready = on_ready
        self._system: EmbeddedSystem | None = None

    def load(self) -> Any:
        """Build all applications and bring their databases up to date."""
        from shared.embedded import EmbeddedSystem
        from shared.logs import configure_logs
        from shared.web.i18n import load_catalogues

        platform = self._platform
        configure_logs("arida", platform.log_level, json=platform.log_format == "json")
        load_catalogues()
        self._system = EmbeddedSystem(WITH_DATABASE, portal=self._portal)
        self._system.prepare()
        return self._system.wsgi

    def start(self) -> None:
        """Start the threads, seed the demo, and say where to find the system."""
        if self._system is None:
            raise RuntimeError("load() comes before start()")
        self._system.start()
        if self._platform.demo:
            from shared.seeding import seed_demo

            seed_demo(self._system.contexts)
        key = client_secret(master_key(self._platform), "cli")
        run = RunFile(url=self._platform.issuer, client_id=CLI_CLIENT, client_secret=key)
        write_run_file(self._platform.data_dir, run)
        self._on_ready()

    def stop(self) -> None:
        """Stop what was started."""
        if self._system is not None:
            self._system.stop()


def run_embedded(
    platform: PlatformSettings, *, portal: Portal, on_ready: Callable[[], None]
) -> None:
    """Serve everything on one port in the foreground until SIGTERM or SIGINT.

    Raises ``SettingsError`` before it begins.
    """
    check_demo(platform)
    check_settings(platform, WITH_DATABASE)
    run = EmbeddedRun(platform, portal=portal, on_ready=on_ready)
    Server(
        bind=f"{platform.host}:{platform.port}",
        load=run.load,
        threads=16,
        on_start=run.start,
        on_stop=run.stop,
    ).run()


def check_demo(platform: PlatformSettings) -> None:
    """Refuse demo accounts, whose passwords are printed, on an address others can reach."""
    if platform.demo and not is_loopback(platform.host):
        raise SettingsError("DEMO=1 has printed passwords: HOST must be a loopback address.")
