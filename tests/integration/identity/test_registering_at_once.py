"""Two processes that register the same authority at once: one does, the other is told so."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from services.identity.authorities.actions import NewAuthority, register_authority
from services.identity.authorities.models import Authority
from shared.ids import new_id
from shared.testing.databases import PATIENCE_SECONDS, wait_for_a_waiter
from shared.testing.harness import Harness
from shared.unit_of_work import Actor, Cause, unit_of_work
from tests.integration.identity.conftest import register
from tests.integration.security.refusals import fields_of

CODE = "agadir"
FIRST = NewAuthority(
    kind="commune",
    name={"fr": "Agadir", "original": "fr"},
    zone="Africa/Casablanca",
    languages=("ar", "fr"),
    population=400_000,
)


@pytest.fixture
def identity(harness_on: Any) -> Harness:
    """identity without any authority, on PostgreSQL: SQLite has one writer at a time."""
    harness: Harness = harness_on("identity")
    return harness


def test_of_two_who_register_a_code_at_once_the_second_is_told_that_it_is_taken(
    identity: Harness,
) -> None:
    actor, cause = Actor(id="operator", role="operator"), Cause(correlation_id=str(new_id()))
    process = unit_of_work(identity.context, authority=CODE, actor=actor, cause=cause)
    with ThreadPoolExecutor(1) as pool:
        with process as uow:
            register_authority(uow, FIRST)
            waiting = pool.submit(register, identity, code=CODE)
            wait_for_a_waiter(identity.context.database.url)
        answer = waiting.result(PATIENCE_SECONDS)

    assert (answer.status_code, answer.json["code"]) == (409, "already-there")
    assert fields_of(answer) == ["code"]
    assert [row.population for row in identity.rows(Authority)] == [400_000]
    assert [event.type for event in identity.emitted()] == ["authority.registered.v1"]


def test_of_two_requests_at_once_one_registers(identity: Harness) -> None:
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda _: register(identity, code=CODE), range(2)))

    assert sorted(answer.status_code for answer in answers) == [201, 409]
    assert len(identity.rows(Authority)) == len(identity.emitted()) == 1
