"""Documents: numbered without gaps, issued once with their hash, kept, and given to who may read.

The press is a quick one here; tests/unit/review/documents prints for real.
"""

from __future__ import annotations

import hashlib
import re
from typing import Any

import pytest

from services.review.documents.models import Document, DocumentRegister
from shared.db.engine import EVERY_AUTHORITY
from shared.testing.harness import Harness
from tests.integration.review.case_support import Desk
from tests.integration.review.document_support import (
    QuickPress,
    content,
    issuable,
    issued,
    press_of,
    worded,
)


@pytest.fixture
def desk(harness_on: Any, database_kind: str) -> Desk:
    """A council with a committee, on either database, and a quick press."""
    review: Harness = harness_on("review", database_kind)
    review.context.press = QuickPress()  # type: ignore[assignment]
    return Desk(review)


def test_a_document_is_issued_in_both_languages_under_one_number(desk: Desk) -> None:
    case = desk.admitted()

    document = issued(desk, "admission", case)

    assert (document["number"], document["about"]) == ("2023/1", f"case/{case}")
    assert [one["language"] for one in document["renditions"]] == ["ar", "fr"]
    for one in document["renditions"]:
        answer = content(desk, document, one["language"])
        assert answer.mimetype == "application/pdf"
        assert hashlib.sha256(answer.data).hexdigest() == one["sha256"]
        assert "taroudant/2023/1" in answer.text
    assert "Récépissé de recevabilité" in content(desk, document, "fr").text
    assert "إشعار بقبول عريضة" in content(desk, document, "ar").text


def test_the_event_carries_the_hashes_and_nothing_personal(desk: Desk) -> None:
    case = desk.admitted()

    document = issued(desk, "admission", case)

    (event,) = desk.review.emitted("document.issued.v1")
    told = [one["sha256"] for one in event.data.after["renditions"]]
    assert told == [one["sha256"] for one in document["renditions"]]
    assert event.data.after["about"] == f"case/{case}"
    assert event.data.what["template"] == "admission@1"
    (row,) = desk.review.rows(Document)
    assert event.data.what["facts_sha256"] == row.facts_sha256


def test_asking_again_gives_the_kept_bytes(desk: Desk) -> None:
    case = desk.admitted()
    first = issued(desk, "admission", case)
    kept = content(desk, first, "fr").data
    desk.today("2024-03-01")
    worded(desk, "Another closing.")
    printed = press_of(desk).printed

    again = desk.post("/documents", {"kind": "admission", "about": case})

    assert (again.status_code, again.json["id"]) == (200, first["id"])
    assert content(desk, again.json, "fr").data == kept
    assert press_of(desk).printed == printed
    assert len(desk.review.emitted("document.issued.v1")) == 1


def test_numbers_run_by_kind_and_year_without_gaps(desk: Desk) -> None:
    cases = [desk.admitted(name) for name in ("one", "two", "three")]
    committee = {"committee": desk.committees["social"]}
    numbers = [issued(desk, "admission", case)["number"] for case in cases[:2]]
    desk.done(f"/cases/{cases[0]}/referral", committee)
    numbers.append(issued(desk, "referral", cases[0])["number"])
    desk.today("2024-01-10")

    numbers.append(issued(desk, "admission", cases[2])["number"])

    assert numbers == ["2023/1", "2023/2", "2023/1", "2024/1"]


def test_a_document_whose_number_was_taken_meanwhile_is_printed_again(desk: Desk) -> None:
    one, two = desk.admitted("one"), desk.admitted("two")
    press_of(desk).meanwhile.append(lambda: issued(desk, "admission", two))

    document = issued(desk, "admission", one)

    assert document["number"] == "2023/2"
    assert "2023/2" in content(desk, document, "fr").text
    assert {row.number for row in desk.review.rows(Document)} == {"2023/1", "2023/2"}


def test_a_document_whose_words_changed_while_it_was_printed_is_printed_again(desk: Desk) -> None:
    case = desk.admitted()
    press_of(desk).meanwhile.append(lambda: worded(desk, "Mot du jour."))

    document = issued(desk, "admission", case)

    assert "Mot du jour." in content(desk, document, "fr").text


def test_without_end_of_changes_nothing_is_issued_and_no_number_is_lost(desk: Desk) -> None:
    case = desk.admitted()

    def reword() -> None:
        press_of(desk).meanwhile.append(reword)
        worded(desk, "Encore autre chose.")

    press_of(desk).meanwhile.append(reword)

    answer = desk.post("/documents", {"kind": "admission", "about": case})

    assert answer.status_code == 503
    assert desk.review.rows(Document) == []
    press_of(desk).meanwhile.clear()
    assert issued(desk, "admission", case)["number"] == "2023/1"


def test_nothing_is_certified_that_is_not_on_record(desk: Desk) -> None:
    case = desk.filed()

    answers = [
        desk.post("/documents", {"kind": kind, "about": case})
        for kind in ("admission", "refusal", "referral")
    ]

    assert {one.status_code for one in answers} == {409}
    assert desk.post("/documents", {"kind": "minutes", "about": case}).status_code == 404
    with desk.review.context.database.read(EVERY_AUTHORITY) as session:
        assert session.query(DocumentRegister).count() == 0


