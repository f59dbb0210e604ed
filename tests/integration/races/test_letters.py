"""A term is computed anew while the notices of its old day wait, or after they were sent."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from shared.events.cases import DeadlineApproaching, DeadlineMoved
from shared.testing.harness import Harness, person
from tests.integration.notifications.conftest import Desk, FakeIdentity, case_snapshot
from tests.integration.races.table import race

CASE = f"case/{person('petition')}"
RULE, OLD, NEW = "refusal-notice", date(2024, 1, 16), date(2024, 1, 17)


@pytest.fixture
def mailing(harness_on: Any, database_kind: str) -> Desk:
    """notifications, with a petitioner and a clerk who were told of nothing yet."""
    harness: Harness = harness_on("notifications", database_kind)
    made = Desk(harness, FakeIdentity())
    made.grant("clerk", "secretariat")
    made.clear_notices()
    return made


def warned(mailing: Desk) -> None:
    """The case was opened, and its term ends soon."""
    mailing.open_case("legal")
    told = DeadlineApproaching(rule=RULE, due_on=OLD, level=0)
    mailing.hear(told, case_snapshot("legal"), subject=CASE, sequence=2)


def moved(mailing: Desk, *, sequence: int = 3, was: date = OLD, now: date = NEW) -> None:
    """A holiday was decreed: the term ends on another day."""
    told = DeadlineMoved(rule=RULE, due_on=now, was_due_on=was)
    after = case_snapshot("legal", refusal_due_on=now)
    mailing.hear(told, after, subject=CASE, sequence=sequence)


def by_kind(mailing: Desk) -> dict[str, list[str]]:
    """The states of all notices by what they tell."""
    found: dict[str, list[str]] = {}
    for one in mailing.notices:
        found.setdefault(one.notice_kind, []).append(one.state)
    return found


@race("moved term and its notice", first="move")
def test_a_notice_of_the_old_day_that_did_not_leave_is_taken_back(mailing: Desk) -> None:
    warned(mailing)

    moved(mailing)
    mailing.sender.send_due()

    assert by_kind(mailing) == {
        "case_opened": ["delivered", "delivered"],
        "case_deadline_approaching": ["cancelled"],
    }
    opened = [one for one in mailing.notices if one.notice_kind == "case_opened"]
    assert {one.facts["refusal_due_on"] for one in opened} == {"2024-01-17"}
    (told,) = mailing.harness.emitted("notice.cancelled.v1")
    assert told.data.what == {"because": "term-moved"}
    shown = mailing.harness.request("GET", "/notices", role="secretariat", who="clerk").json
    assert [one["notice_kind"] for one in shown["notices"]] == ["case_opened"]


@race("moved term and its notice", first="sending")
def test_who_was_told_the_old_day_gets_a_letter_with_the_new_one(mailing: Desk) -> None:
    warned(mailing)
    mailing.sender.send_due()

    moved(mailing)

    assert mailing.told("case_deadline_moved") == sorted([person("legal"), person("clerk")])
    letters = [one for one in mailing.notices if one.notice_kind == "case_deadline_moved"]
    assert {(one.facts["was_due_on"], one.facts["due_on"]) for one in letters} == {
        ("2024-01-16", "2024-01-17")
    }
    assert by_kind(mailing)["case_deadline_approaching"] == ["delivered"]
    assert mailing.harness.emitted("notice.cancelled.v1") == []


def test_a_letter_that_did_not_leave_says_the_newest_day(mailing: Desk) -> None:
    warned(mailing)
    mailing.sender.send_due()
    moved(mailing)

    moved(mailing, sequence=4, was=NEW, now=date(2024, 1, 18))

    letters = [one for one in mailing.notices if one.notice_kind == "case_deadline_moved"]
    assert [(one.due_version, one.facts["due_on"]) for one in letters] == [
        (f"{RULE}@2024-01-17", "2024-01-18")
    ] * 2


def test_a_day_to_act_by_that_moves_alone_is_told_to_nobody(mailing: Desk) -> None:
    warned(mailing)
    mailing.sender.send_due()

    moved(mailing, was=OLD, now=OLD)

    assert mailing.told("case_deadline_moved") == []


def test_a_notice_that_a_sender_has_in_hand_counts_as_sent(mailing: Desk) -> None:
    warned(mailing)
    held = mailing.sender._take()
    assert held is not None

    moved(mailing)

    assert mailing.told("case_deadline_moved") == [str(held.notice.person_id)]
