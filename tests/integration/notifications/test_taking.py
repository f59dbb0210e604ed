"""What a sender takes in hand: the notice longest due, with its lease and its next try."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from services.notifications import actions
from services.notifications.actions import RETRY_AFTER_SECONDS
from services.notifications.due import InHand
from services.notifications.models import Notice
from shared.testing.harness import AUTHORITY, person
from shared.testing.smtp import SmtpSink
from tests.integration.notifications.test_sending import body_of


def take(desk: Any) -> tuple[InHand, Any]:
    """Take a notice in hand that must be due; also the moment at which it was taken."""
    with desk.harness.context.database.write("*") as (session, moment):
        taken = actions.take_in_hand(session, moment, lease="mine", seconds=60)
    assert taken is not None
    return taken, moment


def test_each_try_that_breaks_off_is_counted_and_puts_the_next_one_further_away(desk: Any) -> None:
    desk.file_petition("legal")
    waits, counted = [], []
    for _ in range(len(RETRY_AFTER_SECONDS) + 2):
        desk.make_due()
        taken, moment = take(desk)
        waits.append((taken.notice.next_try_at - moment).total_seconds())
        counted.append((taken.notice.attempts, taken.notice.version))
        # What the sender was handed is what stands in its row.
        assert _columns(taken.notice) == _columns(desk.notices[0])
        assert taken.notice.leased_until == moment + timedelta(seconds=60)
        desk.alter(taken.notice.id, leased_until=moment - timedelta(seconds=1))

    assert waits == [*RETRY_AFTER_SECONDS, RETRY_AFTER_SECONDS[-1], RETRY_AFTER_SECONDS[-1]]
    assert counted == [(tries, tries + 1) for tries in range(1, len(waits) + 1)]


def test_the_notice_that_is_due_longest_is_taken_first(desk: Any) -> None:
    desk.file_petition("first", "second", "third")
    for minutes, notice in zip((1, 3, 2), desk.notices, strict=True):
        desk.alter(notice.id, next_try_at=notice.next_try_at - timedelta(minutes=minutes))

    taken = [str(take(desk)[0].notice.person_id) for _ in range(3)]

    assert taken == [person(name) for name in ("second", "third", "first")]
    assert desk.sender.send_due() == 0


def test_a_mail_names_the_authority_of_its_own_notice(mailing_desk: Any, sink: SmtpSink) -> None:
    mailing_desk.harness.know_authority("elsewhere")
    for name, authority in (("here", AUTHORITY), ("there", "elsewhere")):
        mailing_desk.identity.knows(name, "fr")
        mailing_desk.grant(name, "secretariat", authority=authority)

    assert mailing_desk.sender.send_due() == 2

    named = {
        to.split("@")[0]: body_of(mail)
        for to, mail in zip(sink.recipients, sink.mails, strict=True)
    }
    assert ("elsewhere" in named["there"], AUTHORITY in named["there"]) == (True, False)
    assert ("elsewhere" in named["here"], AUTHORITY in named["here"]) == (False, True)


def _columns(notice: Notice) -> dict[str, Any]:
    return {one.name: getattr(notice, one.name) for one in Notice.__table__.columns}
