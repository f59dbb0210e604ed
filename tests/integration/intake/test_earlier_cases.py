"""Cases that were closed before intake listened to them: an erasure that waits asks review."""

from __future__ import annotations

import json
from typing import Any

import pytest

from services.intake import earlier_cases
from services.intake.models import EndedCase, Redaction
from services.intake.timers import TIMERS
from shared.events.cases import CaseClosed
from shared.testing.harness import ACK, TODAY, Harness
from tests.integration.intake.test_filing import drafted
from tests.integration.intake.test_people import asked_to_erase
from tests.integration.notifications.conftest import case_snapshot


class FakeReview:
    """What review says to everybody of a filed petition; counts how often it was asked."""

    def __init__(self) -> None:
        self.state, self.timeline, self.asked = "closed", ["2023-02-01", "2023-03-01"], 0
        self.answers = True
        self.path = "/review/v1/petitions/taroudant/2023/1"

    def __call__(self, environ: Any, start_response: Any) -> list[bytes]:
        """Answer as WSGI applications do."""
        self.asked += 1
        assert environ["PATH_INFO"] == self.path
        status = "200 OK" if self.answers else "404 Not Found"
        start_response(status, [("Content-Type", "application/json")])
        acts = [{"type": "case.closed.v1", "acted_on": day} for day in self.timeline]
        acts.append({"type": "case.opened.v1", "acted_on": "2023-12-01"})
        return [json.dumps({"state": self.state, "timeline": acts}).encode()]


@pytest.fixture
def intake(harness_on: Any, database_kind: str) -> Harness:
    """intake on either database."""
    harness: Harness = harness_on("intake", database_kind)
    return harness


@pytest.fixture
def review(intake: Harness) -> FakeReview:
    """review, as intake reaches it."""
    fake = FakeReview()
    intake.context.clients.attach("review", fake)
    return fake


def filed(intake: Harness) -> str:
    """A filed petition of whose case intake hears nothing."""
    petition = drafted(intake)
    intake.request("POST", f"/petitions/{petition}/filing", {}, role="petitioner")
    return petition


def time_passes(intake: Harness) -> None:
    """Every timer runs once."""
    for timer in TIMERS:
        timer.run(intake.context)


def redaction(intake: Harness) -> Redaction:
    """The only one."""
    (row,) = intake.rows(Redaction)
    found: Redaction = row
    return found


def test_a_case_closed_before_intake_listened_does_not_keep_the_name(
    intake: Harness, review: FakeReview
) -> None:
    filed(intake)
    asked_to_erase(intake, "somebody")
    waiting = list(redaction(intake).waits_for)

    time_passes(intake)

    assert (waiting, redaction(intake).state) == (["case-open"], "done")
    assert [str(row.ended_on) for row in intake.rows(EndedCase)] == ["2023-03-01"]
    assert review.asked == 1


def test_the_term_after_such_a_case_is_counted_from_its_end(
    intake: Harness, review: FakeReview
) -> None:
    review.timeline = ["2023-10-01"]
    filed(intake)
    asked_to_erase(intake, "somebody")

    time_passes(intake)

    row = redaction(intake)
    assert (list(row.waits_for), str(row.until_on)) == (["term-running"], "2023-11-30")


def test_such_a_case_that_was_opened_again_keeps_the_name_again(
    intake: Harness, review: FakeReview
) -> None:
    review.timeline = ["2023-10-01"]
    filed(intake)
    asked_to_erase(intake, "somebody")
    time_passes(intake)

    review.state = "open"
    time_passes(intake)

    assert list(redaction(intake).waits_for) == ["case-open"]
    assert intake.rows(EndedCase) == []


@pytest.mark.parametrize("silence", ["open", "unknown"])
def test_a_case_that_is_open_or_unknown_to_review_keeps_the_name(
    intake: Harness, review: FakeReview, silence: str
) -> None:
    review.state, review.answers = "open", silence == "open"
    filed(intake)
    asked_to_erase(intake, "somebody")

    time_passes(intake)

    assert list(redaction(intake).waits_for) == ["case-open"]


def test_nobody_is_asked_for_a_case_that_intake_heard_of(
    intake: Harness, review: FakeReview
) -> None:
    petition = filed(intake)
    asked_to_erase(intake, "somebody")
    after = case_snapshot("somebody", state="closed")
    told = CaseClosed(outcome="answered")
    assert intake.deliver(told, after, subject=f"case/{petition}", acted_on=TODAY) == ACK

    time_passes(intake)

    assert review.asked == 0
    assert list(redaction(intake).waits_for) == ["term-running"]


def test_such_a_case_is_found_behind_many_that_intake_heard_of(
    intake: Harness, review: FakeReview, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(earlier_cases, "MOST_FIRINGS_A_ROUND", 2)
    heard = [filed(intake) for _ in range(3)]
    for petition in heard:
        after = case_snapshot("somebody", state="closed")
        intake.deliver(CaseClosed(outcome="answered"), after, subject=f"case/{petition}")
    review.path = "/review/v1/petitions/taroudant/2023/4"
    filed(intake)
    asked_to_erase(intake, "somebody")

    time_passes(intake)

    assert review.asked == 1
    assert list(redaction(intake).waits_for) == ["term-running"]
