"""Pages show who corrected a recorded act and why, beside what was corrected."""

from __future__ import annotations

from typing import Any

import pytest

from tests.integration.portal.answers import CASE, ID
from tests.integration.portal.conftest import Reader
from tests.integration.portal.fakes import FakeServices

WHO = {"person": ID, "role": "secretariat", "ar": "العضو السابع", "latin": "Membre septième"}
MADE = {
    "trigger": "rectify",
    "corrects": ID,
    "corrected_on": "2024-02-07",
    "because": "Feuille mal lue.",
    "author": WHO,
}
ACT = {
    "type": "case.rectified.v1",
    "acted_on": "2024-02-07",
    "recorded_at": "2024-02-07T10:00:00Z",
    "late_days": 0,
    "what": {},
    "actor_role": "secretariat",
}


def shown(services: FakeServices, path: str, **changes: Any) -> None:
    """Let review answer with something more."""
    found = services.services["review"].table["GET", path]
    services.answer("review", "GET", path, {**found, **changes})


@pytest.mark.parametrize("subject", ["item", "session"])
def test_the_session_page_shows_author_and_reason_of_a_correction(
    reader: Reader, services: FakeServices, subject: str
) -> None:
    reader.sign_in("council-member")
    shown(services, f"/sessions/{ID}", corrections=[{**MADE, "subject": f"{subject}/{ID}"}])

    html = reader.get(f"/desk/sessions/{ID}").get_data(as_text=True)

    assert "Feuille mal lue." in html
    assert "Secrétariat du conseil · Membre septième" in html


def test_the_decision_page_says_so_where_the_reason_is_lost(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("council-member")
    nameless = {**WHO, "ar": None, "latin": None}
    made = {**MADE, "subject": f"decision/{ID}", "because": None, "author": nameless}
    shown(services, f"/decisions/{ID}", corrections=[made])

    html = reader.get(f"/desk/decisions/{ID}").get_data(as_text=True)

    assert f"Secrétariat du conseil · {ID[:8]}" in html
    assert "plus connu" in html


@pytest.mark.parametrize(("language", "name"), [("fr", "Membre septième"), ("ar", "العضو السابع")])
def test_a_timeline_marks_the_corrected_act_and_names_who_corrected_it(
    reader: Reader, services: FakeServices, language: str, name: str
) -> None:
    reader.sign_in("council-member")
    old = {**ACT, "type": "case.admitted.v1", "is_corrected": True}
    new = {**ACT, "because": "Feuille mal lue.", "author": WHO}
    shown(services, f"/cases/{CASE}", timeline=[old, new])

    html = reader.get(f"/desk/cases/{CASE}?lang={language}").get_data(as_text=True)

    assert html.count("timeline-late") == 1
    assert "Feuille mal lue." in html
    assert name in html
