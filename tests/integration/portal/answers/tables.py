"""What each service answers to reading, and to signing in."""

from __future__ import annotations

from tests.integration.portal.answers.cases import (
    CASE_DETAIL,
    CONSULTATION,
    DECISION,
    PLANNED,
    PUBLIC_CASE,
)
from tests.integration.portal.answers.common import (
    AUTHORITY,
    BODY,
    CASE,
    COMMITTEE,
    ID,
    NAME,
    TOKEN,
    Table,
    act,
    page,
)
from tests.integration.portal.answers.council import COMMITTEE_RECORD, COUNCIL
from tests.integration.portal.answers.oversight import BUS, DIVERGENCE, ENTRY, EVENT
from tests.integration.portal.answers.papers import DOCUMENTS, PACK, RULE, WORDING
from tests.integration.portal.answers.people import (
    ERASURE,
    NOTICE,
    OPINION,
    PEOPLE,
    PETITION,
    RECEIPT,
)
from tests.integration.portal.answers.sessions import (
    AGENDA_RECORD,
    CALENDAR,
    RECORD,
    REPORT,
    SESSION,
)


def tables(handle: str) -> dict[str, Table]:
    """What each service answers to reading, and to signing in."""
    health = {("GET", "/health"): {"status": "ok"}, ("GET", "/bus"): BUS}
    own: dict[str, Table] = {
        "identity": {
            ("POST", "/oauth/token"): TOKEN,
            ("GET", "/authorities"): {"authorities": [AUTHORITY], "next_cursor": None},
            ("POST", f"/sessions/{handle}/tokens"): TOKEN,
            ("GET", "/erasures"): page("erasures", ERASURE),
            ("GET", "/calendar-feed"): {"made_at": "2023-10-16T10:00:00Z"},
        },
        "intake": {
            ("GET", "/petitions"): page("petitions", PETITION),
            ("GET", f"/petitions/{CASE}"): PETITION,
            ("GET", f"/petitions/{CASE}/receipt"): RECEIPT,
            ("GET", f"/petitions/{CASE}/people"): PEOPLE,
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


def _review() -> Table:
    return {
        ("GET", "/petitions"): page("petitions", PUBLIC_CASE),
        ("GET", "/petitions/taroudant/2023/1"): PUBLIC_CASE,
        ("GET", "/cases"): page("cases", CASE_DETAIL),
        ("GET", "/cases/mine"): page("cases", PUBLIC_CASE),
        ("GET", f"/cases/{CASE}"): CASE_DETAIL,
        ("GET", f"/cases/{CASE}/plan"): PLANNED,
        ("GET", "/committees"): page("committees", {"id": COMMITTEE, "name": NAME}),
        ("GET", "/council"): COUNCIL,
        ("GET", f"/committees/{COMMITTEE}"): COMMITTEE_RECORD,
        ("GET", "/sessions"): page("sessions", SESSION),
        ("GET", f"/sessions/{ID}"): SESSION,
        ("GET", f"/sessions/{ID}/record"): RECORD,
        ("GET", f"/sessions/{ID}/agenda"): AGENDA_RECORD,
        ("GET", f"/sessions/{ID}/follow-ups"): REPORT,
        ("GET", "/failed-notices"): {"sessions": []},
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
