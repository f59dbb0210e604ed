"""The log in a backup of an installation on servers, and back onto a broker that has none."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Mapping
from itertools import islice
from pathlib import Path
from uuid import UUID

import structlog
from sqlalchemy import Connection, text

from shared.backup.manifest import LogPlace
from shared.broker.connection import BrokerUnavailable, connect
from shared.broker.log_reader import log_end
from shared.broker.publisher import OutgoingMessage, Publisher
from shared.broker.topology import LOG, declare
from shared.event_log import Logged, read_events
from shared.events.envelope import Undecodable, decode, owner_of
from shared.settings import PlatformSettings

log = structlog.get_logger()

NAME = "log.jsonl.gz"
AT_ONCE = 200


def take(
    platform: PlatformSettings, folder: Path, seen: Mapping[str, Connection], *, surely: int
) -> LogPlace:
    """Write every event that belongs to the moment, one a line, each with its exact bytes.

    Up to the offset ``surely`` all do; of a later one its owner's snapshot says whether it does.
    What somebody else put into the log and is no event is named and left out.
    """
    last, count = -1, 0
    with gzip.open(folder / NAME, "wb") as file:
        for logged in read_events(platform):
            if logged.envelope is None:
                log.warning("log_entry_left_out", offset=logged.offset)
            elif logged.offset <= surely or _was_there(logged, seen):
                file.write(logged.body + b"\n")
                last, count = logged.offset, count + 1
    return LogPlace(offset=last, events=count)


def put_back(platform: PlatformSettings, folder: Path) -> int:
    """Bring back what the broker's log lacks of the backup's; returns how many events."""
    with gzip.open(folder / NAME, "rb") as file:
        return add_lacking(platform, (line.rstrip(b"\n") for line in file))


def add_lacking(platform: PlatformSettings, bodies: Iterable[bytes]) -> int:
    """Put the events that the log lacks behind what it holds; returns how many.

    They go into the log alone: services read it, nothing is delivered to them a second time. What
    was broken off is gone on with by the next time. Raises ``BrokerUnavailable``.
    """
    _declare(platform)
    there, coming, count = _ids_there(platform), iter(bodies), 0
    publisher = Publisher(platform.bus_url)
    try:
        while some := list(islice(coming, AT_ONCE)):
            messages = [_message(platform, body) for body in some]
            lacking = [one for one in messages if one and one.id not in there]
            refused = publisher.publish(lacking).refused
            if refused:
                raise BrokerUnavailable(next(iter(refused.values())))
            count += len(lacking)
    finally:
        publisher.close()
    return count


def _ids_there(platform: PlatformSettings) -> set[str]:
    is_server = not platform.is_embedded
    if is_server and log_end(platform.bus_url, prefix=platform.broker_prefix) < 0:
        return set()
    return {logged.envelope.id for logged in read_events(platform) if logged.envelope}


def _was_there(logged: Logged, seen: Mapping[str, Connection]) -> bool:
    told = logged.envelope
    owner = owner_of(told) if told else None
    if told is None or owner is None or owner not in seen:
        return False
    found = seen[owner].execute(
        text("SELECT 1 FROM history WHERE event_id = :id"), {"id": UUID(told.id)}
    )
    return found.first() is not None


def _message(platform: PlatformSettings, body: bytes) -> OutgoingMessage | None:
    """The message for one line; None for what an earlier program wrote though it is no event."""
    try:
        id_ = decode(body).id
    except Undecodable:
        log.warning("log_entry_left_out", bytes=len(body))
        return None
    # The default exchange leads to the log by its name.
    return OutgoingMessage(id=id_, routing_key=platform.broker_prefix + LOG, exchange="", body=body)


def _declare(platform: PlatformSettings) -> None:
    connection = connect(platform.bus_url)
    try:
        declare(connection, prefix=platform.broker_prefix)
    finally:
        connection.release()
