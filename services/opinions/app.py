"""The web application of opinions."""

from __future__ import annotations

from flask import Flask

from services.opinions.routes import blueprint
from services.opinions.state import KINDS
from shared.app import build_app
from shared.context import ServiceContext


def create_app(context: ServiceContext) -> Flask:
    """Build the application that serves ``/opinions/v1``."""
    return build_app(context, blueprints=(blueprint,), kinds=KINDS)
