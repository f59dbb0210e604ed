"""Pages of the council and its committees: findings, meetings, rolls, hearings."""

from __future__ import annotations

from typing import Any

import pytest

from tests.integration.portal.answers import CASE, COMMITTEE, ID, PERSON, problem
from tests.integration.portal.answers.council import COMMITTEE_RECORD, MEETING
from tests.integration.portal.conftest import Reader
from tests.integration.portal.fakes import FakeServices

PAGE = f"/desk/committees/{COMMITTEE}"
CASE_PAGE = f"/desk/cases/{CASE}"
ROLL = f"{PAGE}/meetings/{ID}/attendance"


def with_meeting(services: FakeServices, **changes: Any) -> None:
    """Let review show a case with a meeting of its committee about it."""
    found = services.services["review"].table["GET", f"/cases/{CASE}"]
    meeting = {**MEETING, "hearing": None, **changes}
    acts = [
        {"act": act, "roles": ["committee-chair", "secretariat"]}
        for act in ("hearing", "hearing-record")
    ]
    changed = {**found, "meetings": [meeting], "acts": acts}
    services.answer("review", "GET", f"/cases/{CASE}", changed)


def test_the_council_page_shows_what_the_law_finds_with_its_article(reader: Reader) -> None:
    reader.sign_in("council-member")

    html = reader.get("/desk/council?lang=fr").get_data(as_text=True)

    assert "au moins 5 membres" in html
    assert "113-14" in html
    assert PAGE in html


def test_a_meeting_is_called_about_chosen_petitions(reader: Reader, services: FakeServices) -> None:
    reader.sign_in("committee-chair")
    services.answer("review", "POST", f"/committees/{COMMITTEE}/meetings", {}, status=201)
    typed = {
        "meetings-called_by": "chair",
        "meetings-meets_on": "2023-12-04",
        "meetings-cases": CASE,
    }

    answer = reader.send(PAGE, f"{PAGE}/meetings", typed)

    (sent,) = services.acts()
    assert answer.status_code == 303
    assert sent.body == {"called_by": "chair", "meets_on": "2023-12-04", "cases": [CASE]}


def test_the_roll_of_a_meeting_is_sent_by_name(reader: Reader, services: FakeServices) -> None:
    reader.sign_in("secretariat")
    services.answer("review", "POST", f"/committee-meetings/{ID}/attendance", {})

    answer = reader.send(PAGE, ROLL, {f"attendance_{ID}-attendance.{PERSON}": "present"})

    (sent,) = services.acts()
    assert answer.status_code == 303
    assert sent.body == {"attendance": [{"person": PERSON, "mark": "present"}]}


def test_a_refused_roll_shows_why(reader: Reader, services: FakeServices) -> None:
    reader.sign_in("secretariat")
    refusal = {**problem(409, "rule-refused"), "detail": "Personne", "article": "113-14, 28"}
    path = f"/committee-meetings/{ID}/attendance"
    services.answer("review", "POST", path, refusal, status=409)

    answer = reader.send(PAGE, ROLL, {f"attendance_{ID}-attendance.{PERSON}": "excused"})

    assert answer.status_code == 409
    assert "Personne" in answer.get_data(as_text=True)


def test_a_meeting_to_come_has_no_roll_yet(reader: Reader, services: FakeServices) -> None:
    reader.sign_in("secretariat")
    later = {**MEETING, "meets_on": "2023-12-04"}
    record = {**COMMITTEE_RECORD, "meetings": [later]}
    services.answer("review", "GET", f"/committees/{COMMITTEE}", record)

    html = reader.get(PAGE).get_data(as_text=True)

    assert f"attendance_{ID}" not in html


def test_a_member_reads_the_committee_and_does_nothing(reader: Reader) -> None:
    reader.sign_in("council-member")

    html = reader.get(PAGE).get_data(as_text=True)

    assert "act-meetings" not in html
    assert f"attendance_{ID}" not in html


@pytest.mark.parametrize(
    ("changes", "form"),
    [
        ({}, "hearing"),
        (
            {"is_held": True, "hearing": {"came": None, "who": "mandatary", "text": ""}},
            "hearing-record",
        ),
    ],
)
def test_the_case_page_offers_the_hearing_that_is_next(
    reader: Reader, services: FakeServices, changes: dict[str, Any], form: str
) -> None:
    reader.sign_in("committee-chair")
    with_meeting(services, **changes)
    services.answer("review", "POST", f"/cases/{CASE}/{form}", {}, status=201)

    html = reader.get(CASE_PAGE).get_data(as_text=True)
    typed = {f"{form}-meeting": ID} | ({f"{form}-came": "yes"} if changes else {})
    reader.send(CASE_PAGE, f"{CASE_PAGE}/{form}", typed)

    other = {"hearing": "hearing-record", "hearing-record": "hearing"}[form]
    assert f'id="act-{form}"' in html
    assert f'id="act-{other}"' not in html
    (sent,) = services.acts()
    assert sent.body == ({"meeting": ID, "came": True} if changes else {"meeting": ID})


def test_without_a_meeting_no_hearing_is_offered(reader: Reader) -> None:
    reader.sign_in("committee-chair")

    assert "act-hearing" not in reader.get(CASE_PAGE).get_data(as_text=True)


def test_what_a_committee_deals_with_is_shown_and_recorded(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("president")
    record = {**COMMITTEE_RECORD, "remit": {"fr": "Action sociale", "original": "fr"}}
    services.answer("review", "GET", f"/committees/{COMMITTEE}", record)
    services.answer("review", "POST", f"/committees/{COMMITTEE}/remit", {})

    html = reader.get(PAGE).get_data(as_text=True)
    reader.send(PAGE, f"{PAGE}/remit", {"remit-remit.fr": "Action sociale et culture"})

    (sent,) = services.acts()
    assert "Ses attributions" in html
    assert 'value="Action sociale"' in html
    assert sent.body["remit"]["fr"] == "Action sociale et culture"


def test_a_report_is_corrected_from_the_page_of_its_case(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("secretariat")
    found = services.services["review"].table["GET", f"/cases/{CASE}"]
    report = {
        "id": ID,
        "committee": COMMITTEE,
        "recommendation": "unfavourable",
        "text": "Terrain privé.",
        "reported_on": "2023-12-01",
        "corrected_on": "2023-12-04",
    }
    was = {**report, "recommendation": "favourable", "text": "Bon terrain."}
    both = [
        {"committee": COMMITTEE, "referred_on": "2023-11-20", "due_on": None, "has_reported": True},
        {"committee": ID, "referred_on": "2023-12-02", "due_on": None, "has_reported": False},
    ]
    acts = [{"act": "report-correction", "roles": ["secretariat"]}]
    shown = {"reports": [report], "replaced_reports": [was], "committees": both, "acts": acts}
    services.answer("review", "GET", f"/cases/{CASE}", {**found, **shown})
    path = f"/committees/{COMMITTEE}/reports/{ID}/correction"
    services.answer("review", "POST", path, {}, status=201)
    typed = {"report": ID, "recommendation": "favourable", "text": "Non.", "because": "Erreur."}

    html = reader.get(CASE_PAGE).get_data(as_text=True)
    fields = {f"report-correction-{name}": value for name, value in typed.items()}
    reader.send(CASE_PAGE, f"{CASE_PAGE}/report-correction", fields)

    (sent,) = services.acts()
    assert "Bon terrain." in html
    assert "Corrigé le 4 décembre 2023" in html
    assert "Rapport attendu" in html
    assert sent.path == path
    assert sent.body == {"recommendation": "favourable", "text": "Non.", "because": "Erreur."}
