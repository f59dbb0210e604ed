"""What review answers about a case: for everyone, at the council's desk, planned backwards."""

from __future__ import annotations

from tests.integration.portal.answers.common import (
    BODY,
    CASE,
    COMMITTEE,
    ID,
    NAME,
    PERSON,
    STEP,
    SUBJECT,
    TERM,
    act,
)

CONSULTATION = {
    "id": ID,
    "state": "requested",
    "case": CASE,
    "body": BODY,
    "reference": "taroudant/2023/1",
    "subject": SUBJECT,
    "is_mandatory": True,
    "due_on": "2024-01-10",
    "requested_on": "2023-11-20",
    "opinion": None,
    "opinions": [],
}
DECISION = {
    "id": ID,
    "state": "adopted",
    "version": 1,
    "number": "2024/1",
    "session": ID,
    "item": ID,
    "case": CASE,
    "subject": SUBJECT,
    "adopted_on": "2024-02-06",
    "visa_needed": None,
    "transmitted_on": None,
    "governor_receipt_on": None,
    "enforceable_from": None,
    "transmission": TERM,
    "enforceability": None,
    "opposition": None,
    "is_late": True,
    "allowed": ["transmit"],
}
ITEM = {
    "id": ID,
    "state": "scheduled",
    "version": 1,
    "session": ID,
    "case": CASE,
    "subject": SUBJECT,
    "position": 1,
    "basis": "votes-cast",
    "votes_for": 3,
    "votes_against": 1,
    "abstentions": 0,
    "voted_on": None,
    "postponed_because": "no-quorum",
    "added_after_call": True,
    "origin": "petition",
    "needs_supplement": False,
    "reference": "taroudant/2023/1",
}
PUBLIC_CASE = {
    "id": CASE,
    "reference": "taroudant/2023/1",
    "state": "open",
    "subject": SUBJECT,
    "petitioner": "association",
    "association": {"name": NAME},
    "filed_on": "2023-10-16",
    "decided_on": None,
    "reasons": [],
    "committee": None,
    "next_step": STEP,
    "names": {COMMITTEE: NAME, BODY: NAME},
    "reason_labels": [{"code": "x", "label": "Motif", "article": "113-14 art 124"}],
    "consultations": [CONSULTATION],
    "items": [ITEM],
    "decisions": [],
    "timeline": [act(), act("case.referred.v1", committee=COMMITTEE)],
}
CASE_DETAIL = {
    **PUBLIC_CASE,
    "version": 4,
    "signatures": 0,
    "signatures_needed": 0,
    "law_version": "ma-commune@2015-07-23",
    "refusal_due_on": "2024-01-16",
    "refusal_safe_on": "2024-01-16",
    "missing": ["powers"],
    "decisions": [DECISION],
    "reports": [
        {
            "id": ID,
            "committee": COMMITTEE,
            "recommendation": "favourable",
            "text": "Rapport",
            "reported_on": "2023-12-01",
        }
    ],
    "opinions": [{"opinion": ID, "body": BODY, "subject": SUBJECT, "submitted_on": "2023-12-01"}],
    "handed_in": [{"sha256": ["ab" * 32], "receipt": "R1", "handed_in_on": "2023-11-01"}],
    "conditions": [
        {
            "id": "association-age",
            "group": "petitioners",
            "name": {"ar": "الأقدمية", "fr": "Plus de trois ans", "en": "More than three years"},
            "doubt": None,
            "article": "113-14 art 124",
            "advice": "met",
            "is_open": True,
            "check": None,
        },
        {
            "id": "association-seat",
            "group": "petitioners",
            "name": {"ar": "المقر", "fr": "Siège ou section", "en": "Seat or branch"},
            "doubt": {"ar": "شك", "fr": "Lecture incertaine", "en": "Uncertain"},
            "article": "113-14 art 124",
            "advice": None,
            "is_open": True,
            "check": {
                "outcome": "not-met",
                "note": "Siège à Agadir",
                "sha256": ["ab" * 32],
                "checked_on": "2023-11-02",
                "checked_as": "secretariat",
            },
        },
    ],
    "bureau": [
        {
            "person": PERSON,
            "office": "president",
            "name": {"ar": "الرئيسة", "latin": "La présidente"},
        }
    ],
    "decided_by": [PERSON],
    "despite_reason": "Vu au guichet",
    "remedies": [
        {
            "remedy": "court",
            "to": {"ar": "المحكمة", "fr": "Le tribunal administratif", "en": "The court"},
            "due_on": "2024-03-16",
            "safe_on": "2024-03-15",
            "article": "41-90 art 23",
            "explanation": TERM["explanation"],
        }
    ],
    "refusal_notified_on": None,
    "open_sessions": [{"id": ID, "session_kind": "ordinary", "opens_on": "2024-02-06"}],
    "acts": [
        {"act": "checks", "roles": ["secretariat", "president", "bureau"]},
        {"act": "admission", "roles": ["president", "bureau"]},
        {"act": "refusal", "roles": ["president", "bureau"]},
        {"act": "referral", "roles": ["secretariat", "president"]},
        {"act": "report", "roles": ["committee-chair", "secretariat"]},
    ],
}
PLAN = {
    "session_on": "2024-02-06",
    "is_planned": True,
    "is_on_agenda": False,
    "article": "113-14 art 38",
    "explanation": {"ar": "يمكن", "fr": "Encore possible", "en": "Still possible"},
    "steps": [
        {
            "id": "decide",
            "who": "bureau",
            "name": {"ar": "القرار", "fr": "Décision du bureau", "en": "Decision"},
            "latest_on": "2024-01-14",
            "safe_on": "2024-01-12",
            "article": "113-14 art 38",
            "rule": "agenda-to-governor",
            "is_local": False,
            "explanation": TERM["explanation"],
            "done_on": None,
            "is_late": True,
        },
        {
            "id": "report",
            "who": "committee-chair",
            "name": {"ar": "التقرير", "fr": "Rapport", "en": "Report"},
            "latest_on": "2024-01-27",
            "safe_on": "2024-01-26",
            "article": "RI 20",
            "rule": "committee-report-due",
            "is_local": True,
            "explanation": TERM["explanation"],
            "done_on": "2023-12-01",
            "is_late": False,
        },
    ],
    "passed_over": [
        {
            "session_on": "2023-10-10",
            "agenda_latest": "2023-09-20",
            "explanation": {"ar": "فاتت", "fr": "Session passée", "en": "Gone"},
        }
    ],
    "postponement": {
        "session_on": "2024-05-07",
        "is_planned": False,
        "days_lost": 91,
        "explanation": {"ar": "تأخير", "fr": "Retard de 91 jours", "en": "91 days later"},
    },
}
PLANNED = {
    "law_version": "ma-commune@2015-07-23",
    "plan": PLAN,
    "usual_days": [
        {
            "act": "completion-request",
            "rule": "completion-answer-due",
            "due_on": "2023-10-30",
            "source": "RI 20",
            "explanation": TERM["explanation"],
        }
    ],
}
