"""A council's calendar as an iCalendar feed (RFC 5545): whole days, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from services.portal.clients import Json
from services.portal.formats import plain_text
from shared.web.i18n import current_language

PRODUCT = "-//Arida//Council calendar//EN"
REFRESH = timedelta(hours=6)
CONFIRMED = frozenset({"convened", "opened", "closed", "quorum_met", "quorum_failed", "ended"})
"""States in which a meeting is sure; before the members are convened it may still move."""


def feed(name: str, meetings: Sequence[Json], *, title: Callable[[Json], str], href: str) -> bytes:
    """The meetings as one calendar called ``name``; ``title`` says what each is.

    The same meeting keeps its UID for ever, and its SEQUENCE grows with each act on it, so a
    calendar program moves or strikes out what it has instead of adding a second one.
    """
    from icalendar import Calendar  # noqa: PLC0415 - only who reads the feed pays for it.

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for meeting in meetings:
        calendar.add_component(_event(meeting, title(meeting), href))
    made: bytes = calendar.to_ical()
    return made


def _event(meeting: Json, title: str, href: str) -> Any:
    from icalendar import Event  # noqa: PLC0415

    event = Event()
    on = date.fromisoformat(meeting["on"])
    changed_at = datetime.fromisoformat(meeting["changed_at"]).replace(microsecond=0)
    event.add("uid", f"{meeting['kind']}-{meeting['id']}@arida")
    event.add("dtstamp", changed_at)
    event.add("last-modified", changed_at)
    event.add("sequence", meeting["sequence"])
    event.add("dtstart", on)
    # The end is the first moment that is no part of it (RFC 5545, 3.6.1).
    event.add("dtend", on + timedelta(days=1))
    event.add("summary", title, parameters={"LANGUAGE": current_language()})
    points = "\n".join(_point(number, one) for number, one in enumerate(meeting["points"], 1))
    if points:
        event.add("description", points)
    event.add("url", href)
    event.add("status", _status(meeting))
    event.add("transp", "TRANSPARENT")
    return event


def _status(meeting: Json) -> str:
    if meeting["is_cancelled"]:
        return "CANCELLED"
    return "CONFIRMED" if meeting["state"] in CONFIRMED else "TENTATIVE"


def _point(number: int, point: Json) -> str:
    reference = f" ({point['reference']})" if point["reference"] else ""
    return f"{number}. {plain_text(point['subject'])}{reference}"
