"""A turn of the sender ends, however much comes: between two turns the timers' lease is renewed."""

from __future__ import annotations

import threading
from typing import Any

from services.notifications import sending
from shared.testing.smtp import SmtpSink
from tests.integration.notifications.told_events import people


class Ringing(threading.Event):
    """A wake-up that rings again as soon as somebody waits for it, a bounded number of times."""

    def __init__(self, times: int) -> None:
        super().__init__()
        self.left = times

    def wait(self, timeout: float | None = None) -> bool:
        """Ring at once while any ringing is left."""
        self.left -= 1
        return self.left > 0


def test_a_turn_ends_while_new_notices_never_stop_coming(
    mailing_desk: Any, sink: SmtpSink, monkeypatch: Any
) -> None:
    monkeypatch.setattr(mailing_desk.sender, "_wait_seconds", 0.0)
    mailing_desk.identity.knows("legal", "fr")
    mailing_desk.file_petition("legal")
    ringing = mailing_desk.sender.wake = Ringing(100)

    mailing_desk.sender.take_turn(mailing_desk.harness.context)

    assert len(sink.mails) == 1
    assert ringing.left == 100


def test_what_is_intended_right_after_a_wake_up_goes_out_in_the_same_turn(
    mailing_desk: Any, sink: SmtpSink, monkeypatch: Any
) -> None:
    mailing_desk.identity.knows("legal", "fr")
    monkeypatch.setattr(mailing_desk.sender, "_wait_seconds", 5.0)
    mailing_desk.sender.wake = Ringing(2)
    monkeypatch.setattr(sending, "sleep", lambda _seconds: mailing_desk.file_petition("legal"))

    mailing_desk.sender.take_turn(mailing_desk.harness.context)

    assert len(sink.mails) == 1


def test_an_event_that_is_told_of_wakes_the_sender_once_its_notice_is_there(desk: Any) -> None:
    worker = desk.harness.worker
    (turn,) = [timer.run for timer in worker._timers if timer.name == "send_notices"]
    wake = turn.__self__.wake

    desk.file_petition("legal")

    assert wake.is_set()
    assert desk.told("petition_receipt") == people("legal")
