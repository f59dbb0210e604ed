"""Who may issue and read which document, and what of it is hidden or told to everyone."""

from __future__ import annotations

from typing import Any

import pytest

from services.review.documents.models import Document
from shared.testing.harness import AUTHORITY, Harness, person
from tests.integration.review.case_support import Desk
from tests.integration.review.document_support import (
    QuickPress,
    content,
    issued,
)


@pytest.fixture
def desk(harness_on: Any, database_kind: str) -> Desk:
    """A council with a committee, on either database, and a quick press."""
    review: Harness = harness_on("review", database_kind)
    review.context.press = QuickPress()  # type: ignore[assignment]
    return Desk(review)


def test_petitioners_read_what_is_written_to_them_and_nothing_else(desk: Desk) -> None:
    case = desk.referred()
    letter, referral = issued(desk, "admission", case), issued(desk, "referral", case)
    desk.deliberated(case)
    decision = desk.get("/decisions?authority=taroudant").json["decisions"][0]["id"]
    extract = issued(desk, "decision", decision)

    own = desk.get(f"/documents?case={case}", who="legal").json

    assert [one["id"] for one in own["documents"]] == [letter["id"], extract["id"]]
    assert own["issuable"] == []
    assert content(desk, letter, "ar", who="legal").status_code == 200
    assert content(desk, extract, "ar", who="legal").status_code == 200
    refused = [
        content(desk, referral, "ar", who="legal"),
        content(desk, letter, "ar", who="stranger"),
        desk.get(f"/documents?case={case}", who="stranger"),
        desk.get(f"/documents?decision={decision}", who="legal"),
        desk.post("/documents", {"kind": "admission", "about": case}, who="legal"),
    ]
    assert [one.status_code for one in refused] == [404, 404, 404, 404, 403]


def test_another_authority_finds_nothing(desk: Desk) -> None:
    document = issued(desk, "admission", desk.admitted())
    desk.review.know_authority("agadir")

    answer = content(desk, document, "ar", authority="agadir")

    assert answer.status_code == 404


def test_the_hash_of_a_file_tells_everyone_which_document_it_is(desk: Desk) -> None:
    document = issued(desk, "admission", desk.admitted())
    sha256 = document["renditions"][1]["sha256"]

    found = desk.anyone("GET", f"/documents/verification?authority={AUTHORITY}&sha256={sha256}")
    forged = desk.anyone("GET", f"/documents/verification?authority={AUTHORITY}&sha256={'0' * 64}")

    expected = {
        "kind": "admission",
        "number": "2023/1",
        "language": "fr",
        "issued_on": "2023-11-20",
    }
    assert found.json == expected
    assert forged.status_code == 404


def test_who_holds_no_office_issues_nothing(desk: Desk) -> None:
    case = desk.admitted()

    body = {"kind": "admission", "about": case}
    stranger = desk.post("/documents", body, who="nobody", role="president")
    member = desk.post("/documents", body, who="plain")

    assert [one.status_code for one in (stranger, member)] == [403, 403]
    assert desk.review.rows(Document) == []
    assert issued(desk, "admission", case, who="chief")["number"] == "2023/1"


def test_papers_that_name_members_are_sealed_and_their_names_travel_nowhere(desk: Desk) -> None:
    names = {"plain": {"ar": "العضو الأول", "latin": "Premier Membre"}, "chief": {"latin": "Chef"}}
    for who, name in names.items():
        desk.done(f"/members/{person(who)}/name", name)
    case = desk.referred()
    desk.deliberated(case)
    session = desk.get("/sessions?authority=taroudant").json["sessions"][0]["id"]

    document = issued(desk, "attendance", session)

    assert "العضو الأول" in content(desk, document, "ar").text
    french = content(desk, document, "fr").text
    assert french.index("Chef") < french.index("Premier Membre")
    folder = desk.review.context.platform.data_dir / "files"
    kept = b"".join(one.read_bytes() for one in folder.rglob("*") if one.is_file())
    assert "العضو الأول".encode() not in kept
    assert b"Premier Membre" not in kept
    (event,) = desk.review.emitted("document.issued.v1")
    assert "Membre" not in str(event)
    assert content(desk, document, "fr", who="legal").status_code == 404
