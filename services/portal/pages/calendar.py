"""The calendar of an authority: a month as a page; its feeds are in feeds.py."""

from __future__ import annotations

import calendar as weeks_of
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, render_template, request, url_for

from services.portal import session_words, words
from services.portal.access import caller, page_for, viewer
from services.portal.authorities import Authority
from services.portal.clients import Caller, Json
from services.portal.formats import plain_text
from services.portal.pages.council import COUNCIL
from services.portal.parts import parts
from shared.day_words import MONTHS, WEEKDAYS
from shared.web.auth import EVERYONE
from shared.web.i18n import current_language
from shared.web.i18n import gettext as _

pages = Blueprint("calendar", __name__)

MONTH = re.compile(r"(?P<year>[12]\d{3})-(?P<month>0[1-9]|1[0-2])")


@dataclass(frozen=True, kw_only=True)
class Day:
    """One day of the page, with what happens on it."""

    on: date
    is_of_month: bool
    is_today: bool
    entries: list[Json]


@pages.get("/<authority>/calendar")
@page_for(EVERYONE)
def month(authority: str) -> str:
    """One month: meetings for everyone, and for the council's people what is due."""
    shown = parts().authorities.one(authority)
    first = _first_of(request.args.get("month", ""), shown.today)
    weeks = weeks_of.Calendar(weeks_of.MONDAY).monthdatescalendar(first.year, first.month)
    has_desk = _has_desk(shown)
    found = read_days(caller(), shown, weeks[0][0], weeks[-1][-1])
    entries = _by_day(found, shown, has_desk=has_desk)
    return render_template(
        "calendar.html",
        shown=shown,
        title=f"{_capital(MONTHS[current_language()][first.month - 1])} {first.year}",
        weekdays=WEEKDAYS[current_language()],
        weeks=[[_day(on, first, shown, entries) for on in week] for week in weeks],
        is_empty=not entries,
        has_desk=has_desk,
        **_ways(shown, first),
    )


def _capital(word: str) -> str:
    """A word as a title begins, in alphabets that have capitals."""
    return word[:1].upper() + word[1:]


def read_days(asking: Caller, shown: Authority, first: date, last: date) -> Json:
    """What happens from one day to another, as far as ``asking`` may know it."""
    params: dict[str, Any] = {"from": first.isoformat(), "until": last.isoformat()}
    return asking.read("review", "/calendar", authority=shown.code, **params)


def _by_day(found: Json, shown: Authority, *, has_desk: bool) -> dict[str, list[Json]]:
    days: dict[str, list[Json]] = {}
    for one in found["meetings"]:
        public = url_for("public.sessions", authority=shown.code)
        desk = url_for("sittings.session", session_id=one["session"])
        entry = {**one, "title": meeting_title(one), "href": desk if has_desk else public}
        days.setdefault(one["on"], []).append(entry)
    for one in found["cases"]:
        title = case_title(one)
        href = url_for("council.case", case_id=one["case"])
        entry = {**one, "kind": "case", "title": title, "href": href, "is_cancelled": False}
        days.setdefault(one["on"], []).append(entry)
    return days


def meeting_title(meeting: Json) -> str:
    """What a meeting is, in words."""
    kind = words.word(session_words.SESSION_KINDS, meeting["session_kind"])
    if meeting["kind"] == "sitting":
        return _("%(kind)s, sitting", kind=kind)
    return _("%(kind)s opens", kind=kind)


def case_title(case: Json) -> str:
    """What is due in a case, in words."""
    step = case.get("next_step") or {}
    return plain_text(step["what"]) if step else _("A day of this case")


def _day(on: date, first: date, shown: Authority, entries: dict[str, list[Json]]) -> Day:
    return Day(
        on=on,
        is_of_month=on.month == first.month,
        is_today=on == shown.today,
        entries=entries.get(on.isoformat(), []),
    )


def _ways(shown: Authority, first: date) -> dict[str, str]:
    """The months beside this one, today's, and the feed in the reader's language."""
    before = (first - timedelta(days=1)).replace(day=1)
    after = (first + timedelta(days=31)).replace(day=1)
    place = "calendar.month"
    return {
        "before_href": url_for(place, authority=shown.code, month=f"{before:%Y-%m}"),
        "after_href": url_for(place, authority=shown.code, month=f"{after:%Y-%m}"),
        "now_href": url_for(place, authority=shown.code),
        "feed_href": url_for(
            "feeds.public", authority=shown.code, lang=current_language(), _external=True
        ),
    }


def _first_of(asked: str, today: date) -> date:
    """The first day of the month asked for; of today's where nothing sensible was asked."""
    found = MONTH.fullmatch(asked)
    if found is None:
        return today.replace(day=1)
    return date(int(found["year"]), int(found["month"]), 1)


def _has_desk(shown: Authority) -> bool:
    person = viewer()
    return person is not None and person.authority == shown.code and person.holds(*COUNCIL)
