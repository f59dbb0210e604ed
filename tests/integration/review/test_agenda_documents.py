"""Documents that go out with an agenda: kept by their hash, listed, printed on the notice."""

from __future__ import annotations

import io
from hashlib import sha256
from typing import Any

import pytest

from services.review.sessions.agenda_models import AgendaDocument
from shared.testing.harness import Harness, person
from tests.integration.review.session_support import Council

PDF = b"%PDF-1.7 plan"
OTHER = {"subject": {"fr": "Un autre point", "original": "fr"}}


@pytest.fixture
def council(harness_on: Any, database_kind: str) -> Council:
    """A council of 35 on either database."""
    review: Harness = harness_on("review", database_kind)
    return Council(review)


def attach(council: Council, session: str, content: bytes = PDF, **said: str) -> Any:
    """Attach a file; the answer."""
    file = (io.BytesIO(content), "plan.pdf")
    return council.review.request(
        "POST",
        f"/sessions/{session}/documents",
        role="secretariat",
        data={"title": "Plan du centre", "file": file, **said},
        content_type="multipart/form-data",
    )


def test_a_document_is_kept_by_its_hash_listed_and_read_by_members(council: Council) -> None:
    council.today("2024-01-15")
    session = council.planned()
    item = council.item(session)

    made = attach(council, session, item=item)
    shown = council.get(f"/sessions/{session}").json["documents"]
    read = council.get(f"/sessions/{session}/documents/{made.json['id']}", role="council-member")
    stranger = council.get(f"/sessions/{session}/documents/{made.json['id']}", role="petitioner")

    assert made.status_code == 201, made.text
    assert shown == [made.json]
    assert (shown[0]["item"], shown[0]["sha256"]) == (item, sha256(PDF).hexdigest())
    assert (read.status_code, read.data) == (200, PDF)
    assert read.headers["Content-Disposition"].startswith("attachment; filename=")
    assert stranger.status_code == 403


def test_the_same_file_a_strange_item_and_no_file_are_refused_at_their_fields(
    council: Council,
) -> None:
    council.today("2024-01-15")
    session = council.planned()
    council.item(session)
    attach(council, session)

    again = attach(council, session)
    strange = attach(council, session, b"%PDF-1.7 other", item=person("nobody"))
    none = council.review.request(
        "POST",
        f"/sessions/{session}/documents",
        role="secretariat",
        data={"title": "Plan"},
        content_type="multipart/form-data",
    )

    refused = [one.json["errors"][0]["field"] for one in (again, strange, none)]
    assert refused == ["file", "item", "file"]
    assert len(council.review.rows(AgendaDocument)) == 1


def test_after_the_notice_only_a_new_item_takes_documents(council: Council) -> None:
    council.today("2024-01-16")
    session = council.planned()
    item = council.item(session)
    council.done(f"/sessions/{session}/call")
    council.done(f"/sessions/{session}/governor-receipt", {"received_on": "2024-01-16"})
    council.done(f"/sessions/{session}/convening")
    said = {**OTHER, "origin": "governor", "origin_on": "2024-01-16"}
    new = council.done(f"/sessions/{session}/items", said)["id"]

    late = attach(council, session, item=item)
    taken = attach(council, session, item=new)

    assert (late.status_code, late.json["article"]) == (409, "113-14, 35")
    assert taken.status_code == 201


def test_the_notice_names_the_documents_that_go_with_it(council: Council) -> None:
    council.today("2024-01-16")
    session = council.planned()
    council.item(session)
    attach(council, session)
    council.done(f"/sessions/{session}/call")
    council.done(f"/sessions/{session}/convening")

    query = f"kind=notice&about={session}&language=fr"
    preview = council.get(f"/documents/preview?{query}")

    assert "Plan du centre" in preview.text
