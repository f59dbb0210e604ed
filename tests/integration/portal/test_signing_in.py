import pytest
from flask import Flask

from services.portal.app import create_app
from shared.http_client import ServiceClients
from shared.settings import PlatformSettings, load_settings
from tests.integration.portal.answers import CASE, SIGN_IN, problem
from tests.integration.portal.conftest import MASTER, Reader
from tests.integration.portal.fakes import HANDLE, FakeServices


def sign_in(reader: Reader, where: str = "/sign-in", **typed: str):
    action = "/sign-in?next=" + where.partition("next=")[2] if "next=" in where else None
    action = action or "/sign-in?next=/desk"
    return reader.send(where, action, {"login": "me@demo.example", "password": "secret", **typed})


def test_a_sign_in_keeps_only_a_handle_out_of_reach_of_scripts(
    reader: Reader, services: FakeServices
) -> None:
    services.answer("identity", "POST", "/sessions", {**SIGN_IN, "handle": HANDLE}, status=201)

    answer = sign_in(reader)

    cookie = next(
        one for one in answer.headers.getlist("Set-Cookie") if one.startswith("arida_session=")
    )
    assert answer.status_code == 303
    assert cookie == f"arida_session={HANDLE}; HttpOnly; Path=/; SameSite=Lax"


def test_over_https_cookies_stay_on_https(services: FakeServices) -> None:
    platform = load_settings(PlatformSettings, environ={"PUBLIC_URL": "https://arida.example"})
    clients = ServiceClients({}, dict(services.services))
    app = create_app(clients, platform, master=MASTER)
    services.answer("identity", "POST", "/sessions", {**SIGN_IN, "handle": HANDLE}, status=201)
    reader = Reader(app, services)
    page = reader.browser.get("/sign-in?lang=en", base_url="https://arida.example")
    clients.close()

    assert len(page.headers.getlist("Set-Cookie")) == 2
    assert all("Secure" in one for one in page.headers.getlist("Set-Cookie"))


def test_a_wrong_password_keeps_the_address_and_not_the_password(
    reader: Reader, services: FakeServices
) -> None:
    wrong = {"field": "password", "message": "Pas juste", "remedy": "Vérifiez"}
    refused = problem(401, "not-signed-in", errors=[wrong])
    services.answer("identity", "POST", "/sessions", refused, status=401)

    answer = sign_in(reader)

    html = answer.get_data(as_text=True)
    assert answer.status_code == 401
    assert 'value="me@demo.example"' in html
    assert "Pas juste" in html
    assert "secret" not in html


def test_the_persons_address_is_told_to_identity(reader: Reader, services: FakeServices) -> None:
    services.answer("identity", "POST", "/sessions", {**SIGN_IN, "handle": HANDLE}, status=201)

    sign_in(reader)

    asked = next(call for call in services.acts() if call.path == "/sessions")
    assert asked.headers["X-Forwarded-For"] == "127.0.0.1"


def test_after_the_sign_in_the_wanted_page_follows(reader: Reader, services: FakeServices) -> None:
    services.answer("identity", "POST", "/sessions", {**SIGN_IN, "handle": HANDLE}, status=201)
    first = reader.get("/desk/queue")

    answer = sign_in(reader, where="/sign-in?next=/desk/queue")

    assert first.location == "/sign-in?next=/desk/queue"
    assert answer.location == "/desk/queue"


@pytest.mark.parametrize("place", ["//evil.example", "https://evil.example", "/\\evil.example"])
def test_a_sign_in_never_leads_to_another_site(
    reader: Reader, services: FakeServices, place: str
) -> None:
    services.sign_in("auditor")
    reader.sign_in("auditor")

    answer = reader.get("/sign-in", query_string={"next": place})

    assert answer.location == "/desk"


def test_each_role_has_its_own_desk(reader: Reader) -> None:
    reader.sign_in("auditor")

    assert reader.get("/desk").location == "/desk/ledger"


def test_a_page_of_another_role_is_refused(reader: Reader, services: FakeServices) -> None:
    reader.sign_in("petitioner")

    answer = reader.get("/desk/ledger")

    assert answer.status_code == 403
    assert services.services["audit"].calls == []


def test_the_access_token_is_asked_for_once(reader: Reader, services: FakeServices) -> None:
    reader.sign_in("petitioner")

    for _ in range(3):
        reader.get("/desk/petitions")

    asked = [call for call in services.services["identity"].calls if "/tokens" in call.path]
    assert len(asked) == 1


def test_an_ended_sign_in_leads_to_a_new_one(reader: Reader, services: FakeServices) -> None:
    reader.sign_in("petitioner")
    services.answer("intake", "GET", "/petitions", problem(401, "not-signed-in"), status=401)

    answer = reader.get("/desk/petitions")

    assert answer.location == "/sign-in?next=/desk/petitions"
    assert "arida_session=;" in str(answer.headers.getlist("Set-Cookie"))


