"""The web application of notifications."""

from __future__ import annotations

from flask import Flask

from services.notifications.routes import blueprint
from services.notifications.state import KINDS
from shared.app import build_app
from shared.context import ServiceContext


def create_app(context: ServiceContext) -> Flask:
    """Build the application that serves ``/notifications/v1``."""
    return build_app(context, blueprints=(blueprint,), kinds=KINDS)
