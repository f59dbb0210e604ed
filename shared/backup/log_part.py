"""The log in a backup of an installation on servers, and back onto a broker that has none."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from itertools import islice
from pathlib import Path
from uuid import UUID

from sqlalchemy import Connection, text

from shared.backup.manifest import LogPlace
from shared.broker.connection import BrokerUnavailable, connect
from shared.broker.log_reader import log_end
from shared.broker.publisher import OutgoingMessage, Publisher
from shared.broker.topology import LOG, declare
from shared.event_log import Logged, read_events
from shared.events.envelope import decode, owner_of
from shared.settings import PlatformSettings

NAME = "log.jsonl.gz"
AT_ONCE = 200


def take(
    platform: PlatformSettings, folder: Path, seen: Mapping[str, Connection], *, surely: int
) -> LogPlace:
    """Write every event that belongs to the moment, one a line, each with its exact bytes.

    Up to the offset ``surely`` all do; of a later one its owner's snapshot says whether it does.
    """
    last, count = -1, 0
    with gzip.open(folder / NAME, "wb") as file:
        for logged in read_events(platform):
            if logged.offset <= surely or _was_there(logged, seen):
                file.write(logged.body + b"\n")
                last, count = logged.offset, count + 1
    return LogPlace(offset=last, events=count)


def put_back(platform: PlatformSettings, folder: Path) -> int:
    """Bring the log back onto a broker without one; returns how many events, 0 where it has one.

    They go into the log alone: services read it, nothing is delivered to them a second time.
    """
    _declare(platform)
    if log_end(platform.bus_url, prefix=platform.broker_prefix) >= 0:
        return 0
    publisher, count = Publisher(platform.bus_url), 0
    try:
        with gzip.open(folder / NAME, "rb") as file:
            while lines := list(islice(file, AT_ONCE)):
                messages = [_message(platform, line.rstrip(b"\n")) for line in lines]
                refused = publisher.publish(messages).refused
                if refused:
                    raise BrokerUnavailable(next(iter(refused.values())))
                count += len(messages)
    finally:
        publisher.close()
    return count


def _was_there(logged: Logged, seen: Mapping[str, Connection]) -> bool:
    told = logged.envelope
    owner = owner_of(told) if told else None
    if told is None or owner is None or owner not in seen:
        return False
    found = seen[owner].execute(
        text("SELECT 1 FROM history WHERE event_id = :id"), {"id": UUID(told.id)}
    )
    return found.first() is not None


def _message(platform: PlatformSettings, body: bytes) -> OutgoingMessage:
    # The default exchange leads to the log by its name.
    return OutgoingMessage(
        id=decode(body).id, routing_key=platform.broker_prefix + LOG, exchange="", body=body
    )


def _declare(platform: PlatformSettings) -> None:
    connection = connect(platform.bus_url)
    try:
        declare(connection, prefix=platform.broker_prefix)
    finally:
        connection.release()
