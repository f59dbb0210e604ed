"""Acts of the council by forms: reports, votes, the governor's control."""

from tests.integration.portal.answers import CASE, COMMITTEE, DECISION, ID
from tests.integration.portal.conftest import Reader
from tests.integration.portal.fakes import FakeServices

CASE_PAGE = f"/desk/cases/{CASE}"


def test_a_report_goes_to_the_chosen_committee(reader: Reader, services: FakeServices) -> None:
    reader.sign_in("committee-chair")
    services.answer("review", "POST", f"/committees/{COMMITTEE}/reports", {}, status=201)

    reader.send(
        CASE_PAGE,
        f"{CASE_PAGE}/report",
        {"report-committee": COMMITTEE, "report-recommendation": "favourable"},
    )

    (sent,) = services.acts()
    assert sent.body == {"case": CASE, "recommendation": "favourable"}


def test_a_vote_that_is_no_number_is_mended_on_its_own_item(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("secretariat")
    opened = {**services.services["review"].table["GET", f"/sessions/{ID}"], "state": "opened"}
    services.answer("review", "GET", f"/sessions/{ID}", opened)
    page = f"/desk/sessions/{ID}"
    names = ("votes_for", "votes_against", "abstentions")
    typed = {f"vote_{ID}-{name}": "3" for name in names} | {f"vote_{ID}-votes_for": "beaucoup"}

    answer = reader.send(page, f"{page}/items/{ID}/vote", typed)

    html = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert 'value="beaucoup"' in html
    assert "Ce n&#39;est pas un nombre entier." in html
    assert services.acts() == []


def test_an_opposition_that_is_recorded_late_says_why(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("secretariat")
    transmitted = {**DECISION, "state": "transmitted", "allowed": ["oppose"]}
    services.answer("review", "GET", f"/decisions/{ID}", transmitted)
    services.answer("review", "POST", f"/decisions/{ID}/opposition", {})
    page = f"/desk/decisions/{ID}"
    typed = {
        "opposition-received_on": "2024-02-20",
        "opposition-reason": "Hors des attributions",
        "opposition-late_reason": "Courrier égaré",
    }

    answer = reader.send(page, f"{page}/opposition", typed)

    (sent,) = services.acts()
    assert answer.status_code == 303
    assert sent.body == {
        "received_on": "2024-02-20",
        "reason": "Hors des attributions",
        "late_reason": "Courrier égaré",
    }
