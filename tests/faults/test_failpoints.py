"""Each named place of the relay, killed at its 1st, 2nd and 5th hit."""

from __future__ import annotations

import re

import pytest

from shared.failpoints import FAILPOINTS, arm
from shared.testing.installation import ROOT
from tests.faults.failpoint_ground import kill_and_count, places
from tests.faults.failpoint_play import World

pytestmark = pytest.mark.early(60)


@pytest.mark.parametrize(("kind", "name"), places("relay"))
def test_a_process_killed_there_loses_nothing_and_doubles_nothing(
    ground: World, kind: str, name: str
) -> None:
    kill_and_count(ground, kind, name)


def test_every_place_that_is_called_stands_in_the_table() -> None:
    called = {
        name
        for path in (ROOT / "shared").rglob("*.py")
        for name in re.findall(r"^\s+reach\(\"(\w+)\"\)", path.read_text(), re.MULTILINE)
    }

    assert called == set(FAILPOINTS)
    # The others are killed in test_failpoints_of_workers.py.
    kinds = {kind for kinds in FAILPOINTS.values() for kind in kinds}
    assert kinds == {"relay", "worker", "web"}


@pytest.mark.parametrize(
    "wrong", ["", "nowhere:1", "after_commit", "after_commit:0", "after_commit:x"]
)
def test_a_setting_that_names_no_place_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="name:hit"):
        arm(wrong)
