from __future__ import annotations

from datetime import date

import pytest

from shared.law.errors import LawError
from shared.law.packs import load_pack
from shared.law.sessions import (
    is_ordinary_month,
    next_session,
    opening_days,
    steps_before,
    usual_opening,
)

pytestmark = pytest.mark.unit

D = date.fromisoformat
SESSIONS = [D("2026-05-07"), D("2026-02-05"), D("2025-10-02")]


def pack_of(name: str = "ma-commune"):
    return load_pack(name, D("2026-01-01"))


@pytest.mark.parametrize(
    ("decided", "session", "clash"),
    [
        ("2025-10-02", "2026-02-05", False),
        ("2026-01-16", "2026-02-05", False),
        ("2026-01-17", "2026-02-05", True),
        ("2026-02-04", "2026-02-05", True),
        ("2026-02-05", "2026-05-07", False),
        ("2026-04-17", "2026-05-07", False),
        ("2026-04-18", "2026-05-07", True),
    ],
)
def test_the_session_is_the_first_after_the_decision_even_when_time_is_short(
    decided, session, clash
):
    found = next_session(pack_of(), D(decided), SESSIONS)

    assert (found.session, found.clash) == (D(session), clash)
    assert ("clash" in found.explanation["en"]) == clash


def test_may_leads_back_to_the_agenda_and_notice_of_the_worked_calendar():
    steps = steps_before(pack_of(), D("2026-05-07"))

    assert steps.agenda_to_governor_latest == D("2026-04-17")
    assert steps.notice_to_members_latest == D("2026-04-27")


@pytest.mark.parametrize("name", ["ma-province", "ma-region"])
def test_provinces_and_regions_give_notice_seven_days_before(name):
    found = next_session(pack_of(name), D("2026-01-01"), [D("2026-06-08")])

    assert found.agenda_to_governor_latest == D("2026-05-19")
    assert found.notice_to_members_latest == D("2026-06-01")


def test_a_decision_after_every_listed_session_is_refused():
    with pytest.raises(LawError) as refused:
        next_session(pack_of(), D("2026-05-07"), SESSIONS)

    assert refused.value.field == "ordinary_sessions"


@pytest.mark.parametrize(
    ("name", "months"),
    [("ma-commune", {2, 5, 10}), ("ma-province", {1, 6, 9}), ("ma-region", {3, 7, 10})],
)
def test_each_kind_of_council_has_its_three_months(name, months):
    pack = pack_of(name)

    assert {month for month in range(1, 13) if is_ordinary_month(pack, month).is_ordinary} == months


@pytest.mark.parametrize("month", [0, 13, True])
def test_a_month_that_does_not_exist_is_refused(month):
    with pytest.raises(LawError) as refused:
        is_ordinary_month(pack_of(), month)

    assert refused.value.field == "month"


@pytest.mark.parametrize(
    ("name", "year", "month", "opening"),
    [
        ("ma-province", 2026, 1, "2026-01-12"),
        ("ma-province", 2026, 6, "2026-06-08"),
        ("ma-region", 2026, 3, "2026-03-02"),
        ("ma-region", 2026, 7, "2026-07-06"),
    ],
)
def test_provinces_and_regions_open_on_the_monday_the_law_sets(name, year, month, opening):
    assert usual_opening(pack_of(name), year, month) == D(opening)


def test_an_opening_on_a_holiday_moves_to_the_next_working_day():
    found = usual_opening(pack_of("ma-region"), 2026, 3, holidays=[D("2026-03-02")])

    assert found == D("2026-03-03")


def test_the_first_week_of_a_commune_is_left_to_a_person():
    assert usual_opening(pack_of(), 2026, 2) is None
    assert usual_opening(pack_of("ma-region"), 2026, 4) is None


@pytest.mark.parametrize(
    ("kind", "month", "days"),
    [
        ("commune", (2024, 2), ("2024-02-01", "2024-02-11")),
        ("commune", (2024, 5), ("2024-05-01", "2024-05-12")),
        ("commune", (2029, 10), ("2029-10-01", "2029-10-07")),
        ("commune", (2024, 3), None),
        ("province", (2026, 6), ("2026-06-08", "2026-06-08")),
        ("region", (2026, 3), ("2026-03-02", "2026-03-02")),
    ],
)
def test_the_first_week_is_read_widely_and_a_monday_of_the_law_exactly(
    kind: str, month: tuple[int, int], days: tuple[str, str] | None
) -> None:
    pack = load_pack(f"ma-{kind}", date(2024, 1, 1))

    found = opening_days(pack, *month)

    assert found == (days and tuple(date.fromisoformat(one) for one in days))
