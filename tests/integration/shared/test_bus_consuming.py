"""What a consumer is handed and what its answers do; the same on both transports."""

from __future__ import annotations

import threading
import time

import pytest

from shared.broker import consumer
from shared.broker.consumer import PREFETCH
from shared.broker.delivery import ACK, Dead, Delay
from shared.ids import new_id

pytestmark = pytest.mark.early(25)


def test_messages_arrive_in_the_order_they_were_published(bus, eventually):
    ids = [f"e{n:03}" for n in range(250)]

    with bus.consuming("review") as seen:
        bus.publish(*(bus.message(id_) for id_ in ids[:100]))
        bus.publish(*(bus.message(id_) for id_ in ids[100:]))
        eventually(lambda: len(seen) == len(ids))

    assert [delivery.message_id for delivery in seen] == ids


def test_a_calm_consumer_waits_after_a_silence_and_not_between_two_messages(bus, eventually):
    calm, count, handled = 0.3, 60, []

    def note(_delivery):
        handled.append(time.monotonic())
        return ACK

    with bus.consuming("review", note, calm=calm):
        for _ in range(2):
            handled.clear()
            began = time.monotonic()
            bus.publish(*(bus.message(str(new_id())) for _ in range(count)))
            eventually(lambda: len(handled) == count)

            assert handled[0] - began >= calm
            # A wait before each tenth of them would be more than this.
            assert handled[-1] - handled[0] < calm * count / 20
            time.sleep(calm)


def test_an_acknowledged_message_is_gone(bus, eventually):
    bus.publish(bus.message("e1"))
    with bus.consuming("review") as seen:
        eventually(lambda: seen)

    assert bus.take("review.events") == []


def test_bytes_nobody_can_decode_reach_the_handler_as_they_are(bus, eventually):
    body = b"\xff\xfe\x00 not json"

    with bus.consuming("review") as seen:
        bus.publish(bus.message("e1", body=body, headers={"compression": "application/x-gzip"}))
        bus.publish(bus.message("e2", body=b""))
        eventually(lambda: len(seen) == 2)

    assert [delivery.body for delivery in seen] == [body, b""]


def test_a_message_that_breaks_its_handler_goes_back_to_its_own_queue_only(bus, eventually):
    def fail_once(delivery):
        if delivery.deliveries == 0:
            raise RuntimeError("broken the first time")
        return ACK

    with bus.consuming("review", fail_once, pause=0.01) as seen:
        bus.publish(bus.message("e1"))
        eventually(lambda: len(seen) == 2)

    assert [delivery.deliveries for delivery in seen] == [0, 1]
    assert len(bus.take("audit.events")) == 1
    assert bus.take("review.events") == []


def test_a_message_that_goes_back_comes_before_those_behind_it(bus, eventually, monkeypatch):
    monkeypatch.setattr(consumer, "PREFETCH", 1)

    def fail_once(delivery):
        if delivery.message_id == "e1" and delivery.deliveries == 0:
            raise RuntimeError("broken the first time")
        return ACK

    bus.publish(*(bus.message(f"e{number}") for number in (1, 2, 3)))
    with bus.consuming("review", fail_once, pause=0.01) as seen:
        eventually(lambda: len(seen) == 4)

    assert [delivery.message_id for delivery in seen] == ["e1", "e1", "e2", "e3"]


def test_a_message_that_always_breaks_ends_in_the_dead_letters_after_twenty_returns(
    bus, eventually
):
    def fail(delivery):
        raise RuntimeError("always broken")

    with bus.consuming("review", fail, pause=0.001) as seen:
        bus.publish(bus.message("e1", body=b"poison"))
        eventually(lambda: bus.status("review.dead").ready == 1)

    assert [delivery.deliveries for delivery in seen] == list(range(21))
    [dead] = bus.take("review.dead")
    assert dead.body == b"poison"
    assert dead.properties["message_id"] == "e1"
    headers = dead.properties["application_headers"]
    assert headers["x-first-death-reason"] == "delivery_limit"
    assert headers["x-first-death-queue"] == bus.queue("review")


