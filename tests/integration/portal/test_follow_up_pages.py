"""The actions that carry a decision out, on the decision's page."""

import html
import re

import pytest

from tests.integration.portal.answers import DECISION, ID
from tests.integration.portal.conftest import Reader
from tests.integration.portal.fakes import FakeServices

PAGE = f"/desk/decisions/{ID}"
ACTION = {
    "id": ID,
    "title": "Ouvrir le centre",
    "owner": "Service social",
    "due_on": "2024-06-30",
    "state": "planned",
}


def enforceable(services: FakeServices) -> None:
    """The decision can be carried out, and one action is planned."""
    shown = {**DECISION, "state": "enforceable", "allowed": ["follow_up", "suspend"]}
    services.answer("review", "GET", f"/decisions/{ID}", shown)
    services.answer("review", "GET", f"/decisions/{ID}/follow-ups", {"follow_ups": [ACTION]})


def test_an_action_is_shown_and_moved_on_by_its_form(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("secretariat")
    enforceable(services)
    path = f"/decisions/{ID}/follow-ups/{ID}/progress"
    services.answer("review", "POST", path, {})

    text = reader.get(PAGE).get_data(as_text=True)
    reader.send(PAGE, f"/desk{path}", {f"progress_{ID}-state": "under-way"})

    assert "Ouvrir le centre" in text
    (sent,) = services.acts()
    assert (sent.path, sent.body) == (path, {"state": "under-way"})


def test_an_action_is_planned_from_the_decision(reader: Reader, services: FakeServices) -> None:
    reader.sign_in("president")
    enforceable(services)
    services.answer("review", "POST", f"/decisions/{ID}/follow-ups", {}, 201)
    said = {"title": "Ouvrir", "owner": "Service social", "due_on": "2024-06-30"}

    typed = {f"follow-up-{name}": value for name, value in said.items()}
    reader.send(PAGE, f"{PAGE}/follow-up", typed)

    (sent,) = services.acts()
    assert sent.body == said


def test_a_council_member_reads_the_actions_and_moves_none(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("council-member")
    enforceable(services)

    text = reader.get(PAGE).get_data(as_text=True)

    assert "Ouvrir le centre" in text
    assert f"progress_{ID}" not in text


def test_a_decision_that_the_governor_stopped_shows_no_day_to_carry_it_out(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("president")
    transmitted = {**DECISION, "state": "transmitted", "enforceable_from": "2024-02-24"}
    services.answer("review", "GET", f"/decisions/{ID}", transmitted)
    before = reader.get(PAGE).get_data(as_text=True)

    services.answer("review", "GET", f"/decisions/{ID}", {**transmitted, "state": "opposed"})
    after = reader.get(PAGE).get_data(as_text=True)

    assert "24 février 2024" in before
    assert "24 février 2024" not in after


@pytest.mark.parametrize(
    ("due_on", "state", "late"),
    [
        ("2023-10-15", "planned", "1 jour de retard"),
        ("2023-10-09", "under-way", "7 jours de retard"),
        ("2023-10-16", "planned", None),
        ("2023-10-09", "done", None),
    ],
)
def test_an_action_that_is_overdue_says_by_how_much(
    reader: Reader, services: FakeServices, due_on: str, state: str, late: str | None
) -> None:
    reader.sign_in("council-member")
    enforceable(services)
    row = {**ACTION, "due_on": due_on, "state": state}
    services.answer("review", "GET", f"/decisions/{ID}/follow-ups", {"follow_ups": [row]})

    text = html.unescape(reader.get(PAGE).get_data(as_text=True))

    assert "Ouvrir le centre" in text
    assert (late in text) if late else ("de retard" not in text)


def test_what_leads_on_stands_before_corrections(reader: Reader, services: FakeServices) -> None:
    reader.sign_in("secretariat")
    allowed = ["follow_up", "rectify_receipt", "suspend"]
    shown = {**DECISION, "state": "enforceable", "allowed": allowed}
    services.answer("review", "GET", f"/decisions/{ID}", shown)
    services.answer("review", "GET", f"/decisions/{ID}/follow-ups", {"follow_ups": []})

    text = reader.get(PAGE).get_data(as_text=True)

    offered = re.findall(r'id="act-([a-z-]+)"', text)
    assert offered[0] == "follow-up"
    assert offered[-1].endswith("rectification")
