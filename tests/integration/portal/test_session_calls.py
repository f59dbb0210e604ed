"""Sessions that others ask for, longer sessions, and the president's report, on their pages."""

from html import unescape
from typing import Any

from tests.integration.portal.answers import AUTHORITY, ID, REPORT, SESSION, problem
from tests.integration.portal.conftest import Reader
from tests.integration.portal.fakes import FakeServices

PAGE = f"/desk/sessions/{ID}"
OPENED = {"state": "opened", "allowed": ["close", "extend"], "next_call": None}


def show_session(services: FakeServices, **changes: Any) -> None:
    """Let review tell another session from now on."""
    services.answer("review", "GET", f"/sessions/{ID}", {**SESSION, **changes})


def test_a_third_of_the_members_asks_for_a_session(reader: Reader, services: FakeServices) -> None:
    reader.sign_in("secretariat")
    services.answer("review", "POST", "/sessions", SESSION, status=201)
    typed = {
        "plan-session_kind": "extraordinary",
        "plan-opens_on": "2024-01-18",
        "plan-called_by": "third",
        "plan-requested_on": "2024-01-08",
        "plan-requested_by_members": "12",
    }

    answer = reader.send("/desk/sessions", "/desk/sessions", typed)

    (sent,) = services.acts()
    assert answer.location == f"{PAGE}?done=1"
    assert sent.body == {
        "session_kind": "extraordinary",
        "opens_on": "2024-01-18",
        "called_by": "third",
        "requested_on": "2024-01-08",
        "requested_by_members": 12,
    }


