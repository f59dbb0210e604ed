"""Asks a populated service whatever its own OpenAPI document allows, and holds it to the document.

Reads and acts are test files of their own, so that two processes share the work. The requests are
the same in every run (hypothesis is derandomized); FUZZ_EXAMPLES asks for more.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import Any

import schemathesis
from flask import Flask
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
from tests.integration.security.worlds import BUILDERS, FAST_PASSWORDS, World

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "12"))
CHECKS = [
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
DOCUMENTS = Path(__file__).resolve().parents[2] / "docs/contracts/openapi"
METHODS = {"get", "post", "put", "patch", "delete"}
BY_OTHER_RULES = {"/identity/v1/oauth/token", "/identity/v1/oauth/authorize"}
"""RFC 6749 says how these tell a refusal."""


SLICE = 25
"""Operations to one test: each slice gets a system of its own and stays far from its time limit."""


def slices(*, reads: bool) -> list[tuple[str, int]]:
    """Each service with the numbers of its slices, as its published document says."""
    return [
        (service, number)
        for service in sorted(BUILDERS)
        for number in range(-(-len(_published(service, reads=reads)) // SLICE))
    ]


@contextmanager
def populated(
    service: str, *, postgres_url: str, process_name: str, folder: Path
) -> Iterator[World]:
    """A service with something in it on PostgreSQL, whose types are the stricter ones."""
    harness = Harness(
        service,
        database_url=service_database(postgres_url, service, process_name),
        folder=folder,
        environ=FAST_PASSWORDS,
    )
    harness.declare_bus()
    harness.know_authority()
    yield BUILDERS[service](harness)
    harness.close()


def fuzz_slice(world: World, number: int, *, reads: bool) -> None:
    """Ask each operation of one slice; the running document must be the published one."""
    described = _described(world.harness.app)
    labels = _published(world.service, reads=reads)
    assert set(labels) <= set(described)
    assert len(described) == len(labels) + len(_published(world.service, reads=not reads))
    for label in labels[number * SLICE : (number + 1) * SLICE]:
        _fuzz(world, described[label])


def _published(service: str, *, reads: bool) -> list[str]:
    paths = json.loads((DOCUMENTS / f"{service}.json").read_text())["paths"]
    return [
        f"{method.upper()} {path}"
        for path, methods in paths.items()
        for method in methods
        if method in METHODS and (method == "get") == reads
    ]


def _described(app: Flask) -> dict[str, Any]:
    schema = schemathesis.openapi.from_dict(openapi_of(app))
    schema.app = app
    good = [one.ok() for one in schema.get_all_operations() if isinstance(one, Ok)]
    return {one.label: one for one in good}


def _fuzz(world: World, operation: Any) -> None:
    roles = _roles(operation.definition.raw["x-may"])
    modes = st.sampled_from([GenerationMode.POSITIVE, GenerationMode.NEGATIVE])

    @given(data=st.data(), role=st.sampled_from(roles))
    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
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
