"""Exactly what a filing costs up to its receipt: statements of each service, messages of the bus.

A number that changes here is a decision: the network of all communes pays it for each petition.
"""

from __future__ import annotations

import base64
from collections import Counter
from typing import Any

import pytest

from shared.broker.topology import SUBSCRIPTIONS
from shared.events.decisions import DecisionAdopted
from shared.relay import Relay
from shared.testing.harness import Harness, person
from tests.integration.notifications.conftest import Desk as NoticeDesk
from tests.integration.notifications.conftest import FakeIdentity
from tests.integration.notifications.told_events import decision, people
from tests.integration.review.case_support import Desk
from tests.integration.review.test_case_opening import FILED, SUBJECT, snapshot
from tests.integration.security.worlds import DRAFT
from tests.integration.shared.conftest import Bus
from tests.integration.shared.counting import statements

BEGIN = "SELECT set_config"
"""Names the authority to the second wall and brings the database's time."""

ACT = "SELECT known_authority"
"""Begins an act: the same, and brings what the service knows of the authority."""

# A step's row, history and event are one statement, which begins with the history.
FILING = {
    ACT: 1,
    "SELECT idempotent_answer": 1,
    "SELECT petition": 1,
    "INSERT register": 1,
    "WITH history": 1,
    "INSERT idempotent_answer": 1,
    "COMMIT": 1,
}
INBOX = {"BEGIN inbox_cursor": 1, "COMMIT": 1}
"""What an event costs its consumer whose turn has come: it is taken in with the first question.

No second transaction looks for one parked behind it."""

OPENING = {
    **INBOX,
    "WITH case": 1,
    "WITH case_person": 1,
}
"""The case goes with its history and event, its people with its clocks."""

INTENDING = {**INBOX, "INSERT notice": 1}
TELLING_OF_A_CASE = {
    **INBOX,
    "INSERT known_case": 1,
    "SELECT known_membership": 1,
    "INSERT notice": 1,
}
"""The case remembered, all holders of roles looked up, all notices written: one statement each."""

RECALLING_A_CASE = {**INBOX, "SELECT known_case": 1, "INSERT notice": 1}
"""A later event about a case asks for its people and its reference at once."""
ENTERING = {
    **INBOX,
    "INSERT ledger_head": 1,
    "SELECT waiting_entry": 2,
    "WITH ledger_entry": 1,
}
"""One event into the ledger: head locked, what waits looked at, entry and head in one statement."""

SENDING = {
    BEGIN: 2,
    "UPDATE notice": 2,
    "BEGIN notice": 1,
    "WITH history": 1,
    "COMMIT": 3,
}
"""Taken in hand, recorded as sent, and a last look for another: no transaction is open while the
mail is written and goes out. What is known of the authority comes with what is taken in hand."""


@pytest.fixture
def intake(harness_on: Any) -> Harness:
    """intake on PostgreSQL."""
    harness: Harness = harness_on("intake")
    return harness


def drafted(intake: Harness) -> str:
    """The address of a draft's filing."""
    made = intake.request("POST", "/petitions", DRAFT, role="petitioner")
    return f"/petitions/{made.json['id']}/filing"


def test_a_filing_takes_six_statements_and_one_commit(intake: Harness) -> None:
    path = drafted(intake)

    with statements(intake) as seen:
        answer = intake.request("POST", path, {}, role="petitioner")

    assert answer.status_code == 200
    assert seen == Counter(FILING)
    assert seen.total() == 7


def test_a_repeated_filing_takes_two_statements(intake: Harness) -> None:
    path, key = drafted(intake), {"Idempotency-Key": "once"}
    intake.request("POST", path, {}, role="petitioner", headers=key)

    with statements(intake) as seen:
        intake.request("POST", path, {}, role="petitioner", headers=key)

    wanted = (ACT, "SELECT idempotent_answer")
    assert seen == Counter(wanted)


def test_opening_the_case_takes_three_statements_and_one_commit(harness_on: Any) -> None:
    desk = Desk(harness_on("review"))

    with statements(desk.review) as seen:
        desk.filed()

    assert seen == Counter(OPENING)
    assert seen.total() == 4
    assert desk.types("case") == ["opened"]


def test_the_receipt_message_takes_two_statements_to_intend_and_six_to_send(
    harness_on: Any,
) -> None:
    identity = FakeIdentity()
    identity.knows("somebody", "fr")
    desk = NoticeDesk(harness_on("notifications"), identity)

    with statements(desk.harness) as intending:
        desk.file_petition("somebody")
    with statements(desk.harness) as sending:
        assert desk.sender.send_due() == 1

    assert intending == Counter(INTENDING)
    assert sending == Counter(SENDING)
    assert (intending.total(), sending.total()) == (3, 9)
    assert [event.type for event in desk.harness.emitted()] == ["notice.sent.v1"]


def test_the_cases_notices_take_three_statements_beside_the_inbox_for_any_number_of_people(
    harness_on: Any,
) -> None:
    desk = NoticeDesk(harness_on("notifications"), FakeIdentity())
    for name, role in (("clerk", "secretariat"), ("deputy", "secretariat"), ("head", "president")):
        desk.grant(name, role)

    with statements(desk.harness) as opening:
        desk.open_case("legal", "second")

    assert desk.told("case_opened") == people("legal", "second", "clerk", "deputy", "head")
    assert opening == Counter(TELLING_OF_A_CASE)
    assert opening.total() == Counter(INBOX).total() + 3


def test_a_decisions_notices_look_for_its_case_once(harness_on: Any) -> None:
    desk = NoticeDesk(harness_on("notifications"), FakeIdentity())
    desk.open_case("legal", "second")

    with statements(desk.harness) as deciding:
        desk.hear(DecisionAdopted(), decision(), subject=f"decision/{person('decision')}")

    assert desk.told("decision_adopted") == people("legal", "second")
    assert deciding == Counter(RECALLING_A_CASE)


def test_entering_the_filing_in_the_ledger_takes_five_statements_and_one_commit(
    harness_on: Any,
) -> None:
    audit = harness_on("audit")

    with statements(audit) as seen:
        audit.deliver(FILED, snapshot(), subject=SUBJECT)

    assert seen == Counter(ENTERING)
    assert seen.total() == 6


def test_a_filing_is_one_message_to_the_log_and_to_each_queue_that_wants_it(
    harness_on: Any, whole_bus: Bus
) -> None:
    bus = {"BROKER_URL": whole_bus.url, "BROKER_PREFIX": whole_bus.prefix}
    key = base64.b64encode(bytes(range(32))).decode()
    intake = harness_on("intake", **bus, MASTER_KEY=key)
    relay = Relay(intake.context)
    relay.declare_topology()
    intake.request("POST", drafted(intake), {}, role="petitioner")

    assert len(intake.emitted()) == 1
    relay.relay_once()
    relay.close()

    taken = {name: len(whole_bus.take(f"{name}.events")) for name in SUBSCRIPTIONS}
    wanted = {name: int(bool({"petition", "#"} & set(SUBSCRIPTIONS[name]))) for name in taken}
    assert taken == wanted
    assert sum(taken.values()) == 3
