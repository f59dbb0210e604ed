"""A session and its agenda as review tells of them."""

from __future__ import annotations

from typing import Any

from tests.integration.portal.answers import AGENDA_RECORD, ID, ITEM, SESSION
from tests.integration.portal.fakes import FakeServices

SESSION_PAGE = f"/desk/sessions/{ID}"
PAGE = f"{SESSION_PAGE}/agenda"


def show_session(services: FakeServices, **changes: Any) -> None:
    """Let review tell another session from now on."""
    services.answer("review", "GET", f"/sessions/{ID}", {**SESSION, **changes})


def show_record(services: FakeServices, **changes: Any) -> None:
    """Let review tell something else around the agenda from now on."""
    services.answer("review", "GET", f"/sessions/{ID}/agenda", {**AGENDA_RECORD, **changes})


CONVENED = {
    "state": "convened",
    "notice_to_members_on": "2024-01-22",
    "allowed": ["note_receipt", "supplement", "postpone", "open"],
    "items": [{**ITEM, "origin": "governor", "needs_supplement": True}],
}
