"""The page around an agenda: what the governor and members ask, notices and their proofs."""

import pytest

from tests.integration.portal.agenda_support import (
    CONVENED,
    PAGE,
    SESSION_PAGE,
    show_record,
    show_session,
)
from tests.integration.portal.answers import (
    ID,
    ITEM,
    MEMBERS,
    OTHER,
    REQUEST,
    SESSION,
    SUBJECT,
    problem,
)
from tests.integration.portal.conftest import Reader
from tests.integration.portal.fakes import FakeServices


def test_the_session_leads_to_its_agenda_and_back(reader: Reader) -> None:
    reader.sign_in("council-member")

    session = reader.get(SESSION_PAGE).get_data(as_text=True)
    html = reader.get(PAGE).get_data(as_text=True)

    assert f'href="{PAGE}"' in session
    assert f'href="{SESSION_PAGE}"' in html
    assert "18 des 35 membres en exercice" in html
    assert "Hors &lt;compétence&gt;" in html
    assert "<form" not in html.partition("<main")[2]


def test_the_governors_receipt_is_recorded(reader: Reader, services: FakeServices) -> None:
    reader.sign_in("secretariat")
    show_session(services, allowed=["note_receipt", "convene", "postpone"])
    services.answer("review", "POST", f"/sessions/{ID}/governor-receipt", SESSION)
    typed = {"governor-receipt-received_on": "2024-01-12"}

    answer = reader.send(PAGE, f"{PAGE}/governor-receipt", typed)

    (sent,) = services.acts()
    assert (answer.status_code, answer.location) == (303, f"{PAGE}?done=1")
    assert sent.body == {"received_on": "2024-01-12"}


def test_an_item_of_the_governor_says_whose_it_is(reader: Reader, services: FakeServices) -> None:
    reader.sign_in("secretariat")
    services.answer("review", "POST", f"/sessions/{ID}/items", ITEM, status=201)
    typed = {
        "governor-item-subject.fr": "Un point du gouverneur",
        "governor-item-origin_on": "2024-01-14",
        "governor-item-matter": "public-utilities",
    }

    reader.send(PAGE, f"{PAGE}/governor-item", typed)

    (sent,) = services.acts()
    assert sent.body == {
        "subject": {"fr": "Un point du gouverneur"},
        "origin": "governor",
        "origin_on": "2024-01-14",
        "matter": "public-utilities",
    }


def test_a_request_of_members_is_recorded(reader: Reader, services: FakeServices) -> None:
    reader.sign_in("president")
    services.answer("review", "POST", f"/sessions/{ID}/requests", REQUEST, status=201)
    typed = {
        "request-subject.ar": "نقطة",
        "request-members": "18",
        "request-received_on": "2024-01-08",
    }

    reader.send(PAGE, f"{PAGE}/request", typed)

    (sent,) = services.acts()
    assert sent.body == {"subject": {"ar": "نقطة"}, "members": 18, "received_on": "2024-01-08"}


