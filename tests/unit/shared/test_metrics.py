import os
import subprocess
import sys

import httpx

from shared.metrics import build_metrics
from shared.testing.processes import free_port

TWO_WORKERS = """
import os
from shared.metrics import build_metrics
metrics = build_metrics()
metrics.request_finished("review", "/r", method="GET", status=200, seconds=0.1)
metrics.outbox("review", rows=int(os.environ["ROWS"]), oldest_seconds=1.5)
print(metrics.render().decode())
"""


def test_requests_are_counted_by_service_route_method_and_status():
    metrics = build_metrics()
    route = "/review/v1/cases/<id>"

    for status in (200, 200, 409):
        metrics.request_finished("review", route, method="GET", status=status, seconds=0.03)

    text = metrics.render().decode()
    labels = f'method="GET",route="{route}",service="review",status="200"'
    assert f"arida_request_seconds_count{{{labels}}} 2.0" in text
    assert 'status="409"} 1.0' in text


def test_messages_and_published_events_are_counted_by_outcome():
    metrics = build_metrics()

    metrics.message_finished("review", "petition.filed.v1", outcome="done", seconds=0.01)
    metrics.published("review", confirmed=3, refused=1)

    text = metrics.render().decode()
    assert 'outcome="done",service="review",type="petition.filed.v1"' in text
    assert 'arida_published_total{outcome="confirmed",service="review"} 3.0' in text
    assert 'arida_published_total{outcome="refused",service="review"} 1.0' in text


def test_what_waits_is_shown_for_each_service_of_the_process():
    metrics = build_metrics()

    metrics.outbox("review", rows=4, oldest_seconds=2.5)
    metrics.outbox("intake", rows=0, oldest_seconds=0)
    metrics.inbox("review", parked=2, oldest_seconds=9, stopped=3)
    metrics.queues("review", ready=4, held=2, delayed=0, dead=1, consumers=1)

    text = metrics.render().decode()
    assert 'arida_outbox_rows{service="review"} 4.0' in text
    assert 'arida_outbox_rows{service="intake"} 0.0' in text
    assert 'arida_outbox_age_seconds{service="review"} 2.5' in text
    assert 'arida_inbox_parked_rows{service="review"} 2.0' in text
    assert 'arida_queue_held_messages{service="review"} 2.0' in text
    assert 'arida_dead_messages{service="review"} 1.0' in text


def test_two_sets_of_metrics_know_nothing_of_each_other():
    one, other = build_metrics(), build_metrics()

    one.outbox("review", rows=4, oldest_seconds=0)

    assert "arida_outbox_rows{" not in other.render().decode()


def test_a_service_tells_its_own_counts_and_those_of_its_process_only():
    metrics = build_metrics()
    metrics.outbox("review", rows=4, oldest_seconds=0)
    metrics.outbox("intake", rows=7, oldest_seconds=0)

    text = metrics.render("intake").decode()

    assert 'arida_outbox_rows{service="intake"} 7.0' in text
    assert 'service="review"' not in text
    assert "process_resident_memory_bytes" in text


def test_a_process_without_pages_tells_its_counts_on_a_port_of_its_own():
    metrics, port = build_metrics(), free_port()
    metrics.published("review", confirmed=3)

    metrics.serve("127.0.0.1", port)

    text = httpx.get(f"http://127.0.0.1:{port}/metrics").text
    assert 'arida_published_total{outcome="confirmed",service="review"} 3.0' in text


def test_workers_that_share_a_folder_are_shown_as_one(tmp_path):
    for rows in ("9", "5"):
        environment = {**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(tmp_path), "ROWS": rows}
        done = subprocess.run(
            [sys.executable, "-c", TWO_WORKERS],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )

    assert 'route="/r",service="review",status="200"} 2.0' in done.stdout
    assert 'arida_outbox_rows{service="review"} 5.0' in done.stdout
