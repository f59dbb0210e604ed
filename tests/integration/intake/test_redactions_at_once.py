"""A draft is filed at the moment in which its person's name is erased: one comes first."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import pytest

from services.intake import actions
from services.intake.models import Petition, Redaction
from services.intake.redactions import begin_redaction
from shared.ids import new_id
from shared.testing.databases import PATIENCE_SECONDS, wait_for_a_waiter
from shared.testing.harness import AUTHORITY, Harness, person
from shared.unit_of_work import Actor, Cause, UnitOfWork, unit_of_work
from tests.integration.intake.test_filing import drafted

SOMEBODY = UUID(person("somebody"))


@pytest.fixture
def intake(harness_on: Any) -> Harness:
    """intake on PostgreSQL: SQLite has one writer at a time."""
    harness: Harness = harness_on("intake")
    return harness


def process(intake: Harness, role: str = "service") -> Any:
    """A process of its own with a transaction of its own."""
    actor, cause = Actor(id=str(SOMEBODY), role=role), Cause(correlation_id=str(new_id()))
    return unit_of_work(intake.context, authority=AUTHORITY, actor=actor, cause=cause)


def erase(uow: UnitOfWork) -> None:
    """Take up the erasure of somebody's name."""
    begin_redaction(uow, erasure=new_id(), person=SOMEBODY)
    uow.session.flush()


def erase_alone(intake: Harness) -> None:
    """The same in a transaction of its own."""
    with process(intake) as uow:
        erase(uow)


def test_a_draft_whose_name_goes_first_is_not_filed_in_it(intake: Harness) -> None:
    petition = drafted(intake)

    def file() -> Any:
        return intake.request("POST", f"/petitions/{petition}/filing", {}, role="petitioner")

    with ThreadPoolExecutor(1) as pool:
        with process(intake) as uow:
            erase(uow)
            waiting = pool.submit(file)
            wait_for_a_waiter(intake.context.database.url)
        answer = waiting.result(PATIENCE_SECONDS)

    assert (answer.status_code, answer.json["article"]) == (409, "09-08, 8")
    assert [row.state for row in intake.rows(Petition)] == ["draft"]
    assert [row.state for row in intake.rows(Redaction)] == ["done"]


def test_a_draft_that_is_filed_first_keeps_its_name(intake: Harness) -> None:
    petition = drafted(intake)

    with ThreadPoolExecutor(1) as pool:
        with process(intake, "petitioner") as uow:
            actions.file_petition(uow, actions.own_petition(uow, UUID(petition)))
            waiting = pool.submit(erase_alone, intake)
            wait_for_a_waiter(intake.context.database.url)
        waiting.result(PATIENCE_SECONDS)

    (row,) = intake.rows(Redaction)
    assert (row.state, list(row.waits_for)) == ("waiting", ["case-open"])