def test_signing_out_ends_it_at_identity(reader: Reader, services: FakeServices) -> None:
    reader.sign_in("petitioner")
    services.answer("identity", "DELETE", f"/sessions/{HANDLE}", {}, status=200)

    answer = reader.send("/desk/petitions", "/sign-out", {})

    assert answer.location == "/"
    assert [call.method for call in services.acts()] == ["DELETE"]


def test_tracking_answers_alike_whatever_does_not_fit(
    reader: Reader, services: FakeServices
) -> None:
    wrong = {"tracking-reference": "taroudant/2023/9", "tracking-code": "AAAAAAAAAA"}
    first = reader.send("/track", "/track", wrong)
    services.answer("intake", "GET", "/tracking", problem(422, "invalid-input"), status=422)
    second = reader.send("/track", "/track", wrong)

    assert (first.status_code, second.status_code) == (404, 404)
    assert "Aucune pétition n&#39;a cette référence et ce code." in first.get_data(as_text=True)
    assert "taroudant/2023/9" in first.get_data(as_text=True)


def test_tracking_leads_to_the_petition(reader: Reader, services: FakeServices) -> None:
    found = {"id": CASE, "authority": "taroudant", "reference": "taroudant/2023/1"}
    services.answer("intake", "GET", "/tracking", found)

    answer = reader.send(
        "/track", "/track", {"tracking-reference": "taroudant/2023/1", "tracking-code": "A"}
    )

    assert answer.location == "/taroudant/2023/1"


def test_tracking_asks_as_portal_and_tells_the_readers_address(
    reader: Reader, services: FakeServices
) -> None:
    typed = {"tracking-reference": "taroudant/2023/1", "tracking-code": "A"}

    reader.send("/track", "/track", typed)

    asked = next(call for call in services.services["intake"].calls if call.path == "/tracking")
    assert asked.headers["X-Forwarded-For"] == "127.0.0.1"
    assert asked.headers["Authorization"].startswith("Bearer ")


@pytest.mark.parametrize(("proxies", "address"), [(0, "127.0.0.1"), (1, "192.0.2.7")])
def test_only_as_many_proxies_are_believed_as_the_setting_says(
    services: FakeServices, proxies: int, address: str
) -> None:
    services.answer("identity", "POST", "/sessions", {**SIGN_IN, "handle": HANDLE}, status=201)
    clients = ServiceClients({}, dict(services.services))
    platform = load_settings(PlatformSettings, environ={"TRUSTED_PROXIES": str(proxies)})
    reader = Reader(create_app(clients, platform, master=MASTER), services)
    reader.browser.environ_base["HTTP_X_FORWARDED_FOR"] = "198.51.100.1, 192.0.2.7"

    sign_in(reader)

    asked = next(call for call in services.acts() if call.path == "/sessions")
    assert asked.headers["X-Forwarded-For"] == address
    clients.close()


def test_guessing_codes_is_slowed_down(reader: Reader) -> None:
    typed = {"tracking-reference": "taroudant/2023/9", "tracking-code": "AAAAAAAAAA"}
    answers = [reader.send("/track", "/track", typed).status_code for _ in range(21)]

    assert answers == [404] * 20 + [429]


def test_an_account_is_opened_and_the_password_never_shown_again(
    reader: Reader, services: FakeServices
) -> None:
    missing = {"field": "name_latin", "message": "Il faut un nom", "remedy": ""}
    refused = problem(422, "invalid-input", errors=[missing])
    services.answer("identity", "POST", "/accounts", refused, status=422)
    typed = {
        "account-authority": "taroudant",
        "account-email": "new@demo.example",
        "account-password": "a long enough secret",
        "account-language": "fr",
    }

    answer = reader.send("/sign-up", "/sign-up", typed)

    html = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Il faut un nom" in html
    assert 'value="new@demo.example"' in html
    assert "a long enough secret" not in html


def test_a_portal_without_authorities_says_so(portal: Flask, services: FakeServices) -> None:
    services.answer("identity", "GET", "/authorities", {"authorities": [], "next_cursor": None})

    assert portal.test_client().get("/?lang=en").status_code == 200


@pytest.mark.parametrize(
    ("language", "name"), [("ar", "فلان"), ("fr", "Somebody"), ("en", "Somebody")]
)
def test_pages_show_the_name_in_the_readers_script(
    reader: Reader, services: FakeServices, language: str, name: str
) -> None:
    reader.sign_in("petitioner")

    page = reader.get(f"/law?lang={language}").get_data(as_text=True)

    assert f"<bdi>{name}</bdi>" in page
    assert page.count("فلان") + page.count("Somebody") == 1
