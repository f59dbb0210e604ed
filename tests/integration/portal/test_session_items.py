"""What a session's page and its room offer on an item: the choice, recusals, a withdrawal."""

from __future__ import annotations

from typing import Any

import pytest

from tests.integration.portal.answers import ID, MEMBERS
from tests.integration.portal.conftest import Reader
from tests.integration.portal.fakes import FakeServices

PAGE = f"/desk/sessions/{ID}"
PLACES = (PAGE, f"{PAGE}/room")


def opened(services: FakeServices, **changes: Any) -> None:
    """Let review show a session that has opened, its one item changed."""
    table = services.services["review"].table
    for path in (f"/sessions/{ID}", f"/sessions/{ID}/record"):
        found = table["GET", path]
        items = [
            {"recusals": [], "votes": [], "calculations": [], **one, **changes}
            for one in found["items"]
        ]
        services.answer("review", "GET", path, {**found, "state": "opened", "items": items})


@pytest.mark.parametrize("place", PLACES)
def test_an_unexamined_petition_is_asked_about_instead_of_voted(
    reader: Reader, services: FakeServices, place: str
) -> None:
    reader.sign_in("secretariat")
    opened(services, is_examined=False)
    services.answer("review", "POST", f"/items/{ID}/taking-up", {})
    counts = {"votes_for": 20, "votes_against": 4, "abstentions": 1}
    typed = {f"taking-up_{ID}-{name}": str(number) for name, number in counts.items()}

    html = reader.get(place).get_data(as_text=True)
    answer = reader.send(place, f"{place}/items/{ID}/taking-up", typed)

    assert f"act-vote_{ID}" not in html
    (sent,) = services.acts()
    assert (answer.status_code, sent.body) == (303, counts)


@pytest.mark.parametrize("place", PLACES)
def test_a_withdrawal_after_the_notice_is_shown_and_reported(
    reader: Reader, services: FakeServices, place: str
) -> None:
    reader.sign_in("secretariat")
    opened(services, state="postponed", withdrawn_on="2024-01-30", reported_on=None)
    services.answer("review", "POST", f"/items/{ID}/withdrawal-report", {})

    html = reader.get(f"{place}?lang=fr").get_data(as_text=True)
    answer = reader.send(place, f"{place}/items/{ID}/withdrawal-report", {})

    assert "sans débat" in html
    assert answer.status_code == 303
    assert [one.path for one in services.acts()] == [f"/items/{ID}/withdrawal-report"]


