"""The calendar's page and its feed, read back by the library that calendar programs use."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from icalendar import Calendar

from tests.integration.portal.answers import CALENDAR, CASE, ID
from tests.integration.portal.conftest import Reader
from tests.integration.portal.fakes import FakeServices


def feed(reader: Reader, language: str = "fr") -> Any:
    """The feed as a calendar program reads it."""
    answer = reader.get(f"/taroudant/calendar.ics?lang={language}")
    assert answer.content_type == "text/calendar; charset=utf-8"
    return Calendar.from_ical(answer.data)


def test_a_month_shows_meetings_to_everyone_with_the_way_to_the_months_beside_it(
    reader: Reader,
) -> None:
    html = reader.get("/taroudant/calendar").get_data(as_text=True)

    assert "<h1>Octobre 2023</h1>" in html
    assert "Session ordinaire : ouverture" in html
    assert "Session extraordinaire, séance" in html
    assert 'href="/taroudant/calendar?month=2023-09"' in html
    assert 'href="/taroudant/calendar?month=2023-11"' in html
    assert 'href="/taroudant/sessions"' in html


def test_the_council_s_people_come_from_a_day_to_the_case(reader: Reader) -> None:
    reader.sign_in("secretariat")

    html = reader.get("/taroudant/calendar?month=2023-10").get_data(as_text=True)

    assert f'href="/desk/cases/{CASE}"' in html
    assert "Le bureau statue" in html
    assert f'href="/desk/sessions/{ID}"' in html


def test_a_page_asks_for_whole_weeks(reader: Reader, services: FakeServices) -> None:
    reader.get("/taroudant/calendar?month=2024-02")

    asked = [one for one in services.services["review"].calls if one.path == "/calendar"]
    assert len(asked) == 1
    months = ("2024-13", "0000-01", "x", "99999-01")
    assert {reader.get(f"/taroudant/calendar?month={one}").status_code for one in months} == {200}


def test_a_meeting_keeps_its_uid_and_tells_its_version_and_that_it_is_cancelled(
    reader: Reader,
) -> None:
    session, sitting = feed(reader).walk("VEVENT")

    assert str(session["UID"]) == f"session-{ID}@arida"
    assert (session["SEQUENCE"], str(session["STATUS"])) == (7, "CANCELLED")
    assert session.decoded("DTSTART") == date(2023, 10, 5)
    assert session.decoded("DTEND") == date(2023, 10, 6)
    assert session.decoded("DTSTAMP") == datetime(2023, 10, 2, 9, 30, tzinfo=UTC)
    assert str(session["DESCRIPTION"]) == "1. Créer un centre (taroudant/2023/1)"
    assert str(sitting["STATUS"]) == "CONFIRMED"
    assert str(sitting["UID"]) != str(session["UID"])


def test_the_feed_is_in_the_language_of_its_address(reader: Reader) -> None:
    assert "Session ordinaire" in str(feed(reader).walk("VEVENT")[0]["SUMMARY"])
    assert "دورة عادية" in str(feed(reader, "ar").walk("VEVENT")[0]["SUMMARY"])
    assert "Ordinary session" in str(feed(reader, "en").walk("VEVENT")[0]["SUMMARY"])


def test_lines_are_folded_and_end_as_the_standard_says(
    reader: Reader, services: FakeServices
) -> None:
    long = {"ar": "س" * 150, "original": "ar"}
    meeting = {**CALENDAR["meetings"][0], "points": [{"subject": long, "reference": None}]}
    services.answer("review", "GET", "/calendar", {"meetings": [meeting], "cases": []})

    body = reader.get("/taroudant/calendar.ics?lang=ar").data

    assert body.endswith(b"END:VCALENDAR\r\n")
    assert max(len(line) for line in body.split(b"\r\n")) <= 75
    assert str(Calendar.from_ical(body).walk("VEVENT")[0]["DESCRIPTION"]) == "1. " + "س" * 150


def test_a_reader_who_is_signed_in_gets_no_more_in_the_feed(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("secretariat")

    body = reader.get("/taroudant/calendar.ics?lang=fr").get_data(as_text=True)

    (asked,) = [one for one in services.services["review"].calls if one.path == "/calendar"]
    assert "Authorization" not in asked.headers
    assert CASE not in body.replace(f"sitting-{CASE}", "")
