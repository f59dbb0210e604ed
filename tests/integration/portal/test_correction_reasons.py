"""Pages show who corrected a recorded act and why, beside what was corrected."""

from __future__ import annotations

import re
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


def test_the_day_of_the_governors_answer_is_corrected_from_the_decision_page(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("secretariat")
    steps = ["rectify_opposition"]
    shown(services, f"/decisions/{ID}", state="opposed", opposed_on="2024-02-22", allowed=steps)
    services.answer("review", "POST", f"/decisions/{ID}/answer-rectification", {})
    page, said = f"/desk/decisions/{ID}", {"of": "opposition", "received_on": "2024-02-26"}
    typed = {f"answer-rectification-{name}": text for name, text in said.items()}

    html = reader.get(page).get_data(as_text=True)
    answer = reader.send(
        page,
        f"{page}/answer-rectification",
        {**typed, "answer-rectification-because": "Cachet mal lu."},
    )

    assert 'value="opposition"' in html
    assert 'value="visa"' not in html
    (sent,) = services.acts()
    assert (answer.status_code, sent.body) == (303, {**said, "because": "Cachet mal lu."})


def test_a_timeline_says_from_which_to_which_day_an_answer_was_corrected(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("secretariat")
    what = {"answer": "visa", "was": "2024-03-05", "now": "2024-03-04", "stops": False}
    act = {**ACT, "type": "decision.answer_rectified.v1", "what": what, "author": WHO}
    services.answer("review", "GET", "/timeline", {"acts": [act]})

    html = reader.get(f"/desk/decisions/{ID}").get_data(as_text=True)

    assert "5 mars 2024, rectifié en 4 mars 2024" in re.sub(r"<[^>]*>", "", html)
