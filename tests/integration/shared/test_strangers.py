"""What a service cannot read or does not know is put aside by a reason; all others go on."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from services.review.cases.models import Case
from shared.bus_problems import PARKED_SECONDS
from shared.events.envelope import Envelope, encode
from shared.events.petitions import PetitionFiled
from shared.testing.harness import Harness, event_envelope, person
from tests.integration.review.test_case_opening import snapshot
from tests.integration.shared.conftest import Bus
from tests.integration.shared.test_bus_alarms import age, health, metric
from tests.integration.shared.test_dead_letters import (
    consuming,
    letters,
    put,
    reached,
    review,
)

__all__ = ["consuming", "review"]


def petition(name: str, **attributes: Any) -> Envelope:
    """A petition of its own was filed."""
    told = PetitionFiled(reference=f"taroudant/2023/{name}", receipt=name)
    after = snapshot(reference=told.reference, receipt=name)
    return event_envelope(told, after, subject=f"petition/{person(name)}", **attributes)


def altered(envelope: Envelope, **changes: Any) -> tuple[str, bytes]:
    """A message with this event, in which something is as no program of today writes it."""
    told = {**json.loads(encode(envelope)), **changes}
    return envelope.id, json.dumps(told, sort_keys=True, separators=(",", ":")).encode()


def as_it_is(envelope: Envelope) -> tuple[str, bytes]:
    return envelope.id, encode(envelope)


def opened(review: Harness) -> set[str]:
    return {case.reference.rpartition("/")[2] for case in review.rows(Case)}


def test_neighbours_of_what_nobody_understands_take_effect(
    review: Harness, whole_bus: Bus, consuming: None, eventually: Callable[..., None]
) -> None:
    put(
        whole_bus,
        ("garbage", b"\xff\x00{"),
        as_it_is(petition("a")),
        altered(petition("unheard"), type="petition.exploded.v1"),
        as_it_is(petition("b")),
        altered(petition("newer"), type="petition.filed.v9"),
        ("list", b"[]"),
        as_it_is(petition("c")),
        altered(petition("misfit"), data={"after": "none"}),
        as_it_is(petition("d")),
    )

    eventually(lambda: opened(review) == {"a", "b", "c", "d"})

    eventually(lambda: len(letters(review)) == 3)
    reasons = [one["reason"] for one in letters(review)]
    assert {reason.partition(":")[0] for reason in reasons} == {"undecodable"}
    assert all(reason.partition(":")[2].strip() for reason in reasons)
    assert _parked(review) == [
        ("petition.exploded.v1", "unknown-type"),
        ("petition.filed.v9", "unknown-type"),
    ]


def test_later_events_of_an_unknown_one_wait_for_it_and_it_is_told_when_it_is_old(
    review: Harness, whole_bus: Bus, consuming: None, eventually: Callable[..., None]
) -> None:
    put(
        whole_bus,
        altered(petition("newer"), type="petition.filed.v9"),
        as_it_is(petition("newer", sequence=2)),
        as_it_is(petition("other")),
    )
    eventually(lambda: opened(review) == {"other"} and len(_parked(review)) == 2)

    assert [reason for _, reason in _parked(review)] == ["early", "unknown-type"]
    assert sorted(reached(review)) == [(0, False), (1, False)]
    assert health(review)["parts"]["inbox"] == "ok"

    age(review, "inbox_parked", "parked_at", PARKED_SECONDS + 5)

    told = health(review)["details"]["inbox"]["parked"]
    assert told == {"early": 1, "unknown-type": 1}
    assert metric(review, "arida_inbox_parked_age_seconds") > PARKED_SECONDS


def _parked(review: Harness) -> list[tuple[str, str]]:
    """The type and the reason of each parked event."""
    table = review.context.base.plumbing.inbox_parked
    with review.context.database.read("*") as session:
        kept = session.execute(select(table.c.body, table.c.reason)).all()
    return sorted((str(json.loads(row.body)["type"]), str(row.reason)) for row in kept)
