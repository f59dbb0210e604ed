"""What every answer is made of: ids, texts, terms, acts, problems, pages of lists."""

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


TOKEN = {"access_token": "token", "token_type": "Bearer", "expires_in": 300}
Table = dict[tuple[str, str], Any]


def page(name: str, *rows: Any) -> dict[str, Any]:
    """A page of a list."""
    return {name: list(rows), "next_cursor": "more"}
