"""Tracking without an account: whose attempts are counted together."""

from __future__ import annotations

from typing import Any

import pytest

from shared.testing.harness import Harness
from shared.web.limit_peers import LimitPeers

WRONG = "/tracking?reference=taroudant/2023/1&code=AAAAAAAAAA"


@pytest.fixture
def intake(harness_on: Any, database_kind: str) -> Harness:
    """intake on either database."""
    harness: Harness = harness_on("intake", database_kind)
    return harness


def guesses(intake: Harness, times: int, *, from_many: bool = False, **options: Any) -> list[int]:
    """The statuses of so many guesses, each said to be forwarded for one or several addresses."""
    return [
        intake.request(
            "GET",
            WRONG,
            headers={"X-Forwarded-For": f"192.0.2.{number if from_many else 1}"},
            **options,
        ).status_code
        for number in range(times)
    ]


def test_a_stranger_cannot_escape_the_limit_by_naming_other_addresses(intake: Harness) -> None:
    assert guesses(intake, 21, from_many=True) == [404] * 20 + [429]


def test_portal_names_the_readers_and_each_is_limited_alone(intake: Harness) -> None:
    portal: dict[str, Any] = {"role": "service", "client": "service:portal"}

    several = guesses(intake, 21, from_many=True, **portal)
    one = guesses(intake, 20, **portal)

    assert several == [404] * 21
    assert one == [404] * 19 + [429]


def test_another_clients_word_about_addresses_is_not_believed(intake: Harness) -> None:
    other: dict[str, Any] = {"role": "service", "client": "service:review"}

    assert guesses(intake, 21, from_many=True, **other)[-1] == 429


def test_health_tells_insiders_how_many_processes_count_attempts_apart(intake: Harness) -> None:
    peers = [LimitPeers(intake.context.platform, "intake") for _ in range(2)]
    alone = intake.request("GET", "/health", role="operator").json["details"]
    for peer in peers:
        peer.join()

    told = intake.request("GET", "/health", role="operator").json["details"]
    for peer in peers:
        peer.leave()

    assert "attempts_counted_apart" not in alone
    assert told["attempts_counted_apart"] == 2
    outside = {"X-Forwarded-For": "192.0.2.1"}
    assert "details" not in intake.request("GET", "/health", headers=outside).json
