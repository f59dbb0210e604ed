"""Documents taken off an agenda again: by an act with its reason, never after the notice."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import pytest

from shared.testing.harness import Harness, person
from tests.integration.review.session_support import Council
from tests.integration.review.test_agenda_documents import OTHER, PDF, attach

WHY = "Le plan joint est celui d'un autre terrain."
TAKEN_OFF = "session.document_taken_off.v1"


@pytest.fixture
def council(harness_on: Any, database_kind: str) -> Council:
    """A council of 35 on either database."""
    review: Harness = harness_on("review", database_kind)
    return Council(review)


def called(council: Council) -> tuple[str, str]:
    """A called session with one item, by their ids."""
    council.today("2024-01-16")
    session = council.planned()
    item = council.item(session)
    council.done(f"/sessions/{session}/call")
    return session, item


def taken_off(council: Council, session: str, document: str, **said: str) -> Any:
    """Take a document off; the answer."""
    path = f"/sessions/{session}/documents/{document}/removal"
    return council.post(path, {"reason": WHY, **said})


def test_a_document_is_taken_off_with_its_reason_and_its_file_is_kept(council: Council) -> None:
    session, item = called(council)
    document = attach(council, session, item=item).json["id"]

    done = taken_off(council, session, document)

    record = council.get(f"/sessions/{session}/agenda").json["taken_off"]
    read = council.get(f"/sessions/{session}/documents/{document}", role="council-member")
    (event,) = council.review.emitted(TAKEN_OFF)
    assert done.status_code == 200, done.text
    assert record == [done.json]
    assert (record[0]["taken_off_on"], record[0]["reason"]) == ("2024-01-16", WHY)
    assert council.get(f"/sessions/{session}").json["documents"] == []
    assert read.data == PDF
    assert event.data.what == {
        "document": document,
        "sha256": sha256(PDF).hexdigest(),
        "item": item,
        "reason_sha256": sha256(WHY.encode()).hexdigest(),
    }


def test_of_a_planned_session_nothing_is_told(council: Council) -> None:
    council.today("2024-01-15")
    session = council.planned()
    document = attach(council, session).json["id"]

    done = taken_off(council, session, document)

    assert done.status_code == 200, done.text
    assert council.review.emitted(TAKEN_OFF) == []
    assert len(council.get(f"/sessions/{session}/agenda").json["taken_off"]) == 1


def test_the_same_file_is_attached_and_taken_off_again(council: Council) -> None:
    session, _ = called(council)
    first = attach(council, session).json["id"]
    taken_off(council, session, first)

    second = attach(council, session)
    again = taken_off(council, session, second.json["id"])

    assert (second.status_code, again.status_code) == (201, 200)
    assert taken_off(council, session, first).status_code == 404
    assert len(council.get(f"/sessions/{session}/agenda").json["taken_off"]) == 2


def test_after_the_notice_it_stays_but_on_an_item_that_is_still_to_be_told(
    council: Council,
) -> None:
    session, item = called(council)
    sent = attach(council, session, item=item).json["id"]
    council.done(f"/sessions/{session}/governor-receipt", {"received_on": "2024-01-16"})
    council.done(f"/sessions/{session}/convening")
    said = {**OTHER, "origin": "governor", "origin_on": "2024-01-16"}
    new = council.done(f"/sessions/{session}/items", said)["id"]
    untold = attach(council, session, b"%PDF-1.7 other", item=new).json["id"]

    refused = taken_off(council, session, sent)
    done = taken_off(council, session, untold)

    assert (refused.status_code, refused.json["article"]) == (409, "113-14, 35")
    assert "إشعار تكميلي" in refused.json["remedy"]
    assert [one["id"] for one in council.get(f"/sessions/{session}").json["documents"]] == [sent]
    assert done.status_code == 200, done.text


def test_it_needs_a_reason_an_office_and_a_document_of_this_agenda(council: Council) -> None:
    session, _ = called(council)
    document = attach(council, session).json["id"]

    without = taken_off(council, session, document, reason="")
    strange = taken_off(council, session, person("nothing"))
    path = f"/sessions/{session}/documents/{document}/removal"
    member = council.post(path, {"reason": WHY}, role="council-member")

    assert [one.status_code for one in (without, strange, member)] == [422, 404, 403]
    assert len(council.get(f"/sessions/{session}").json["documents"]) == 1


def test_the_notice_names_only_what_still_goes_with_it(council: Council) -> None:
    session, _ = called(council)
    taken_off(council, session, attach(council, session).json["id"])
    council.done(f"/sessions/{session}/convening")

    preview = council.get(f"/documents/preview?kind=notice&about={session}&language=fr")

    assert "Plan du centre" not in preview.text
