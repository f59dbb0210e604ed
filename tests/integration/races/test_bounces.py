"""notifications tells that a member's notice could not leave; review makes of it what it must."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from services.review.council.models import Mandate
from services.review.sessions.notice_models import FailedNotice
from shared.events.council import MandateStarted
from shared.testing.harness import Harness, person
from tests.integration.notifications.conftest import Desk, FakeIdentity
from tests.integration.notifications.told_events import mandate
from tests.integration.races.conftest import PassOn
from tests.integration.races.table import race
from tests.integration.review.session_support import OPENS_ON, Council

LAST_DAY, AFTER = "2024-01-27", "2024-01-29"
UNUSABLE = "two words@demo.example"


@pytest.fixture
def mailing(harness_on: Any, database_kind: str) -> Desk:
    """notifications, with one member whose address takes no mail and one whose does."""
    harness: Harness = harness_on("notifications", database_kind)
    made = Desk(harness, FakeIdentity())
    for name in ("member-1", "member-2"):
        made.hear(MandateStarted(), mandate(name), subject=f"mandate/{person('mandate' + name)}")
    made.identity.knows("member-1", "fr", address=UNUSABLE)
    made.identity.knows("member-2", "fr")
    return made


def urgent(council: Council) -> Any:
    """What the queue calls urgent."""
    return council.get("/failed-notices").json["sessions"]


def sent_on(council: Council, mailing: Desk, pass_on: PassOn, day: str) -> None:
    """The notices go out, and review hears on a day of those that could not."""
    pass_on(council.review, mailing.harness)
    mailing.sender.send_due()
    council.today(day)
    pass_on(mailing.harness, council.review)


@race("e-mail that bounced and last day", first="bounce")
def test_a_notice_that_bounced_before_the_last_day_is_an_urgent_task(
    council: Council, mailing: Desk, pass_on: PassOn
) -> None:
    session, _ = council.convened()

    sent_on(council, mailing, pass_on, LAST_DAY)

    (row,) = council.review.rows(FailedNotice)
    assert (str(row.person_id), row.channel) == (person("member-1"), "electronic")
    assert [(one["session"], one["is_late"]) for one in urgent(council)] == [(session, False)]
    (told,) = mailing.harness.emitted("bounce.noted.v1")
    assert UNUSABLE not in str(told)


@race("e-mail that bounced and last day", first="last day")
def test_a_notice_that_bounced_after_the_last_day_waits_for_the_president(
    council: Council, mailing: Desk, pass_on: PassOn
) -> None:
    council.convened()

    sent_on(council, mailing, pass_on, AFTER)

    assert [one["is_late"] for one in urgent(council)] == [True]
    (told,) = council.review.emitted("session.notice_failed.v1")
    assert told.data.what["is_late"] is True


def test_a_bounce_changes_nothing_once_the_session_has_opened_or_the_member_left(
    council: Council, mailing: Desk, pass_on: PassOn
) -> None:
    session, _ = council.convened()
    pass_on(council.review, mailing.harness)
    mailing.sender.send_due()
    (seat,) = [
        one for one in council.review.rows(Mandate) if one.person_id == UUID(person("member-1"))
    ]
    council.done(f"/mandates/{seat.id}/ending", {"reason": "resigned", "acted_on": "2024-01-25"})
    council.today("2024-01-26")

    pass_on(mailing.harness, council.review)
    council.today(OPENS_ON)
    council.done(f"/sessions/{session}/sittings", {"call": 1, "present": 4})

    assert council.review.rows(FailedNotice) == []


def test_other_notices_that_fail_are_told_to_nobody_who_does_not_wait_for_them(
    mailing: Desk,
) -> None:
    mailing.identity.knows("legal", "fr", address=UNUSABLE)
    mailing.file_petition("legal")

    mailing.sender.send_due()

    assert [one.type for one in mailing.harness.emitted()] == ["notice.failed.v1"]
