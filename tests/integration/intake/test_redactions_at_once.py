"""Two things happen at once to the files of a person whose name is erased: one comes first."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from services.intake import actions
from services.intake.earlier_cases import Unheard, _note
from services.intake.handlers import HANDLERS
from services.intake.models import EndedCase, Petition, Redaction
from services.intake.redactions import begin_redaction
from shared.broker.delivery import ACK
from shared.events.cases import CaseClosed
from shared.events.envelope import encode, understand
from shared.ids import new_id
from shared.testing.databases import PATIENCE_SECONDS, wait_for_a_waiter
from shared.testing.harness import AUTHORITY, Harness, event_envelope, person
from shared.unit_of_work import Actor, Cause, UnitOfWork, unit_of_work
from tests.integration.intake.test_filing import drafted
from tests.integration.notifications.conftest import case_snapshot

LONG_AGO = date(2023, 2, 1)
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


def filed(intake: Harness) -> str:
    """A filed petition of somebody's."""
    petition = drafted(intake)
    sent = intake.request("POST", f"/petitions/{petition}/filing", {}, role="petitioner")
    assert sent.status_code == 200, sent.text
    return petition


def closed(petition: str) -> Any:
    """The event that says that its case was closed long ago."""
    after = case_snapshot("somebody", state="closed")
    return event_envelope(
        CaseClosed(outcome="answered"), after, subject=f"case/{petition}", acted_on=LONG_AGO
    )


def hear(intake: Harness, event: Any) -> Any:
    """Let intake's worker take the event."""
    return intake.deliver_bytes(encode(event), message_id=event.id)


def test_an_erasure_taken_up_while_the_case_is_closed_is_carried_out_by_the_end(
    intake: Harness,
) -> None:
    event = closed(filed(intake))

    with ThreadPoolExecutor(1) as pool:
        with process(intake) as uow:
            erase(uow)
            waiting = pool.submit(hear, intake, event)
            wait_for_a_waiter(intake.context.database.url)
        assert waiting.result(PATIENCE_SECONDS) == ACK

    assert [row.state for row in intake.rows(Redaction)] == ["done"]


def test_an_erasure_that_comes_while_a_case_is_being_closed_sees_its_end(intake: Harness) -> None:
    event = closed(filed(intake))
    handle = HANDLERS[CaseClosed]

    with ThreadPoolExecutor(1) as pool:
        with process(intake) as uow:
            handle(uow, understand(event))
            uow.session.flush()
            waiting = pool.submit(erase_alone, intake)
            wait_for_a_waiter(intake.context.database.url)
        waiting.result(PATIENCE_SECONDS)

    assert [row.state for row in intake.rows(Redaction)] == ["done"]


@pytest.mark.parametrize("is_first", [True, False])
def test_what_review_said_before_an_event_of_the_case_changes_nothing_after_it(
    intake: Harness, is_first: bool
) -> None:
    petition = filed(intake)
    erase_alone(intake)
    event, unheard = closed(petition), Unheard(id=UUID(petition), authority=AUTHORITY, reference="")

    def note() -> None:
        _note(intake.context, unheard, None)

    if is_first:
        note()
        assert hear(intake, event) == ACK
    else:
        assert hear(intake, event) == ACK
        note()

    assert [row.state for row in intake.rows(Redaction)] == ["done"]
    assert [row.ended_on for row in intake.rows(EndedCase)] == [LONG_AGO]
