"""The duties after a session come back from the log as they were recorded."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from services.review.sessions.models import CouncilSession
from tests.integration.filling.conftest import Ground
from tests.integration.filling.test_fill_committees import lost_and_filled
from tests.integration.review.case_support import Desk

PROOF = {"proof": "Récépissé n° 41"}


@pytest.fixture
def ground(ground_of: Callable[[str], Ground]) -> Ground:
    """review with its log."""
    return ground_of("review")


def played(desk: Desk) -> tuple[str, str]:
    """A session that was closed after a vote, with its duties done; it and its decision."""
    case = desk.referred()
    desk.deliberated(case)
    session = str(desk.review.rows(CouncilSession)[0].id)
    desk.done(f"/sessions/{session}/follow-up-report", who="chief")
    desk.done(f"/sessions/{session}/closing", who="chief")
    decision = desk.get(f"/sessions/{session}").json["decisions"][0]["id"]
    desk.today("2024-02-09")
    desk.done(f"/decisions/{decision}/posting")
    desk.done(f"/sessions/{session}/minutes")
    return session, decision


def test_every_duty_comes_back(ground: Ground) -> None:
    desk = Desk(ground.harness)
    session, _decision = played(desk)
    desk.done(f"/sessions/{session}/register-sending", PROOF)
    later = desk_session_in_may(desk)
    desk.done(f"/sessions/{session}/minutes-adoption")

    before, after = lost_and_filled(ground)

    kinds = {row["formality"] for row in before["council_formality"]}
    assert len(kinds) == 5
    assert by_key(after["council_formality"]) == by_key(before["council_formality"])
    assert awaited(after) == awaited(before)
    assert desk.get(f"/sessions/{later}").json["minutes_to_adopt"] == []


def test_a_register_that_is_awaited_is_awaited_again_and_told_once(ground: Ground) -> None:
    desk = Desk(ground.harness)
    played(desk)
    desk.today("2024-03-01")
    desk.fire_timers()
    told = desk.types("session")

    before, after = lost_and_filled(ground)
    desk.fire_timers()

    assert told.count("duty_missed") == 1
    assert awaited(after) == awaited(before)
    assert any(day for day in awaited(after).values())
    assert desk.types("session").count("duty_missed") <= 1


def desk_session_in_may(desk: Desk) -> str:
    """The id of the session of May, opened."""
    desk.today("2024-04-16")
    session = desk.planned("2024-05-07")
    desk.done(f"/sessions/{session}/items", {"subject": {"fr": "Voirie"}})
    desk.done(f"/sessions/{session}/call", who="chief")
    desk.today("2024-04-26")
    desk.done(f"/sessions/{session}/convening", who="chief")
    desk.today("2024-05-07")
    desk.done(f"/sessions/{session}/sittings", {"call": 1, "present": 5})
    return session


def by_key(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of duties in an order of their own."""
    return sorted(rows, key=lambda row: (row["subject"], row["formality"]))


def awaited(rows: dict[str, Any]) -> dict[str, Any]:
    """Until when each session's register is awaited."""
    return {str(row["id"]): row["register_awaited_until"] for row in rows["session"]}
