"""A populated service for each test of a module, built once: these tests change nothing in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from shared.testing.databases import service_database
from shared.testing.harness import Harness
from tests.integration.security.worlds import BUILDERS, FAST_PASSWORDS, OTHER, World


@pytest.fixture(scope="module", params=sorted(BUILDERS))
def world(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    postgres_url: str,
    process_name: str,
) -> Iterator[World]:
    """Each service in turn, populated, on PostgreSQL; it knows a second authority too."""
    service = request.param
    harness = Harness(
        service,
        database_url=service_database(postgres_url, service, process_name),
        folder=tmp_path_factory.mktemp(service),
        environ=FAST_PASSWORDS,
    )
    harness.declare_bus()
    harness.know_authority()
    made = BUILDERS[service](harness)
    harness.know_authority(OTHER)
    yield made
    harness.close()
