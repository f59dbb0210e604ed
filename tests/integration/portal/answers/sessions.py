"""What review answers about sessions: one of them, its record, the calendar."""

from __future__ import annotations

from typing import Any

from tests.integration.portal.answers.cases import ITEM
from tests.integration.portal.answers.common import BODY, CASE, ID, NAME, STEP, SUBJECT, TERM

SESSION = {
    "id": ID,
    "state": "called",
    "version": 2,
    "session_kind": "ordinary",
    "called_by": "president",
    "opens_on": "2024-02-06",
    "agenda_version": 2,
    "extended_until": None,
    "requested_on": None,
    "requested_by_members": None,
    "agenda_to_governor_on": "2024-01-10",
    "notice_to_members_on": None,
    "closed_on": None,
    "items": [ITEM],
    "decisions": [],
    "sittings": [
        {
            "id": ID,
            "state": "quorum_failed",
            "call": 1,
            "held_on": "2024-02-06",
            "in_office": 35,
            "present": 10,
            "needed": 18,
        }
    ],
    "days": {"agenda_to_governor": TERM, "notice_to_members": TERM, "session_end": None},
    "quorum": {"in_office": 35, "needed": 18, "article": "113-14 art 42", "explanation": NAME},
    "next_call": {
        "call": 2,
        "called_from": "2024-02-09",
        "called_until": "2024-02-11",
        "held_on": None,
        "article": "113-14 art 42",
        "explanation": NAME,
    },
    "papers": [{"opinion": ID, "body": BODY, "subject": SUBJECT, "submitted_on": "2024-01-20"}],
    "documents": [
        {
            "id": ID,
            "item": ID,
            "title": "Plan du <centre>",
            "sha256": "ab" * 32,
            "media_type": "application/pdf",
            "size": 9,
            "added_on": "2024-01-09",
        }
    ],
    "allowed": ["convene", "postpone"],
    "majority_matters": [
        {
            "id": "public-utilities",
            "name": {"ar": "المرافق", "fr": "modes de gestion", "en": "utilities"},
            "basis": "members-in-office",
        }
    ],
}
CALENDAR: dict[str, Any] = {
    "meetings": [
        {
            "id": ID,
            "kind": "session",
            "on": "2023-10-05",
            "state": "postponed",
            "is_cancelled": True,
            "session": ID,
            "session_kind": "ordinary",
            "call": None,
            "points": [{"subject": SUBJECT, "reference": "taroudant/2023/1"}],
            "sequence": 7,
            "changed_at": "2023-10-02T09:30:00.123456Z",
        },
        {
            "id": CASE,
            "kind": "sitting",
            "on": "2023-10-16",
            "state": "quorum_met",
            "is_cancelled": False,
            "session": ID,
            "session_kind": "extraordinary",
            "call": 2,
            "points": [],
            "sequence": 1,
            "changed_at": "2023-10-16T18:00:00Z",
        },
    ],
    "cases": [
        {
            "case": CASE,
            "reference": "taroudant/2023/1",
            "subject": SUBJECT,
            "state": "open",
            "on": "2023-10-20",
            "next_step": STEP,
            "sequence": 4,
            "changed_at": "2023-10-18T09:00:00.5Z",
        }
    ],
}
AGENDA: Any = SESSION["items"]
MEMBERS = [f"01920000-0000-7000-8000-0000000001{number:02}" for number in range(3)]
COUNTED = {"ar": "نصاب", "fr": "Le quorum compté", "en": "The quorum counted"}
RECORD: dict[str, Any] = {
    **{key: SESSION[key] for key in ("id", "state", "version")},
    "on": "2024-02-06",
    "members": [
        {"person": person, "offices": ["member"], "is_president": person == MEMBERS[0]}
        for person in MEMBERS
    ],
    "people": {MEMBERS[0]: {"ar": "العضو الأول", "latin": "Membre premier"}},
    "sittings": [
        {
            "id": ID,
            "state": "planned",
            "number": 1,
            "call": 1,
            "held_on": "2024-02-06",
            "in_office": 3,
            "is_named": True,
            "calculation": None,
            "article": None,
            "private_for": None,
            "there": 1,
            "roll": [{"person": MEMBERS[0], "mark": "present", "is_there": True}],
        }
    ],
    "items": [
        {**item, "recusals": [], "votes": [], "calculations": [], "needs_supplement": False}
        for item in AGENDA
    ],
    "quorum": {
        "in_office": 3,
        "present": 1,
        "needed": 2,
        "met": False,
        "article": "113-14 art 42",
        "explanation": COUNTED,
    },
    "last_day": None,
    "extension_reason": None,
}
OTHER = "01920000-0000-7000-8000-0000000000aa"
REQUEST = {
    "id": OTHER,
    "session": ID,
    "subject": SUBJECT,
    "members": 18,
    "in_office": 35,
    "is_binding": False,
    "received_on": "2024-01-08",
    "answer": None,
    "refusal_reason": None,
    "answered_on": None,
    "item": None,
}
AGENDA_RECORD: dict[str, Any] = {
    "versions": [{"version": 1, "cause": "called", "items": [ID], "made_on": "2024-01-10"}],
    "requests": [
        REQUEST,
        {**REQUEST, "id": CASE, "answer": "refused", "refusal_reason": "Hors <compétence>"},
    ],
    "convocations": [
        {
            "person": MEMBERS[0],
            "notice": "notice",
            "version": 1,
            "channel": "hand",
            "proof": "Registre 12",
            "sent_on": "2024-01-22",
        }
    ],
    "unproven": MEMBERS[1:],
    "members": RECORD["members"],
    "people": RECORD["people"],
    "failed": [],
    "notice_choices": [],
    "objections": [],
    "clashes": [],
    "governor_received_on": "2024-01-12",
    "governor_latest": "2024-01-20",
}
FAILED_NOTICE = {
    "id": OTHER,
    "session": ID,
    "person": MEMBERS[1],
    "channel": "registered-post",
    "reason": "returned",
    "failed_on": "2024-01-24",
    "latest_on": "2024-01-27",
    "renewed_on": None,
    "renewed_channel": None,
    "renewed_proof": None,
    "standing": "open",
}
URGENT = {"session": ID, "opens_on": "2024-02-06", "latest_on": "2024-01-27", "is_late": False}
REPORT = {
    "reported_on": None,
    "follow_ups": [
        {
            "id": OTHER,
            "decision": ID,
            "title": "Ouvrir le centre",
            "owner": "Service social",
            "due_on": "2024-05-01",
            "state": "under-way",
            "changed_on": "2024-03-01",
        }
    ],
}
