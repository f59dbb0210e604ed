"""The web application of intake."""

from __future__ import annotations

from flask import Flask

from services.intake.routes import blueprint
from services.intake.state import KINDS
from shared.app import build_app
from shared.context import ServiceContext


def create_app(context: ServiceContext) -> Flask:
    """Build the application that serves ``/intake/v1``."""
    context.limits = True
    return build_app(context, blueprints=(blueprint,), kinds=KINDS)
