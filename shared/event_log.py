"""The events of the log, each once: what `arida log read` prints, and what databases are filled by.

A relay that dies before it notes a confirm publishes again, so the log may hold an event twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from shared.broker.log_reader import LogEntry, Start, read_log
from shared.clock import monotonic, sleep
from shared.events.envelope import Envelope, Undecodable, decode
from shared.settings import PlatformSettings

FOLLOW_PAUSE_SECONDS = 0.5


@dataclass(frozen=True, kw_only=True)
class Logged:
    """One event of the log with its bytes; ``envelope`` is None for bytes that are no event."""

    offset: int
    body: bytes
    envelope: Envelope | None


@dataclass(frozen=True, kw_only=True)
class Selection:
    """Which events: from and before an offset or an instant of recording, of a subject or kind.

    ``follow_seconds`` goes on reading what comes in that time after the present end was reached.
    """

    start: Start = "first"
    until: int | datetime | None = None
    subject: str | None = None
    limit: int | None = None
    follow_seconds: float = 0.0


def read_events(
    platform: PlatformSettings,
    selection: Selection | None = None,
    *,
    ready_seconds: float | None = None,
) -> Iterator[Logged]:
    """Yield the selected events of the log in its order, each id once.

    Raises ``LogMissing`` or ``BrokerUnavailable``.
    """
    wanted = selection or Selection()
    left = wanted.limit
    for logged in _each_once(_entries(platform, wanted, ready_seconds)):
        if left == 0 or _is_past(logged, wanted.until):
            return
        if _is_wanted(logged, wanted):
            yield logged
            left = None if left is None else left - 1


def _entries(
    platform: PlatformSettings, wanted: Selection, ready_seconds: float | None
) -> Iterator[LogEntry]:
    """What is there, then what comes until the time is over; each position once."""
    until, start = None, wanted.start
    while True:
        for entry in read_log(
            platform.bus_url, start, prefix=platform.broker_prefix, ready_seconds=ready_seconds
        ):
            start = entry.offset + 1
            yield entry
        until = until or monotonic() + wanted.follow_seconds
        if monotonic() >= until:
            return
        sleep(FOLLOW_PAUSE_SECONDS)


def _each_once(entries: Iterator[LogEntry]) -> Iterator[Logged]:
    seen: set[tuple[str, int]] = set()
    for entry in entries:
        # Other bytes under an id that was there are another thing, and to be seen.
        copy = entry.id, hash(entry.body)
        if entry.id and copy in seen:
            continue
        seen.add(copy)
        try:
            envelope = decode(entry.body)
        except Undecodable:
            envelope = None
        yield Logged(offset=entry.offset, body=entry.body, envelope=envelope)


def _is_past(logged: Logged, until: int | datetime | None) -> bool:
    # Instants are no order of the log, so only an offset ends the reading.
    return isinstance(until, int) and logged.offset >= until


def _is_wanted(logged: Logged, wanted: Selection) -> bool:
    envelope = logged.envelope
    if envelope is None:
        return wanted.subject is None
    if isinstance(wanted.start, datetime) and envelope.time < wanted.start:
        return False
    if isinstance(wanted.until, datetime) and envelope.time >= wanted.until:
        return False
    return wanted.subject in {None, envelope.subject, envelope.kind}
