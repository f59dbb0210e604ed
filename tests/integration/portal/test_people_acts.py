"""Acts of petitioners and members of bodies by forms; notices."""

import html
import io

import pytest

from tests.integration.portal.answers import BODY, CASE, ID, PETITION, problem
from tests.integration.portal.conftest import Reader
from tests.integration.portal.fakes import FakeServices


def test_a_new_petition_becomes_what_intake_takes(reader: Reader, services: FakeServices) -> None:
    reader.sign_in("petitioner")
    services.answer("intake", "POST", "/petitions", PETITION, status=201)
    typed = {
        "petition-petitioner": "association",
        "petition-subject.fr": " Un centre ",
        "petition-reasons": "Parce que",
        "petition-association.name.fr": "Association",
        "petition-association.founded_on": "2011-04-18",
        "petition-association.has_seat_here": "yes",
        "petition-role": "legal-representative",
        "petition-name_latin": "Somebody",
    }

    answer = reader.send("/desk/petitions/new", "/desk/petitions/new", typed)

    (sent,) = services.acts()
    assert answer.location == f"/desk/petitions/{CASE}"
    assert sent.body == {
        "petitioner": "association",
        "subject": {"fr": "Un centre"},
        "reasons": "Parce que",
        "association": {
            "name": {"fr": "Association"},
            "founded_on": "2011-04-18",
            "has_seat_here": True,
        },
        "people": [{"role": "legal-representative", "name_latin": "Somebody"}],
    }


def test_a_document_is_passed_on_as_a_file(reader: Reader, services: FakeServices) -> None:
    reader.sign_in("petitioner")
    services.answer("intake", "POST", f"/petitions/{CASE}/documents", PETITION)
    page = f"/desk/petitions/{CASE}"

    answer = reader.send(
        page,
        f"{page}/documents",
        {"documents-kind": "powers", "documents-file": (io.BytesIO(b"%PDF-1.7"), "powers.pdf")},
    )

    (sent,) = services.acts()
    assert answer.status_code == 303
    assert sent.body == {"kind": "powers"}
    assert sent.headers["Content-Type"].startswith("multipart/form-data")


def test_a_draft_is_written_on_the_version_that_was_seen(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("body-member")
    services.answer("opinions", "PUT", f"/opinions/{ID}/draft", problem(412, "stale-edit"), 412)
    page = f"/desk/opinions/{ID}"

    answer = reader.send(page, f"{page}/draft", {"draft-text": "نص جديد", "draft-language": "ar"})

    (sent,) = services.acts()
    assert sent.headers["If-Match"] == '"5"'
    assert answer.status_code == 412
    assert "نص جديد" in answer.get_data(as_text=True)


def test_an_own_opinion_begins_without_a_request(reader: Reader, services: FakeServices) -> None:
    reader.sign_in("body-member")
    services.answer("opinions", "POST", "/opinions", {"id": ID}, status=201)

    reader.send(
        "/desk/opinions", "/desk/opinions", {"start-body": BODY, "start-subject.ar": "المساواة"}
    )

    (sent,) = services.acts()
    assert sent.body == {"body": BODY, "subject": {"ar": "المساواة"}}


def test_reading_a_notice_does_not_acknowledge_it(reader: Reader, services: FakeServices) -> None:
    reader.sign_in("petitioner")

    reader.get(f"/notices/{ID}")

    assert services.acts() == []


def test_a_notice_is_acknowledged_by_its_button(reader: Reader, services: FakeServices) -> None:
    reader.sign_in("petitioner")
    services.answer("notifications", "POST", f"/notices/{ID}/acknowledgement", {})

    answer = reader.send("/notices", f"/notices/{ID}/acknowledgement", {})

    assert answer.location == "/notices?done=1"


@pytest.mark.parametrize(("state", "is_offered"), [("collecting", True), ("given_up", False)])
def test_a_collection_of_signatures_is_ended_from_its_page(
    reader: Reader, services: FakeServices, state: str, is_offered: bool
) -> None:
    page = f"/desk/petitions/{CASE}"
    found = {**PETITION, "state": state, "petitioner": "citizens", "reference": None}
    services.answer("intake", "GET", f"/petitions/{CASE}", found)
    services.answer("intake", "POST", f"/petitions/{CASE}/giving-up", {})
    reader.sign_in("petitioner")

    text = reader.get(page).get_data(as_text=True)
    if is_offered:
        reader.send(page, f"{page}/giving-up", {})

    assert ("Mettre fin à la collecte" in text) == is_offered
    assert ("Déposer la pétition" in text) == is_offered
    assert [one.path for one in services.acts()] == [f"/petitions/{CASE}/giving-up"][:is_offered]


def test_a_document_that_was_erased_says_when_and_keeps_its_hash(
    reader: Reader, services: FakeServices
) -> None:
    paper = {
        "kind": "identity-cards",
        "sha256": "ab" * 32,
        "media_type": "application/pdf",
        "size": 10,
        "handed_in_at": "2023-10-16T10:00:00Z",
        "erased_on": "2024-04-07",
    }
    services.answer("intake", "GET", f"/petitions/{CASE}", {**PETITION, "documents": [paper]})
    reader.sign_in("secretariat")

    text = html.unescape(reader.get(f"/desk/petitions/{CASE}").get_data(as_text=True))

    assert "Contenu effacé le" in text
    assert "7 avril 2024" in text
    assert "abababababab" in text