def test_a_poisoned_message_does_not_take_its_neighbours_with_it(bus, eventually):
    done = []

    def fail_on_poison(delivery):
        if delivery.message_id == "poison":
            raise RuntimeError("always broken")
        done.append(delivery.message_id)
        return ACK

    with bus.consuming("review", fail_on_poison, pause=0.001):
        bus.publish(*(bus.message(id_) for id_ in ("e1", "poison", "e2", "e3")))
        eventually(lambda: bus.status("review.dead").ready == 1)
        eventually(lambda: len(done) >= 3)

    assert sorted(done) == ["e1", "e2", "e3"]


def test_a_delayed_message_comes_again_after_its_time_with_its_key_and_one_attempt_more(
    bus, eventually
):
    def not_yet(delivery):
        return ACK if delivery.attempts else Delay(0.5, "authority not known yet")

    with bus.consuming("review", not_yet) as seen:
        bus.publish(bus.message("e1", key="petition.filed.09", headers={"x-own": "kept"}))
        eventually(lambda: seen)
        eventually(lambda: bus.status("review.delay.1").ready == 1, 0.9)
        eventually(lambda: len(seen) == 2)

    first, second = seen
    assert (first.attempts, second.attempts) == (0, 1)
    assert second.routing_key == first.routing_key == "petition.filed.09"
    assert second.body == first.body
    assert second.message_id == "e1"
    assert second.headers["x-reason"] == "authority not known yet"
    assert second.headers["x-own"] == "kept"
    assert len(bus.take("audit.events")) == 1


def test_a_dead_message_is_kept_with_its_reason_and_origin(bus, eventually):
    with bus.consuming("review", lambda _: Dead("the schema is unknown")):
        bus.publish(bus.message("e1", key="petition.filed.03", body=b"{"))
        eventually(lambda: bus.status("review.dead").ready == 1)

    [dead] = bus.take("review.dead")
    headers = dead.properties["application_headers"]
    assert dead.body == b"{"
    assert headers["x-reason"] == "the schema is unknown"
    assert headers["x-first-queue"] == bus.queue("review")
    assert headers["x-original-routing-key"] == "petition.filed.03"
    assert bus.take("review.events") == []


def test_a_message_delayed_again_and_again_keeps_count(bus, eventually):
    def twice_late(delivery):
        return Delay(1, "late") if delivery.attempts < 2 else Dead("too late")

    with bus.consuming("review", twice_late) as seen:
        bus.publish(bus.message("e1"))
        eventually(lambda: bus.status("review.dead").ready == 1)

    assert [delivery.attempts for delivery in seen] == [0, 1, 2]
    assert [delivery.deliveries for delivery in seen] == [0, 0, 0]


def test_no_more_than_the_prefetch_waits_at_one_consumer(bus, eventually):
    held = threading.Event()

    def hold(_):
        held.wait(10)
        return ACK

    bus.publish(*(bus.message(f"e{n}") for n in range(12)))
    try:
        with bus.consuming("review", hold) as seen:
            eventually(lambda: seen)
            eventually(lambda: bus.status("review.events").ready == 12 - PREFETCH)
            held.set()
            eventually(lambda: len(seen) == 12)
    finally:
        held.set()


def test_a_stopped_consumer_gives_back_what_it_has_not_handled(bus, eventually):
    held = threading.Event()

    def hold(_):
        held.wait(10)
        return ACK

    bus.publish(*(bus.message(f"e{n}") for n in range(3)))
    with bus.consuming("review", hold) as seen:
        eventually(lambda: seen)
        seen.stop.set()
        held.set()

    eventually(lambda: bus.status("review.events").ready == 2)
    assert [message.body for message in bus.take("review.events")] == [b"e1", b"e2"]
