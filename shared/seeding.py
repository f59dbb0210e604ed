"""Seeds the demo: authority, council, bodies and accounts, by the services' own means."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable
from urllib.parse import urlsplit

from shared.clock import monotonic, sleep
from shared.context import ServiceContext
from shared.db.authorities import load_authority
from shared.demo import DEMO_AUTHORITY, is_loopback
from shared.errors import TryLater
from shared.opening import open_service
from shared.parts import WITH_DATABASE
from shared.settings import PlatformSettings, SettingsError

SEED_SECONDS = 30.0


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
    if not is_loopback(host):
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
