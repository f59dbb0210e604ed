"""What the services answer, in the shapes of their schemas."""

from __future__ import annotations

from typing import Any

ID = "01920000-0000-7000-8000-000000000001"
CASE = "01920000-0000-7000-8000-00000000000c"
PERSON = "01920000-0000-7000-8000-00000000000e"
COMMITTEE = "01920000-0000-7000-8000-00000000000d"
BODY = "01920000-0000-7000-8000-00000000000b"
SUBJECT = {"ar": "إحداث مركز", "fr": "Créer un centre", "en": None, "original": "ar"}
NAME = {"ar": "جماعة", "fr": "Commune", "original": "fr"}
TERM = {
    "rule": "notice-to-members",
    "due_on": "2024-01-17",
    "latest_on": "2024-01-17",
    "article": "113-14 art 38",
    "explanation": {"ar": "لأن", "fr": "Parce que", "en": "Because"},
    "missed": {"ar": "فات", "fr": "Passé", "en": "Missed"},
}
STEP = {
    "act": "decide",
    "who": "bureau",
    "what": {"ar": "يبت المكتب", "fr": "Le bureau statue", "en": "The bureau decides"},
    "rule": "refusal-notice",
    "article": "113-14 art 125",
    "due_on": "2024-01-16",
    "safe_on": "2024-01-15",
    "explanation": TERM["explanation"],
    "missed": TERM["missed"],
}
SIGN_IN = {
    "handle": "",
    "person": ID,
    "authority": "taroudant",
    "roles": [],
    "scopes": {"body-member": [BODY]},
    "name": "Somebody",
    "name_latin": "Somebody",
    "name_arabic": "فلان",
    "language": "ar",
    "expires_at": "2030-01-01T00:00:00Z",
}
AUTHORITY = {
    "code": "taroudant",
    "kind": "commune",
    "name": NAME,
    "zone": "Africa/Casablanca",
    "languages": ["ar", "fr"],
    "today": "2023-10-16",
}


def act(type_: str = "case.opened.v1", **what: Any) -> dict[str, Any]:
    """One recorded act of a timeline."""
    return {
        "subject": f"case/{CASE}",
        "sequence": 1,
        "type": type_,
        "to_state": "open",
        "acted_on": "2023-10-16",
        "recorded_at": "2023-10-16T10:00:00Z",
        "late_days": 2,
        "actor_role": "secretariat",
        "what": what,
    }


