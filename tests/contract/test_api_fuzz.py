"""Each service answers whatever its own OpenAPI document allows, and keeps to that document.

The requests are the same in every run (hypothesis is derandomized); FUZZ_EXAMPLES asks for more.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from shared.testing.databases import service_database
from shared.testing.harness import Harness
from shared.web.auth import EVERYONE, ROLES, SIGNED_IN
from shared.web.openapi import openapi_of
from shared.web.scope import API_EXTENSION
from tests.integration.security.worlds import BUILDERS, FAST_PASSWORDS, World

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "12"))
CHECKS = [
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
BY_OTHER_RULES = {"/identity/v1/oauth/token", "/identity/v1/oauth/authorize"}
"""RFC 6749 says how these tell a refusal."""


@pytest.fixture(scope="module", params=sorted(BUILDERS))
def world(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    postgres_url: str,
    process_name: str,
) -> Iterator[World]:
    """Each service in turn, populated, on PostgreSQL, whose types are the stricter ones."""
    service = request.param
    harness = Harness(
        service,
        database_url=service_database(postgres_url, service, process_name),
        folder=tmp_path_factory.mktemp(service),
        environ=FAST_PASSWORDS,
    )
    harness.know_authority()
    yield BUILDERS[service](harness)
    harness.close()


def operations_of(world: World) -> list[Any]:
    """What the service's document describes."""
    app = world.harness.app
    document = openapi_of(app, app.extensions[API_EXTENSION])
    schema = schemathesis.openapi.from_dict(document)
    schema.app = app
    return [one.ok() for one in schema.get_all_operations() if isinstance(one, Ok)]


def test_a_service_keeps_to_its_document_whatever_it_is_asked(world: World) -> None:
    operations = operations_of(world)

    for operation in operations:
        _fuzz(world, operation)

    assert operations


def _fuzz(world: World, operation: Any) -> None:
    roles = _roles(operation.definition.raw["x-may"])
    modes = st.sampled_from([GenerationMode.POSITIVE, GenerationMode.NEGATIVE])

    @given(data=st.data(), role=st.sampled_from(roles))
    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def answers_by_its_document(data: Any, role: str | None) -> None:
        case = data.draw(modes.flatmap(lambda mode: operation.as_strategy(generation_mode=mode)))
        _with_known_ids(world, case, data)
        if role is not None:
            case.headers["Authorization"] = f"Bearer {world.token(role)}"
        answer = case.call()
        case.validate_response(answer, checks=CHECKS)
        _check_problem(case, answer)

    answers_by_its_document()


def _roles(declared: list[str]) -> list[str | None]:
    """The roles that may call, everyone who may not at once as None."""
    if EVERYONE in declared:
        return [None, "petitioner"]
    return [*sorted(ROLES if SIGNED_IN in declared else declared), None]


def _with_known_ids(world: World, case: Case, data: Any) -> None:
    """Ask for what is there, three times of four: else nearly all answers would be 404."""
    for name in case.path_parameters or {}:
        known = world.ids.get(name)
        if known and data.draw(st.integers(0, 3)):
            case.path_parameters[name] = data.draw(st.sampled_from(known))
    if case.query and "authority" in case.query and data.draw(st.booleans()):
        case.query["authority"] = "taroudant"


def _check_problem(case: Case, answer: Any) -> None:
    if answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        # The one answer of the 500s: an authority whose event may still be on its way.
        assert answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE, answer.text
        assert answer.json()["code"] == "try-later"
        assert answer.headers["retry-after"]
    if answer.status_code < HTTPStatus.BAD_REQUEST or case.operation.path in BY_OTHER_RULES:
        return
    told = answer.json()
    assert answer.headers["content-type"][0].startswith("application/problem+json"), told
    assert told["status"] == answer.status_code
    assert told["title"]
    assert told["detail"]
    assert told["code"]
    assert "Traceback" not in answer.text
