"""A ledger agrees with the services, and its proofs hold, after a person's data was erased."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from services.audit.models import LedgerEntry
from services.audit.settings import AuditSettings
from services.identity.kinds import KINDS as IDENTITY_KINDS
from services.intake.state import KINDS as INTAKE_KINDS
from shared.events.canonical import to_plain
from shared.events.envelope import encode
from shared.settings import load_settings
from shared.testing.harness import ACK, Harness
from tests.integration.races.conftest import pass_on
from tests.integration.races.town import CITIZEN, DAY_AFTER, Town

__all__ = ["pass_on"]

WORKFLOWS = Path(__file__).parents[3] / "docs" / "contracts" / "workflows"


@pytest.fixture
def town(harness_on: Any, database_kind: str, pass_on: Any) -> Town:
    """identity and intake on either database."""
    identity = harness_on("identity", database_kind)
    return Town(identity, harness_on("intake", database_kind), pass_on)


def shown(live: Any, *harnesses: Harness) -> None:
    """What the services say of their own subjects, from their rows."""
    for model, flow in (*IDENTITY_KINDS, *INTAKE_KINDS):
        for harness in harnesses:
            if not issubclass(model, harness.context.base):
                continue
            for row in harness.rows(model):
                live.subjects[row.subject] = (row.sequence, to_plain(flow.state_of(row)))


def test_replay_agrees_and_the_ledger_tells_what_was_erased_when(
    town: Town, audit: Harness, live: Any
) -> None:
    environ = {"AUDIT_REPLAY_WAIT_SECONDS": "1", "AUDIT_WORKFLOW_TABLES": str(WORKFLOWS)}
    audit.context.settings = load_settings(AuditSettings, prefix="AUDIT_", environ=environ)
    town.closed(town.petition("filing"))
    town.ask()
    town.today(DAY_AFTER)

    told = [*town.identity.emitted(), *town.intake.emitted()]
    for one in told:
        assert audit.deliver_bytes(encode(one), message_id=one.id) == ACK
    shown(live, town.identity, town.intake)
    result = audit.request("POST", "/replays", role="auditor").json

    assert town.names == [None]
    assert (result["events"], result["behind"], result["divergences"]) == (len(told), 0, [])
    with audit.context.database.read("taroudant") as session:
        bodies = session.scalars(
            select(LedgerEntry.body).where(LedgerEntry.type == "erasure.carried_out.v1")
        ).all()
    (body,) = bodies
    assert CITIZEN.encode() in body
    assert b'"erased":["petition","account"]' in body
    assert [one.type for one in told if one.kind == "redaction"] == [
        "redaction.put_off.v1",
        "redaction.carried_out.v1",
    ]
