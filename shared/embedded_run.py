"""``arida run``: everything on one port, in one gunicorn worker, with the demo seeded if asked."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from shared.clock import monotonic, sleep
from shared.context import ServiceContext
from shared.db.authorities import load_authority
from shared.demo import DEMO_AUTHORITY
from shared.embedded import EmbeddedSystem
from shared.errors import TryLater
from shared.keys import client_secret, master_key
from shared.logs import configure_logs
from shared.opening import open_service
from shared.parts import WITH_DATABASE, load_part
from shared.run_file import CLI_CLIENT, RunFile, write_run_file
from shared.server import Server
from shared.serving import Portal
from shared.settings import PlatformSettings, SettingsError
from shared.web.i18n import load_catalogues

SEED_SECONDS = 30.0


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
    """Serve everything on one port in the foreground until SIGTERM or SIGINT."""
    check_demo(platform)
    # Imported before the fork, so that master and worker share the memory of the code.
    for name in WITH_DATABASE:
        load_part(name).load_code()
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
    if platform.demo and not _is_loopback(platform.host):
        raise SettingsError("DEMO=1 has printed passwords: HOST must be a loopback address.")


def seed_demo(contexts: dict[str, ServiceContext]) -> None:
    """Put the demo authority, council, bodies and accounts in place, the authority first."""
    _seed(contexts["identity"])
    for name, context in contexts.items():
        if name != "identity" and _seeder(name):
            _wait_for_authority(context)
            _seed(context)


def seed_running_system(platform: PlatformSettings) -> None:
    """Seed separately running services; refused where others than this machine can reach them."""
    host = urlsplit(platform.issuer).hostname or ""
    if not _is_loopback(host):
        raise SettingsError(
            "The demo has printed passwords: PUBLIC_URL must be a loopback address."
        )
    contexts = {name: open_service(name) for name in WITH_DATABASE}
    seed_demo(contexts)
    for context in contexts.values():
        context.close()


def _seed(context: ServiceContext) -> None:
    seeder = _seeder(context.name)
    if seeder is not None:
        seeder(context)


def _seeder(name: str) -> Callable[[ServiceContext], None] | None:
    module = f"services.{name}.demo"
    if importlib.util.find_spec(module) is None:
        return None
    seeder: Callable[[ServiceContext], None] = importlib.import_module(module).seed_demo
    return seeder


def _wait_for_authority(context: ServiceContext) -> None:
    until = monotonic() + SEED_SECONDS
    while True:
        try:
            with context.database.read(DEMO_AUTHORITY) as session:
                load_authority(session, context.base.plumbing, DEMO_AUTHORITY)
                return
        except TryLater:
            if monotonic() > until:
                raise
            sleep(0.05)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