def test_a_reopened_case_gets_a_document_of_its_new_decision(desk: Desk) -> None:
    case = desk.filed()
    desk.today("2023-11-20")
    refusal = {"reasons": ["outside-powers"], "text": "Hors des attributions du conseil."}
    desk.done(f"/cases/{case}/refusal", refusal, who="vice")
    first = issued(desk, "refusal", case)
    desk.done(f"/cases/{case}/reopening", {"reason": "new-fact"}, who="chief")
    meanwhile = desk.post("/documents", {"kind": "refusal", "about": case})
    desk.done(f"/cases/{case}/refusal", refusal, who="vice")

    second = issued(desk, "refusal", case)

    assert meanwhile.status_code == 409
    assert (first["number"], second["number"]) == ("2023/1", "2023/2")
    assert second["edition"] > first["edition"]
    assert "Hors des attributions" in content(desk, first, "fr").text


def test_the_papers_of_a_session_follow_its_steps(desk: Desk) -> None:
    case = desk.referred()
    desk.deliberated(case)
    session = desk.get("/sessions?authority=taroudant").json["sessions"][0]["id"]
    before = issuable(desk, session)
    desk.done(f"/sessions/{session}/closing", who="chief")

    after = issuable(desk, session)
    minutes = content(desk, issued(desk, "minutes", session), "fr").text

    assert before == ["agenda", "notice", "attendance"]
    assert after == [*before, "minutes"]
    assert "Majorité absolue" in minutes
    assert "Un centre" in minutes
    assert "2024/1" in minutes
    assert issuable(desk, session) == before
    left = desk.get(f"/documents?session={session}").json["documents"]
    assert [one["kind"] for one in left] == ["minutes"]


def test_minutes_after_a_correction_say_both_counts_by_whom_and_why_and_the_old_stay(
    desk: Desk,
) -> None:
    desk.deliberated(desk.referred())
    session = desk.get("/sessions?authority=taroudant").json["sessions"][0]["id"]
    (item,) = desk.get(f"/sessions/{session}").json["items"]
    desk.done(f"/sessions/{session}/closing", who="chief")
    first = issued(desk, "minutes", session)
    right = {"votes_for": 1, "votes_against": 4, "abstentions": 0, "because": "Inversé."}
    (sitting,) = desk.get(f"/sessions/{session}").json["sittings"]
    recount = {"sitting": sitting["id"], "present": 5, "because": "Relu."}

    desk.done(f"/sessions/{session}/count-rectification", recount, who="chief")
    desk.done(f"/items/{item['id']}/vote-rectification", right, who="chief")
    second = issued(desk, "minutes", session)

    old, new = content(desk, first, "fr").text, content(desk, second, "fr").text
    assert second["edition"] > first["edition"]
    assert "Rectifié par un nouvel acte" not in old
    assert "Rectifié par un nouvel acte" in new
    assert "5 pour, 0 contre" in re.sub(r"<[^>]*>", "", new)
    assert "compté auparavant : 5 des 5 membres" in re.sub(r"<[^>]*>", "", new)
    plain = re.sub(r"<[^>]*>", "", new)
    assert "Rectifié par : Président du conseil. Motif : Relu." in plain
    assert "Rectifié par : Président du conseil. Motif : Inversé." in plain


def test_an_authority_s_own_wording_stands_on_the_next_document_only(desk: Desk) -> None:
    one, two = desk.admitted("one"), desk.admitted("two")
    before = issued(desk, "admission", one)
    said = {"kind": "all", "language": "fr", "blocks": {"letterhead": "Province de Taroudant"}}
    closing = {"kind": "admission", "language": "fr", "blocks": {"closing": "Avec <égards>."}}

    versions = [desk.done("/documents/wording", body)["version"] for body in (said, said, closing)]
    after = issued(desk, "admission", two)

    assert versions == [1, 2, 1]
    assert "Province de Taroudant" not in content(desk, before, "fr").text
    text = content(desk, after, "fr").text
    assert "Province de Taroudant" in text
    assert "Avec &lt;égards&gt;." in text
    row = next(row for row in desk.review.rows(Document) if str(row.id) == after["id"])
    assert row.wording == {"ar": "", "fr": "all@2 admission@1"}
    wrong = {"kind": "admission", "language": "fr", "blocks": {"stamp": "x"}}
    assert desk.post("/documents/wording", wrong).status_code == 422


def test_without_a_press_documents_are_print_pages_and_health_names_the_packages(
    desk: Desk,
) -> None:
    press_of(desk).lacking = ["libpango-1.0-0", "fonts-noto-core"]

    document = issued(desk, "admission", desk.admitted())
    page = content(desk, document, "fr")
    health = desk.anyone("GET", "/health").json

    assert page.mimetype == "text/html"
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert hashlib.sha256(page.data).hexdigest() == document["renditions"][1]["sha256"]
    assert health["missing_packages"] == ["libpango-1.0-0", "fonts-noto-core"]
    assert health["parts"]["documents"] == "print-pages"
    press_of(desk).lacking = []
    assert content(desk, document, "fr").data == page.data
    assert "missing_packages" not in desk.anyone("GET", "/health").json


def test_a_preview_has_no_number_and_leaves_no_trace(desk: Desk) -> None:
    case = desk.admitted()

    page = desk.get(f"/documents/preview?kind=admission&about={case}&language=fr")

    assert "Aperçu" in page.text
    assert "2023/1</bdi></p>" not in page.text
    assert desk.review.rows(Document) == []
