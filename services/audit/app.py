"""The web application of audit."""

from __future__ import annotations

from flask import Flask

from services.audit.queries import least_in_log
from services.audit.routes import blueprint
from services.audit.state import KINDS
from shared.app import build_app
from shared.context import ServiceContext


def create_app(context: ServiceContext) -> Flask:
    """Build the application that serves ``/audit/v1``."""
    context.least_in_log = least_in_log
    return build_app(context, blueprints=(blueprint,), kinds=KINDS)
