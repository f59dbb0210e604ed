"""Forms: their token, their key and version, what comes back when an act is refused."""

import io
from concurrent.futures import ThreadPoolExecutor

from services.portal.csrf import SESSION_COOKIE
from shared.clock import sleep
from tests.integration.portal.answers import BODY, CASE, COMMITTEE, DECISION, ID, PETITION, problem
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


def test_a_report_goes_to_the_chosen_committee(reader: Reader, services: FakeServices) -> None:
    reader.sign_in("committee-chair")
    services.answer("review", "POST", f"/committees/{COMMITTEE}/reports", {}, status=201)

    reader.send(
        CASE_PAGE,
        f"{CASE_PAGE}/report",
        {"report-committee": COMMITTEE, "report-recommendation": "favourable"},
    )

    (sent,) = services.acts()
    assert sent.body == {"case": CASE, "recommendation": "favourable"}


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


def test_a_vote_that_is_no_number_is_mended_on_its_own_item(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("secretariat")
    opened = {**services.services["review"].table["GET", f"/sessions/{ID}"], "state": "opened"}
    services.answer("review", "GET", f"/sessions/{ID}", opened)
    page = f"/desk/sessions/{ID}"
    names = ("votes_for", "votes_against", "abstentions")
    typed = {f"vote_{ID}-{name}": "3" for name in names} | {f"vote_{ID}-votes_for": "beaucoup"}

    answer = reader.send(page, f"{page}/items/{ID}/vote", typed)

    html = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert 'value="beaucoup"' in html
    assert "Ce n&#39;est pas un nombre entier." in html
    assert services.acts() == []


def test_a_new_petition_becomes_what_intake_takes(reader: Reader, services: FakeServices) -> None:
    reader.sign_in("petitioner")
    services.answer("intake", "POST", "/petitions", PETITION, status=201)
    typed = {
        "petition-petitioner": "association",
        "petition-subject.fr": " Un centre ",
        "petition-reasons": "Parce que",
        "petition-association.name.fr": "Association",
        "petition-association.founded_on": "2011-04-18",
        "petition-association.has_seat_here": "yes",
        "petition-role": "legal-representative",
        "petition-name_latin": "Somebody",
    }

    answer = reader.send("/desk/petitions/new", "/desk/petitions/new", typed)

    (sent,) = services.acts()
    assert answer.location == f"/desk/petitions/{CASE}"
    assert sent.body == {
        "petitioner": "association",
        "subject": {"fr": "Un centre"},
        "reasons": "Parce que",
        "association": {
            "name": {"fr": "Association"},
            "founded_on": "2011-04-18",
            "has_seat_here": True,
        },
        "people": [{"role": "legal-representative", "name_latin": "Somebody"}],
    }


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


def test_a_document_is_passed_on_as_a_file(reader: Reader, services: FakeServices) -> None:
    reader.sign_in("petitioner")
    services.answer("intake", "POST", f"/petitions/{CASE}/documents", PETITION)
    page = f"/desk/petitions/{CASE}"

    answer = reader.send(
        page,
        f"{page}/documents",
        {"documents-kind": "powers", "documents-file": (io.BytesIO(b"%PDF-1.7"), "powers.pdf")},
    )

    (sent,) = services.acts()
    assert answer.status_code == 303
    assert sent.body == {"kind": "powers"}
    assert sent.headers["Content-Type"].startswith("multipart/form-data")


def test_a_draft_is_written_on_the_version_that_was_seen(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("body-member")
    services.answer("opinions", "PUT", f"/opinions/{ID}/draft", problem(412, "stale-edit"), 412)
    page = f"/desk/opinions/{ID}"

    answer = reader.send(page, f"{page}/draft", {"draft-text": "نص جديد", "draft-language": "ar"})

    (sent,) = services.acts()
    assert sent.headers["If-Match"] == '"5"'
    assert answer.status_code == 412
    assert "نص جديد" in answer.get_data(as_text=True)


def test_an_own_opinion_begins_without_a_request(reader: Reader, services: FakeServices) -> None:
    reader.sign_in("body-member")
    services.answer("opinions", "POST", "/opinions", {"id": ID}, status=201)

    reader.send(
        "/desk/opinions", "/desk/opinions", {"start-body": BODY, "start-subject.ar": "المساواة"}
    )

    (sent,) = services.acts()
    assert sent.body == {"body": BODY, "subject": {"ar": "المساواة"}}


def test_a_replay_shows_each_difference(reader: Reader, services: FakeServices) -> None:
    reader.sign_in("auditor")
    found = {"subject": f"case/{CASE}", "sequence": 2, "reason": "live-differs"}
    result = {"cases": 1, "events": 9, "behind": 0, "divergences": [found]}
    services.answer("audit", "POST", "/replays", result)

    html = reader.send("/desk/replay", "/desk/replay", {}).get_data(as_text=True)

    assert "Le service présente un autre état que le registre." in html


def test_the_bus_page_counts_waiting_and_dead_messages_apart_from_the_log(reader: Reader) -> None:
    reader.sign_in("operator")

    html = reader.get("/desk/bus").get_data(as_text=True)

    assert '<bdi dir="ltr">3</bdi>' in html
    assert '<bdi dir="ltr">4</bdi>' in html
    assert "900" not in html


def test_a_moved_business_date_is_seen_at_once(reader: Reader, services: FakeServices) -> None:
    reader.sign_in("operator")
    place = "/desk/authorities/taroudant/business-date"
    services.answer("identity", "POST", "/authorities/taroudant/business-date", {})
    authorities = services.services["identity"].table["GET", "/authorities"]
    authorities["authorities"] = [{**authorities["authorities"][0], "today": "2023-11-20"}]

    answer = reader.send("/desk/authorities", place, {"business-date_taroudant-date": "2023-11-20"})

    assert answer.status_code == 303
    assert "20 novembre 2023" in reader.get("/desk/authorities").get_data(as_text=True)


def test_reading_a_notice_does_not_acknowledge_it(reader: Reader, services: FakeServices) -> None:
    reader.sign_in("petitioner")

    reader.get(f"/notices/{ID}")

    assert services.acts() == []


def test_a_notice_is_acknowledged_by_its_button(reader: Reader, services: FakeServices) -> None:
    reader.sign_in("petitioner")
    services.answer("notifications", "POST", f"/notices/{ID}/acknowledgement", {})

    answer = reader.send("/notices", f"/notices/{ID}/acknowledgement", {})

    assert answer.location == "/notices?done=1"


def test_a_form_that_is_too_large_is_a_page(reader: Reader) -> None:
    reader.get("/track")

    answer = reader.browser.post("/track", data={"tracking-code": "x" * (25 * 1024 * 1024)})

    assert answer.status_code == 413
    assert "<main" in answer.get_data(as_text=True)


def test_an_opposition_that_is_recorded_late_says_why(
    reader: Reader, services: FakeServices
) -> None:
    reader.sign_in("secretariat")
    transmitted = {**DECISION, "state": "transmitted", "allowed": ["oppose"]}
    services.answer("review", "GET", f"/decisions/{ID}", transmitted)
    services.answer("review", "POST", f"/decisions/{ID}/opposition", {})
    page = f"/desk/decisions/{ID}"
    typed = {"opposition-received_on": "2024-02-20", "opposition-late_reason": "Courrier égaré"}

    answer = reader.send(page, f"{page}/opposition", typed)

    (sent,) = services.acts()
    assert answer.status_code == 303
    assert sent.body == {"received_on": "2024-02-20", "late_reason": "Courrier égaré"}


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
