"""Forms: their token, their key and version, what comes back when an act is refused."""

from concurrent.futures import ThreadPoolExecutor

from services.portal.csrf import SESSION_COOKIE
from shared.clock import sleep
from tests.integration.portal.answers import CASE, COMMITTEE, ID, problem
from tests.integration.portal.conftest import Reader
from tests.integration.portal.fakes import FakeServices

CASE_PAGE = f"/desk/cases/{CASE}"


def test_a_form_without_its_token_is_refused_and_nothing_is_called(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("secretariat")

    answer = reader.browser.post(
        f"{CASE_PAGE}/referral", data={"referral-committee": COMMITTEE, "csrf_token": "guessed"}
    )

    assert answer.status_code == 400
    assert "<main" in answer.get_data(as_text=True)
    assert services.acts() == []


def test_the_token_of_another_reader_is_refused(reader: Reader, services: FakeServices) -> None:
    reader.sign_in("secretariat")
    html = reader.get(CASE_PAGE).get_data(as_text=True)
    token = html.partition('name="csrf_token" value="')[2].partition('"')[0]
    reader.browser.set_cookie(SESSION_COOKIE, "another-handle")

    answer = reader.browser.post(f"{CASE_PAGE}/referral", data={"csrf_token": token})

    assert answer.status_code == 400
    assert services.acts() == []


def test_an_act_goes_out_with_its_key_and_version_and_the_page_follows(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("secretariat")
    services.answer("review", "POST", f"/cases/{CASE}/referral", {})

    answer = reader.send(CASE_PAGE, f"{CASE_PAGE}/referral", {"referral-committee": COMMITTEE})

    (sent,) = services.acts()
    assert answer.status_code == 303
    assert answer.location == f"{CASE_PAGE}?done=1"
    assert sent.body == {"committee": COMMITTEE}
    assert sent.headers["If-Match"] == '"4"'
    assert len(sent.headers["Idempotency-Key"]) == 36
    assert sent.headers["Authorization"] == "Bearer token"


def test_each_form_has_a_key_of_its_own(reader: Reader, services: FakeServices) -> None:
    reader.sign_in("secretariat")
    services.answer("review", "POST", f"/cases/{CASE}/referral", {})

    for _ in range(2):
        reader.send(CASE_PAGE, f"{CASE_PAGE}/referral", {"referral-committee": COMMITTEE})

    first, second = (call.headers["Idempotency-Key"] for call in services.acts())
    assert first != second


def test_only_the_acts_of_the_readers_role_are_offered(reader: Reader) -> None:
    reader.sign_in("committee-chair")

    html = reader.get(CASE_PAGE).get_data(as_text=True)

    assert 'id="act-report"' in html
    assert 'id="act-refusal"' not in html


def test_a_refused_act_keeps_what_was_typed_and_says_why(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("president")
    told = {"field": "reasons", "message": "Ce motif ne convient pas", "remedy": "Autre motif"}
    refused = problem(422, "invalid-input", errors=[told])
    services.answer("review", "POST", f"/cases/{CASE}/refusal", refused, status=422)

    answer = reader.send(
        CASE_PAGE,
        f"{CASE_PAGE}/refusal",
        {"refusal-reasons": "outside-powers", "refusal-text": "Un <texte> long"},
    )

    html = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert '<details class="act" id="act-refusal" open>' in html
    assert 'href="#field-refusal-reasons"' in html
    assert "Ce motif ne convient pas" in html
    assert "Autre motif" in html
    assert "Un &lt;texte&gt; long" in html
    assert 'value="outside-powers" checked' in html


def test_a_rule_that_forbids_an_act_is_told_above_the_form(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("president")
    refused = problem(409, "rule-refused", detail="Le délai court encore")
    services.answer("review", "POST", f"/cases/{CASE}/refusal", refused, status=409)

    answer = reader.send(CASE_PAGE, f"{CASE_PAGE}/refusal", {"refusal-reasons": "outside-powers"})

    assert answer.status_code == 409
    assert "Le délai court encore" in answer.get_data(as_text=True)


def test_an_empty_field_is_asked_for_before_anything_is_sent(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("secretariat")

    answer = reader.send(CASE_PAGE, f"{CASE_PAGE}/referral", {})

    assert answer.status_code == 422
    assert services.acts() == []


def test_an_act_of_another_day_carries_its_date_and_reason(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("secretariat")
    services.answer("review", "POST", f"/sessions/{ID}/convening", {})
    page = f"/desk/sessions/{ID}"

    reader.send(
        page,
        f"{page}/convening",
        {"convening-acted_on": "2024-01-12", "convening-late_reason": "Absence"},
    )

    (sent,) = services.acts()
    assert sent.body == {"acted_on": "2024-01-12", "late_reason": "Absence"}


def test_an_error_about_a_whole_group_stands_at_its_first_field(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("petitioner")
    told = {"field": "association.name", "message": "Obligatoire", "remedy": ""}
    refused = problem(422, "invalid-input", errors=[told])
    services.answer("intake", "POST", "/petitions", refused, status=422)

    answer = reader.send(
        "/desk/petitions/new",
        "/desk/petitions/new",
        {"petition-petitioner": "association", "petition-role": "legal-representative"},
    )

    assert 'href="#field-petition-association.name.ar"' in answer.get_data(as_text=True)


def test_a_form_that_is_too_large_is_a_page(reader: Reader) -> None:
    reader.get("/track")

    answer = reader.browser.post("/track", data={"tracking-code": "x" * (25 * 1024 * 1024)})

    assert answer.status_code == 413
    assert "<main" in answer.get_data(as_text=True)


def test_a_second_press_waits_for_the_answer_of_the_first(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("secretariat")
    early = problem(409, "not-yet", detail="La même demande est en cours")
    services.answer("review", "POST", f"/cases/{CASE}/referral", early, status=409)
    review = services.services["review"]

    def answered_later() -> None:
        while not any(call.path.endswith("/referral") for call in review.calls):
            sleep(0.01)
        services.answer("review", "POST", f"/cases/{CASE}/referral", {})

    with ThreadPoolExecutor(1) as pool:
        pool.submit(answered_later)
        answer = reader.send(CASE_PAGE, f"{CASE_PAGE}/referral", {"referral-committee": COMMITTEE})

    assert answer.status_code == 303
    assert len({call.headers["Idempotency-Key"] for call in services.acts()}) == 1
    assert len(services.acts()) > 1
