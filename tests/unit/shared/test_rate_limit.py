from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from limits.errors import ConfigurationError

from shared.web.rate_limit import RateLimiter, TooManyRequests

START = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def time():
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


def test_hits_within_the_limit_pass_and_the_next_does_not(time):
    limiter = RateLimiter()

    assert [limiter.hit("login:a", "3/minute") for _ in range(4)] == [True, True, True, False]


def test_callers_are_counted_apart(time):
    limiter = RateLimiter()

    assert limiter.hit("login:a", "1/minute")
    assert limiter.hit("login:b", "1/minute")


def test_the_window_moves_so_no_double_burst_passes_at_the_turn_of_a_minute(time):
    limiter = RateLimiter()
    time.move_to(START + timedelta(seconds=59))
    limiter.hit("a", "2/minute")
    limiter.hit("a", "2/minute")

    time.move_to(START + timedelta(seconds=61))

    assert not limiter.hit("a", "2/minute")
    assert limiter.seconds_to_wait("a", "2/minute") == 58
    time.move_to(START + timedelta(seconds=120))
    assert limiter.seconds_to_wait("a", "2/minute") == 0
    assert limiter.hit("a", "2/minute")


def test_a_burst_and_a_lasting_limit_hold_together(time):
    limiter = RateLimiter()
    limit = "2/minute;3/hour"

    first = [limiter.hit("a", limit) for _ in range(3)]
    time.move_to(START + timedelta(minutes=2))
    second = [limiter.hit("a", limit) for _ in range(2)]

    assert first == [True, True, False]
    assert second == [True, False]
    assert limiter.seconds_to_wait("a", limit) == 58 * 60


def test_a_refused_caller_is_told_how_long_to_wait(time):
    limiter = RateLimiter()
    limiter.check("a", "1/minute")
    time.move_to(START + timedelta(seconds=20))

    with pytest.raises(TooManyRequests) as refused:
        limiter.check("a", "1/minute")

    assert (refused.value.status, refused.value.retry_after) == (429, 40)
    assert refused.value.params == {"retry_after": 40}


def test_a_store_that_is_not_known_is_refused_at_the_start():
    with pytest.raises(ConfigurationError):
        RateLimiter("nosuch://")
