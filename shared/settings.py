"""Settings from the environment, read once at start, with all errors told at once.

``PlatformSettings`` are the same for every process; each service adds its own under its prefix
(``REVIEW_DATABASE_URL``). ``docs/settings.md`` is generated from these classes.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

import typed_settings
from typed_settings.exceptions import InvalidSettingsError

SERVICES = ("identity", "intake", "review", "opinions", "notifications", "audit", "portal")


class SettingsError(Exception):
    """The environment does not make a runnable service; the message lists every reason."""


@typed_settings.settings(frozen=True, kw_only=True)
class PlatformSettings:
    """What every process of Arida needs to know."""

    data_dir: Path = typed_settings.option(
        default=Path(".arida"), help="Folder of the embedded databases, bus, files and run.json."
    )
    host: str = typed_settings.option(
        default="127.0.0.1", help="Address that `arida run` and `arida serve` listen on."
    )
    port: int = typed_settings.option(default=8000, help="Port of `arida run` and `arida front`.")
    public_url: str = typed_settings.option(
        default="", help="Issuer of tokens and base of every link; default http://HOST:PORT."
    )
    broker_url: str = typed_settings.option(
        default="", help="amqp://... (several nodes joined by ;); default the embedded bus."
    )
    broker_prefix: str = typed_settings.option(
        default="", help="Goes before every queue's name, where installations share a broker."
    )
    master_key: str = typed_settings.secret(
        default="", help="32 bytes in base64 from which all other keys are derived."
    )
    demo: bool = typed_settings.option(
        default=False, help="Make the demo authority and accounts with printed passwords."
    )
    log_level: str = typed_settings.option(default="INFO", help="DEBUG, INFO, WARNING or ERROR.")
    log_format: str = typed_settings.option(default="text", help="text or json.")
    metrics_port: int = typed_settings.option(
        default=0, help="Port on which a worker or relay tells its counts to a monitor; 0: none."
    )
    trusted_proxies: int = typed_settings.option(
        default=0, help="How many proxies of ours stand before a service (X-Forwarded-For)."
    )
    rate_limit_store: str = typed_settings.option(
        default="memory://", help="Where attempts are counted; one store for all web workers."
    )
    smtp_url: str = typed_settings.secret(
        default="", help="smtp://user:password@host:port of the mail relay; default a folder."
    )
    files_quota_mb: int = typed_settings.option(
        default=10_000, help="Most megabytes of files kept for one authority by one service."
    )
    identity_url: str = typed_settings.option(default="", help="Base URL of identity.")
    intake_url: str = typed_settings.option(default="", help="Base URL of intake.")
    review_url: str = typed_settings.option(default="", help="Base URL of review.")
    opinions_url: str = typed_settings.option(default="", help="Base URL of opinions.")
    notifications_url: str = typed_settings.option(default="", help="Base URL of notifications.")
    audit_url: str = typed_settings.option(default="", help="Base URL of audit.")
    portal_url: str = typed_settings.option(default="", help="Base URL of portal, for the front.")

    @property
    def issuer(self) -> str:
        """The public base URL without a slash at its end."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")

    @property
    def bus_url(self) -> str:
        """The broker's URL, the embedded bus when none is given."""
        return self.broker_url or f"arida+sqlite:///{self.data_dir.absolute()}/bus.db"

    @property
    def is_embedded(self) -> bool:
        """Whether the bus is the embedded one."""
        return self.bus_url.startswith("arida+sqlite:")

    @property
    def service_urls(self) -> dict[str, str]:
        """Where each service answers; the public address where none of its own is given."""
        return {
            name: getattr(self, f"{name}_url") or self.issuer
            for name in SERVICES
            if name != "portal"
        }


@typed_settings.settings(frozen=True, kw_only=True)
class ServiceSettings:
    """What one service adds, under its prefix."""

    database_url: str = typed_settings.secret(
        default="", help="postgresql+psycopg://... ; default a SQLite file in DATA_DIR."
    )


Settings = TypeVar("Settings")


def load_settings(
    settings: type[Settings], *, prefix: str = "", environ: Mapping[str, str] | None = None
) -> Settings:
    """Read one settings class; raises ``SettingsError`` that names every wrong value."""
    loader = typed_settings.loaders.EnvLoader(prefix=prefix)
    try:
        with _environment(environ):
            return typed_settings.load_settings(settings, [loader])
    except InvalidSettingsError as error:
        reasons = "\n".join(f"- {reason}" for reason in error.exceptions)
        raise SettingsError(
            f"Settings that cannot be used ({prefix or 'all'}):\n{reasons}"
        ) from error


def load_own_settings(
    name: str, settings: type[ServiceSettings], *, environ: Mapping[str, str] | None = None
) -> ServiceSettings:
    """Read what one service adds, from under its prefix; raises ``SettingsError``."""
    return load_settings(settings, prefix=f"{name.upper()}_", environ=environ)


class _environment:
    """Lets a test read settings from a mapping instead of the process environment."""

    def __init__(self, environ: Mapping[str, str] | None) -> None:
        self._environ = environ
        self._saved: dict[str, str] = {}

    def __enter__(self) -> None:
        if self._environ is not None:
            self._saved = dict(os.environ)
            os.environ.clear()
            os.environ.update(self._environ)

    def __exit__(self, *_: object) -> None:
        if self._environ is not None:
            os.environ.clear()
            os.environ.update(self._saved)
