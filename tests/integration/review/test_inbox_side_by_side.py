"""Two workers with the same event at the same time, as when a queue changes its consumer."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from sqlalchemy import select

from services.review.cases.models import Case
from shared.applying import Applied, Applier
from shared.broker.delivery import ACK
from shared.events.envelope import Envelope, encode
from shared.testing.harness import Harness, event_envelope
from tests.integration.review.test_case_opening import FILED, SUBJECT, snapshot


@pytest.fixture
def review(harness_on: Any) -> Harness:
    """review on PostgreSQL, where transactions run side by side."""
    harness: Harness = harness_on("review")
    return harness


def test_the_second_waits_for_the_first_and_finds_the_event_known(
    review: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    filed = event_envelope(FILED, snapshot(), subject=SUBJECT)
    is_at_it, may_go_on = threading.Event(), threading.Event()
    told, words = Applier._told, []
    apply = Applier.apply

    def slow(self: Applier, uow: Any, envelope: Envelope) -> bool:
        is_at_it.set()
        assert may_go_on.wait(10)
        return told(self, uow, envelope)

    def noting(self: Applier, envelope: Envelope, body: bytes, **options: Any) -> Applied:
        words.append(apply(self, envelope, body, **options).word)
        return Applied(words[-1])

    monkeypatch.setattr(Applier, "_told", slow)
    monkeypatch.setattr(Applier, "apply", noting)
    outcomes: list[Any] = []
    first, second = (
        threading.Thread(target=lambda: outcomes.append(review.deliver_bytes(encode(filed))))
        for _ in range(2)
    )
    first.start()
    assert is_at_it.wait(10)
    second.start()
    second.join(0.3)
    assert second.is_alive()
    may_go_on.set()
    for thread in (first, second):
        thread.join(10)

    assert outcomes == [ACK, ACK]
    # Which of the two threads gets to say so first is nobody's concern.
    assert sorted(words) == ["done", "repeated"]
    with review.context.database.read("*") as session:
        assert len(session.scalars(select(Case.id)).all()) == 1
        cursor = review.context.base.plumbing.inbox_cursor
        assert session.execute(select(cursor.c.is_stopped)).scalars().all() == [False]
