"""What intake, opinions and notifications answer to petitioners and members of bodies."""

from __future__ import annotations

from tests.integration.portal.answers.cases import CONSULTATION
from tests.integration.portal.answers.common import BODY, CASE, ID, NAME, SUBJECT

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
