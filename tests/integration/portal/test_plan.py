"""A case planned backwards on its page, and the day of a local rule already in its form."""

import html

from tests.integration.portal.answers import CASE, CASE_DETAIL, PLANNED
from tests.integration.portal.conftest import Reader
from tests.integration.portal.fakes import FakeServices

CASE_PAGE = f"/desk/cases/{CASE}"


def words(reader: Reader) -> str:
    """The words of the case's page."""
    answer = reader.get(CASE_PAGE)
    assert answer.status_code == 200
    return html.unescape(answer.get_data(as_text=True))


def panel(reader: Reader) -> str:
    """The words of the panel."""
    return words(reader).partition('id="plan"')[2].partition("</section>")[0]


def test_the_page_of_a_case_shows_its_way_to_the_council(reader: Reader) -> None:
    reader.sign_in("council-member")

    shown = panel(reader)

    assert "mardi 6 février 2024" in shown
    assert "vendredi 12 janvier 2024" in shown
    assert "dimanche 14 janvier 2024" in shown
    for text in ("Encore possible", "Retard de 91 jours", "Session passée", "Décision du bureau"):
        assert text in shown
    assert "trop tard" in shown
    assert "règle locale" in shown
    assert "1er décembre 2023" in shown


def test_without_a_plan_there_is_no_panel(reader: Reader, services: FakeServices) -> None:
    services.answer("review", "GET", f"/cases/{CASE}/plan", {**PLANNED, "plan": None})
    reader.sign_in("secretariat")

    assert panel(reader) == ""


def test_an_auditor_reads_the_case_without_its_plan(reader: Reader, services: FakeServices) -> None:
    reader.sign_in("auditor")

    assert panel(reader) == ""
    asked = [call.path for call in services.services["review"].calls]
    assert f"/cases/{CASE}/plan" not in asked


def test_the_day_of_the_local_rule_stands_in_the_form(
    reader: Reader, services: FakeServices
) -> None:
    acts = [{"act": "completion-request", "roles": ["secretariat"]}]
    services.answer("review", "GET", f"/cases/{CASE}", {**CASE_DETAIL, "acts": acts})
    reader.sign_in("secretariat")

    field = words(reader).partition('name="completion-request-due_on"')[2].partition(">")[0]

    assert 'value="2023-10-30"' in field
