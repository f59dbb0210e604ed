"""Acts of the council by forms: reports, votes, the governor's control."""

import re
from typing import Any

import pytest

from tests.integration.portal.answers import CASE, CASE_DETAIL, COMMITTEE, DECISION, ID
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


def test_the_form_of_the_next_legal_step_stands_first(
    reader: Reader, services: FakeServices
) -> None:
    roles = ["secretariat"]
    acts = [{"act": act, "roles": roles} for act in ("referral", "closing", "completion-request")]
    step = {"act": "close"}
    found = {**CASE_DETAIL, "acts": acts, "next_step": step}
    services.answer("review", "GET", f"/cases/{CASE}", found)
    reader.sign_in("secretariat")

    page = reader.get(f"/desk/cases/{CASE}").get_data(as_text=True)

    offered = re.findall(r'id="act-([a-z-]+)"', page)
    assert [one for one in offered if one in {act["act"] for act in acts}] == [
        "closing",
        "referral",
        "completion-request",
    ]


@pytest.mark.parametrize(
    ("facts", "is_shown"),
    [
        ({"state": "open"}, True),
        ({"state": "admitted", "decided_on": "2023-11-20"}, False),
        ({"state": "refused", "decided_on": "2023-11-20"}, True),
        (
            {
                "state": "refused",
                "decided_on": "2023-11-20",
                "refusal_notified_on": "2023-11-21",
            },
            False,
        ),
    ],
)
def test_the_last_day_for_a_refusal_is_shown_while_one_may_still_be_notified(
    reader: Reader, services: FakeServices, facts: dict[str, Any], is_shown: bool
) -> None:
    services.answer("review", "GET", f"/cases/{CASE}", {**CASE_DETAIL, **facts})
    reader.sign_in("secretariat")

    page = reader.get(f"/desk/cases/{CASE}").get_data(as_text=True)

    assert ("Dernier jour pour un refus motivé" in page) == is_shown
