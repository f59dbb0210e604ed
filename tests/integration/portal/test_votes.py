"""The vote's form asks what becomes of each opinion; pages show what the decision made of it."""

from __future__ import annotations

from typing import Any

from tests.integration.portal.answers import BODY, CASE, ID, NAME, OPINION, SUBJECT, TERM
from tests.integration.portal.conftest import Reader
from tests.integration.portal.fakes import FakeServices

PAGE = f"/desk/sessions/{ID}"
PAPER = {
    "opinion": ID,
    "body": BODY,
    "case": CASE,
    "subject": SUBJECT,
    "submitted_on": "2024-01-20",
}
REPLY = {"opinion": ID, "body": BODY, "body_name": NAME, "answer": "partly", "reason": "Coûteux"}
COUNTS = {"votes_for": "3", "votes_against": "0", "abstentions": "0"}


def opened(services: FakeServices, *papers: Any) -> None:
    """Let review show a session that has opened with some opinions before it."""
    found = services.services["review"].table["GET", f"/sessions/{ID}"]
    changed = {**found, "state": "opened", "papers": list(papers)}
    services.answer("review", "GET", f"/sessions/{ID}", changed)
    services.answer("review", "POST", f"/items/{ID}/vote", {})


def typed(**values: str) -> dict[str, str]:
    """What is typed into the form of the item's vote."""
    return {f"vote_{ID}-{name}": value for name, value in values.items()}


