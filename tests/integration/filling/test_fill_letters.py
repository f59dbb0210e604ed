"""Notices taken back or bounced, and failed notices of sessions, come back from the log."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from services.review.sessions.notice_models import FailedNotice
from shared.events.council import MandateStarted
from shared.events.sessions import SessionConvened
from shared.testing.harness import TODAY, person
from tests.integration.filling.conftest import Ground
from tests.integration.notifications.conftest import Desk as NoticeDesk
from tests.integration.notifications.conftest import FakeIdentity
from tests.integration.notifications.told_events import mandate, session
from tests.integration.races.test_letters import moved, warned
from tests.integration.review.case_support import Desk as CouncilDesk

GroundOf = Callable[[str], Ground]
FAILURE = {"person": person("plain"), "channel": "registered-post", "reason": "returned"}


def test_a_notice_that_was_taken_back_comes_back_so(ground_of: GroundOf) -> None:
    ground = ground_of("notifications")
    desk = NoticeDesk(ground.harness, FakeIdentity())
    desk.grant("clerk", "secretariat")
    desk.grant("other", "secretariat")
    desk.sender.send_due()
    warned(desk)
    moved(desk)
    desk.sender.send_due()
    ground.relay()
    before = ground.rows()
    assert [one.state for one in desk.notices].count("cancelled") == 2

    ground.lose()
    filled = ground.fill()

    assert (filled.is_whole, filled.not_sent_again) == (True, 0)
    assert ground.rows() == before
    assert ground.harness.emitted() == []


def test_a_bounce_comes_back(ground_of: GroundOf) -> None:
    ground = ground_of("notifications")
    desk = NoticeDesk(ground.harness, FakeIdentity())
    desk.identity.knows("member-1", "fr", address="two words@demo.example")
    desk.hear(MandateStarted(), mandate("member-1"), subject=f"mandate/{person('mandate')}")
    what = SessionConvened(agenda=[], agenda_version=1, latest_on=TODAY)
    desk.hear(what, session(), subject=f"session/{person('session')}")
    desk.sender.send_due()
    ground.relay()
    before = ground.rows()
    assert len(before["bounce"]) == 1

    ground.lose()
    filled = ground.fill()

    assert filled.is_whole
    assert ground.rows() == before


def convened(desk: CouncilDesk) -> str:
    """The id of a session whose members were convened, with one free subject."""
    desk.today("2024-01-15")
    session_id = desk.planned()
    subject = {"fr": "Voirie", "original": "fr"}
    desk.done(f"/sessions/{session_id}/items", {"subject": subject})
    desk.done(f"/sessions/{session_id}/call", who="chief")
    desk.today("2024-01-25")
    desk.done(f"/sessions/{session_id}/convening", who="chief")
    return session_id


def standing(desk: CouncilDesk, session_id: str) -> list[Any]:
    """What the agenda says of the failed notices."""
    record = desk.get(f"/sessions/{session_id}/agenda").json
    return [(one["person"], one["renewed_on"], one["standing"]) for one in record["failed"]]


def test_failed_notices_and_the_presidents_choice_come_back(ground_of: GroundOf) -> None:
    ground = ground_of("review")
    desk = CouncilDesk(ground.harness)
    session_id = convened(desk)
    path = f"/sessions/{session_id}/failed-notices"
    row = desk.done(path, FAILURE)
    desk.done(f"{path}/{row['id']}/renewal", {"channel": "hand", "proof": "registre 3"})
    desk.today("2024-01-29")
    desk.done(path, {**FAILURE, "person": person("vice")})
    choice = {"choice": "go-on", "reason": "Joint par téléphone."}
    desk.done(f"/sessions/{session_id}/notice-choice", choice, who="chief")
    ground.relay()
    before = standing(desk, session_id)
    assert [how for *_, how in before] == ["renewed", "chosen"]

    ground.lose()
    filled = ground.fill()

    assert filled.is_whole
    assert len(ground.harness.rows(FailedNotice)) == 2
    assert standing(desk, session_id) == before
