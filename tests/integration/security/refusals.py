"""What every refusal owes to the person who reads it, and that it changed nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from shared.testing.harness import Harness
from tests.integration.security.worlds import World

OF_THE_PROGRAM = ("Traceback", "sqlalchemy", ".py", "psycopg", "Error(")


def assert_is_problem(answer: Any) -> None:
    """A problem document that says what to do, without anything of the program's inside."""
    assert answer.mimetype == "application/problem+json", answer.text
    told = answer.json
    assert told["status"] == answer.status_code
    assert told["title"]
    assert told["detail"]
    named = told.get("errors", [])
    assert told.get("remedy") or named, answer.text
    assert all(one["message"] and one["remedy"] for one in named), answer.text
    assert not any(word in answer.text for word in OF_THE_PROGRAM)
    json.dumps(told).encode()


@contextmanager
def nothing_changes(harness: Harness) -> Iterator[None]:
    """Neither a row nor an event comes or goes inside the block."""
    world = World(harness=harness, ids={})
    before = (world.counts(), len(harness.emitted()))
    yield
    assert (world.counts(), len(harness.emitted())) == before


def fields_of(answer: Any) -> list[str]:
    """The fields a refusal names; every one has its sentence and remedy."""
    assert_is_problem(answer)
    return [one["field"] for one in answer.json.get("errors", [])]
