"""Settings from the environment, read once at start, with all errors told at once.

``PlatformSettings`` are the same for every process; each service adds its own under its prefix
(``REVIEW_DATABASE_URL``). ``docs/settings.md`` is generated from these classes.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, TypeVar

from msgspec import Meta, Struct, ValidationError, convert, structs

SERVICES = ("identity", "intake", "review", "opinions", "notifications", "audit", "portal")


EXPECTED = {bool: "1, true, 0 or false", int: "a whole number", float: "a number"}
"""What the text of a setting has to be, where any other text is refused."""


class SettingsError(Exception):
    """The environment does not make a runnable service; the message lists every reason."""


def about(text: str) -> Meta:
    """What a setting does, as `docs/settings.md` says it."""
    return Meta(description=text)


def secret(text: str) -> Meta:
    """The same for a setting whose value is never printed."""
    return Meta(description=text, extra={"secret": True})


class Settings(Struct, frozen=True, kw_only=True):
    """What every class of settings can do."""

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        """Names and values, as representations show them: stars for a secret that is set."""
        values = [(field, getattr(self, field.name)) for field in structs.fields(self)]
        return [
            (field.name, "***" if value and meta_of(field).extra else value)
            for field, value in values
        ]

    def __repr__(self) -> str:
        """The class and its settings; no secret among them."""
        values = ", ".join(f"{name}={value!r}" for name, value in self.__rich_repr__())
        return f"{type(self).__name__}({values})"


def meta_of(field: structs.FieldInfo) -> Meta:
    """What a setting's declaration says of it."""
    found: Meta = field.type.__metadata__[0]
    return found


class PlatformSettings(Settings, frozen=True, kw_only=True):
    """What every process of Arida needs to know."""

    data_dir: Annotated[
        Path, about("Folder of the embedded databases, bus, files and run.json.")
    ] = Path(".arida")
    host: Annotated[str, about("Address that `arida run` and `arida serve` listen on.")] = (
        "127.0.0.1"
    )
    port: Annotated[int, about("Port of `arida run` and `arida front`.")] = 8000
    public_url: Annotated[
        str, about("Issuer of tokens and base of every link; default http://HOST:PORT.")
    ] = ""
    broker_url: Annotated[
        str, about("amqp://... (several nodes joined by ;); default the embedded bus.")
    ] = ""
    broker_metrics_url: Annotated[
        str,
        about(
            "rabbitmq_prometheus of each node (http://host:15692, joined by ;) for `bus status`."
        ),
    ] = ""
    broker_prefix: Annotated[
        str, about("Goes before every queue's name, where installations share a broker.")
    ] = ""
    master_key: Annotated[
        str, secret("32 bytes in base64 from which all other keys are derived.")
    ] = ""
    demo: Annotated[bool, about("Make the demo authority and accounts with printed passwords.")] = (
        False
    )
    log_level: Annotated[str, about("DEBUG, INFO, WARNING or ERROR.")] = "INFO"
    log_format: Annotated[str, about("text or json.")] = "text"
    metrics_port: Annotated[
        int, about("Port on which a worker or relay tells its counts to a monitor; 0: none.")
    ] = 0
    trusted_proxies: Annotated[
        int, about("How many proxies of ours stand before a service (X-Forwarded-For).")
    ] = 0
    rate_limit_store: Annotated[
        str, about("Where attempts are counted; one store for all web workers.")
    ] = "memory://"
    smtp_url: Annotated[
        str, secret("smtp://user:password@host:port of the mail relay; default a folder.")
    ] = ""
    files_quota_mb: Annotated[
        int, about("Most megabytes of files kept for one authority by one service.")
    ] = 10_000
    identity_url: Annotated[str, about("Base URL of identity.")] = ""
    intake_url: Annotated[str, about("Base URL of intake.")] = ""
    review_url: Annotated[str, about("Base URL of review.")] = ""
    opinions_url: Annotated[str, about("Base URL of opinions.")] = ""
    notifications_url: Annotated[str, about("Base URL of notifications.")] = ""
    audit_url: Annotated[str, about("Base URL of audit.")] = ""
    portal_url: Annotated[str, about("Base URL of portal, for the front.")] = ""

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


class ServiceSettings(Settings, frozen=True, kw_only=True):
    """What one service adds, under its prefix."""

    database_url: Annotated[
        str, secret("postgresql+psycopg://... ; default a SQLite file in DATA_DIR.")
    ] = ""


Read = TypeVar("Read", bound=Settings)


def load_settings(
    settings: type[Read], *, prefix: str = "", environ: Mapping[str, str] | None = None
) -> Read:
    """Read one settings class; raises ``SettingsError`` that names every wrong value."""
    source = os.environ if environ is None else environ
    given: dict[str, object] = {}
    reasons = []
    for field in structs.fields(settings):
        name = f"{prefix}{field.name.upper()}"
        if name not in source:
            continue
        try:
            given[field.name] = convert(source[name], field.type, strict=False, dec_hook=_from_text)
        except ValidationError:
            # Not the value: it may be a secret.
            reasons.append(f"- {name} has to be {EXPECTED[field.type.__origin__]}")
    if reasons:
        listed = "\n".join(reasons)
        raise SettingsError(f"Settings that cannot be used ({prefix or 'all'}):\n{listed}")
    return settings(**given)


def load_own_settings(
    name: str, settings: type[ServiceSettings], *, environ: Mapping[str, str] | None = None
) -> ServiceSettings:
    """Read what one service adds, from under its prefix; raises ``SettingsError``."""
    return load_settings(settings, prefix=f"{name.upper()}_", environ=environ)


def _from_text(kind: type[Any], value: Any) -> Any:
    """A value of a type that msgspec does not know, as `Path`, is made from the text."""
    return kind(value)
