"""What intake, opinions and notifications answer to petitioners and members of bodies."""

from __future__ import annotations

from tests.integration.portal.answers.cases import CONSULTATION
from tests.integration.portal.answers.common import BODY, CASE, ID, NAME, PERSON, SUBJECT

PETITION = {
    "id": CASE,
    "state": "draft",
    "version": 3,
    "petitioner": "association",
    "subject": SUBJECT,
    "reasons": "Parce que <b>non</b>",
    "association": {"name": NAME},
    "signatures": 0,
    "reference": None,
    "filed_on": None,
    "receipt": None,
    "people": [],
    "documents": [{"kind": "powers", "sha256": "cd" * 32, "handed_in_at": "2023-10-16T10:00:00Z"}],
}
PEOPLE = {
    "people": [
        {
            "person_id": ID,
            "role": "mandatary",
            "name_arabic": "فلان",
            "name_latin": "Somebody",
            "is_erased": False,
        },
        {
            "person_id": PERSON,
            "role": "petitioner",
            "name_arabic": None,
            "name_latin": None,
            "is_erased": True,
        },
    ]
}
ERASURE = {
    "id": ID,
    "state": "waiting",
    "version": 2,
    "person": ID,
    "ground": "no-longer-needed",
    "requested_on": "2023-10-16",
    "answer_due_on": "2023-10-26",
    "waits_for": ["term-running"],
    "until_on": "2023-12-15",
    "erased": [],
    "stays": ["council-member"],
    "reason": None,
    "answer": [
        {
            "purpose": "petition",
            "what": "Le nom dans les dossiers",
            "outcome": "waits",
            "why": "Le délai court.",
            "article": "41-90, 23",
        },
        {
            "purpose": "council-member",
            "what": "Les noms des membres",
            "outcome": "stays",
            "why": "Actes publics.",
            "article": None,
        },
    ],
}
RECEIPT = {
    "reference": "taroudant/2023/1",
    "receipt": "RECEIPT00001",
    "filed_on": "2023-10-16",
    "tracking_code": "TRACKCODE1",
}
TRACKED = {
    **RECEIPT,
    "id": CASE,
    "authority": "taroudant",
    "subject": SUBJECT,
    "association": {"name": NAME},
}
OPINION = {
    "id": ID,
    "state": "drafting",
    "version": 5,
    "body": BODY,
    "origin": "request",
    "subject": SUBJECT,
    "started_on": "2023-11-01",
    "adopted_on": None,
    "submitted_on": None,
    "receipt": None,
    "text_sha256": None,
    "request": CONSULTATION,
    "addressed_to": {"id": ID, "session_kind": "ordinary", "opens_on": "2024-02-06"},
}
NOTICE = {
    "id": ID,
    "state": "delivered",
    "about": f"case/{CASE}",
    "notice_kind": "case_opened",
    "title": "Titre",
    "what": "Ce qui est arrivé",
    "details": [{"label": "Référence", "value": "taroudant/2023/1"}],
    "next": "La suite",
    "told_at": "2023-10-16T10:00:00Z",
    "acknowledged_at": None,
}