def test_a_request_that_too_few_signed_is_mended_at_its_field(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("secretariat")
    told = {"field": "requested_by_members", "message": "12 au moins", "remedy": "Combien"}
    refused = problem(422, "invalid-input", errors=[told])
    services.answer("review", "POST", "/sessions", refused, status=422)
    typed = {
        "plan-session_kind": "extraordinary",
        "plan-opens_on": "2024-01-18",
        "plan-called_by": "third",
        "plan-requested_by_members": "3",
    }

    html = reader.send("/desk/sessions", "/desk/sessions", typed).get_data(as_text=True)

    assert 'href="#field-plan-requested_by_members"' in html
    assert "12 au moins" in html


def test_a_session_that_members_asked_for_says_so_and_is_refused_with_reasons(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("president")
    show_session(services, state="planned", called_by="third", allowed=["call", "refuse"])
    services.answer("review", "POST", f"/sessions/{ID}/refusal", SESSION)

    html = reader.get(PAGE).get_data(as_text=True)
    empty = reader.send(PAGE, f"{PAGE}/refusal", {})
    reader.send(PAGE, f"{PAGE}/refusal", {"refusal-reason": "Sans objet"})

    (sent,) = services.acts()
    assert "Un tiers des membres" in html
    assert empty.status_code == 422
    assert 'href="#field-refusal-reason"' in empty.get_data(as_text=True)
    assert sent.body == {"reason": "Sans objet"}


def test_a_session_is_extended_on_its_page(reader: Reader, services: FakeServices) -> None:
    reader.sign_in("secretariat")
    show_session(services, **OPENED)
    services.answer("review", "POST", f"/sessions/{ID}/extension", SESSION)
    typed = {"extension-until": "2024-02-28", "extension-reason": "Budget"}

    reader.send(PAGE, f"{PAGE}/extension", typed)
    show_session(services, **{**OPENED, "allowed": ["close"], "extended_until": "2024-02-28"})
    html = reader.get(PAGE).get_data(as_text=True)

    (sent,) = services.acts()
    assert sent.body == {"until": "2024-02-28", "reason": "Budget"}
    assert "28 février 2024" in html
    assert 'id="act-extension"' not in html


def test_a_day_too_late_is_told_above_the_extension(reader: Reader, services: FakeServices) -> None:
    reader.sign_in("secretariat")
    show_session(services, **OPENED)
    refused = problem(409, "rule-refused", detail="Le 28 février était le dernier jour")
    services.answer("review", "POST", f"/sessions/{ID}/extension", refused, status=409)
    typed = {"extension-until": "2024-03-28", "extension-reason": "Budget"}

    without = reader.send(PAGE, f"{PAGE}/extension", {"extension-reason": "Budget"})
    late = reader.send(PAGE, f"{PAGE}/extension", typed)

    assert 'href="#field-extension-until"' in without.get_data(as_text=True)
    assert late.status_code == 409
    assert "Le 28 février était le dernier jour" in late.get_data(as_text=True)


def test_the_president_reports_on_what_carries_decisions_out(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("president")
    show_session(services, **OPENED)
    path = f"/sessions/{ID}/follow-up-report"
    services.answer("review", "POST", path, {}, status=201)

    html = reader.get(PAGE).get_data(as_text=True)
    answer = reader.send(PAGE, f"{PAGE}/follow-up-report", {})
    services.answer(
        "review", "GET", f"/sessions/{ID}/follow-ups", {**REPORT, "reported_on": "2024-02-06"}
    )
    after = reader.get(PAGE).get_data(as_text=True)

    (sent,) = services.acts()
    assert "Ouvrir le centre" in html
    assert (answer.status_code, sent.path) == (303, path)
    assert 'id="act-follow-up-report"' not in after
    assert "6 février 2024" in after.partition('id="report"')[2]


def test_an_extraordinary_session_is_told_of_no_action(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("secretariat")
    show_session(services, **{**OPENED, "session_kind": "extraordinary"})

    html = reader.get(PAGE).get_data(as_text=True)

    assert "Ouvrir le centre" not in html
    assert 'id="act-follow-up-report"' not in html


def test_forms_cite_the_law_of_a_province_with_its_terms(
    reader: Reader, services: FakeServices
) -> None:
    province = {**AUTHORITY, "kind": "province"}
    services.answer(
        "identity", "GET", "/authorities", {"authorities": [province], "next_cursor": None}
    )
    reader.sign_in("secretariat")
    show_session(services, state="called", allowed=["convene"])

    page = unescape(reader.get(f"{PAGE}?lang=fr").get_data(as_text=True))

    assert "au moins 7 jours avant (112-14, art. 36)" in page
    assert "(113-14" not in page


def test_a_sitting_after_the_opening_is_no_call(reader: Reader, services: FakeServices) -> None:
    reader.sign_in("secretariat")
    further = {
        **{"id": ID, "state": "open", "call": 0, "held_on": "2024-02-15"},
        **{"present": 20, "in_office": 35, "needed": 0, "corrected": [], "finding": None},
    }
    show_session(services, **OPENED, sittings=[further])

    text = reader.get(PAGE).get_data(as_text=True)

    assert "Séance suivante, 15 février 2024" in text
    assert "Convocation 0" not in text


def test_a_planned_session_is_taken_back_with_its_reason(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("secretariat")
    show_session(services, state="planned", allowed=["call", "drop"], next_call=None)
    services.answer("review", "POST", f"/sessions/{ID}/dropping", {})

    reader.send(PAGE, f"{PAGE}/dropping", {"dropping-reason": "planned-in-error"})

    (sent,) = services.acts()
    assert (sent.path, sent.body) == (f"/sessions/{ID}/dropping", {"reason": "planned-in-error"})


def test_the_adoption_of_the_minutes_is_recorded_and_shown(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("secretariat")
    closed: dict[str, Any] = {"state": "closed", "allowed": [], "next_call": None}
    waiting = [{"id": ID, "session_kind": "ordinary", "opens_on": "2023-10-03"}]
    show_session(services, **OPENED, minutes_to_adopt=waiting)
    listed = reader.get(PAGE).get_data(as_text=True)
    show_session(services, **closed, minutes_adopted_on=None)
    services.answer("review", "POST", f"/sessions/{ID}/minutes-adoption", {}, 201)

    reader.send(PAGE, f"{PAGE}/minutes-adoption", {})

    (sent,) = services.acts()
    assert sent.path == f"/sessions/{ID}/minutes-adoption"
    assert "3 octobre 2023" in listed
    show_session(services, **closed, minutes_adopted_on="2024-05-07")
    assert "7 mai 2024" in reader.get(PAGE).get_data(as_text=True)


def test_the_register_is_sent_from_the_page_of_a_closed_session_until_it_is_recorded(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("secretariat")
    services.answer("review", "POST", f"/sessions/{ID}/register-sending", {}, 201)
    term = {
        "rule": "attendance-register",
        "due_on": "2024-02-11",
        "article": "113-14 art 67",
        "explanation": {"fr": "Cinq jours."},
        "missed": {},
    }
    waiting = {"term": term, "done_on": None, "is_late": True, "proof": None}
    show_session(services, state="closed", allowed=[], register=waiting)

    before = unescape(reader.get(PAGE).get_data(as_text=True))
    reader.send(PAGE, f"{PAGE}/register", {"register-proof": "Récépissé n° 41"})
    done = {**waiting, "done_on": "2024-02-09", "is_late": False, "proof": "Récépissé n° 41"}
    show_session(services, state="closed", allowed=[], register=done)
    after = unescape(reader.get(PAGE).get_data(as_text=True))

    (sent,) = services.acts()
    assert "Une copie dans les cinq jours" in before or "Une copie dans les 5 jours" in before
    assert "11 février 2024" in before
    assert sent.body == {"proof": "Récépissé n° 41"}
    assert "Preuve : Récépissé n° 41" in after
    assert f"{PAGE}/register" not in after