def test_what_half_of_the_members_ask_is_included_and_never_refused(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("secretariat")
    show_record(services, requests=[{**REQUEST, "is_binding": True}])
    path = f"/sessions/{ID}/requests/{OTHER}/answer"
    services.answer("review", "POST", path, {**REQUEST, "answer": "included"})

    html = reader.get(PAGE).get_data(as_text=True)
    reader.send(PAGE, f"{PAGE}/requests/{OTHER}/inclusion", {})

    (sent,) = services.acts()
    assert f'id="act-refusal_{OTHER}"' not in html
    assert (sent.path, sent.body) == (path, {})


def test_a_request_is_refused_with_its_reason(reader: Reader, services: FakeServices) -> None:
    reader.sign_in("secretariat")
    services.answer("review", "POST", f"/sessions/{ID}/requests/{OTHER}/answer", REQUEST)
    action = f"{PAGE}/requests/{OTHER}/refusal"
    typed = {f"refusal_{OTHER}-refusal_reason": "Hors de ses compétences"}

    empty = reader.send(PAGE, action, {})
    reader.send(PAGE, action, typed)

    (sent,) = services.acts()
    assert empty.status_code == 422
    assert f'href="#field-refusal_{OTHER}-refusal_reason"' in empty.get_data(as_text=True)
    assert sent.body == {"refusal_reason": "Hors de ses compétences"}


def test_the_proof_of_sending_is_recorded_for_chosen_members(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("secretariat")
    show_session(services, **CONVENED)
    services.answer("review", "POST", f"/sessions/{ID}/convocations", {}, status=201)
    typed = {
        "proof-notice": "notice",
        "proof-channel": "registered-post",
        "proof-proof": "RR 3",
        "proof-people": [MEMBERS[1], MEMBERS[2]],
    }

    reader.send(PAGE, f"{PAGE}/proof", typed)

    (sent,) = services.acts()
    assert sent.body == {
        "notice": "notice",
        "channel": "registered-post",
        "proof": "RR 3",
        "people": [MEMBERS[1], MEMBERS[2]],
    }


def test_each_member_is_shown_with_the_proof_or_without(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("bureau")
    show_session(services, **CONVENED)

    html = reader.get(PAGE).get_data(as_text=True)

    assert "2 membres sans preuve" in html
    proofs, _, missing = html.partition('id="proofs"')[2].partition("<details>")
    assert "Membre premier" in proofs
    assert "Registre 12" in proofs
    assert "Membre premier" not in missing
    assert missing.partition("</ul>")[0].count("<li>") == 2


def test_a_supplementary_notice_is_offered_only_while_members_were_not_told(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("secretariat")
    show_session(services, **{**CONVENED, "items": [ITEM]})
    told = reader.get(PAGE).get_data(as_text=True)
    show_session(services, **CONVENED)
    services.answer("review", "POST", f"/sessions/{ID}/supplement", SESSION)

    reader.send(PAGE, f"{PAGE}/supplement", {"supplement-acted_on": "2024-01-25"})

    (sent,) = services.acts()
    assert 'id="act-supplement"' not in told
    assert sent.body == {"acted_on": "2024-01-25"}


def test_an_objection_is_recorded_on_its_item_and_settled(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("secretariat")
    services.answer("review", "POST", f"/items/{ID}/objection", ITEM)
    services.answer("review", "POST", f"/items/{ID}/objection-outcome", ITEM)
    typed = {"received_on": "2024-01-20", "article": "113-14, 92", "reason": "Incompétence"}
    objected = {f"objection_{ID}-{name}": value for name, value in typed.items()}

    reader.send(PAGE, f"{PAGE}/items/{ID}/objection", objected)
    show_session(services, items=[{**ITEM, "state": "under_objection"}])
    show_record(services, objections=[{**typed, "item": ID, "outcome": None}])
    html = reader.get(PAGE).get_data(as_text=True)
    outcome = {f"objection-outcome_{ID}-outcome": "dismissed"}
    reader.send(PAGE, f"{PAGE}/items/{ID}/objection-outcome", outcome)

    first, second = services.acts()
    assert (first.path, first.body) == (f"/items/{ID}/objection", typed)
    assert "Incompétence" in html
    assert (second.path, second.body) == (
        f"/items/{ID}/objection-outcome",
        {"outcome": "dismissed"},
    )


WRONG = (
    ("governor-receipt", "/governor-receipt", "received_on"),
    ("governor-item", "/items", "origin_on"),
    ("request", "/requests", "members"),
    ("proof", "/convocations", "proof"),
)
FILLED = {
    "received_on": "2024-01-12",
    "origin_on": "2024-01-12",
    "matter": "public-utilities",
    "members": "99",
    "notice": "notice",
    "channel": "hand",
    "proof": "x",
}


@pytest.mark.parametrize(("act", "path", "field"), WRONG)
def test_a_refusal_stands_at_the_field_it_is_about(
    reader: Reader, services: FakeServices, act: str, path: str, field: str
) -> None:
    reader.sign_in("secretariat")
    show_session(services, **(CONVENED if act == "proof" else {"allowed": ["note_receipt"]}))
    told = {"field": field, "message": "Cela ne va pas", "remedy": "Autrement"}
    refused = problem(422, "invalid-input", errors=[told])
    services.answer("review", "POST", f"/sessions/{ID}{path}", refused, status=422)
    typed = {f"{act}-{name}": value for name, value in FILLED.items()}

    answer = reader.send(PAGE, f"{PAGE}/{act}", typed)

    html = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert f'<details class="act" id="act-{act}" open>' in html
    assert f'href="#field-{act}-{field}"' in html
    assert "Cela ne va pas" in html


@pytest.mark.parametrize(("act", "path"), [("governor-item", "/items"), ("request", "/requests")])
def test_a_missing_subject_is_asked_for_at_its_field(
    reader: Reader, services: FakeServices, act: str, path: str
) -> None:
    reader.sign_in("secretariat")
    told = {"field": "subject.ar", "message": "Un texte au moins", "remedy": ""}
    refused = problem(422, "invalid-input", errors=[told])
    services.answer("review", "POST", f"/sessions/{ID}{path}", refused, status=422)
    typed = {f"{act}-{name}": value for name, value in FILLED.items()}

    answer = reader.send(PAGE, f"{PAGE}/{act}", typed)

    (sent,) = services.acts()
    assert sent.body["subject"] == {}
    assert f'href="#field-{act}-subject.ar"' in answer.get_data(as_text=True)


def test_a_member_records_nothing(reader: Reader, services: FakeServices) -> None:
    reader.sign_in("council-member")
    reader.get(PAGE)

    html = reader.get(PAGE).get_data(as_text=True)

    assert 'id="act-' not in html
    assert str(SUBJECT["fr"]) in html
    assert services.acts() == []
