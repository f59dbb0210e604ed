"""A disk that fills is told in every place before it refuses acts."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from shared.disk import LOW_BYTES, free_bytes
from shared.testing.harness import Harness
from tests.integration.shared.conftest import Bus
from tests.integration.shared.test_bus_alarms import health, metric
from tests.integration.shared.test_dead_letters import review
from tests.integration.shared.test_operator_commands import arida

__all__ = ["arida", "review"]


class Usage(NamedTuple):
    total: int
    used: int
    free: int


def test_a_disk_that_is_nearly_full_is_told_in_every_place_until_there_is_room(
    arida: Any, review: Harness, whole_bus: Bus, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        full = Usage(total=10**12, used=10**12, free=3 * 1024 * 1024 + 5)
        patched.setattr(shutil, "disk_usage", lambda _folder: full)

        report = json.loads(arida("bus", "status", "review", "--json").stdout)["review"]
        told = arida("bus", "status", "review")

        low = {"code": "disk-low", "count": 3, "seconds": 0, "names": []}
        assert low in report["problems"]
        assert (told.exit_code, "3 MiB are left" in told.stdout) == (1, True)
        assert health(review)["parts"]["disk"] == "degraded"
        assert health(review)["details"]["disk"] == {"free_bytes": full.free}
        assert metric(review, "arida_disk_low") == 1

    assert health(review)["parts"]["disk"] == "ok"
    assert metric(review, "arida_disk_low") == 0


def test_room_is_measured_also_where_nothing_was_written_yet(tmp_path: Path) -> None:
    assert free_bytes(tmp_path / "not" / "there") == pytest.approx(
        free_bytes(tmp_path), rel=0.1, abs=LOW_BYTES
    )
