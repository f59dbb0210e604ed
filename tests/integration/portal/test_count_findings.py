"""Sessions and decisions say where the mandates known now leave another number in office."""

from __future__ import annotations

from tests.integration.portal.agenda_support import SESSION_PAGE, show_session
from tests.integration.portal.answers import DECISION, ID
from tests.integration.portal.conftest import Reader
from tests.integration.portal.fakes import FakeServices

FINDING = {"in_office": 35, "in_office_now": 34, "article": "113-14, 42"}
SAID = "35 membres en exercice ont été comptés"


def test_a_session_shows_the_finding_beside_its_count(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("secretariat")
    sitting = {
        "id": ID,
        "call": 1,
        "held_on": "2024-02-06",
        "state": "quorum_met",
        "present": 27,
        "in_office": 35,
        "needed": 18,
        "corrected": [],
        "finding": FINDING,
    }
    show_session(services, sittings=[sitting])

    assert SAID in reader.get(SESSION_PAGE).get_data(as_text=True)


def test_a_decision_shows_the_finding_of_its_vote(reader: Reader, services: FakeServices) -> None:
    reader.sign_in("secretariat")
    services.answer("review", "GET", f"/decisions/{ID}", {**DECISION, "finding": FINDING})

    assert SAID in reader.get(f"/desk/decisions/{ID}").get_data(as_text=True)
