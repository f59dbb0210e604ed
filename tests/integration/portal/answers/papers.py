"""What review answers about documents, their wording and the rules applied."""

from __future__ import annotations

from typing import Any

from tests.integration.portal.answers.common import ID, NAME, TERM

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
SOURCE = {"ar": "الجريدة الرسمية عدد 6380", "fr": "BO n° 6380", "en": "BO 6380"}
RULE = {
    "id": "refusal-notice",
    "about": "term",
    "name": TERM["explanation"],
    "kind": "law",
    "is_local": False,
    "article": "125",
    "source": SOURCE,
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
    "law": {"number": "113-14", "name": NAME, "source": SOURCE},
    "rules": [RULE],
    "open": [
        {
            "id": "committee-report-due",
            "name": NAME,
            "allowed": [{"unit": "days", "least": 1, "most": 180}],
        }
    ],
}
