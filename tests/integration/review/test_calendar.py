"""The calendar: meetings for everyone, drafts and the days of cases for the council alone."""

from __future__ import annotations

from typing import Any

import pytest

from shared.testing.harness import AUTHORITY, Harness
from tests.integration.review.case_support import Desk

YEAR = f"/calendar?authority={AUTHORITY}&from=2023-11-01&until=2024-12-31"


@pytest.fixture
def desk(harness_on: Any, database_kind: str) -> Desk:
    """A council on either database."""
    review: Harness = harness_on("review", database_kind)
    return Desk(review)


def meetings(desk: Desk, path: str = YEAR) -> Any:
    """What everybody sees."""
    return desk.anyone("GET", path).json["meetings"]


def called(desk: Desk) -> str:
    """A session with one item, called in time."""
    case = desk.referred()
    desk.today("2024-01-15")
    session = desk.planned()
    desk.done(f"/sessions/{session}/items", {"case": case})
    desk.done(f"/sessions/{session}/call", who="chief")
    return session


def test_a_planned_session_is_for_the_council_alone(desk: Desk) -> None:
    desk.today("2024-01-02")
    session = desk.planned()

    own = desk.get(YEAR).json["meetings"]

    assert meetings(desk) == []
    assert [(one["session"], one["state"]) for one in own] == [(session, "planned")]
    assert desk.get(YEAR, authority="agadir", role="secretariat").json["meetings"] == []


def test_a_called_session_is_for_everyone_with_its_agenda(desk: Desk) -> None:
    session = called(desk)

    (one,) = meetings(desk)

    assert (one["id"], one["on"], one["kind"]) == (session, "2024-02-06", "session")
    (point,) = one["points"]
    assert (point["subject"]["fr"], point["reference"]) == ("Un centre", "taroudant/2023/1")
    assert one["is_cancelled"] is False


def test_each_act_raises_the_sequence_and_a_postponement_strikes_it_out(desk: Desk) -> None:
    session = called(desk)
    seen = [meetings(desk)[0]]
    desk.today("2024-01-25")
    desk.done(f"/sessions/{session}/convening", who="chief")
    seen.append(meetings(desk)[0])
    desk.done(f"/sessions/{session}/postponement", {"reason": "force-majeure"}, who="chief")
    seen.append(meetings(desk)[0])

    numbers = [one["sequence"] for one in seen]
    assert numbers == sorted(set(numbers))
    assert [one["id"] for one in seen] == [session] * 3
    assert [one["is_cancelled"] for one in seen] == [False, False, True]
    assert seen[0]["changed_at"] < seen[2]["changed_at"]


def test_a_sitting_on_another_day_than_the_opening_is_listed(desk: Desk) -> None:
    session = called(desk)
    desk.today("2024-01-25")
    desk.done(f"/sessions/{session}/convening", who="chief")
    desk.today("2024-02-06")
    desk.done(f"/sessions/{session}/sittings", {"call": 1, "present": 1})
    desk.today("2024-02-12")
    second = {"call": 2, "present": 5, "called_on": "2024-02-09"}
    desk.done(f"/sessions/{session}/sittings", second)

    found = [(one["kind"], one["on"], one["call"]) for one in meetings(desk)]

    assert found == [("session", "2024-02-06", None), ("sitting", "2024-02-12", 2)]
    only = meetings(desk, YEAR.replace("from=2023-11-01", "from=2024-02-07"))
    assert [one["kind"] for one in only] == ["sitting"]


def test_the_days_of_cases_are_for_the_council_alone(desk: Desk) -> None:
    case = desk.filed()

    own = desk.get(YEAR).json["cases"]

    assert [(one["case"], one["reference"]) for one in own] == [(case, "taroudant/2023/1")]
    assert own[0]["next_step"]["act"] == "decide"
    assert desk.anyone("GET", YEAR).json["cases"] == []
    assert desk.get(YEAR, who="legal").json["cases"] == []


@pytest.mark.parametrize(
    "days", ["from=2024-02-06&until=2024-02-05", "from=2020-01-01&until=2024-01-01", "from=x"]
)
def test_a_range_that_is_none_or_too_long_is_refused(desk: Desk, days: str) -> None:
    answer = desk.anyone("GET", f"/calendar?authority={AUTHORITY}&{days}")

    assert answer.status_code == 422


def test_portal_reads_for_a_calendar_program_what_the_council_sees(desk: Desk) -> None:
    case = desk.filed()

    read = desk.get(YEAR, role="service", client="service:portal").json
    foreign = desk.get(YEAR, role="service", client="service:portal", authority="agadir").json

    (due,) = read["cases"]
    assert due["case"] == case
    assert due["sequence"] >= 1
    assert due["changed_at"].endswith("+00:00")
    assert foreign["cases"] == []
