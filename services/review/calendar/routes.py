"""The HTTP interface of the calendar, under ``/review/v1``."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify, request
from flask_smorest import Blueprint

from services.review.calendar import reading
from services.review.calendar.schemas import CalendarOut, CalendarQuery, MeetingOut
from shared.web.auth import EVERYONE, claims, may
from shared.web.scope import current_context

blueprint = Blueprint("calendar", __name__, description="Sessions, sittings and days that are due.")

COUNCIL = frozenset({"secretariat", "president", "bureau", "committee-chair", "council-member"})
FOR_FEEDS = frozenset({"service"})
"""portal reads as itself for a calendar program, once identity knows the address as somebody's."""


@blueprint.get("/calendar")
@may(EVERYONE)
@blueprint.arguments(CalendarQuery, location="query")
@blueprint.response(200, CalendarOut)
def read_calendar(data: dict[str, Any]) -> Response:
    """Meetings for everyone; for the council's people also planned ones and the days of cases."""
    is_council = _is_of_council(data["authority"])
    days = reading.Days(**data)
    with current_context().database.read(data["authority"]) as session:
        meetings = reading.meetings(session, days, with_planned=is_council)
        cases = reading.due_cases(session, days) if is_council else []
        return jsonify({"meetings": MeetingOut(many=True).dump(meetings), "cases": cases})


def _is_of_council(authority: str) -> bool:
    """Whether the caller came with a token of this authority and a role of its council."""
    if "Authorization" not in request.headers:
        return False
    who = claims()
    return who.authority == authority and bool((COUNCIL | FOR_FEEDS) & who.roles)
