"""A council, a consultative body, and how each hears what the other said."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from shared.broker.delivery import ACK
from shared.broker.topology import SUBSCRIPTIONS
from shared.events.envelope import encode
from shared.testing.harness import Harness
from tests.integration.opinions.conftest import Bodies
from tests.integration.review.opinion_support import VotingDesk
from tests.integration.review.session_support import Council

PassOn = Callable[[Harness, Harness], None]


@pytest.fixture
def desk(harness_on: Any, database_kind: str) -> VotingDesk:
    """A council with offices and petitions, on either database."""
    return VotingDesk(harness_on("review", database_kind))


@pytest.fixture
def council(harness_on: Any, database_kind: str) -> Council:
    """A council of five on either database: three are a quorum."""
    return Council(harness_on("review", database_kind), members=5)


@pytest.fixture
def bodies(harness_on: Any, database_kind: str) -> Bodies:
    """The consultative bodies, a service of their own."""
    return Bodies(harness_on("opinions", database_kind))


@pytest.fixture
def pass_on() -> PassOn:
    """Hand what one service has told to another that listens to it; each event once."""
    passed: set[str] = set()

    def hand_over(teller: Harness, listener: Harness) -> None:
        for told in teller.emitted():
            if told.kind in SUBSCRIPTIONS[listener.service] and told.id not in passed:
                passed.add(told.id)
                assert listener.deliver_bytes(encode(told), message_id=told.id) == ACK

    return hand_over
