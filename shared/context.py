"""What one service runs with: settings, database, keys, files, calls; opened once a process.

What not every process needs (a relay calls nobody and knows no tokens) is imported and built when
it is first asked for, so that idle processes stay small.
"""

# ruff: noqa: PLC0415 - the imports inside are the point of this module.

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from shared.counting import Counts, Uncounted, is_read
from shared.db.engine import Database
from shared.db.wakeup import Notifier
from shared.in_flight import InFlight
from shared.keys import client_secret, derived_key, master_key
from shared.settings import (
    PlatformSettings,
    ServiceSettings,
    load_own_settings,
    load_settings,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from shared.broker.probe import BusProbe
    from shared.db.base import ServiceBase
    from shared.db.personal import PersonalVault
    from shared.files import FileStore
    from shared.http_client import ServiceClients
    from shared.memory import OwnEvents
    from shared.metrics import Metrics
    from shared.press.printing import Press
    from shared.web.limit_peers import LimitPeers
    from shared.web.rate_limit import RateLimiter
    from shared.web.tokens import ServiceToken, TokenVerifier


@dataclass(kw_only=True)
class ServiceContext:
    """One service's parts. Web, worker and relay of one process share it.

    ``given_clients`` and ``given_metrics`` are those that several services of one process share.
    """

    name: str
    platform: PlatformSettings
    settings: ServiceSettings
    base: type[ServiceBase]
    database: Database
    master_key: bytes
    given_clients: ServiceClients | None = None
    given_metrics: Metrics | None = None
    prints: bool = False
    """Whether the service makes documents, so that its health tells what printing lacks."""
    least_in_log: Callable[[Session], int] | None = None
    """How many events the log holds at least, asked of a service that keeps each of them."""
    limits: bool = False
    """Whether the service counts attempts, which takes a library that the others do without."""
    in_flight: InFlight = field(default_factory=InFlight)
    relay_wake: threading.Event = field(default_factory=threading.Event)
    notifier: Notifier = field(init=False)
    memory: OwnEvents | None = None
    """What the log remembers of this service, while its database is filled with it."""
    _keys: dict[str, bytes] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        """Build what needs the other parts."""
        self.notifier = Notifier(self.database, self.name)

    @cached_property
    def clients(self) -> ServiceClients:
        """Calls to other services."""
        from shared.http_client import ServiceClients

        return self.given_clients or ServiceClients(self.platform.service_urls)

    @cached_property
    def metrics(self) -> Metrics:
        """The counters of this process."""
        from shared.metrics import build_metrics

        return self.given_metrics or build_metrics()

    @cached_property
    def counts(self) -> Counts:
        """Where its worker or relay counts."""
        if self.given_metrics is None and not is_read(self.platform):
            return Uncounted()
        return self.metrics

    @cached_property
    def files(self) -> FileStore:
        """Uploaded files, sealed."""
        from shared.files import FileStore

        return FileStore(
            self.platform.data_dir / "files" / self.name,
            self.key("files"),
            quota_bytes=self.platform.files_quota_mb * 1024 * 1024,
        )

    @cached_property
    def press(self) -> Press:
        """Prints documents as PDF, in processes of its own."""
        from shared.press.printing import Press

        return Press()

    @cached_property
    def tokens(self) -> TokenVerifier:
        """Reads the tokens of callers."""
        from shared.web.tokens import TokenVerifier

        return TokenVerifier(issuer=self.platform.issuer, fetch_keys=self._fetch_keys)

    @cached_property
    def own_token(self) -> ServiceToken:
        """The service's own token, for its calls to others."""
        from shared.web.tokens import ServiceToken

        return ServiceToken(self.clients, self.name, client_secret(self.master_key, self.name))

    @cached_property
    def bus(self) -> BusProbe:
        """Whether the bus answers."""
        from shared.broker.probe import BusProbe

        return BusProbe(self.platform.bus_url)

    @cached_property
    def limiter(self) -> RateLimiter:
        """How often callers may do what is limited."""
        from shared.web.rate_limit import RateLimiter

        return RateLimiter(self.platform.rate_limit_store)

    @cached_property
    def limit_peers(self) -> LimitPeers:
        """The processes that count attempts apart from this one."""
        from shared.web.limit_peers import LimitPeers

        return LimitPeers(self.platform, self.name)

    def prepare_for_requests(self) -> None:
        """Build now what requests use, so that a fork shares it and no two threads build it.

        The limiter is left out: it starts a thread, so it has to be built after the fork.
        """
        from cryptography.hazmat.primitives.ciphers import aead

        _ = (
            aead,
            self.clients,
            self.metrics,
            self.files,
            self.tokens,
            self.own_token,
            self.bus,
        )

    def prepare_after_fork(self) -> None:
        """Build what may not cross a fork."""
        if self.limits:
            _ = self.limiter
            self.limit_peers.join()

    def poke_relay(self) -> None:
        """Wake the relays of this service: at once in this process, in a moment elsewhere."""
        self.relay_wake.set()
        self.notifier.poke()

    def key(self, purpose: str) -> bytes:
        """A key for one purpose, derived from the master key once a process."""
        known = self._keys.get(purpose)
        if known is None:
            known = self._keys[purpose] = derived_key(self.master_key, purpose)
        return known

    def vault(self, session: Session, authority: str) -> PersonalVault:
        """Where the personal texts of one authority are sealed and revealed, within a session."""
        from shared.db.personal import PersonalVault

        return PersonalVault(
            session, self.base.personal_key, master_key=self.master_key, authority=authority
        )

    def close(self) -> None:
        """Give connections back."""
        self.notifier.close()
        self.database.close()
        if "clients" in self.__dict__:
            self.clients.close()
        if "limit_peers" in self.__dict__:
            self.limit_peers.leave()

    def _fetch_keys(self) -> Any:
        return self.clients.get("identity", "/identity/v1/jwks").json()


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
    own = load_own_settings(name, settings_class, environ=environ)
    platform.data_dir.mkdir(parents=True, exist_ok=True)
    return ServiceContext(
        name=name,
        platform=platform,
        settings=own,
        base=base,
        database=Database(own.database_url or default_database_url(platform, name)),
        master_key=master_key(platform),
        given_clients=clients,
        given_metrics=metrics,
    )


def default_database_url(platform: PlatformSettings, name: str) -> str:
    """The embedded database of a service."""
    return f"sqlite:///{platform.data_dir.absolute()}/{name}.db"
