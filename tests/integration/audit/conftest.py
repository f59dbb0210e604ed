"""audit on either database, events for it, and live services that say what a test wants."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, Response, jsonify, request
from sqlalchemy import select

from services.audit.models import LedgerEntry, WaitingEntry
from services.audit.settings import AuditSettings
from shared.events.canonical import to_plain
from shared.events.cases import CaseOpened, CaseSnapshot
from shared.events.catalogue import EACH, OWNERS
from shared.events.envelope import Envelope, encode
from shared.events.texts import Texts
from shared.settings import SERVICES, load_settings
from shared.testing.harness import TODAY, Harness, event_envelope

OPENED = CaseOpened(signatures_needed=0, signatures=0)


class Live:
    """The other services: subjects with their sequence and state, by subject."""

    def __init__(self) -> None:
        self.subjects: dict[str, tuple[int, dict[str, Any]]] = {}
        self.down: set[str] = set()
        self.asked: list[dict[str, str]] = []

    def shows(self, *told: Envelope) -> None:
        """Let the services stand where these events left them."""
        for one in told:
            self.subjects[one.subject] = (one.sequence, dict(one.data.after))

    def app(self, service: str) -> Flask:
        """The application of one service."""
        app = Flask(service)

        @app.post("/identity/v1/oauth/token")
        def token() -> Response:
            return jsonify({"access_token": "t", "token_type": "Bearer", "expires_in": 300})

        @app.get(f"/{service}/v1/states")
        def states() -> tuple[Response, int]:
            self.asked.append({**request.args, "bearer": request.headers["Authorization"]})
            if service in self.down:
                return jsonify({"code": "down"}), 503
            return jsonify(self.page(request.args["kind"], request.args.get("cursor"))), 200

        return app

    def page(self, kind: str, cursor: str | None) -> dict[str, Any]:
        """Two subjects a page, so that paging is met too."""
        found = [
            {"subject": subject, "sequence": sequence, "state": state}
            for subject, (sequence, state) in sorted(self.subjects.items())
            if subject.startswith(f"{kind}/")
        ]
        first = int(cursor or 0)
        more = len(found) > first + 2
        return {"states": found[first : first + 2], "next_cursor": str(first + 2) if more else None}


@pytest.fixture
def audit(harness_on: Any, database_kind: str, tmp_path: Path) -> Harness:
    """audit with little patience and no workflow tables."""
    harness: Harness = harness_on("audit", database_kind)
    environ = {
        "AUDIT_REPLAY_WAIT_SECONDS": "1",
        "AUDIT_WORKFLOW_TABLES": str(tmp_path / "workflows"),
    }
    harness.context.settings = load_settings(AuditSettings, prefix="AUDIT_", environ=environ)
    return harness


@pytest.fixture
def live(audit: Harness) -> Live:
    """Every other service, answering in-process."""
    others = Live()
    for service in set(SERVICES) - {"audit", "portal"}:
        audit.context.clients.attach(service, others.app(service))
    assert set(OWNERS.values()) - {"audit", EACH} <= set(SERVICES)
    return others


@pytest.fixture
def told() -> Any:
    """``told(subject, sequence, ...)`` makes an event of a case; attributes may be given."""

    def make(
        subject: str = "case/one",
        sequence: int = 1,
        *,
        before: str = "new",
        state: str = "open",
        acted_on: date = TODAY,
        reasons: tuple[str, ...] = (),
        **attributes: Any,
    ) -> Envelope:
        after = CaseSnapshot(
            state=state,
            reference="taroudant/2023/1",
            subject=Texts(ar="مركز", fr="Un centre", original="fr"),
            petitioner="association",
            people=[],
            filed_on=TODAY,
            law_version="ma-commune-2015",
            refusal_due_on=TODAY,
            refusal_safe_on=TODAY,
            decided_on=None,
            reasons=list(reasons),
            committee=None,
        )
        envelope = event_envelope(
            OPENED, after, subject=subject, sequence=sequence, acted_on=acted_on, **attributes
        )
        data = replace(envelope.data, trigger="open", from_=before, to=state, after=to_plain(after))
        return replace(envelope, data=data)

    return make


@pytest.fixture
def tell(audit: Harness) -> Any:
    """``tell(event, ...)`` hands events to the worker in that order; gives their bytes back."""

    def hand_over(*events: Envelope) -> list[bytes]:
        bodies = [encode(one) for one in events]
        for body in bodies:
            audit.deliver_bytes(body)
        return bodies

    return hand_over


@pytest.fixture
def entries(audit: Harness) -> Any:
    """``entries(authority)``: the rows of a ledger in order."""

    def rows(authority: str = "taroudant") -> list[LedgerEntry]:
        with audit.context.database.read(authority) as session:
            statement = select(LedgerEntry).where(LedgerEntry.authority == authority)
            return list(session.scalars(statement.order_by(LedgerEntry.index)).all())

    return rows


@pytest.fixture
def waiting(audit: Harness) -> Any:
    """``waiting()``: the sequences of what waits to enter, by subject."""

    def rows() -> list[tuple[str, int]]:
        with audit.context.database.read("*") as session:
            found = session.execute(select(WaitingEntry.subject, WaitingEntry.sequence)).all()
        return sorted((subject, sequence) for subject, sequence in found)

    return rows
