"""What one service runs with: settings, database, keys, files, calls; opened once a process."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from shared.broker.probe import BusProbe
from shared.db.base import ServiceBase
from shared.db.engine import Database
from shared.db.personal import PersonalVault
from shared.db.wakeup import Notifier
from shared.files import FileStore
from shared.http_client import ServiceClients
from shared.in_flight import InFlight
from shared.keys import client_secret, derived_key, master_key
from shared.metrics import Metrics, build_metrics
from shared.settings import PlatformSettings, ServiceSettings, load_settings
from shared.web.rate_limit import RateLimiter
from shared.web.tokens import ServiceToken, TokenVerifier


@dataclass(kw_only=True)
class ServiceContext:
    """One service's parts. Web, worker and relay of one process share it."""

    name: str
    platform: PlatformSettings
    settings: ServiceSettings
    base: type[ServiceBase]
    database: Database
    master_key: bytes
    files: FileStore
    clients: ServiceClients
    tokens: TokenVerifier
    own_token: ServiceToken
    metrics: Metrics
    bus: BusProbe
    limiter: RateLimiter
    in_flight: InFlight = field(default_factory=InFlight)
    relay_wake: threading.Event = field(default_factory=threading.Event)
    notifier: Notifier = field(init=False)

    def __post_init__(self) -> None:
        """Build what needs the other parts."""
        self.notifier = Notifier(self.database, self.name)

    def poke_relay(self) -> None:
        """Wake the relays of this service: at once in this process, in a moment elsewhere."""
        self.relay_wake.set()
        self.notifier.poke()

    def key(self, purpose: str) -> bytes:
        """A key for one purpose, derived from the master key."""
        return derived_key(self.master_key, purpose)

    def vault(self, session: Session, authority: str) -> PersonalVault:
        """Where the personal texts of one authority are sealed and revealed, within a session."""
        return PersonalVault(
            session, self.base.personal_key, master_key=self.master_key, authority=authority
        )

    def close(self) -> None:
        """Give connections back."""
        self.notifier.close()
        self.database.close()
        self.clients.close()


def open_context(
    name: str,
    settings_class: type[ServiceSettings],
    base: type[ServiceBase],
    *,
    environ: Mapping[str, str] | None = None,
    clients: ServiceClients | None = None,
    metrics: Metrics | None = None,
) -> ServiceContext:
    """Read the settings of a service and open its parts; raises ``SettingsError``."""
    platform = load_settings(PlatformSettings, environ=environ)
    own = load_settings(settings_class, prefix=f"{name.upper()}_", environ=environ)
    platform.data_dir.mkdir(parents=True, exist_ok=True)
    master = master_key(platform)
    calls = clients or ServiceClients(platform.service_urls)
    return ServiceContext(
        name=name,
        platform=platform,
        settings=own,
        base=base,
        database=Database(own.database_url or default_database_url(platform, name)),
        master_key=master,
        files=FileStore(
            platform.data_dir / "files" / name,
            derived_key(master, "files"),
            quota_bytes=platform.files_quota_mb * 1024 * 1024,
        ),
        clients=calls,
        tokens=TokenVerifier(issuer=platform.issuer, fetch_keys=_key_fetcher(calls)),
        own_token=ServiceToken(calls, name, client_secret(master, name)),
        metrics=metrics or build_metrics(),
        bus=BusProbe(platform.bus_url),
        limiter=RateLimiter(platform.rate_limit_store),
    )


def default_database_url(platform: PlatformSettings, name: str) -> str:
    """The embedded database of a service."""
    return f"sqlite:///{platform.data_dir.absolute()}/{name}.db"


def _key_fetcher(clients: ServiceClients) -> Any:
    return lambda: clients.get("identity", "/identity/v1/jwks").json()
