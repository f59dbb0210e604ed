"""A holiday is decreed or a rule changed while a body works on its opinion, or before."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.opinions.models import KnownConsultation
from services.review.cases.consultation_models import Consultation
from shared.events.consultations import (
    ConsultationDeadlineMoved,
    ConsultationLapsed,
    ConsultationRequested,
)
from shared.testing.harness import TODAY, Harness, person
from tests.integration.notifications.conftest import Desk as Mailing
from tests.integration.notifications.conftest import FakeIdentity
from tests.integration.notifications.told_events import consultation, form_body
from tests.integration.opinions.conftest import Bodies
from tests.integration.races.conftest import PassOn
from tests.integration.races.table import race
from tests.integration.races.test_terms import OWN, told
from tests.integration.review.case_support import BODY
from tests.integration.review.opinion_support import VotingDesk

TEN_DAYS = {"opinion-due": {"value": 10, "unit": "working-days", **OWN}}
TWENTY_DAYS = {"opinion-due": {**TEN_DAYS["opinion-due"], "value": 20}}
DUE, LATER = date(2023, 10, 30), date(2023, 10, 31)
"""Ten working days after 16 October 2023, and with one of them a holiday."""
DECREED = date(2023, 10, 25)


@pytest.fixture
def counting(desk: VotingDesk) -> VotingDesk:
    """A council that gives bodies ten working days by a rule of its own."""
    desk.body_formed()
    changed(desk, "local_rules")
    return desk


def changed(desk: VotingDesk, field: str, **facts: Any) -> None:
    """The authority changed its day, its holidays or its rules, the next time."""
    count = desk.sequences["authority"] = desk.sequences.get("authority", 0) + 1
    told(desk, field, sequence=count, **{"local_rules": TEN_DAYS, **facts})


def asked(desk: VotingDesk, case: str, **body: Any) -> str:
    """The id of a consultation; without a day the rule counts it."""
    return str(desk.done(f"/cases/{case}/consultations", {"body": BODY, **body})["id"])


def decreed(desk: VotingDesk, *, today: date = TODAY) -> None:
    """The holiday is told on a day."""
    changed(desk, "holidays", holidays=[DECREED], business_date=today)


def stands(desk: VotingDesk) -> tuple[str, date]:
    """State and day of the one consultation."""
    (row,) = desk.review.rows(Consultation)
    return row.state, row.due_on


def moves(desk: VotingDesk) -> list[dict[str, Any]]:
    """What the events of moved days say."""
    told_of = desk.review.emitted("consultation.deadline_moved.v1")
    return [one.data.what for one in told_of]


@race("holiday and day of a consultation", first="holiday")
def test_a_day_that_is_counted_after_the_decree_skips_the_holiday(counting: VotingDesk) -> None:
    decreed(counting)

    asked(counting, counting.filed())

    assert stands(counting) == ("requested", LATER)
    assert moves(counting) == []


@race("holiday and day of a consultation", first="request")
def test_a_running_day_moves_and_is_never_shortened(
    counting: VotingDesk, bodies: Bodies, pass_on: PassOn
) -> None:
    asked(counting, counting.filed())
    before = stands(counting)

    decreed(counting)

    assert (before, stands(counting)) == (("requested", DUE), ("requested", LATER))
    assert moves(counting) == [{"due_on": "2023-10-31", "was_due_on": "2023-10-30"}]
    changed(counting, "holidays")
    assert stands(counting) == ("requested", LATER)
    assert len(moves(counting)) == 1
    pass_on(counting.review, bodies.harness)
    assert [one.due_on for one in bodies.harness.rows(KnownConsultation)] == [LATER]


def test_a_day_that_a_person_gave_does_not_move(counting: VotingDesk) -> None:
    asked(counting, counting.filed(), due_on="2023-10-30")

    decreed(counting)

    assert (stands(counting), moves(counting)) == (("requested", DUE), [])


@race("holiday and lapse of a consultation", first="holiday")
def test_what_moved_in_time_does_not_lapse_on_the_old_day(counting: VotingDesk) -> None:
    asked(counting, counting.filed())
    decreed(counting)

    decreed(counting, today=LATER)
    counting.fire_timers()

    assert stands(counting) == ("requested", LATER)


@race("holiday and lapse of a consultation", first="lapse")
def test_what_lapsed_on_the_old_day_is_asked_again_until_the_new_one(counting: VotingDesk) -> None:
    asked(counting, counting.filed())
    changed(counting, "business_date", business_date=LATER)
    counting.fire_timers()
    lapsed = stands(counting)

    decreed(counting, today=LATER)
    again = stands(counting)
    decreed(counting, today=date(2023, 11, 1))
    counting.fire_timers()

    assert (lapsed, again) == (("lapsed", DUE), ("reopened", LATER))
    assert stands(counting) == ("lapsed", LATER)
    assert counting.types("consultation") == ["requested", "lapsed", "deadline_moved", "lapsed"]


def test_what_lapsed_stays_so_where_the_new_day_has_passed_too(counting: VotingDesk) -> None:
    asked(counting, counting.filed())
    changed(counting, "business_date", business_date=date(2023, 11, 2))
    counting.fire_timers()

    decreed(counting, today=date(2023, 11, 2))

    assert (stands(counting), moves(counting)) == (("lapsed", DUE), [])


@race("changed local rule and day of a consultation", first="rule")
def test_a_case_opened_after_the_rule_gives_the_body_its_time(counting: VotingDesk) -> None:
    changed(counting, "local_rules", local_rules=TWENTY_DAYS)

    asked(counting, counting.filed())

    # The sixth of November is a holiday.
    assert stands(counting) == ("requested", date(2023, 11, 14))


@race("changed local rule and day of a consultation", first="request")
def test_a_case_opened_before_the_rule_keeps_the_day_of_its_own(counting: VotingDesk) -> None:
    asked(counting, counting.filed())

    changed(counting, "local_rules", local_rules=TWENTY_DAYS)

    assert (stands(counting), moves(counting)) == (("requested", DUE), [])


@pytest.fixture
def mailing(harness_on: Any, database_kind: str) -> Mailing:
    """notifications, with a body of two that was asked for an opinion."""
    harness: Harness = harness_on("notifications", database_kind)
    made = Mailing(harness, FakeIdentity())
    made.open_case("legal")
    form_body(made, "first", "second")
    made.clear_notices()
    return made


def heard(mailing: Mailing, what: Any, *, sequence: int, due_on: date) -> None:
    """An event of the consultation."""
    after = consultation(due_on=due_on)
    mailing.hear(what, after, subject=f"consultation/{person('asked')}", sequence=sequence)


def moved(mailing: Mailing, *, sequence: int) -> None:
    """The holiday was decreed."""
    what = ConsultationDeadlineMoved(due_on=LATER, was_due_on=DUE)
    heard(mailing, what, sequence=sequence, due_on=LATER)


def by_kind(mailing: Mailing) -> dict[str, list[tuple[str, str]]]:
    """State and last day of all notices by what they tell."""
    found: dict[str, list[tuple[str, str]]] = {}
    for one in mailing.notices:
        found.setdefault(one.notice_kind, []).append((one.state, one.facts["due_on"]))
    return found


@race("moved day of a consultation and its letter", first="move")
def test_a_request_that_did_not_leave_says_the_new_day_and_a_lapse_is_not_told(
    mailing: Mailing,
) -> None:
    heard(mailing, ConsultationRequested(is_given=False), sequence=1, due_on=DUE)
    heard(mailing, ConsultationLapsed(), sequence=2, due_on=DUE)

    moved(mailing, sequence=3)
    mailing.sender.send_due()

    assert by_kind(mailing) == {
        "consultation_requested": [("delivered", "2023-10-31")] * 2,
        "consultation_lapsed": [("cancelled", "2023-10-30")] * 2,
    }


@race("moved day of a consultation and its letter", first="sending")
def test_members_who_were_told_the_old_day_get_a_letter_with_the_new_one(mailing: Mailing) -> None:
    heard(mailing, ConsultationRequested(is_given=False), sequence=1, due_on=DUE)
    mailing.sender.send_due()

    moved(mailing, sequence=2)

    kinds = by_kind(mailing)
    assert kinds["consultation_requested"] == [("delivered", "2023-10-30")] * 2
    assert kinds["consultation_deadline_moved"] == [("intended", "2023-10-31")] * 2
    people = sorted([person("first"), person("second")])
    assert mailing.told("consultation_deadline_moved") == people
