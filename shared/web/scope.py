"""The parts of the service that a request runs in."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from flask import current_app

if TYPE_CHECKING:
    from shared.context import ServiceContext

EXTENSION = "arida"
KINDS_EXTENSION = "arida.kinds"
OPENAPI_EXTENSION = "arida.openapi"


def current_context() -> ServiceContext:
    """The context of the service that answers this request."""
    return cast("ServiceContext", current_app.extensions[EXTENSION])
