"""Where a worker or relay counts what it did: among the counts of its process, or nowhere.

Counting takes three megabytes of each process, so one whose counts nobody can read does without.
"""

from __future__ import annotations

import os
from typing import Protocol

from shared.settings import PlatformSettings

SHARED_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""Names the folder of counts that processes of one machine share (prometheus_client)."""


class Counts(Protocol):
    """What workers and relays count."""

    def message_finished(
        self, service: str, event_type: str, *, outcome: str, seconds: float
    ) -> None:
        """Count one handled event."""

    def published(self, service: str, *, confirmed: int = 0, refused: int = 0) -> None:
        """Count what a relay's batch came to."""


class Uncounted:
    """Takes counts and keeps none."""

    def message_finished(
        self, service: str, event_type: str, *, outcome: str, seconds: float
    ) -> None:
        """Forget one handled event."""

    def published(self, service: str, *, confirmed: int = 0, refused: int = 0) -> None:
        """Forget a relay's batch."""


def is_read(platform: PlatformSettings) -> bool:
    """Whether a worker's or relay's counts can be read: by a port of its own, or by a folder."""
    return bool(platform.metrics_port or os.environ.get(SHARED_FOLDER))
