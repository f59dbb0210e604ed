"""Loads every service that has a database, on an empty folder, to look at its tables and routes."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask

from shared.context import open_context
from shared.http_client import ServiceClients
from shared.parts import WITH_DATABASE, load_part
from shared.web.scope import KINDS_EXTENSION
from shared.workflow import Workflow


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """One service as it stands in code."""

    name: str
    app: Flask
    handlers: Mapping[Any, Any]

    @property
    def workflows(self) -> list[Workflow]:
        """The workflows of the kinds it owns."""
        return [flow for _, flow in self.app.extensions[KINDS_EXTENSION]]


def load_services(folder: Path) -> list[Loaded]:
    """Open and build each service that exists."""
    return [_load(name, folder) for name in WITH_DATABASE]


def _load(name: str, folder: Path) -> Loaded:
    part = load_part(name)
    context = open_context(
        name,
        part.settings,
        part.base,
        environ={"DATA_DIR": str(folder)},
        clients=ServiceClients({}),
    )
    app = part.create_app(context)
    context.close()
    return Loaded(name=name, app=app, handlers=_handlers(name))


def _handlers(name: str) -> Mapping[Any, Any]:
    module = f"services.{name}.handlers"
    if importlib.util.find_spec(module) is None:
        return {}
    handlers: Mapping[Any, Any] = getattr(importlib.import_module(module), "HANDLERS", {})
    return handlers
