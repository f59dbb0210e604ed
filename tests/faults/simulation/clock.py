"""The clock of the simulated world, in the place of the machine's: it goes on only when told to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo

BEGINS = datetime(2023, 7, 10, 8, 0, tzinfo=UTC)
HOUR = 3600.0


class SimulatedClock:
    """Stands where ``shared.clock`` asks for ``datetime`` and for ``time``, for both alike."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def now(self, zone: tzinfo | None = None) -> datetime:
        """The instant of the world."""
        return (BEGINS + timedelta(seconds=self.seconds)).astimezone(zone)

    def monotonic(self) -> float:
        """Seconds since the world began."""
        return self.seconds

    def sleep(self, seconds: float) -> None:
        """Let time pass; nobody waits for it."""
        self.seconds += seconds
