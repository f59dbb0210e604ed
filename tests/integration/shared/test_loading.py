"""What a transaction reads first is as the session would have read it, and one statement."""

from __future__ import annotations

import threading
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import inspect, update

from services.intake.models import Petition, PetitionDocument, PetitionPerson
from services.opinions.models import Body, BodyMember
from shared.clock import now
from shared.db.prepared import locked_subject
from shared.errors import NotFound
from shared.ids import new_id
from shared.testing.harness import AUTHORITY, Harness
from shared.unit_of_work import Actor, Cause, unit_of_work
from tests.integration.shared.counting import statements

ACTOR = Actor(id=str(UUID(int=7)), role="secretariat")
ROLES = ["mandatary", "petitioner", "legal-representative"]
KINDS = ["list", "letter"]


@pytest.fixture(params=["postgresql", pytest.param("sqlite", marks=pytest.mark.embedded)])
def intake(request: pytest.FixtureRequest, harness_on: Any) -> Harness:
    """intake on either database."""
    harness: Harness = harness_on("intake", request.param)
    return harness


def acting(intake: Harness, authority: str = AUTHORITY) -> Any:
    """A unit of work of the secretariat."""
    cause = Cause(correlation_id="test")
    return unit_of_work(intake.context, authority=authority, actor=ACTOR, cause=cause)


def kept(intake: Harness, roles: list[str], kinds: list[str]) -> UUID:
    """The id of a draft with a person for each role and a document for each kind."""
    with acting(intake) as uow:
        petition = uow.add(
            Petition(
                state="draft",
                petitioner="citizens",
                subject_line={"fr": "Un puits", "original": "fr"},
                drafted_at=now(),
                # The one written last has the lowest id, which comes first again.
                people=[
                    PetitionPerson(
                        id=UUID(int=100 - at), authority=AUTHORITY, person_id=new_id(), role=role
                    )
                    for at, role in enumerate(roles)
                ],
                documents=[document(kind) for kind in kinds],
            )
        )
    return petition.id


def document(kind: str) -> PetitionDocument:
    """A document of a file."""
    return PetitionDocument(
        authority=AUTHORITY,
        kind=kind,
        sha256="0" * 64,
        stored_as="nowhere",
        media_type="application/pdf",
        size=1,
        handed_in_at=now(),
    )


def columns(row: Any) -> dict[str, Any]:
    """What is loaded of a row, column by column."""
    return {one.key: row.__dict__[one.key] for one in inspect(row).mapper.column_attrs}


@pytest.mark.parametrize("roles", [[], ROLES[:1], ROLES])
@pytest.mark.parametrize("kinds", [[], KINDS])
def test_a_subject_and_its_parts_are_what_the_session_reads_itself(
    intake: Harness, roles: list[str], kinds: list[str]
) -> None:
    id_ = kept(intake, roles, kinds)
    key = {"id": id_, "authority": AUTHORITY}

    with acting(intake) as uow:
        by_session = uow.session.scalars(locked_subject(Petition), key).unique().one()
    with acting(intake) as uow, statements(intake) as seen:
        found = uow.get(Petition, id_)
        assert columns(found) == columns(by_session)
        for name in ("people", "documents"):
            wanted = [columns(one) for one in getattr(by_session, name)]
            assert [columns(one) for one in getattr(found, name)] == wanted
        assert [one.role for one in found.people] == roles[::-1]
        assert {one.kind for one in found.documents} == set(kinds)

    # On PostgreSQL the transaction begins with it.
    assert seen.total() == 1
    assert seen.keys() <= {"BEGIN petition", "SELECT petition"}


def test_what_was_read_first_is_written_like_anything_else(intake: Harness) -> None:
    id_ = kept(intake, ROLES[:2], KINDS)

    with acting(intake) as uow:
        petition = uow.get(Petition, id_)
        assert not uow.session.dirty
        petition.reasons = "Pour boire."
        petition.people[0].is_active = False
        petition.documents.append(document("annex"))

    (stored,) = intake.rows(Petition)
    assert (stored.reasons, stored.version) == ("Pour boire.", 2)
    assert [one.is_active for one in stored.people] == [False, True]
    assert sorted(one.kind for one in stored.documents) == ["annex", "letter", "list"]


def test_a_second_look_sees_what_has_changed_in_the_same_object(intake: Harness) -> None:
    id_ = kept(intake, ROLES[:1], [])

    with acting(intake) as uow:
        first = uow.get(Petition, id_)
        uow.session.connection().execute(update(Petition).values(reasons="Pour boire."))
        assert uow.get(Petition, id_) is first
        assert first.reasons == "Pour boire."


def test_what_waits_to_be_written_is_written_before_the_first_look(intake: Harness) -> None:
    id_ = kept(intake, [], [])

    with acting(intake) as uow:
        uow.session.add(
            PetitionPerson(
                authority=AUTHORITY, petition_id=id_, person_id=new_id(), role="mandatary"
            )
        )
        assert [one.role for one in uow.get(Petition, id_).people] == ["mandatary"]


def test_an_unknown_or_foreign_subject_is_not_found(intake: Harness) -> None:
    id_ = kept(intake, ROLES, KINDS)

    with acting(intake) as uow:
        assert uow.find(Petition, new_id()) is None
    with acting(intake, "elsewhere") as uow, pytest.raises(NotFound):
        uow.get(Petition, id_)


def test_a_subject_with_more_to_it_comes_whole_from_the_session(harness_on: Any) -> None:
    opinions = harness_on("opinions")
    named = {"code": "youth", "name": {"fr": "Jeunesse"}, "seats": 3, "formed_on": now().date()}
    seat = {"authority": AUTHORITY, "person_id": new_id(), "role": "member"}

    with acting(opinions) as uow:
        members = [BodyMember(**seat, from_on=now().date())]
        id_ = uow.add(Body(state="formed", members=members, **named)).id
    with acting(opinions) as uow, statements(opinions) as seen:
        body = uow.get(Body, id_)

    assert seen == {"SELECT known_authority": 1, "SELECT body": 1, "SELECT body_member": 1}
    assert body.members_count == 1


def test_whoever_begins_with_a_locked_subject_waits_and_sees_it_as_it_then_is(
    harness_on: Any,
) -> None:
    intake = harness_on("intake")
    id_ = kept(intake, ROLES[:1], [])
    seen: list[str] = []

    def look() -> None:
        with acting(intake) as uow:
            seen.append(uow.get(Petition, id_).reasons)

    with acting(intake) as uow:
        uow.get(Petition, id_).reasons = "Pour boire."
        uow.session.flush()
        other = threading.Thread(target=look)
        other.start()
        other.join(0.3)
        assert other.is_alive()
    other.join(10)

    assert seen == ["Pour boire."]
