"""How often one caller may do one thing, counted in memory or in a store that workers share."""

from __future__ import annotations

import math

from limits import RateLimitItem, parse_many
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter

from shared import clock
from shared.errors import DomainError


class TooManyRequests(DomainError):
    """The caller must wait ``retry_after`` seconds (RFC 6585, 429)."""

    code = "too-many-requests"
    status = 429

    def __init__(self, retry_after: int) -> None:
        super().__init__(
            "Too many requests. Try again in %(retry_after)s seconds.",
            remedy="Wait, then send the same request again.",
            retry_after=retry_after,
        )
        self.retry_after = retry_after


class RateLimiter:
    """Counts hits in moving windows, so that no burst slips through where two windows meet.

    ``memory://`` counts in this process only: with n workers a caller gets n times the limit.
    Several workers share ``redis://host``. Build it after fork: it starts a thread on first use.
    """

    def __init__(self, uri: str = "memory://") -> None:
        self._windows = MovingWindowRateLimiter(storage_from_string(uri))

    def hit(self, key: str, limit: str = "20/minute") -> bool:
        """Count one hit of ``key`` and tell whether it is within ``limit``.

        ``limit`` may join several windows: ``20/minute;200/hour`` stops bursts and persistence.
        A refused hit is not counted. ``key`` names rule and caller (an id or a hash of one).
        """
        windows = parse_many(limit)
        if not all(self._windows.test(window, key) for window in windows):
            return False
        return all(self._windows.hit(window, key) for window in windows)

    def seconds_to_wait(self, key: str, limit: str = "20/minute") -> int:
        """Return the whole seconds after which a hit of ``key`` will be let through, 0 for now."""
        return max(self._wait(window, key) for window in parse_many(limit))

    def check(self, key: str, limit: str = "20/minute") -> None:
        """Count one hit of ``key``; raises TooManyRequests when it is over ``limit``."""
        if not self.hit(key, limit):
            raise TooManyRequests(max(1, self.seconds_to_wait(key, limit)))

    def _wait(self, window: RateLimitItem, key: str) -> int:
        if self._windows.test(window, key):
            return 0
        reset = self._windows.get_window_stats(window, key).reset_time
        return max(1, math.ceil(reset - clock.now().timestamp()))