def problem(status: int, code: str, **members: Any) -> dict[str, Any]:
    """A problem document as services answer it."""
    told = {"title": "titre", "detail": "détail", "remedy": "remède"}
    return {"status": status, "code": code, **told, **members}


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
    "bureau": [{"person": PERSON, "office": "president"}],
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
DOCUMENTS: dict[str, Any] = {
    "documents": [
        {
            "id": ID,
            "kind": "admission",
            "title": "Récépissé de recevabilité",
            "number": "2023/1",
            "issued_on": "2023-11-20",
            "renditions": [
                {"language": "ar", "media_type": "application/pdf", "sha256": "ab" * 32},
                {"language": "fr", "media_type": "text/html", "sha256": "cd" * 32},
            ],
        }
    ],
    "issuable": [{"kind": "referral", "title": "Saisine d'une commission"}],
}
WORDING: dict[str, Any] = {
    "wording": [{"language": "fr", "version": 2, "blocks": {"letterhead": "Province"}}],
    "places": [{"place": "letterhead", "title": "Lignes"}],
    "kinds": [{"kind": "all", "title": "Sur chaque document"}],
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
SESSION = {
    "id": ID,
    "state": "called",
    "version": 2,
    "session_kind": "ordinary",
    "called_by": "president",
    "opens_on": "2024-02-06",
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
    "allowed": ["convene", "postpone"],
}
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
ENTRY = {
    "index": 7,
    "event_id": ID,
    "type": "case.opened.v1",
    "subject": f"case/{CASE}",
    "sequence": 1,
    "acted_on": "2023-10-16",
    "recorded_at": "2023-10-16T10:00:00Z",
    "leaf": "ef" * 32,
    "chain": "01" * 32,
}
EVENT = {
    "type": "case.opened.v1",
    "subject": f"case/{CASE}",
    "sequence": "1",
    "time": "2023-10-16T10:00:00Z",
    "actorrole": "service",
    "data": {"acted_on": "2023-10-16"},
}
DIVERGENCE = {
    "id": ID,
    "about": f"case/{CASE}",
    "sequence": 1,
    "reason": "live-differs",
    "found_at": "2023-10-16T10:00:00Z",
}
BUS = {
    "outbox": {"rows": 2, "oldest_seconds": 5, "refused": 0},
    "parked": {"early": 1},
    "queues": [
        {"name": "review.events", "ready": 3, "consumers": 1},
        {"name": "review.dead", "ready": 4, "consumers": 0},
        {"name": "arida.log", "ready": 900, "consumers": 0},
    ],
    "totals": {
        "outbox": 2,
        "outbox_oldest_seconds": 5,
        "refused": 0,
        "parked": 1,
        "parked_oldest_seconds": 0,
        "stopped": 0,
        "ready": 3,
        "delayed": 0,
        "dead": 4,
        "consumers": 1,
    },
    "problems": [{"code": "dead-letters", "count": 4, "seconds": 0, "names": []}],
}
RULE = {
    "id": "refusal-notice",
    "about": "term",
    "name": TERM["explanation"],
    "kind": "law",
    "is_local": False,
    "article": "125",
    "source": "BO 6380",
    "written": "113-14 art 125",
    "valid_from": "2015-07-23",
    "value": 3,
    "unit": "months",
    "details": {"direction": "forward", "start": NAME},
}
PACK = {
    "version": "ma-commune@2015-07-23",
    "pack": "ma-commune",
    "authority_kind": "commune",
    "valid_from": "2015-07-23",
    "is_in_force": True,
    "law": {"number": "113-14", "name": NAME, "source": "BO 6380"},
    "rules": [RULE],
    "open": [
        {
            "id": "committee-report-due",
            "name": NAME,
            "allowed": [{"unit": "days", "least": 1, "most": 180}],
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
        }
    ],
}
TOKEN = {"access_token": "token", "token_type": "Bearer", "expires_in": 300}
Table = dict[tuple[str, str], Any]


def page(name: str, *rows: Any) -> dict[str, Any]:
    """A page of a list."""
    return {name: list(rows), "next_cursor": "more"}


def tables(handle: str) -> dict[str, Table]:
    """What each service answers to reading, and to signing in."""
    health = {("GET", "/health"): {"status": "ok"}, ("GET", "/bus"): BUS}
    own: dict[str, Table] = {
        "identity": {
            ("POST", "/oauth/token"): TOKEN,
            ("GET", "/authorities"): {"authorities": [AUTHORITY], "next_cursor": None},
            ("POST", f"/sessions/{handle}/tokens"): TOKEN,
        },
        "intake": {
            ("GET", "/petitions"): page("petitions", PETITION),
            ("GET", f"/petitions/{CASE}"): PETITION,
            ("GET", f"/petitions/{CASE}/receipt"): RECEIPT,
        },
        "review": _review(),
        "opinions": _opinions(),
        "notifications": {
            ("GET", "/notices"): page("notices", NOTICE),
            ("GET", f"/notices/{ID}"): NOTICE,
        },
        "audit": {
            ("GET", "/ledger"): page("entries", ENTRY),
            ("GET", "/ledger/head"): {"size": 8, "chain": "02" * 32, "waiting": 0},
            ("GET", "/ledger/entries/7"): EVENT,
            ("GET", f"/subjects/case/{CASE}"): {**ENTRY, "state": {"state": "open"}},
            ("GET", "/divergences"): page("divergences", DIVERGENCE),
        },
    }
    return {name: {**health, **table} for name, table in own.items()}


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


def _review() -> Table:
    return {
        ("GET", "/petitions"): page("petitions", PUBLIC_CASE),
        ("GET", "/petitions/taroudant/2023/1"): PUBLIC_CASE,
        ("GET", "/cases"): page("cases", CASE_DETAIL),
        ("GET", "/cases/mine"): page("cases", PUBLIC_CASE),
        ("GET", f"/cases/{CASE}"): CASE_DETAIL,
        ("GET", f"/cases/{CASE}/plan"): PLANNED,
        ("GET", "/committees"): page("committees", {"id": COMMITTEE, "name": NAME}),
        ("GET", "/sessions"): page("sessions", SESSION),
        ("GET", f"/sessions/{ID}"): SESSION,
        ("GET", f"/sessions/{ID}/record"): RECORD,
        ("GET", "/decisions"): page("decisions", DECISION),
        ("GET", f"/decisions/{ID}"): DECISION,
        ("GET", "/timeline"): {"acts": [act("session.called.v1")]},
        ("GET", "/documents"): DOCUMENTS,
        ("GET", "/calendar"): CALENDAR,
        ("GET", "/law/changes"): {
            "changes": [{"rule": RULE["id"], "field": "value", "before": 3, "after": 2}]
        },
        ("GET", "/documents/wording"): WORDING,
        ("GET", "/law/packs"): {"packs": [PACK]},
    }


def _opinions() -> Table:
    return {
        ("GET", "/bodies"): page("bodies", {"id": BODY, "name": NAME}),
        ("GET", "/consultations"): page("consultations", CONSULTATION),
        ("GET", "/opinions"): page("opinions", OPINION),
        ("GET", "/sessions"): page("sessions", SESSION),
        ("GET", f"/opinions/{ID}"): OPINION,
        ("GET", f"/opinions/{ID}/text"): {"text": "Texte", "language": "fr", "number": 2},
        ("GET", f"/opinions/{ID}/timeline"): {"acts": [act("opinion.started.v1")]},
        ("GET", f"/opinions/{ID}/drafts"): page(
            "drafts", {"number": 2, "language": "fr", "written_at": "2023-11-02T10:00:00Z"}
        ),
    }
