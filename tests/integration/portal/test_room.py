"""The session room: the roll with one press a member, the quorum as it stands, votes by name."""

from __future__ import annotations

import re
from typing import Any

from tests.integration.portal.answers import COUNTED, ID, MEMBERS, RECORD, problem
from tests.integration.portal.conftest import Reader
from tests.integration.portal.fakes import FakeServices

PAGE = f"/desk/sessions/{ID}/room"


def running(services: FakeServices, *there: str) -> None:
    """Let review show a session in which some members are in the room."""
    roll = [{"person": person, "mark": "present", "is_there": True} for person in there]
    sitting: dict[str, Any] = {**RECORD["sittings"][0], "state": "quorum_met", "roll": roll}
    changed = {**RECORD, "state": "opened", "sittings": [sitting], "quorum": None}
    found = services.services["review"].table["GET", f"/sessions/{ID}"]
    services.answer("review", "GET", f"/sessions/{ID}", {**found, "state": "opened"})
    services.answer("review", "GET", f"/sessions/{ID}/record", changed)


def first_form(html: str, person: str) -> dict[str, str]:
    """The hidden fields of a member's form."""
    place = html.partition(f'id="member-{person}"')[2].partition("</form>")[0]
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', place))


def test_a_member_is_marked_with_one_press_and_the_page_comes_back_there(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("secretariat")
    services.answer("review", "POST", f"/sittings/{ID}/marks", {})
    hidden = first_form(reader.get(PAGE).get_data(as_text=True), MEMBERS[1])

    answer = reader.browser.post(f"{PAGE}/mark", data={**hidden, "mark-mark": "present"})

    (sent,) = services.acts()
    assert sent.path == f"/sittings/{ID}/marks"
    assert sent.body == {"person": MEMBERS[1], "mark": "present"}
    assert answer.status_code == 303
    assert answer.location.endswith(f"/room?roll=1#member-{MEMBERS[1]}")


def test_the_same_form_again_carries_the_same_key(reader: Reader, services: FakeServices) -> None:
    reader.sign_in("secretariat")
    services.answer("review", "POST", f"/sittings/{ID}/marks", {})
    hidden = first_form(reader.get(PAGE).get_data(as_text=True), MEMBERS[1])

    for _ in range(2):
        reader.browser.post(f"{PAGE}/mark", data={**hidden, "mark-mark": "present"})

    keys = {call.headers["Idempotency-Key"] for call in services.acts()}
    assert len(keys) == 1


def test_the_quorum_is_shown_as_the_roll_stands_with_its_calculation(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("secretariat")

    html = reader.get(PAGE).get_data(as_text=True)

    assert COUNTED["fr"] in html
    assert "Membre premier" in html
    assert services.acts() == []


def test_a_refused_act_shows_why_and_what_is_recorded(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("secretariat")
    refusal = {**problem(409, "rule-refused"), "detail": "Pas de quorum", "article": "113-14, 42"}
    services.answer("review", "POST", f"/sessions/{ID}/declaration", refusal, status=409)

    answer = reader.send(PAGE, f"{PAGE}/declaration", {})

    assert answer.status_code == 409
    assert "Pas de quorum" in answer.get_data(as_text=True)
    assert "Membre premier" in answer.get_data(as_text=True)


def test_a_vote_by_name_is_sent_for_those_in_the_room(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("secretariat")
    running(services, *MEMBERS[:2])
    services.answer("review", "POST", f"/items/{ID}/vote", {})
    action = f"{PAGE}/items/{ID}/vote-by-name"
    typed = {
        f"vote-by-name_{ID}-names.{MEMBERS[0]}": "for",
        f"vote-by-name_{ID}-names.{MEMBERS[1]}": "against",
    }

    html = reader.get(PAGE).get_data(as_text=True)
    answer = reader.send(PAGE, action, typed)

    (sent,) = services.acts()
    assert f"names.{MEMBERS[2]}" not in html
    assert answer.status_code == 303
    assert sent.body["mode"] == "by-name"
    assert sent.body["names"] == [
        {"person": MEMBERS[0], "side": "for"},
        {"person": MEMBERS[1], "side": "against"},
    ]


def test_a_recusal_is_chosen_by_name(reader: Reader, services: FakeServices) -> None:
    reader.sign_in("secretariat")
    running(services, *MEMBERS)
    services.answer("review", "POST", f"/items/{ID}/recusals", {})
    typed = {f"recusal_{ID}-person": MEMBERS[0]}

    reader.send(PAGE, f"{PAGE}/items/{ID}/recusal", typed)

    (sent,) = services.acts()
    assert sent.body == {"person": MEMBERS[0]}


def test_a_member_of_the_council_reads_the_room_and_changes_nothing(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("council-member")

    html = reader.get(PAGE).get_data(as_text=True)

    assert f'action="{PAGE}/mark"' not in html
    assert "Membre premier" in html


def test_the_roll_is_open_while_it_is_called_and_folded_once_items_are_voted(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("secretariat")

    called = reader.get(PAGE).get_data(as_text=True)
    running(services, MEMBERS[0])
    voting = reader.get(PAGE).get_data(as_text=True)
    marked = reader.get(f"{PAGE}?roll=1").get_data(as_text=True)

    assert '<details class="panel fold" id="roll" open>' in called
    assert '<details class="panel fold" id="roll">' in voting
    assert '<details class="panel fold" id="roll" open>' in marked
