"""Random histories of the whole council break no rule on PostgreSQL either."""

from __future__ import annotations

from typing import Any

import pytest

from tests.walk.stages import play_stages
from tests.walk.walking import walked

# Begun between the two longer ones, which one test process would otherwise take both.
pytestmark = pytest.mark.early(75)

ON_POSTGRESQL = 50


@pytest.mark.timeout(300)
def test_no_history_on_postgresql_breaks_a_rule(harness_on: Any) -> None:
    harness = harness_on("review")

    seen = walked(harness, play_stages(harness), histories=ON_POSTGRESQL)

    assert seen["histories"] >= ON_POSTGRESQL
