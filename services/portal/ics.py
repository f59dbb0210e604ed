"""A council's calendar as an iCalendar feed (RFC 5545): whole days, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from services.portal.clients import Json
from services.portal.formats import plain_text
from shared.web.i18n import current_language

PRODUCT = "-//Arida//Council calendar//EN"
REFRESH = timedelta(hours=6)
CONFIRMED = frozenset({"convened", "opened", "closed", "quorum_met", "quorum_failed", "ended"})
"""States in which a meeting is sure; before the members are convened it may still move."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A civil day of the calendar; ``status`` is CONFIRMED, TENTATIVE or CANCELLED.

    The same thing keeps its ``uid`` for ever, and its ``sequence`` grows with each act on it, so a
    calendar program moves or strikes out what it has instead of adding a second one.
    """

    uid: str
    on: date
    sequence: int
    changed_at: datetime
    title: str
    description: str
    href: str
    status: str


def meeting_entry(meeting: Json, title: str, href: str) -> Entry:
    """A session or a sitting, with the points of its agenda."""
    status = "CONFIRMED" if meeting["state"] in CONFIRMED else "TENTATIVE"
    points = "\n".join(_point(number, one) for number, one in enumerate(meeting["points"], 1))
    return _entry(
        meeting,
        uid=f"{meeting['kind']}-{meeting['id']}@arida",
        title=title,
        description=points,
        href=href,
        status="CANCELLED" if meeting["is_cancelled"] else status,
    )


def case_entry(case: Json, title: str, href: str) -> Entry:
    """The day on which the next legal step of a case is due, with how it is counted."""
    step = case.get("next_step") or {}
    told = [plain_text(case["subject"]), plain_text(step["explanation"]) if step else ""]
    return _entry(
        case,
        uid=f"case-{case['case']}@arida",
        title=f"{title} – {case['reference']}",
        description="\n".join(one for one in told if one),
        href=href,
        status="CONFIRMED",
    )


def feed(name: str, entries: Iterable[Entry]) -> bytes:
    """The entries as one calendar called ``name``."""
    from icalendar import Calendar  # noqa: PLC0415 - only who reads the feed pays for it.

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for entry in entries:
        calendar.add_component(_event(entry))
    made: bytes = calendar.to_ical()
    return made


def _event(entry: Entry) -> Any:
    from icalendar import Event  # noqa: PLC0415

    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.changed_at)
    event.add("last-modified", entry.changed_at)
    event.add("sequence", entry.sequence)
    event.add("dtstart", entry.on)
    # The end is the first moment that is no part of it (RFC 5545, 3.6.1).
    event.add("dtend", entry.on + timedelta(days=1))
    event.add("summary", entry.title, parameters={"LANGUAGE": current_language()})
    if entry.description:
        event.add("description", entry.description)
    event.add("url", entry.href)
    event.add("status", entry.status)
    event.add("transp", "TRANSPARENT")
    return event


def _entry(row: Json, **told: str) -> Entry:
    return Entry(
        on=date.fromisoformat(row["on"]),
        sequence=row["sequence"],
        changed_at=datetime.fromisoformat(row["changed_at"]).replace(microsecond=0),
        **told,
    )


def _point(number: int, point: Json) -> str:
    reference = f" ({point['reference']})" if point["reference"] else ""
    return f"{number}. {plain_text(point['subject'])}{reference}"
