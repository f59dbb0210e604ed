"""Several senders at once: each notice is in one hand, and goes out once."""

from __future__ import annotations

import threading
from typing import Any

from services.notifications import actions
from services.notifications.sending import Sender
from shared.testing.smtp import SmtpSink


def types(desk: Any) -> list[str]:
    """The types of all events so far."""
    return [event.type for event in desk.harness.emitted()]


def test_a_notice_in_another_senders_hand_is_left_alone(desk: Any) -> None:
    desk.file_petition("legal")
    with desk.harness.context.database.write("*") as (session, moment):
        actions.take_in_hand(session, moment, lease="first", seconds=60)
    desk.make_due()

    assert desk.sender.send_due() == 0


def test_two_senders_side_by_side_send_each_notice_once(mailing_desk: Any, sink: SmtpSink) -> None:
    names = [f"person-{number}" for number in range(12)]
    for name in names:
        mailing_desk.identity.knows(name, "fr")
    mailing_desk.file_petition(*names)
    senders = [Sender(mailing_desk.harness.context) for _ in range(2)]

    threads = [threading.Thread(target=sender.send_due) for sender in senders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(sink.recipients) == sorted(f"{name}@demo.example" for name in names)
    assert types(mailing_desk) == ["notice.sent.v1"] * 12


def test_a_sender_that_lost_its_lease_records_nothing(desk: Any) -> None:
    desk.file_petition("legal")
    with desk.harness.context.database.write("*") as (session, moment):
        taken = actions.take_in_hand(session, moment, lease="slow", seconds=60)
    assert taken is not None
    desk.alter(taken.notice.id, lease="quick")

    desk.sender._not_sent(taken.notice, actions_error())

    assert desk.notices[0].lease == "quick"
    assert desk.notices[0].last_problem is None


def actions_error() -> Any:
    """A refusal for now."""
    from services.notifications.carriers import NotSentForNow

    return NotSentForNow("smtp-451")
