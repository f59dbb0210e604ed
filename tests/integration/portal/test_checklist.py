"""The conditions of the law on a case's page, and what a refusal's page tells the petitioners."""

from typing import Any

import pytest

from tests.integration.portal.answers import (
    CASE,
    CASE_DETAIL,
    PERSON,
    PETITION,
    PUBLIC_CASE,
    problem,
)
from tests.integration.portal.answers import (
    act as recorded,
)
from tests.integration.portal.conftest import Reader
from tests.integration.portal.fakes import FakeServices

CASE_PAGE = f"/desk/cases/{CASE}"
CHECK = f"{CASE_PAGE}/checks/association-age"


def test_each_condition_shows_its_article_what_was_found_and_what_the_figures_say(
    reader: Reader,
) -> None:
    reader.sign_in("secretariat")

    text = reader.get(CASE_PAGE).get_data(as_text=True)

    assert "Plus de trois ans" in text
    assert "Non vérifiée" in text
    assert "Siège à Agadir" in text
    assert "Lecture incertaine" in text
    assert "Vu au guichet" in text


def test_a_finding_goes_to_the_condition_it_is_about(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("secretariat")
    services.answer("review", "POST", f"/cases/{CASE}/checks", {}, 201)

    answer = reader.send(
        CASE_PAGE,
        CHECK,
        {
            "check_association-age-outcome": "met",
            "check_association-age-note": "Récépissé de 2011",
            "check_association-age-sha256": ["ab" * 32],
        },
    )

    (sent,) = services.acts()
    assert answer.location.startswith(f"{CASE_PAGE}?done=1")
    assert sent.body == {
        "condition": "association-age",
        "outcome": "met",
        "note": "Récépissé de 2011",
        "sha256": ["ab" * 32],
    }


def test_a_finding_without_evidence_is_mended_on_its_own_condition(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("secretariat")

    answer = reader.send(CASE_PAGE, CHECK, {"check_association-age-outcome": "met"})

    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert 'id="act-check_association-age" open' in text
    assert services.acts() == []


def test_the_checklist_is_folded_until_somebody_works_on_it(reader: Reader) -> None:
    reader.sign_in("secretariat")

    folded = reader.get(CASE_PAGE).get_data(as_text=True)
    after = reader.get(f"{CASE_PAGE}?done=1&checked=1").get_data(as_text=True)
    refused = reader.send(CASE_PAGE, CHECK, {}).get_data(as_text=True)

    assert '<details class="panel fold" id="checklist">' in folded
    assert "1 sur 2 vérifiées" in folded
    assert '<details class="panel fold" id="checklist" open>' in after
    assert '<details class="panel fold" id="checklist" open>' in refused


def test_what_can_be_done_comes_before_the_facts_and_the_earlier_acts_are_folded(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("secretariat")
    acts = [act(sequence) for sequence in range(1, 10)]
    services.answer(
        "review", "GET", CASE_PAGE.removeprefix("/desk"), {**CASE_DETAIL, "timeline": acts}
    )

    html = reader.get(CASE_PAGE).get_data(as_text=True)

    earlier, _, latest = html.partition('class="earlier"')[2].partition("</details>")
    assert html.index('id="act-referral"') < html.index('id="about-it"')
    assert (earlier.count("timeline-title"), latest.count("timeline-title")) == (6, 3)


def act(sequence: int) -> dict[str, Any]:
    """One recorded act of the case."""
    return {**recorded(), "sequence": sequence}


def test_a_committee_chair_reads_the_conditions_and_checks_none(reader: Reader) -> None:
    reader.sign_in("committee-chair")

    text = reader.get(CASE_PAGE).get_data(as_text=True)

    assert "Plus de trois ans" in text
    assert "act-check_association-age" not in text


def test_the_members_of_the_bureau_who_were_there_are_named(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("bureau")
    services.answer("review", "POST", f"/cases/{CASE}/admission", {})

    text = reader.get(CASE_PAGE).get_data(as_text=True)
    said = {"admission-present": [PERSON], "admission-despite_reason": "Vu"}
    reader.send(CASE_PAGE, f"{CASE_PAGE}/admission", said)

    (sent,) = services.acts()
    assert sent.body == {"present": [PERSON], "despite_reason": "Vu"}
    assert "La présidente · Président du conseil" in text
    assert PERSON[:8] + " ·" not in text


def test_an_admission_with_open_conditions_says_what_the_service_says(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("bureau")
    errors = [{"field": "despite_reason", "message": "Deux conditions ouvertes", "remedy": ""}]
    refused = problem(409, "rule-refused", errors=errors)
    services.answer("review", "POST", f"/cases/{CASE}/admission", refused, 409)

    answer = reader.send(CASE_PAGE, f"{CASE_PAGE}/admission", {})

    assert answer.status_code == 409
    assert "Deux conditions ouvertes" in answer.get_data(as_text=True)


def test_petitioners_read_the_remedies_against_a_refusal(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("petitioner")
    filed(services, "refused")

    text = reader.get(f"/desk/petitions/{PETITION['id']}").get_data(as_text=True)

    assert "Le tribunal administratif" in text
    assert "15 mars 2024" in text


def test_petitioners_may_agree_to_a_complaint_before_the_decision(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("petitioner")
    page = f"/desk/petitions/{PETITION['id']}"
    filed(services, "open")
    case = PETITION["id"]
    services.answer("review", "POST", f"/cases/{case}/consent", {})

    reader.send(page, f"/desk/petitions/{case}/consent", {"consent-agrees": "yes"})

    (sent,) = services.acts()
    assert sent.path == f"/cases/{case}/consent"
    assert sent.body == {"agrees": True}


def filed(services: FakeServices, state: str) -> None:
    """The petition is filed, and its case is in a state."""
    told = {**PETITION, "state": "filed", "reference": "taroudant/2023/1", "receipt": "R"}
    services.answer("intake", "GET", f"/petitions/{PETITION['id']}", told)
    case = {**PUBLIC_CASE, "state": state}
    services.answer("review", "GET", "/petitions/taroudant/2023/1", case)


def test_petitioners_read_what_is_missing_and_by_when(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("petitioner")
    filed(services, "incomplete")
    own = {"missing": ["powers", "association-statutes"], "completion_due_on": "2023-11-17"}
    services.answer("review", "GET", f"/cases/{PUBLIC_CASE['id']}", own)

    text = reader.get(f"/desk/petitions/{PETITION['id']}").get_data(as_text=True)

    assert "Ce qui manque" in text
    assert "statuts" in text.casefold()
    assert "vendredi 17 novembre 2023" in text


@pytest.mark.parametrize(
    ("state", "decisions", "is_offered"),
    [
        ("open", [], True),
        ("referred", [], True),
        ("referred", [{"id": PETITION["id"], "number": "2024/1", "state": "adopted"}], False),
        ("closed", [], False),
    ],
)
def test_a_withdrawal_is_offered_until_the_vote(
    reader: Reader,
    services: FakeServices,
    state: str,
    decisions: list[dict[str, str]],
    is_offered: bool,
) -> None:
    reader.sign_in("petitioner")
    filed(services, state)
    case = {**PUBLIC_CASE, "state": state, "decisions": decisions}
    services.answer("review", "GET", "/petitions/taroudant/2023/1", case)

    text = reader.get(f"/desk/petitions/{PETITION['id']}").get_data(as_text=True)

    assert ("act-withdrawal-request" in text) == is_offered
