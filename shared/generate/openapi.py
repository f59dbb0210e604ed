"""The OpenAPI 3.1 document of each service."""

from __future__ import annotations

from collections.abc import Sequence

from shared.generate.services import Loaded
from shared.generate.text import pretty
from shared.web.openapi import openapi_of


def openapi_files(services: Sequence[Loaded]) -> dict[str, str]:
    """One JSON file per service."""
    return {
        f"docs/contracts/openapi/{service.name}.json": pretty(openapi_of(service.app))
        for service in services
    }
