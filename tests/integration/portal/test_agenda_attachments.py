"""Documents that go out with an agenda: attached, refused at their field, found by members."""

import io

from tests.integration.portal.agenda_support import (
    CONVENED,
    PAGE,
    SESSION_PAGE,
    show_session,
)
from tests.integration.portal.answers import (
    AGENDA_RECORD,
    ID,
    ITEM,
    problem,
)
from tests.integration.portal.conftest import Reader
from tests.integration.portal.fakes import FakeServices


def test_a_document_is_attached_to_an_item(reader: Reader, services: FakeServices) -> None:
    reader.sign_in("secretariat")
    services.answer("review", "POST", f"/sessions/{ID}/documents", {}, status=201)
    file = (io.BytesIO(b"%PDF-1.7"), "plan.pdf")
    typed = {"documents-title": "Plan", "documents-item": ID, "documents-file": file}

    answer = reader.send(PAGE, f"{PAGE}/documents", typed)

    (sent,) = services.acts()
    assert answer.status_code == 303
    assert sent.body == {"title": "Plan", "item": ID}
    assert sent.headers["Content-Type"].startswith("multipart/form-data")


def test_a_file_that_is_refused_is_told_at_its_field(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("secretariat")
    told = {"field": "file", "message": "Déjà jointe", "remedy": "Une autre"}
    refused = problem(422, "invalid-input", errors=[told])
    services.answer("review", "POST", f"/sessions/{ID}/documents", refused, status=422)

    answer = reader.send(PAGE, f"{PAGE}/documents", {"documents-title": "Plan"})

    html = answer.get_data(as_text=True)
    assert 'href="#field-documents-file"' in html
    assert "Déjà jointe" in html


def test_members_find_the_documents_of_an_item_on_the_session(reader: Reader) -> None:
    reader.sign_in("council-member")

    for page in (SESSION_PAGE, PAGE):
        html = reader.get(page).get_data(as_text=True)
        assert f'href="{PAGE}/documents/{ID}"' in html
        assert "Plan du &lt;centre&gt;" in html


def test_nothing_is_attached_after_the_notice_unless_an_item_is_new(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("secretariat")
    show_session(services, **{**CONVENED, "items": [ITEM]})
    told = reader.get(PAGE).get_data(as_text=True)
    show_session(services, **CONVENED)
    new = reader.get(PAGE).get_data(as_text=True)

    assert 'id="act-documents"' not in told
    assert 'id="act-documents"' in new


def test_a_document_is_taken_off_with_its_reason(reader: Reader, services: FakeServices) -> None:
    reader.sign_in("secretariat")
    place = f"/documents/{ID}/removal"
    services.answer("review", "POST", f"/sessions/{ID}{place}", {})

    answer = reader.send(PAGE, f"{PAGE}{place}", {f"removal_{ID}-reason": "Un autre terrain"})

    (sent,) = services.acts()
    assert answer.status_code == 303
    assert sent.body == {"reason": "Un autre terrain"}


def test_after_the_notice_no_document_of_it_is_offered_to_be_taken_off(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("secretariat")
    show_session(services, **{**CONVENED, "items": [ITEM]})

    assert f"{PAGE}/documents/{ID}/removal" not in reader.get(PAGE).get_data(as_text=True)


def test_what_was_taken_off_stays_on_the_page_with_its_reason(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("council-member")
    old = {"title": "Ancien plan", "sha256": "ef" * 32, "added_on": "2024-01-10", "id": ID}
    off = {**old, "taken_off_on": "2024-01-12", "reason": "Un <autre> terrain"}
    services.answer(
        "review", "GET", f"/sessions/{ID}/agenda", {**AGENDA_RECORD, "taken_off": [off]}
    )

    html = reader.get(PAGE).get_data(as_text=True)

    assert "Un &lt;autre&gt; terrain" in html
    assert "12 janvier 2024" in html
