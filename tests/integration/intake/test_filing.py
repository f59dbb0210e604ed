"""Filing a petition: one press, one petition, one receipt, one event."""

from __future__ import annotations

from typing import Any

import pytest

from services.intake.models import Petition, Register
from shared.testing.harness import Harness, person

DRAFT = {
    "petitioner": "association",
    "subject": {"ar": "إحداث مركز استماع", "fr": "Création d'un centre d'écoute"},
    "association": {"name": {"fr": "Annakhil"}, "founded_on": "2011-04-18", "has_seat_here": True},
    "people": [{"role": "legal-representative", "name_latin": "Somebody"}],
}


@pytest.fixture
def intake(harness_on: Any, database_kind: str) -> Harness:
    """intake on either database."""
    harness: Harness = harness_on("intake", database_kind)
    return harness


def drafted(intake: Harness, **changes: Any) -> str:
    """The id of a new draft."""
    answer = intake.request("POST", "/petitions", {**DRAFT, **changes}, role="petitioner")
    assert answer.status_code == 201, answer.text
    return str(answer.json["id"])


def test_a_draft_is_private_and_tells_nobody(intake: Harness) -> None:
    drafted(intake)

    assert intake.emitted() == []


def test_filing_gives_reference_and_receipt_at_once(intake: Harness) -> None:
    petition = drafted(intake)

    answer = intake.request("POST", f"/petitions/{petition}/filing", {}, role="petitioner")

    assert answer.status_code == 200
    assert answer.json["reference"] == "taroudant/2023/1"
    assert len(answer.json["receipt"]) == 12
    assert [event.type for event in intake.emitted()] == ["petition.filed.v1"]


def test_references_of_a_year_have_no_gap_even_after_a_refused_filing(intake: Harness) -> None:
    first, second = drafted(intake), drafted(intake)
    intake.request("POST", f"/petitions/{first}/filing", {}, role="petitioner")
    refused = intake.request("POST", f"/petitions/{first}/filing", {}, role="petitioner")

    answer = intake.request("POST", f"/petitions/{second}/filing", {}, role="petitioner")

    assert refused.status_code == 409
    assert answer.json["reference"] == "taroudant/2023/2"
    with intake.context.database.read("*") as session:
        assert [row.last for row in session.query(Register)] == [2]


def test_the_same_key_files_once_and_is_answered_alike(intake: Harness) -> None:
    petition = drafted(intake)
    key = {"Idempotency-Key": "one-press"}
    path = f"/petitions/{petition}/filing"

    answers = [intake.request("POST", path, {}, role="petitioner", headers=key) for _ in range(2)]

    assert answers[0].data == answers[1].data
    assert answers[1].headers["Idempotency-Replayed"] == "true"
    assert len(intake.emitted("petition.filed.v1")) == 1


def test_the_same_key_with_another_body_is_a_conflict(intake: Harness) -> None:
    key = {"Idempotency-Key": "one-press"}
    intake.request("POST", "/petitions", DRAFT, role="petitioner", headers=key)

    answer = intake.request(
        "POST", "/petitions", {**DRAFT, "reasons": "others"}, role="petitioner", headers=key
    )

    assert answer.status_code == 409
    assert answer.json["code"] == "idempotency-conflict"
    assert len(intake.rows(Petition)) == 1


def test_another_authority_never_sees_the_petition(intake: Harness) -> None:
    intake.know_authority("tiznit")
    petition = drafted(intake)

    answer = intake.request("GET", f"/petitions/{petition}", role="secretariat", authority="tiznit")

    assert answer.status_code == 404


def test_a_stranger_gets_the_same_404_as_for_an_unknown_id(intake: Harness) -> None:
    petition = drafted(intake)

    foreign = intake.request("GET", f"/petitions/{petition}", role="petitioner", who="stranger")
    unknown = intake.request("GET", f"/petitions/{person('x')}", role="petitioner", who="stranger")

    assert foreign.status_code == unknown.status_code == 404
    assert foreign.json["detail"] == unknown.json["detail"]


def test_names_are_kept_sealed(intake: Harness) -> None:
    petition = drafted(intake)

    row = intake.rows(Petition)[0]

    assert str(row.id) == petition
    with intake.context.database.read("*") as session:
        names = [str(one.name_latin) for one in session.get_one(Petition, row.id).people]
    assert names[0].startswith("p1.")
    assert "Somebody" not in names[0]