def test_a_reported_withdrawal_is_not_reported_again(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("secretariat")
    opened(services, state="postponed", withdrawn_on="2024-01-30", reported_on="2024-02-06")

    assert f"act-withdrawal-report_{ID}" not in reader.get(PAGE).get_data(as_text=True)


def test_a_member_is_recused_by_name_from_the_session_page(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("secretariat")
    opened(services, recusals=[MEMBERS[0]], recused=1)
    services.answer("review", "POST", f"/items/{ID}/recusals", {}, status=201)

    html = reader.get(PAGE).get_data(as_text=True)
    reader.send(PAGE, f"{PAGE}/items/{ID}/recusal", {f"recusal_{ID}-person": MEMBERS[1]})

    assert "Membre premier" in html
    assert f'value="{MEMBERS[1]}"' in html
    assert f'value="{MEMBERS[0]}"' not in html
    (sent,) = services.acts()
    assert sent.body == {"person": MEMBERS[1]}


def test_a_vote_by_name_is_corrected_by_name_with_the_recorded_sides_there(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("secretariat")
    sides = [{"person": one, "round": 1, "side": "for"} for one in MEMBERS]
    opened(services, state="deliberated", ballot="by-name", votes=sides, votes_for=2)
    found = services.services["review"].table["GET", f"/sessions/{ID}"][1]
    decision = {"id": ID, "item": ID, "state": "adopted"}
    services.answer("review", "GET", f"/sessions/{ID}", {**found, "decisions": [decision]})
    services.answer("review", "POST", f"/items/{ID}/vote-rectification", {})
    form, path = f"vote-rectification_{ID}", f"{PAGE}/items/{ID}/vote-rectification"
    typed = {f"{form}-names.{MEMBERS[0]}": "against", f"{form}-because": "Mauvaise ligne."}

    html = reader.get(PAGE).get_data(as_text=True)
    answer = reader.send(PAGE, path, typed)
    reader.send(PAGE, path, {f"{form}-because": "Personne."})

    assert html.count('value="for" checked') == len(MEMBERS)
    assert answer.status_code == 303
    sent, empty = services.acts()
    assert sent.body == {
        "mode": "by-name",
        "names": [{"person": MEMBERS[0], "side": "against"}],
        "because": "Mauvaise ligne.",
    }
    assert empty.body == {"mode": "by-name", "names": [], "because": "Personne."}


def test_a_mark_on_the_roll_is_corrected_from_the_session_page_and_both_are_shown(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("secretariat")
    opened(services)
    found = services.services["review"].table["GET", f"/sessions/{ID}"][1]
    held = {"id": ID, "call": 1, "held_on": "2024-02-06", "state": "quorum_met", "is_named": True}
    held |= {"present": 3, "in_office": 5, "needed": 3}
    made = {
        "subject": f"sitting/{ID}",
        "corrected_on": "2024-02-07",
        "because": "Signature d'un autre.",
        "author": {"person": ID, "role": "president", "ar": None, "latin": None},
        "marks": [
            {"person": ID, "was": None, "now": "present", "ar": None, "latin": "Membre absent"}
        ],
    }
    changed = {**found, "sittings": [held], "corrections": [made]}
    services.answer("review", "GET", f"/sessions/{ID}", changed)
    services.answer("review", "POST", f"/sessions/{ID}/roll-rectification", {})
    said = {"roll": ID, "person": MEMBERS[1], "mark": "present", "because": "Signature."}
    typed = {f"roll-rectification-{name}": value for name, value in said.items()}

    html = reader.get(PAGE).get_data(as_text=True)
    answer = reader.send(PAGE, f"{PAGE}/roll-rectification", typed)

    assert "Membre absent – Non inscrit, rectifié en Présent" in html
    assert 'id="act-count-rectification"' not in html
    (sent,) = services.acts()
    assert answer.status_code == 303
    assert sent.body == {
        "sitting": ID,
        "attendance": [{"person": MEMBERS[1], "mark": "present"}],
        "because": "Signature.",
    }


def test_the_choice_without_debate_is_recorded_by_name_in_the_room(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("secretariat")
    opened(services, is_examined=False)
    services.answer("review", "POST", f"/items/{ID}/taking-up", {})
    place = f"{PAGE}/room"
    typed = {f"taking-up-by-name_{ID}-names.{MEMBERS[0]}": "against"}

    answer = reader.send(place, f"{place}/items/{ID}/taking-up-by-name", typed)

    assert answer.status_code == 303
    (sent,) = services.acts()
    assert sent.path == f"/items/{ID}/taking-up"
    assert sent.body == {"mode": "by-name", "names": [{"person": MEMBERS[0], "side": "against"}]}


def test_the_room_names_who_voted_how_on_the_choice(reader: Reader, services: FakeServices) -> None:
    reader.sign_in("council-member")
    made = {"is_taken_up": True, "ballot": "by-name", "explanation": None, "article": "113-14, 28"}
    made |= {"votes_for": 0, "votes_against": 1, "abstentions": 0}
    vote = {"person": MEMBERS[0], "round": 0, "side": "against"}
    opened(services, taken_up=made, votes=[vote])

    html = reader.get(f"{PAGE}/room").get_data(as_text=True)

    assert "Membre premier : Contre" in html


def test_the_close_asks_why_a_withdrawal_was_not_reported_and_the_page_says_it(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("secretariat")
    told = {"withdrawn_on": "2024-01-30", "reported_on": None, "state": "postponed"}
    opened(services, **told, unreported_because="Lettre égarée.")
    found = services.services["review"].table["GET", f"/sessions/{ID}"][1]
    services.answer("review", "GET", f"/sessions/{ID}", {**found, "allowed": ["close"]})
    services.answer("review", "POST", f"/sessions/{ID}/closing", {})

    html = reader.get(PAGE).get_data(as_text=True)
    said = {"closing-unreported_because": "Lettre égarée."}
    answer = reader.send(PAGE, f"{PAGE}/closing", said)

    assert "Lettre égarée." in html
    (sent,) = services.acts()
    assert (answer.status_code, sent.body) == (303, {"unreported_because": "Lettre égarée."})
