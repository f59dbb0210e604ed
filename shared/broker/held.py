"""What consumers were handed and have not answered yet, queue by queue.

AMQP tells that to nobody: of RabbitMQ it is asked over HTTP, of its plugin rabbitmq_prometheus,
which is part of every distribution of it. The embedded bus counts its own leases.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import httpx
import structlog

from shared.broker.connection import BrokerUnavailable, connect, is_embedded, virtual_host

SECONDS = 2.0
"""So long a node may take to answer; it is asked for one family of figures of one virtual host."""

SAMPLE = re.compile(
    r'^rabbitmq_detailed_queue_messages_unacked\{vhost="[^"]*",queue="([^"]*)"\} (\d+)', re.M
)

log = structlog.get_logger(__name__)


def held_messages(broker_url: str, metrics_urls: str) -> Mapping[str, int] | None:
    """By the queue's name; of a queue that is not named it is not known. None: of no queue.

    ``metrics_urls`` are the addresses of the plugin on every node, joined by ``;``: each node tells
    of the queues that it leads, a few seconds late. Raises BrokerUnavailable for an embedded bus
    whose file cannot be read.
    """
    if is_embedded(broker_url):
        return _embedded(broker_url)
    if not metrics_urls:
        return None
    try:
        return _told_by_nodes(metrics_urls.split(";"), virtual_host(broker_url))
    except httpx.HTTPError as error:
        log.warning("bus_held_not_told", reason=type(error).__name__)
        return None


def _embedded(broker_url: str) -> Mapping[str, int]:
    connection = connect(broker_url)
    try:
        return dict(connection.channel().held_messages())
    except connection.connection_errors as error:
        raise BrokerUnavailable(f"the bus gave no status: {error}") from error
    finally:
        connection.release()


def _told_by_nodes(urls: list[str], vhost: str) -> Mapping[str, int]:
    """What the nodes that answer tell together; raises httpx.HTTPError where none does."""
    held: dict[str, int] = {}
    silent: list[httpx.HTTPError] = []
    with httpx.Client(timeout=SECONDS, trust_env=False) as client:
        for url in urls:
            try:
                # A node that led a queue until a moment ago may tell of it as well.
                for queue, count in _asked(client, url, vhost):
                    held[queue] = max(count, held.get(queue, 0))
            except httpx.HTTPError as error:
                silent.append(error)
    if len(silent) == len(urls):
        raise silent[0]
    return held


def _asked(client: httpx.Client, url: str, vhost: str) -> Iterator[tuple[str, int]]:
    wanted = {"family": "queue_coarse_metrics", "vhost": vhost}
    answer = client.get(f"{url.strip().rstrip('/')}/metrics/detailed", params=wanted)
    answer.raise_for_status()
    for queue, count in SAMPLE.findall(answer.text):
        yield queue, int(count)
