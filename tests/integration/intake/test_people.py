"""The people of a file by name, for themselves and the secretariat; an erased one is said to be."""

from __future__ import annotations

from typing import Any

import pytest

from services.intake.models import Redaction
from shared.events.erasures import ErasureRequested, ErasureSnapshot
from shared.testing.harness import ACK, TODAY, Harness, person
from tests.integration.intake.test_filing import DRAFT, drafted


@pytest.fixture
def intake(harness_on: Any, database_kind: str) -> Harness:
    """intake on either database."""
    harness: Harness = harness_on("intake", database_kind)
    return harness


def people(intake: Harness, petition: str, *, role: str = "secretariat", who: str = "clerk") -> Any:
    """The answer to who is on a file."""
    return intake.request("GET", f"/petitions/{petition}/people", role=role, who=who)


def asked_to_erase(intake: Harness, who: str) -> None:
    """identity tells that the erasure of somebody's data was asked for."""
    after = ErasureSnapshot(
        state="requested",
        person=person(who),
        ground="objection",
        requested_on=TODAY,
        answer_due_on=TODAY,
        names_settled=False,
        waits_for=[],
        until_on=None,
        erased=[],
        stays=[],
        reason=None,
    )
    subject = f"erasure/{person('erasure of ' + who)}"
    assert intake.deliver(ErasureRequested(), after, subject=subject) == ACK


def test_the_secretariat_reads_the_names_of_a_file(intake: Harness) -> None:
    petition = drafted(intake)

    (named,) = people(intake, petition).json["people"]

    assert (named["name_latin"], named["name_arabic"]) == ("Somebody", None)
    assert (named["role"], named["is_erased"]) == ("legal-representative", False)


def test_a_stranger_does_not_learn_that_there_is_a_file(intake: Harness) -> None:
    petition = drafted(intake)

    assert people(intake, petition, role="petitioner", who="stranger").status_code == 404
    assert people(intake, petition, role="bureau").status_code == 403


def test_who_was_erased_is_named_nowhere_on_the_file(intake: Harness) -> None:
    other = {"person_id": person("another"), "role": "petitioner", "name_arabic": "فلان"}
    petition = drafted(intake, people=[*DRAFT["people"], other])
    intake.request("POST", f"/petitions/{petition}/filing", {}, role="petitioner")
    only_named = drafted(intake, people=[{"role": "mandatary"}])

    asked_to_erase(intake, "another")
    waiting = people(intake, petition).json["people"]
    asked_to_erase(intake, "stranger")

    assert [one["is_erased"] for one in waiting] == [False, False]
    assert [row.state for row in intake.rows(Redaction)] == ["waiting", "done"]
    assert [row.files for row in intake.rows(Redaction)] == [0, 0]
    (unnamed,) = people(intake, only_named).json["people"]
    assert (unnamed["name_latin"], unnamed["is_erased"]) == (None, False)
