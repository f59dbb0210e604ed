"""What review answers about the council's set-up and its committees."""

from __future__ import annotations

from typing import Any

from tests.integration.portal.answers.common import CASE, COMMITTEE, ID, NAME, PERSON, SUBJECT

PEOPLE = {PERSON: {"ar": "العضو", "latin": "Membre premier"}}
FINDING: dict[str, Any] = {
    "rule": "committee-seats",
    "article": "113-14 art 25",
    "committee": COMMITTEE,
    "explanation": {"ar": "أقل", "fr": "au moins 5 membres", "en": "at least 5 members"},
}
SEEN_TO: dict[str, Any] = {
    "rule": "committee-subjects",
    "article": "113-14 art 25",
    "name": {"ar": "القضايا", "fr": "Matières obligatoires", "en": "Subjects"},
    "matters": [{"ar": "الميزانية", "fr": "budget", "en": "budget"}],
    "doubt": None,
}
COUNCIL: dict[str, Any] = {
    "on": "2023-11-27",
    "size": 35,
    "in_office": 35,
    "bureau": [{"person": PERSON, "office": "president"}],
    "people": PEOPLE,
    "committees": [{"id": COMMITTEE, "state": "active", "version": 1, "name": NAME, "seats": 4}],
    "findings": [FINDING],
    "seen_to": [SEEN_TO],
}
MEETING: dict[str, Any] = {
    "id": ID,
    "committee": COMMITTEE,
    "called_by": "chair",
    "members": None,
    "called_on": "2023-11-20",
    "meets_on": "2023-11-27",
    "cases": [CASE],
    "is_held": False,
    "roll": [],
    "hearings": [],
}
COMMITTEE_RECORD: dict[str, Any] = {
    "id": COMMITTEE,
    "state": "active",
    "version": 3,
    "code": "social",
    "name": NAME,
    "on": "2023-11-27",
    "members": [{"person": PERSON, "office": "committee-chair"}],
    "people": PEOPLE,
    "cases": [{"id": CASE, "reference": "taroudant/2023/1", "subject": SUBJECT}],
    "meetings": [MEETING],
}
