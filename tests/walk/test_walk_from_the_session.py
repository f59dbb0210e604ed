"""Random histories from a convened session on break no rule: a thousand in every run."""

from __future__ import annotations

import pytest

from shared.testing.harness import Harness
from tests.walk.rules import violations
from tests.walk.stages import play_stages
from tests.walk.walking import walked

pytestmark = pytest.mark.early(80)

MANY = 1000
REACHED = {
    "sitting.quorum_met.v1",
    "item.deliberated.v1",
    "item.rectified.v1",
    "session.closed.v1",
    "session.minutes_given.v1",
    "session.minutes_adopted.v1",
    "session.register_sent.v1",
    "session.duty_missed.v1",
    "decision.posted.v1",
    "decision.dates_rectified.v1",
    "decision.adopted.v1",
    "decision.rejected.v1",
    "decision.classified.v1",
    "decision.transmitted.v1",
    "decision.enforceable.v1",
    "case.closed.v1",
}
"""What the walk must come to, so that its rules have something to judge."""


@pytest.mark.timeout(900)
def test_none_of_a_thousand_histories_from_a_session_on_breaks_a_rule(in_memory: Harness) -> None:
    seen = walked(in_memory, play_stages(in_memory)[2:], histories=MANY)

    assert seen["histories"] >= MANY
    assert REACHED - set(seen) == set()


def test_the_rules_see_a_decision_without_quorum_and_a_lost_petition(in_memory: Harness) -> None:
    stage = play_stages(in_memory)[4]
    for sitting in stage.rows["sitting"]:
        sitting["state"] = "quorum_failed"

    found = violations(stage.rows, filed={"somebody"}, today=stage.today)

    assert any(line.startswith("quorum: decision") for line in found)
    assert any(line.startswith("lost: filed") for line in found)
