"""The term of a refusal: told 14 days ahead and when missed, once each; moved by holidays."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.review.firing import TimerFiring
from shared.broker.delivery import ACK
from shared.events.authorities import AuthorityChanged, AuthoritySnapshot
from shared.events.texts import Texts
from shared.testing.harness import Harness
from tests.integration.review.case_support import DESPITE, Desk


@pytest.fixture
def desk(harness_on: Any, database_kind: str) -> Desk:
    """A council with offices, on either database."""
    harness: Harness = harness_on("review", database_kind)
    return Desk(harness)


def test_a_term_is_told_fourteen_days_before_its_safe_day_and_not_before(desk: Desk) -> None:
    desk.filed()
    desk.today("2024-01-01")
    desk.fire_timers()
    before = desk.types("case")
    desk.today("2024-01-02")

    desk.fire_timers()
    desk.fire_timers()

    assert before == ["opened"]
    assert desk.types("case") == ["opened", "deadline_approaching"]
    told = desk.review.emitted("case.deadline_approaching.v1")[0]
    assert told.data.what == {"rule": "refusal-notice", "due_on": "2024-01-16", "level": 0}
    assert (told.actorrole, told.data.acted_on) == ("service", date(2024, 1, 2))


def test_a_missed_term_is_told_once_the_day_after_and_the_bureau_may_still_decide(
    desk: Desk,
) -> None:
    case = desk.filed()
    desk.today("2024-01-16")
    desk.fire_timers()
    on_the_day = desk.types("case")
    desk.today("2024-01-17")

    desk.fire_timers()
    desk.fire_timers()
    desk.done(f"/cases/{case}/admission", DESPITE, who="vice")

    assert on_the_day == ["opened", "deadline_approaching"]
    assert desk.types("case") == [*on_the_day, "deadline_missed", "admitted"]
    assert {row.rule for row in desk.review.rows(TimerFiring)} == {
        "warn:refusal-notice",
        "miss:refusal-notice",
    }


def test_a_leap_past_the_term_tells_the_miss_and_no_warning(desk: Desk) -> None:
    desk.filed()
    desk.today("2024-03-01")

    desk.fire_timers()

    assert desk.types("case") == ["opened", "deadline_missed"]


def test_a_decided_case_has_no_running_term(desk: Desk) -> None:
    desk.admitted()
    desk.today("2024-03-01")

    desk.fire_timers()

    assert desk.types("case") == ["opened", "admitted"]


def test_each_authority_has_its_own_day(desk: Desk) -> None:
    desk.filed()
    desk.review.know_authority("tiznit", today=date(2024, 3, 1))

    desk.fire_timers()

    assert desk.types("case") == ["opened"]


def test_a_new_holiday_moves_the_day_to_act_by_and_is_told(desk: Desk) -> None:
    case = desk.filed()
    after = AuthoritySnapshot(
        code="taroudant",
        state="active",
        kind="commune",
        name=Texts(fr="Taroudant", original="fr"),
        zone="Africa/Casablanca",
        languages=["ar", "fr"],
        population=80149,
        has_arrondissements=False,
        business_date=date(2023, 12, 1),
        holidays=[date(2024, 1, 16)],
        local_rules={},
    )

    outcome = desk.review.deliver(
        AuthorityChanged(fields=["holidays"]), after, subject="authority/taroudant"
    )

    assert outcome == ACK
    row = desk.case(case)
    assert (row.refusal_due_on, row.refusal_safe_on) == (date(2024, 1, 16), date(2024, 1, 15))
    moved = desk.review.emitted("case.deadline_moved.v1")[0]
    assert moved.data.what["was_due_on"] == "2024-01-16"
    assert moved.data.after["refusal_safe_on"] == "2024-01-15"
