"""Rows that addresses of the council name, put there without the acts that usually make them."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from services.review.control.follow_up_models import FollowUp
from services.review.council.meeting_models import CommitteeMeeting
from services.review.documents.models import Document
from services.review.sessions.agenda_models import AgendaRequest
from services.review.sessions.notice_models import FailedNotice
from shared.clock import now
from shared.testing.harness import AUTHORITY, TODAY, person
from tests.integration.review.case_support import Desk


def document(desk: Desk, case: str) -> str:
    """A document as if it had been issued: what is printed matters to other tests."""
    facts: dict[str, Any] = {
        "id": UUID(person("document")),
        "authority": AUTHORITY,
        "state": "issued",
        "sequence": 1,
        "document_kind": "admission",
        "number": "2023/1",
        "about": f"case/{case}",
        "edition": 1,
        "case_id": UUID(case),
        "issued_on": TODAY,
        "issued_at": now(),
        "template": "1",
        "wording": {},
        "facts_sha256": "a" * 64,
    }
    _add(desk, Document(**facts))
    return person("document")


def follow_up(desk: Desk, decision: str) -> str:
    """Something that has to be done for a decision, by somebody until a day."""
    facts: dict[str, Any] = {
        "id": UUID(person("follow-up")),
        "authority": AUTHORITY,
        "decision_id": UUID(decision),
        "title": "Ouvrir le centre",
        "owner": "Service social",
        "due_on": date(2024, 12, 31),
        "state": "planned",
        "note": "",
        "sha256": [],
        "changed_on": TODAY,
        "changed_by": person("clerk"),
        "recorded_at": now(),
    }
    _add(desk, FollowUp(**facts))
    return person("follow-up")


def agenda_request(desk: Desk, session: str) -> str:
    """What a member asked to be put on the agenda, not answered yet."""
    facts: dict[str, Any] = {
        "id": UUID(person("request")),
        "authority": AUTHORITY,
        "session_id": UUID(session),
        "subject_line": {"fr": "Voirie", "original": "fr"},
        "members": 1,
        "in_office": 5,
        "is_binding": False,
        "received_on": TODAY,
        "recorded_by": person("clerk"),
        "recorded_at": now(),
    }
    _add(desk, AgendaRequest(**facts))
    return person("request")


def failed_notice(desk: Desk, session: str) -> str:
    """A member's notice that came back and was not sent again."""
    facts: dict[str, Any] = {
        "id": UUID(person("failed-notice")),
        "authority": AUTHORITY,
        "session_id": UUID(session),
        "person_id": UUID(person("plain")),
        "channel": "hand",
        "reason": "returned",
        "failed_on": TODAY,
        "latest_on": TODAY,
        "recorded_by": person("clerk"),
        "recorded_at": now(),
    }
    _add(desk, FailedNotice(**facts))
    return person("failed-notice")


def committee_report(desk: Desk, committee: str) -> str:
    """What a committee reported of a petition that is before no session yet."""
    said = {"case": desk.referred("reported"), "recommendation": "favourable", "text": "Favorable."}
    return str(desk.done(f"/committees/{committee}/reports", said, who="chair")["id"])


def meeting(desk: Desk, committee: str) -> str:
    """A meeting that a committee's chair called and nobody has held yet."""
    facts: dict[str, Any] = {
        "id": UUID(person("meeting")),
        "authority": AUTHORITY,
        "committee_id": UUID(committee),
        "called_by": "chair",
        "called_on": TODAY,
        "meets_on": TODAY,
        "cases": [],
        "recorded_by": person("chair"),
        "recorded_at": now(),
    }
    _add(desk, CommitteeMeeting(**facts))
    return person("meeting")


def _add(desk: Desk, row: Any) -> None:
    with desk.review.context.database.write(AUTHORITY) as (session, _):
        session.add(row)
