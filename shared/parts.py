"""A service's parts found by convention: settings, base, web application, worker.

The command line and the embedded system start services by name; nothing else loads them so. Each
part is imported when it is asked for: a relay needs neither routes nor handlers.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from shared.keys import master_key
from shared.settings import SERVICES, PlatformSettings, ServiceSettings, load_own_settings

if TYPE_CHECKING:
    from flask import Flask

    from shared.context import ServiceContext
    from shared.db.base import ServiceBase
    from shared.recall import Recall
    from shared.worker import Worker

WITH_DATABASE = tuple(name for name in SERVICES if name != "portal")


@dataclass(frozen=True)
class Part:
    """What it takes to run one service that has a database."""

    name: str

    @property
    def settings(self) -> type[ServiceSettings]:
        """The service's settings class."""
        found: type[ServiceSettings] = getattr(
            self._module("settings"), f"{self.name.capitalize()}Settings"
        )
        return found

    @property
    def base(self) -> type[ServiceBase]:
        """Its declarative base, with all its tables."""
        found: type[ServiceBase] = self._module("models").Base
        return found

    @property
    def create_app(self) -> Callable[[ServiceContext], Flask]:
        """What builds its web application."""
        found: Callable[[ServiceContext], Flask] = self._module("app").create_app
        return found

    @property
    def create_worker(self) -> Callable[[ServiceContext], Worker]:
        """What builds its worker."""
        found: Callable[[ServiceContext], Worker] = self._module("worker").create_worker
        return found

    @property
    def recalls(self) -> Mapping[str, Recall]:
        """How the rows of its own kinds follow from their events, by kind."""
        found: Mapping[str, Recall] = self._module("recall").RECALLS
        return found

    @property
    def after_filling(self) -> Callable[[ServiceContext, datetime], int] | None:
        """What it does once its database was filled from the log, given when that began."""
        found: Callable[[ServiceContext, datetime], int] | None = getattr(
            self._module("recall"), "after_filling", None
        )
        return found

    def _module(self, part: str) -> Any:
        return importlib.import_module(f"services.{self.name}.{part}")


def load_part(name: str) -> Part:
    """One service by name; raises ``LookupError`` for a name that is none."""
    if name not in WITH_DATABASE:
        raise LookupError(f"{name} is no service with a database")
    return Part(name)


def check_settings(platform: PlatformSettings, names: Iterable[str]) -> None:
    """Read what these services will read; raises ``SettingsError`` before anything is built."""
    master_key(platform)
    for name in names:
        load_own_settings(name, load_part(name).settings)
