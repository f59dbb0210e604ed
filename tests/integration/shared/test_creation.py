"""New rows are written at once, and are the same as if the session had written them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Table, Text, cast, inspect, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from services.intake.models import Petition, PetitionPerson
from shared.clock import now
from shared.db.creation import insert_new
from shared.ids import new_id
from shared.testing.harness import AUTHORITY, Harness
from shared.unit_of_work import Actor, Cause, unit_of_work
from tests.integration.shared.counting import statements

ACTOR = Actor(id=str(UUID(int=7)), role="secretariat")
APART = {"id", "drafted_at"}
NOTHING: dict[str, Any] = {}
SOME = {"association": {"name": "Eau"}, "signatures": 3, "reasons": "Pour boire."}
NONE = {"association": None, "signatures": None, "reasons": None, "reference": None}


@pytest.fixture
def intake(harness_on: Any) -> Harness:
    """intake on PostgreSQL."""
    harness: Harness = harness_on("intake")
    return harness


def acting(intake: Harness) -> Any:
    """A unit of work of the secretariat."""
    cause = Cause(correlation_id="test")
    return unit_of_work(intake.context, authority=AUTHORITY, actor=ACTOR, cause=cause)


def petition(**values: Any) -> Petition:
    """A draft."""
    line = {"fr": "Un puits", "original": "fr"}
    plain = {"id": new_id(), "authority": AUTHORITY, "state": "draft", "petitioner": "citizens"}
    return Petition(**plain, subject_line=line, drafted_at=now(), **values)


def person(of: Petition) -> PetitionPerson:
    """Somebody of a draft."""
    told = {"authority": AUTHORITY, "person_id": new_id(), "role": "mandatary"}
    return PetitionPerson(petition_id=of.id, **told)


def stored(session: Session, row: Any) -> dict[str, Any]:
    """The columns of a row as the database has them, but for what differs between two drafts."""
    table: Table = inspect(row).mapper.local_table
    # As text, so that a JSON null differs from none.
    columns = [cast(column, Text).label(column.name) for column in table.c]
    found = session.connection().execute(select(*columns).where(table.c.id == row.id)).one()
    return {name: value for name, value in found._mapping.items() if name not in APART}


@pytest.mark.parametrize("values", [NOTHING, SOME, NONE], ids=["nothing", "some", "none"])
def test_a_row_is_as_the_session_writes_it(intake: Harness, values: dict[str, Any]) -> None:
    at_once, by_session = petition(**values), petition(**values)

    with intake.context.database.write(AUTHORITY) as (session, _):
        session.add(at_once)
        assert insert_new(session) is True
        assert not session.new
        session.add(by_session)
        session.flush()
        assert stored(session, at_once) == stored(session, by_session)
        assert (at_once.signatures, at_once.version) == (by_session.signatures, by_session.version)


def test_rows_of_several_tables_are_one_statement(intake: Harness) -> None:
    with acting(intake) as uow:
        uow.profile  # noqa: B018 - it is read before the count begins.
        with statements(intake) as seen:
            first, second = uow.add(petition()), uow.add(petition())
            uow.session.add_all([person(first), person(first), person(second)])
            uow.write_new()

    assert seen.total() == 1
    assert len(intake.rows(Petition)) == 2
    assert sorted(len(one.people) for one in intake.rows(Petition)) == [1, 2]


def test_what_was_written_at_once_is_changed_as_any_other_row(intake: Harness) -> None:
    with acting(intake) as uow:
        made = uow.add(petition())
        uow.write_new()
        made.reasons = "Pour arroser."

    (found,) = intake.rows(Petition)
    assert (found.reasons, found.version, made.version) == ("Pour arroser.", 2, 2)


def test_rows_that_get_their_key_from_another_are_left_to_the_session(intake: Harness) -> None:
    with acting(intake) as uow:
        made = petition()
        made.people.append(PetitionPerson(authority=AUTHORITY, person_id=new_id(), role="x"))
        uow.add(made)
        assert insert_new(uow.session) is False

    (found,) = intake.rows(Petition)
    assert [one.role for one in found.people] == ["x"]


def test_what_else_changed_is_left_to_the_session_with_what_is_new(intake: Harness) -> None:
    with acting(intake) as uow:
        made = uow.add(petition())

    with acting(intake) as uow:
        found = uow.get(Petition, made.id)
        found.reasons = "Pour boire."
        uow.session.add(person(found))
        assert insert_new(uow.session) is False

    assert [len(one.people) for one in intake.rows(Petition)] == [1]


def test_a_second_row_with_the_same_key_is_refused_and_nothing_is_kept(intake: Harness) -> None:
    def twice() -> None:
        with acting(intake) as uow:
            made = uow.add(petition(reference="R 1"))
            uow.session.add(person(made))
            uow.add(petition(reference="R 1"))

    with pytest.raises(IntegrityError):
        twice()

    assert intake.rows(Petition) == []
