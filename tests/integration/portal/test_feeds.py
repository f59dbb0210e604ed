"""A person's own calendar feed: made, renewed and revoked on a page, read by its address alone."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from icalendar import Calendar

from tests.integration.portal.answers import CASE, ID, problem
from tests.integration.portal.conftest import Reader
from tests.integration.portal.fakes import FakeServices

PAGE = "/desk/calendar-feed"
ADDRESS = "/taroudant/calendar/a-secret.ics"


@pytest.fixture
def known(reader: Reader, services: FakeServices) -> Reader:
    """A calendar program with an address that identity knows."""
    services.answer("identity", "POST", "/calendar-feed/reader", {"authority": "taroudant"})
    return reader


def events(reader: Reader, language: str = "fr") -> Any:
    """The feed as a calendar program reads it."""
    answer = reader.get(f"{ADDRESS}?lang={language}")
    assert answer.content_type == "text/calendar; charset=utf-8"
    return Calendar.from_ical(answer.data).walk("VEVENT")


def test_the_feed_has_the_meetings_and_the_days_of_cases_as_civil_days(known: Reader) -> None:
    session, _, case = events(known)

    assert str(session["UID"]) == f"session-{ID}@arida"
    assert str(session["URL"]).endswith(f"/desk/sessions/{ID}")
    assert str(case["UID"]) == f"case-{CASE}@arida"
    assert case["SEQUENCE"] == 4
    assert (case.decoded("DTSTART"), case.decoded("DTEND")) == (
        date(2023, 10, 20),
        date(2023, 10, 21),
    )
    assert case["DTSTART"].params["VALUE"] == "DATE"
    assert str(case["SUMMARY"]) == "Le bureau statue – taroudant/2023/1"
    assert str(case["URL"]).endswith(f"/desk/cases/{CASE}")


def test_the_feed_is_in_the_language_of_its_address(known: Reader) -> None:
    summaries = [str(events(known, language)[0]["SUMMARY"]) for language in ("ar", "en")]

    assert "دورة عادية" in summaries[0]
    assert "Ordinary session" in summaries[1]


def test_review_is_asked_as_portal_and_nobody_is_named(
    known: Reader, services: FakeServices
) -> None:
    answer = known.get(ADDRESS)

    (asked,) = [one for one in services.services["review"].calls if one.path == "/calendar"]
    assert asked.headers["Authorization"].startswith("Bearer ")
    assert "ATTENDEE" not in answer.get_data(as_text=True)
    assert "ORGANIZER" not in answer.get_data(as_text=True)
    assert answer.headers["Cache-Control"] == "private, max-age=900"


def test_an_address_of_nobody_and_one_of_another_authority_open_nothing(
    reader: Reader, services: FakeServices
) -> None:
    services.answer("identity", "POST", "/calendar-feed/reader", problem(404, "not-found"), 404)
    unknown = reader.get(ADDRESS)
    services.answer("identity", "POST", "/calendar-feed/reader", {"authority": "agadir"})
    foreign = reader.get(ADDRESS)

    assert [one.status_code for one in (unknown, foreign)] == [404, 404]
    assert services.services["review"].calls == []


def test_a_new_address_is_shown_once_in_the_reader_s_language(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("bureau")
    made = {"secret": "a-secret", "made_at": "2023-10-16T10:00:00Z"}
    services.answer("identity", "POST", "/calendar-feed", made, status=201)

    answer = reader.send(PAGE, PAGE, {})

    html = answer.get_data(as_text=True)
    assert f"http://localhost{ADDRESS}?lang=fr" in html
    assert answer.headers["Cache-Control"] == "no-store"
    assert "a-secret" not in reader.get(PAGE).get_data(as_text=True)


def test_who_has_no_address_is_offered_to_make_one_alone(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("bureau")
    services.answer("identity", "GET", "/calendar-feed", {"made_at": None})

    actions = re.findall(
        r'<form[^>]*action="(/desk[^"]+)"', reader.get(PAGE).get_data(as_text=True)
    )

    assert actions == [PAGE]


def test_revoking_is_an_act_of_its_own(reader: Reader, services: FakeServices) -> None:
    reader.sign_in("secretariat")
    services.answer("identity", "DELETE", "/calendar-feed", {}, status=200)

    answer = reader.send(PAGE, f"{PAGE}/revocation", {})

    assert answer.location == f"{PAGE}?done=1"
    assert [(one.method, one.path) for one in services.acts()] == [("DELETE", "/calendar-feed")]


def test_the_calendar_leads_its_own_people_to_their_feed(reader: Reader) -> None:
    stranger = reader.get("/taroudant/calendar").get_data(as_text=True)
    reader.sign_in("secretariat")
    own = reader.get("/taroudant/calendar").get_data(as_text=True)

    assert f'href="{PAGE}"' in own
    assert PAGE not in stranger
