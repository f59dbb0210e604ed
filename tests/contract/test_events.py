"""Events as contracts: schemas valid, what is emitted fits them, no personal data."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from sqlalchemy import select

from shared.events import all as _whole_catalogue  # noqa: F401 - registers every event
from shared.events.catalogue import EVENTS
from shared.events.envelope import decode, encode
from shared.events.upcasters import UPCASTERS
from shared.generate.schemas import event_schema
from shared.testing.harness import Harness

PERSONAL_WORDS = {"email", "phone", "address", "cin", "first_name", "last_name", "password"}


@pytest.mark.parametrize("type_", sorted(EVENTS))
def test_every_event_has_a_sound_schema(type_: str) -> None:
    Draft202012Validator.check_schema(event_schema(EVENTS[type_]))


@pytest.mark.parametrize("type_", sorted(EVENTS))
def test_no_event_has_a_field_for_personal_data(type_: str) -> None:
    assert _field_names(event_schema(EVENTS[type_])).isdisjoint(PERSONAL_WORDS)


@pytest.mark.parametrize("type_", sorted(EVENTS))
def test_every_event_says_what_it_means(type_: str) -> None:
    assert event_schema(EVENTS[type_])["description"].endswith((".", "code."))


def test_only_the_newest_version_of_an_event_is_declared() -> None:
    """A worker lifts what it does not find declared, so an older version must not stay."""
    assert UPCASTERS.keys().isdisjoint(EVENTS)
    assert {newer for newer, _ in UPCASTERS.values()} <= EVENTS.keys() | UPCASTERS.keys()
    names = [type_.rpartition(".v")[0] for type_ in EVENTS]
    assert sorted(names) == sorted(set(names))


def test_what_is_emitted_fits_its_schema_and_comes_back_byte_for_byte(harness_on: Any) -> None:
    intake: Harness = harness_on("intake")
    answer = intake.request("POST", "/petitions", DRAFT, role="petitioner")
    intake.request("POST", f"/petitions/{answer.json['id']}/filing", {}, role="petitioner")
    outbox = intake.context.base.plumbing.outbox

    with intake.context.database.read("*") as session:
        body = session.scalars(select(outbox.c.body)).one()

    validator = Draft202012Validator(event_schema(EVENTS["petition.filed.v1"]))
    assert list(validator.iter_errors(json.loads(body))) == []
    assert encode(decode(body)) == body
    assert b"Somebody" not in body


DRAFT = {
    "petitioner": "association",
    "subject": {"fr": "Un centre"},
    "association": {"name": {"fr": "Annakhil"}, "founded_on": "2011-04-18", "has_seat_here": True},
    "people": [{"role": "legal-representative", "name_latin": "Somebody"}],
}


def _field_names(schema: Any) -> set[str]:
    if isinstance(schema, list):
        return set().union(*map(_field_names, schema)) if schema else set()
    if not isinstance(schema, dict):
        return set()
    own = set(schema.get("properties", {}))
    return own.union(*map(_field_names, schema.values()))
