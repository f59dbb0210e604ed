"""A backup of before an erasure brings keys back; the log takes what was erased away again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from services.identity.recall import RECALLS as IDENTITY
from services.intake.models import PetitionDocument
from services.intake.recall import RECALLS as INTAKE
from shared.converting import convert
from shared.db.engine import EVERY_AUTHORITY
from shared.events.erasures import (
    ErasureCarriedOut,
    ErasureRequested,
    ErasureSnapshot,
    RedactionCarriedOut,
    RedactionSnapshot,
)
from shared.events.petitions import DocumentsErased, PetitionSnapshot
from shared.recall import take_back
from shared.testing.harness import AUTHORITY, TODAY, Harness, event_envelope, person
from shared.unit_of_work import Actor, Cause, unit_of_work
from tests.integration.identity.conftest import account, register
from tests.integration.intake.test_filing import drafted
from tests.integration.intake.test_papers import hand_in

ERASURE, REDACTION = f"erasure/{person('erasure')}", f"redaction/{person('redaction')}"


@pytest.fixture
def service(harness_on: Any, database_kind: str, request: pytest.FixtureRequest) -> Harness:
    """A service of yesterday, as the test names it."""
    harness: Harness = harness_on(request.param, database_kind)
    return harness


def living_keys(harness: Harness) -> list[UUID]:
    """Whose keys are not destroyed."""
    key = harness.context.base.personal_key
    with harness.context.database.read(EVERY_AUTHORITY) as session:
        statement = select(key.person_id).where(key.wrapped_key.is_not(None))
        return list(session.scalars(statement).all())


def taken_back(harness: Harness, recalls: Any, told: Any) -> None:
    """The service reads an event of its own from the log."""
    actor, cause = Actor(id="service:test", role="service"), Cause(correlation_id=told.id)
    with unit_of_work(harness.context, authority=AUTHORITY, actor=actor, cause=cause) as uow:
        assert take_back(uow, recalls[told.kind], told)


def erasure(state: str, *erased: str) -> ErasureSnapshot:
    """The request for somebody's data, in a state."""
    return ErasureSnapshot(
        state=state,
        person=person("somebody"),
        ground="objection",
        requested_on=TODAY,
        answer_due_on=TODAY,
        names_settled=state == "done",
        waits_for=[],
        until_on=None,
        erased=list(erased),
        stays=[],
        reason=None,
    )


@pytest.mark.parametrize("service", ["intake"], indirect=True)
def test_a_name_that_was_erased_since_a_backup_is_erased_again(service: Harness) -> None:
    drafted(service)
    after = RedactionSnapshot(
        state="done",
        erasure=person("erasure"),
        person=person("somebody"),
        waits_for=[],
        until_on=None,
        files=1,
    )
    before = living_keys(service)

    taken_back(service, INTAKE, event_envelope(RedactionCarriedOut(), after, subject=REDACTION))

    assert (before, living_keys(service)) == ([UUID(person("somebody"))], [])


@pytest.mark.parametrize("service", ["identity"], indirect=True)
def test_an_account_that_was_erased_since_a_backup_is_erased_again(service: Harness) -> None:
    register(service)
    account(service, "somebody")
    asked = event_envelope(ErasureRequested(), erasure("requested"), subject=ERASURE)
    done = event_envelope(
        ErasureCarriedOut(), erasure("done", "account"), subject=ERASURE, sequence=2
    )

    taken_back(service, IDENTITY, asked)
    between = living_keys(service)
    taken_back(service, IDENTITY, done)

    assert (between, living_keys(service)) == ([UUID(person("somebody"))], [])


@pytest.mark.parametrize("service", ["intake"], indirect=True)
def test_a_document_that_was_erased_since_a_backup_is_erased_again(service: Harness) -> None:
    petition = drafted(service)
    hand_in(service, petition, "petition-form")
    powers = hand_in(service, petition, "powers")
    service.request("POST", f"/petitions/{petition}/filing", {}, role="petitioner")
    (filed,) = service.emitted("petition.filed.v1")
    after = convert(filed.data.after, PetitionSnapshot)
    what = DocumentsErased(redaction=person("redaction"), sha256=[powers])
    before = len(living_keys(service))

    told = event_envelope(what, after, subject=filed.subject, sequence=2)
    taken_back(service, INTAKE, told)

    gone = {row.kind: row.erased_on for row in service.rows(PetitionDocument)}
    assert (before, len(living_keys(service))) == (3, 2)
    assert (gone["petition-form"], gone["powers"]) == (None, TODAY)
