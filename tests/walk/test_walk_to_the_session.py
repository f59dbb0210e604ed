"""Random histories from a filing to a session break no rule: a thousand in every run."""

from __future__ import annotations

import pytest

from shared.testing.harness import Harness
from tests.walk.stages import play_stages
from tests.walk.walking import walked

pytestmark = pytest.mark.early(70)

MANY = 1000
REACHED = {
    "case.opened.v1",
    "case.admitted.v1",
    "case.refused.v1",
    "case.referred.v1",
    "case.referred_on.v1",
    "committee.report_corrected.v1",
    "case.withdrawn.v1",
    "case.reopened.v1",
    "case.deadline_missed.v1",
    "committee.reported.v1",
    "case.rectified.v1",
    "consultation.cancelled.v1",
    "consultation.lapsed.v1",
    "item.scheduled.v1",
    "item.postponed.v1",
    "session.called.v1",
    "session.dropped.v1",
    "session.postponed.v1",
}
"""What the walk must come to, so that its rules have something to judge."""


@pytest.mark.timeout(900)
def test_none_of_a_thousand_histories_up_to_a_session_breaks_a_rule(in_memory: Harness) -> None:
    seen = walked(in_memory, play_stages(in_memory)[:3], histories=MANY)

    assert seen["histories"] >= MANY
    assert REACHED - set(seen) == set()
