"""Pages of erasures: what waits and why, whose names are gone, and the form that asks."""

from __future__ import annotations

import pytest

from tests.integration.portal.answers import CASE, ERASURE, ID, problem
from tests.integration.portal.conftest import Reader
from tests.integration.portal.fakes import FakeServices

OF_FILE = f"/desk/erasures?petition={CASE}"


def test_a_request_says_what_waits_until_when_and_what_stays(reader: Reader) -> None:
    reader.sign_in("petitioner")

    html = reader.get("/desk/erasures").get_data(as_text=True)

    assert "Le nom dans les dossiers" in html
    assert "Le délai court." in html
    assert "15 décembre 2023" in html
    assert "Règle locale" in html
    assert "En attente" in html


@pytest.mark.parametrize(
    ("language", "erased"), [("ar", "تم المحو"), ("fr", "Effacé"), ("en", "Erased")]
)
def test_where_a_name_was_the_file_says_that_it_was_erased(
    reader: Reader, language: str, erased: str
) -> None:
    reader.sign_in("secretariat")

    html = reader.get(f"/desk/petitions/{CASE}?lang={language}").get_data(as_text=True)

    assert f"<em>{erased}</em>" in html
    assert ("فلان" if language == "ar" else "Somebody") in html


def test_the_file_shows_how_the_request_of_each_person_stands(reader: Reader) -> None:
    reader.sign_in("petitioner")

    html = reader.get(f"/desk/petitions/{CASE}").get_data(as_text=True)

    assert html.count('data-state="waiting"') == 1


def test_the_secretariat_asks_for_a_person_of_the_file(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("secretariat")
    services.answer("identity", "POST", "/erasures", ERASURE, status=201)

    typed = {"erasure-person": ID, "erasure-ground": "objection"}
    answer = reader.send(OF_FILE, OF_FILE, typed)

    (sent,) = services.acts()
    assert sent.body == {"person": ID, "ground": "objection"}
    assert answer.location == f"{OF_FILE}&done=1"


def test_a_petitioner_asks_for_nobody_else(reader: Reader, services: FakeServices) -> None:
    services.answer("identity", "GET", "/erasures", {"erasures": [], "next_cursor": None})
    reader.sign_in("petitioner")
    services.answer("identity", "POST", "/erasures", problem(409, "rule-refused"), 409)

    answer = reader.send(OF_FILE, OF_FILE, {"erasure-ground": "objection"})

    (sent,) = services.acts()
    assert sent.body == {"ground": "objection"}
    assert answer.status_code == 409
    assert "détail" in answer.get_data(as_text=True)


def test_an_auditor_reads_and_asks_for_nothing(reader: Reader) -> None:
    reader.sign_in("auditor")

    html = reader.get("/desk/erasures").get_data(as_text=True)

    assert "Le nom dans les dossiers" in html
    assert 'action="/desk/erasures' not in html
    assert f'href="/desk/subjects/erasure/{ID}"' in html


def test_an_address_that_names_no_file_is_about_none(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("secretariat")

    answer = reader.get("/desk/erasures?petition=no-id")

    assert answer.status_code == 200
    assert 'action="/desk/erasures' not in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("state", "is_offered"),
    [("requested", False), ("waiting", False), ("done", True), ("refused", True)],
)
def test_no_second_request_is_offered_while_the_first_is_under_way(
    reader: Reader, services: FakeServices, state: str, is_offered: bool
) -> None:
    listed = {"erasures": [{**ERASURE, "state": state}], "next_cursor": None}
    services.answer("identity", "GET", "/erasures", listed)
    reader.sign_in("petitioner")

    html = reader.get("/desk/erasures").get_data(as_text=True)

    assert ('name="erasure-ground"' in html) == is_offered
