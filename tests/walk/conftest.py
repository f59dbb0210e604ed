"""review on a file in memory, for walks of many histories."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from shared.testing.harness import Harness
from tests.faults.simulation.world import fast_folder


@pytest.fixture
def in_memory(sqlite_templates: Any) -> Iterator[Harness]:
    """review on a SQLite file in memory."""
    with fast_folder() as folder:
        path = Path(folder) / "review.db"
        path.write_bytes(sqlite_templates("review").read_bytes())
        harness = Harness("review", database_url=f"sqlite:///{path}", folder=folder)
        harness.know_authority()
        yield harness
        harness.close()
