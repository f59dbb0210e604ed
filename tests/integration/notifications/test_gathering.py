"""New notices are waited for a moment, so that sending takes no processor from what brings them."""

from __future__ import annotations

import threading
from typing import Any

from services.notifications import sending
from shared.clock import monotonic
from shared.testing.smtp import SmtpSink


class Arrivals(threading.Event):
    """A wake-up that rings while the sender waits on it, as often as there is something to come."""

    def __init__(self, sink: SmtpSink, *coming: Any) -> None:
        super().__init__()
        self.sent_when_it_rang: list[int] = []
        self._sink, self._coming = sink, list(coming)

    def wait(self, timeout: float | None = None) -> bool:
        """Let the next thing happen at once; nothing more comes when all of it has."""
        if not self._coming:
            return super().is_set()
        self.sent_when_it_rang.append(len(self._sink.mails))
        self._coming.pop(0)()
        self.set()
        return True


def test_the_notices_of_acts_that_follow_each_other_go_out_after_the_last_of_them(
    mailing_desk: Any, sink: SmtpSink
) -> None:
    mailing_desk.identity.knows("legal", "fr")
    arrivals = mailing_desk.sender.wake = Arrivals(sink, lambda: mailing_desk.open_case("legal"))
    mailing_desk.file_petition("legal")
    arrivals.set()

    mailing_desk.sender.take_turn(mailing_desk.harness.context)

    assert arrivals.sent_when_it_rang == [0]
    assert len(sink.mails) == 2
    assert {one.state for one in mailing_desk.notices} == {"sent"}


def test_notices_that_never_stop_coming_are_sent_all_the_same_and_the_turn_ends(
    mailing_desk: Any, sink: SmtpSink, monkeypatch: Any
) -> None:
    monkeypatch.setattr(sending, "LONGEST_GATHERING_SECONDS", 0.0)
    monkeypatch.setattr(mailing_desk.sender, "_wait_seconds", 0.0)
    mailing_desk.identity.knows("legal", "fr")
    mailing_desk.file_petition("legal")
    mailing_desk.sender.wake = Arrivals(sink, *[lambda: None] * 100)
    mailing_desk.sender.wake.set()
    began = monotonic()

    mailing_desk.sender.take_turn(mailing_desk.harness.context)

    assert len(sink.mails) == 1
    assert monotonic() - began < sending.TURN_SECONDS
