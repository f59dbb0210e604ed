"""A service's parts found by convention: settings, base, web application, worker.

The command line and the embedded system start services by name; nothing else loads them so.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask

from shared.context import ServiceContext
from shared.db.base import ServiceBase
from shared.settings import SERVICES, ServiceSettings
from shared.worker import Worker

WITH_DATABASE = tuple(name for name in SERVICES if name != "portal")


@dataclass(frozen=True, kw_only=True)
class Part:
    """What it takes to run one service that has a database."""

    name: str
    settings: type[ServiceSettings]
    base: type[ServiceBase]
    create_app: Callable[[ServiceContext], Flask]
    create_worker: Callable[[ServiceContext], Worker]


def load_part(name: str) -> Part:
    """Import one service; raises ``ModuleNotFoundError`` for a name that is none."""
    return Part(
        name=name,
        settings=getattr(_module(name, "settings"), f"{name.capitalize()}Settings"),
        base=_module(name, "models").Base,
        create_app=_module(name, "app").create_app,
        create_worker=_module(name, "worker").create_worker,
    )


def _module(name: str, part: str) -> Any:
    return importlib.import_module(f"services.{name}.{part}")
