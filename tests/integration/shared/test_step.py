"""A step is written at once: the row, its history and its event, however much else changed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.orm.exc import StaleDataError

from services.intake.actions import count_signatures, open_petition
from services.intake.models import Petition, PetitionPerson
from shared.db.engine import EVERY_AUTHORITY
from shared.ids import new_id
from shared.testing.harness import AUTHORITY, Harness
from shared.unit_of_work import Actor, Cause, UnitOfWork, unit_of_work
from tests.integration.shared.counting import statements

ACTOR = Actor(id=str(UUID(int=7)), role="secretariat")
DRAFT = {
    "petitioner": "citizens",
    "subject": {"fr": "Un puits", "original": "fr"},
    "reasons": "Pour boire.",
    "people": [{"role": "mandatary"}],
}


@pytest.fixture
def intake(harness_on: Any) -> Harness:
    """intake on PostgreSQL."""
    harness: Harness = harness_on("intake")
    return harness


def acting(intake: Harness) -> Any:
    """A unit of work of the secretariat."""
    cause = Cause(correlation_id="test")
    return unit_of_work(intake.context, authority=AUTHORITY, actor=ACTOR, cause=cause)


def drafted(intake: Harness) -> UUID:
    """The id of a new draft."""
    return UUID(intake.request("POST", "/petitions", DRAFT, role="petitioner").json["id"])


def petition_in(uow: UnitOfWork, id_: UUID) -> Petition:
    """The draft under its lock."""
    return uow.get(Petition, id_)


def stored(intake: Harness) -> Petition:
    """The only petition, as the database has it."""
    (petition,) = intake.rows(Petition)
    return petition


def history(intake: Harness) -> list[tuple[int, str, str]]:
    """Number, earlier and later state of each step taken."""
    table = intake.context.base.plumbing.history
    with intake.context.database.read(EVERY_AUTHORITY) as session:
        rows = session.execute(select(table).order_by(table.c.sequence)).all()
    return [(row.sequence, row.from_state, row.to_state) for row in rows]


def open_an_older_version(intake: Harness, id_: UUID) -> None:
    """Open a draft whose version changes behind the session's back."""
    with acting(intake) as uow:
        petition = petition_in(uow, id_)
        uow.session.connection().execute(update(Petition).values(version=9))
        open_petition(uow, petition)


def test_a_step_of_one_row_is_one_statement_that_writes_all_of_it(intake: Harness) -> None:
    id_ = drafted(intake)

    with acting(intake) as uow:
        petition = petition_in(uow, id_)
        uow.profile  # noqa: B018 - it is read before the count begins.
        with statements(intake) as seen:
            open_petition(uow, petition)

    assert seen == {"WITH history": 1}
    assert (stored(intake).state, stored(intake).sequence, stored(intake).version) == (
        "collecting",
        1,
        2,
    )
    assert petition.version == 2
    assert history(intake) == [(1, "draft", "collecting")]
    assert [one.type for one in intake.emitted()] == ["petition.opened.v1"]


def test_what_changes_after_a_step_is_a_version_of_its_own(intake: Harness) -> None:
    id_ = drafted(intake)

    with acting(intake) as uow:
        petition = open_petition(uow, petition_in(uow, id_))
        petition.reasons = "Pour se laver."
        count_signatures(uow, petition, signatures=120)
        petition.reasons = "Pour arroser."

    found = stored(intake)
    assert (found.reasons, found.signatures) == ("Pour arroser.", 120)
    assert (found.version, found.sequence) == (4, 2)
    assert petition.version == 4
    assert history(intake) == [(1, "draft", "collecting"), (2, "collecting", "collecting")]


def test_what_else_changed_is_written_with_the_step(intake: Harness) -> None:
    id_ = drafted(intake)

    with acting(intake) as uow:
        petition = petition_in(uow, id_)
        petition.people.append(
            PetitionPerson(authority=AUTHORITY, person_id=new_id(), role="petitioner")
        )
        petition.people[0].role = "legal-representative"
        open_petition(uow, petition)

    found = stored(intake)
    assert sorted(one.role for one in found.people) == ["legal-representative", "petitioner"]
    assert (found.state, found.version, petition.version) == ("collecting", 2, 2)
    assert history(intake) == [(1, "draft", "collecting")]


def test_a_step_on_a_row_of_another_version_writes_nothing(intake: Harness) -> None:
    id_ = drafted(intake)

    with pytest.raises(StaleDataError):
        open_an_older_version(intake, id_)

    assert (stored(intake).state, stored(intake).version) == ("draft", 1)
    assert history(intake) == []
    assert intake.emitted() == []


def test_answers_tell_the_names_and_types_of_their_columns_and_acts_none(intake: Harness) -> None:
    with intake.context.database.read(AUTHORITY) as session:
        told = session.execute(text("SELECT 1 AS one, 'two'::text AS two, now() AS three"))
        none_found = session.execute(text("SELECT 1 AS one WHERE false"))
        emptied = session.connection().execute(text("DELETE FROM outbox WHERE false"))

    assert list(told.keys()) == ["one", "two", "three"]
    assert told.mappings().one()["two"] == "two"
    assert list(none_found.keys()) == ["one"]
    assert not emptied.returns_rows
