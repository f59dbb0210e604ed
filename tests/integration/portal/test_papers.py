"""Documents on the pages of a case, a session and a decision; the authority's own wording."""

from __future__ import annotations

import pytest

from tests.integration.portal.answers import CASE, DOCUMENTS, ID, PETITION, problem
from tests.integration.portal.conftest import Reader
from tests.integration.portal.fakes import FakeServices

PAGES = (f"/desk/cases/{CASE}", f"/desk/sessions/{ID}", f"/desk/decisions/{ID}")


@pytest.mark.parametrize("page", PAGES)
def test_documents_are_shown_with_both_languages_and_what_may_be_issued(
    reader: Reader, page: str
) -> None:
    reader.sign_in("secretariat")

    html = reader.get(page).get_data(as_text=True)

    assert "Récépissé de recevabilité" in html
    assert f'href="/desk/documents/{ID}/ar"' in html
    assert f'href="/desk/documents/{ID}/fr"' in html
    assert "(PDF)" in html
    assert "Saisine d&#39;une commission" in html


def test_issuing_sends_the_kind_and_comes_back_to_the_page(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("secretariat")
    services.answer("review", "POST", "/documents", DOCUMENTS["documents"][0], 201)

    answer = reader.send(PAGES[0], f"/desk/documents/case/{CASE}/referral", {})

    (sent,) = services.acts()
    assert sent.body == {"kind": "referral", "about": CASE}
    assert len(sent.headers["Idempotency-Key"]) == 36
    assert (answer.status_code, answer.location) == (303, f"{PAGES[0]}?done=1#papers")


def test_a_document_that_is_refused_is_a_page_that_says_why(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("president")
    services.answer("review", "POST", "/documents", problem(409, "rule-refused"), 409)

    answer = reader.send(PAGES[0], f"/desk/documents/case/{CASE}/referral", {})

    assert answer.status_code == 409
    assert "détail" in answer.get_data(as_text=True)


def test_the_bytes_are_passed_on_under_a_policy_of_their_own(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("council-member")
    services.answer("review", "GET", f"/documents/{ID}/ar", "kept")

    answer = reader.get(f"/desk/documents/{ID}/ar")

    assert answer.data == b'"kept"'
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert reader.get(f"/desk/documents/{ID}/en").status_code == 404


def test_petitioners_find_their_letters_on_the_file_of_their_petition(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("petitioner")
    filed = {**PETITION, "state": "filed", "reference": "taroudant/2023/1"}
    services.answer("intake", "GET", f"/petitions/{CASE}", filed)
    own = {**DOCUMENTS, "issuable": []}
    services.answer("review", "GET", "/documents", own)

    html = reader.get(f"/desk/petitions/{CASE}").get_data(as_text=True)

    assert f'href="/desk/documents/{ID}/ar"' in html
    assert "Délivrer" not in html


def test_the_wording_of_one_language_is_kept_as_it_was_typed(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("secretariat")
    services.answer("review", "POST", "/documents/wording", {"version": 3}, 201)

    html = reader.get("/desk/wording?kind=all").get_data(as_text=True)
    answer = reader.send(
        "/desk/wording", "/desk/wording/all/ar", {"wording-ar-letterhead": "وزارة الداخلية"}
    )

    (sent,) = services.acts()
    assert "Province</textarea>" in html
    assert answer.location == "/desk/wording?kind=all&done=1"
    assert sent.body == {
        "kind": "all",
        "language": "ar",
        "blocks": {"letterhead": "وزارة الداخلية"},
    }


def test_who_keeps_no_papers_issues_none(reader: Reader, services: FakeServices) -> None:
    reader.sign_in("council-member")

    answers = [reader.get("/desk/wording"), reader.get("/desk/documents/preview?kind=agenda")]

    assert [one.status_code for one in answers] == [403, 403]
    assert services.acts() == []