def test_the_vote_goes_out_with_the_answer_to_each_opinion(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("secretariat")
    opened(services, PAPER)
    said = {f"opinions.{ID}.answer": "followed", f"opinions.{ID}.reason": "Parce que"}

    answer = reader.send(PAGE, f"{PAGE}/items/{ID}/vote", typed(**COUNTS, **said))

    (sent,) = services.acts()
    assert answer.status_code == 303
    assert sent.body["opinions"] == [{"opinion": ID, "answer": "followed", "reason": "Parce que"}]


def test_a_recorded_vote_is_corrected_from_the_session_page_and_both_counts_are_shown(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("secretariat")
    counted(services, state="adopted")
    services.answer("review", "POST", f"/items/{ID}/vote-rectification", {})
    page = reader.get(PAGE).text

    path = f"{PAGE}/items/{ID}/vote-rectification"
    right = {**COUNTS, "because": "Erreur de copie."}
    said = {f"vote-rectification_{ID}-{name}": value for name, value in right.items()}
    empty = reader.send(PAGE, path, {**said, f"vote-rectification_{ID}-because": ""})
    answer = reader.send(PAGE, path, said)

    assert f"vote-rectification_{ID}-because" in page
    assert "9" in page
    assert empty.status_code == 422
    assert answer.status_code == 303
    (sent,) = services.acts()
    assert sent.body["because"] == "Erreur de copie."
    assert sent.body["votes_for"] == 3


def test_a_vote_whose_decision_went_to_the_governor_is_offered_no_correction(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("secretariat")
    counted(services, state="transmitted")

    assert "vote-rectification" not in reader.get(PAGE).text


def test_recorded_days_and_counts_are_corrected_from_the_session_page(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("secretariat")
    found = services.services["review"].table["GET", f"/sessions/{ID}"]
    was = {"corrected_on": "2024-02-07", "present": 27, "in_office": 35}
    held = {"id": ID, "call": 1, "held_on": "2024-02-06", "state": "quorum_met", "corrected": [was]}
    held |= {"present": 28, "in_office": 34, "needed": 18, "is_named": False}
    changed = {**found, "sittings": [held], "allowed": ["rectify_convene"]}
    services.answer("review", "GET", f"/sessions/{ID}", changed)
    for act in ("date-rectification", "count-rectification"):
        services.answer("review", "POST", f"/sessions/{ID}/{act}", {})
    days = {"of": "convene", "day": "2024-01-24", "because": "Erreur."}
    figures = {"sitting": ID, "present": "28", "because": "Erreur."}

    page = reader.get(PAGE).text
    for act, typed_ in (("date-rectification", days), ("count-rectification", figures)):
        said = {f"{act}-{name}": value for name, value in typed_.items()}
        assert reader.send(PAGE, f"{PAGE}/{act}", said).status_code == 303

    assert "27" in page
    first, second = services.acts()
    assert first.body == days
    assert second.body == {"sitting": ID, "present": 28, "because": "Erreur."}


def counted(services: FakeServices, *, state: str) -> None:
    """Let review show a session whose one vote was corrected once."""
    found = services.services["review"].table["GET", f"/sessions/{ID}"]
    (item, *_) = found["items"]
    old = {"votes_for": 9, "votes_against": 0, "abstentions": 0}
    new = {**old, "votes_for": 8, "corrects": 1, "corrected_on": "2024-02-07"}
    voted = {**item, "state": "deliberated", "ballot": "public", **old, "calculations": [old, new]}
    decision = {"id": ID, "item": item["id"], "state": state}
    changed = {**found, "items": [voted], "decisions": [decision]}
    services.answer("review", "GET", f"/sessions/{ID}", changed)


def test_an_opinion_on_the_petition_is_asked_about_before_anything_is_sent(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("secretariat")
    opened(services, PAPER)

    answer = reader.send(PAGE, f"{PAGE}/items/{ID}/vote", typed(**COUNTS))

    assert answer.status_code == 422
    assert services.acts() == []


def test_an_opinion_for_the_session_is_not_asked_about_at_a_petition(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("secretariat")
    opened(services, {**PAPER, "case": None})

    reader.send(PAGE, f"{PAGE}/items/{ID}/vote", typed(**COUNTS))

    (sent,) = services.acts()
    assert "opinions" not in sent.body


def test_an_item_of_no_session_is_not_voted_on(reader: Reader, services: FakeServices) -> None:
    reader.sign_in("secretariat")
    opened(services)
    other = "01920000-0000-7000-8000-0000000000ff"

    html = reader.get(PAGE).get_data(as_text=True)
    token = html.partition('name="csrf_token" value="')[2].partition('"')[0]

    answer = reader.browser.post(
        f"{PAGE}/items/{other}/vote", data={"csrf_token": token, **typed(**COUNTS)}
    )

    assert answer.status_code == 404
    assert services.acts() == []


def test_the_opinions_page_shows_the_councils_answer_and_why(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("body-member")
    answer = {"decision": ID, "number": "2024/1", "decided_on": "2024-02-06", "answer": "partly"}
    services.answer("opinions", "GET", f"/opinions/{ID}", {**OPINION, "answers": [answer]})
    services.answer("review", "GET", f"/decisions/{ID}/opinions", {"opinions": [REPLY]})

    html = reader.get(f"/desk/opinions/{ID}").get_data(as_text=True)

    assert "Suivi en partie" in html
    assert "Coûteux" in html


def test_case_decision_and_public_pages_show_what_became_of_the_opinion(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("secretariat")
    table = services.services["review"].table
    decision = {**table["GET", f"/decisions/{ID}"], "opinions": [REPLY]}
    services.answer("review", "GET", f"/decisions/{ID}", decision)
    for path in (f"/cases/{CASE}", "/petitions/taroudant/2023/1"):
        found = {**table["GET", path], "decisions": [decision]}
        services.answer("review", "GET", path, found)

    for page in (f"/desk/decisions/{ID}", f"/desk/cases/{CASE}", "/taroudant/2023/1"):
        html = reader.get(page).get_data(as_text=True)
        assert "Suivi en partie" in html, page
        assert "Coûteux" in html, page


def test_a_duty_after_the_session_is_offered_until_it_is_recorded(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("secretariat")
    found = services.services["review"].table["GET", f"/decisions/{ID}"]
    waiting = {"term": TERM, "done_on": None, "is_late": True}
    services.answer("review", "GET", f"/decisions/{ID}", {**found, "posting": waiting})
    services.answer("review", "POST", f"/decisions/{ID}/posting", {})
    page = f"/desk/decisions/{ID}"
    before = reader.get(page).get_data(as_text=True)

    sent = reader.send(page, f"{page}/posting", {})
    done = {**waiting, "done_on": "2024-02-10", "is_late": False}
    services.answer("review", "GET", f"/decisions/{ID}", {**found, "posting": done})
    after = reader.get(page).get_data(as_text=True)

    assert sent.status_code == 303
    assert 'id="act-posting"' in before
    assert 'id="act-posting"' not in after
    assert "En retard" in before


def test_the_form_of_a_first_vote_asks_for_the_matter_and_sends_it(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("secretariat")
    opened(services)

    page = reader.get(PAGE).text
    reader.send(PAGE, f"{PAGE}/items/{ID}/vote", typed(**COUNTS, matter="public-utilities"))

    (sent,) = services.acts()
    assert "modes de gestion · " in page or "المرافق · " in page
    assert sent.body["matter"] == "public-utilities"


def test_a_vote_on_a_matter_that_is_named_already_does_not_ask_again(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("secretariat")
    found = services.services["review"].table["GET", f"/sessions/{ID}"]
    item = {**found["items"][0], "matter": "public-utilities"}
    named = {**found, "state": "opened", "papers": [], "items": [item]}
    services.answer("review", "GET", f"/sessions/{ID}", named)

    page = reader.get(PAGE).text

    assert f"vote_{ID}-votes_for" in page
    assert f"vote_{ID}-matter" not in page
