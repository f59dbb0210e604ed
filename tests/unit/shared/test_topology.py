from __future__ import annotations

from zlib import crc32

import pytest

from shared.broker import topology

pytestmark = pytest.mark.unit


def test_a_subjects_slot_is_its_crc_32_modulo_sixteen() -> None:
    subject = "petition/01900000-0000-7000-8000-000000000001"

    assert topology.slot_of(subject) == crc32(subject.encode()) % 16


def test_the_slot_of_a_known_subject_never_changes() -> None:
    assert topology.slot_of("authority/taroudant") == 1


def test_a_routing_key_is_kind_event_and_two_digits_of_slot() -> None:
    key = topology.routing_key("petition.signatures_counted.v1", "authority/taroudant")

    assert key == "petition.signatures_counted.01"


@pytest.mark.parametrize("type_", ["petition", "petition.filed", "", "petition.filed.1", ".a.v1"])
def test_a_type_that_is_not_kind_event_and_version_is_refused(type_: str) -> None:
    with pytest.raises(ValueError, match="kind"):
        topology.routing_key(type_, "petition/1")


def test_every_service_has_a_queue_a_dead_letter_queue_and_five_delays() -> None:
    names = [spec.name for spec in topology.queues()]

    for service in topology.SUBSCRIPTIONS:
        own = {name for name in names if name.startswith(f"{service}.")}
        delays = {f"{service}.delay.{seconds}" for seconds in (1, 5, 30, 120, 600)}
        assert own == {f"{service}.events", f"{service}.dead"} | delays


def test_a_main_queue_never_deletes_what_reaches_its_delivery_limit() -> None:
    mains = [spec for spec in topology.queues() if spec.name.endswith(".events")]

    for spec in mains:
        assert spec.arguments["x-delivery-limit"] == 20
        assert spec.arguments["x-single-active-consumer"] is True
        assert spec.arguments["x-dead-letter-strategy"] == "at-least-once"
        assert spec.arguments["x-overflow"] == "reject-publish"
        assert spec.arguments["x-dead-letter-exchange"] == "arida.dead"


def test_every_dead_letter_key_leads_to_a_declared_queue() -> None:
    specs = topology.queues()
    reachable = {key for spec in specs for _, key in spec.bindings} | {s.name for s in specs}

    for spec in specs:
        assert spec.arguments.get("x-dead-letter-routing-key", spec.name) in reachable


def test_services_subscribe_to_whole_kinds() -> None:
    by_name = {spec.name: spec for spec in topology.queues()}

    assert by_name["audit.events"].bindings == (("arida.events", "#"),)
    assert by_name["arida.log"].bindings == (("arida.events", "#"),)
    assert ("arida.events", "petition.#") in by_name["review.events"].bindings


@pytest.mark.parametrize(
    ("asked", "given"), [(0.1, 1), (1, 1), (1.5, 5), (30, 30), (31, 120), (9999, 600)]
)
def test_a_delay_is_the_shortest_queue_that_waits_long_enough(asked: float, given: int) -> None:
    assert topology.delay_queue_of("review", asked) == f"review.delay.{given}"


def test_a_prefix_sets_every_name_apart() -> None:
    for spec in topology.queues(prefix="t1."):
        assert spec.name.startswith("t1.")
        assert all(exchange.startswith("t1.") for exchange, _ in spec.bindings)
