"""Letters for whoever holds the receipt: read without an account, and one answer to all else."""

from __future__ import annotations

import pytest

from tests.integration.portal.answers import DOCUMENTS, ID, PUBLIC_CASE, TRACKED, problem
from tests.integration.portal.conftest import Reader
from tests.integration.portal.fakes import FakeServices

SLIP = {"tracking-reference": "taroudant/2023/1", "tracking-code": "TRACKCODE1"}
LETTER = f"/track/letters/{ID}/fr"


@pytest.fixture
def holder(reader: Reader, services: FakeServices) -> Reader:
    """A stranger who typed the reference and the code of a receipt."""
    services.answer("intake", "GET", "/tracking", TRACKED)
    services.answer("review", "GET", "/letters", {"letters": DOCUMENTS["documents"]})
    services.answer("review", "GET", f"/letters/{ID}/fr", "kept")
    reader.send("/track", "/track", SLIP)
    return reader


def test_who_tracks_is_led_on_to_the_letters(holder: Reader) -> None:
    petition = holder.get("/taroudant/2023/1").get_data(as_text=True)
    html = holder.get("/track/letters").get_data(as_text=True)

    assert 'href="/track/letters"' in petition
    assert "Récépissé de recevabilité" in html
    assert f'href="{LETTER}"' in html
    assert 'href="/track/letters/receipt"' in html


def test_others_who_read_the_petition_see_no_way_to_letters(
    reader: Reader, services: FakeServices
) -> None:
    services.answer("review", "GET", "/petitions/taroudant/2023/1", PUBLIC_CASE)
    reader.browser.set_cookie("arida_tracking", "taroudant/2023/2|TRACKCODE1")

    assert "/track/letters" not in reader.get("/taroudant/2023/1").get_data(as_text=True)


def test_the_bytes_are_asked_for_as_portal_with_the_readers_address(
    holder: Reader, services: FakeServices
) -> None:
    answer = holder.get(LETTER)

    asked = next(one for one in services.services["review"].calls if one.path.endswith("/fr"))
    assert answer.data == b'"kept"'
    assert asked.headers["X-Forwarded-For"] == "127.0.0.1"
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_receipt_is_a_page_to_print_without_a_person_on_it(holder: Reader) -> None:
    html = holder.get("/track/letters/receipt").get_data(as_text=True)

    assert "TRACKCODE1" in html
    assert "RECEIPT00001" in html
    assert 'href="/track/letters"' in html


def test_whatever_does_not_fit_is_answered_alike(reader: Reader, services: FakeServices) -> None:
    reader.browser.set_cookie("arida_tracking", "taroudant/2023/1|WRONG")
    wrong = [reader.get(path) for path in ("/track/letters", LETTER, "/track/letters/receipt")]
    services.answer("intake", "GET", "/tracking", problem(422, "invalid-input"), status=422)
    unreadable = reader.get("/track/letters")
    services.answer("intake", "GET", "/tracking", TRACKED)
    another_cases = reader.get(LETTER)

    answers = [*wrong, unreadable, another_cases]
    assert {one.status_code for one in answers} == {404}
    said = "Aucune pétition n&#39;a cette référence et ce code."
    assert all(said in one.get_data(as_text=True) for one in answers)


def test_without_a_slip_the_reader_is_asked_for_one(reader: Reader) -> None:
    answer = reader.get("/track/letters")

    assert (answer.status_code, answer.location) == (303, "/track")


def test_before_the_case_is_open_there_is_the_receipt_alone(
    holder: Reader, services: FakeServices
) -> None:
    services.answer("review", "GET", "/letters", problem(404, "not-found"), status=404)

    html = holder.get("/track/letters").get_data(as_text=True)

    assert 'href="/track/letters/receipt"' in html
    assert LETTER not in html


def test_guessing_codes_through_the_letters_is_slowed_down(reader: Reader) -> None:
    reader.browser.set_cookie("arida_tracking", "taroudant/2023/1|WRONG")

    answers = [reader.get(LETTER).status_code for _ in range(21)]

    assert answers == [404] * 20 + [429]


def test_a_shared_computer_can_forget_the_slip(holder: Reader) -> None:
    answer = holder.send("/track/letters", "/track/forget", {})

    assert answer.location == "/track"
    assert holder.get("/track/letters").location == "/track"


def test_the_slip_stays_out_of_reach_of_scripts(reader: Reader, services: FakeServices) -> None:
    services.answer("intake", "GET", "/tracking", TRACKED)

    answer = reader.send("/track", "/track", SLIP)

    (kept,) = [one for one in answer.headers.getlist("Set-Cookie") if "arida_tracking" in one]
    assert "HttpOnly" in kept
    assert "SameSite=Lax" in kept
    assert "Max-Age=1800" in kept
