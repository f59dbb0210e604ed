"""The authorization code grant: one minute, one use, always with PKCE, only for portal."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from sqlalchemy import update

from services.identity.timers import tidy_sign_ins
from services.identity.tokens.models import AuthorizationCode
from shared.clock import now
from shared.keys import client_secret
from shared.testing.harness import AUTHORITY, Answer, Harness, person
from tests.integration.identity.conftest import Ask, account, claims_of, grant, sign_in

VERIFIER = "v" * 50


@pytest.fixture
def handle(identity: Harness, portal: Ask) -> str:
    """The handle of somebody who is signed in as an auditor."""
    account(identity, "salma")
    grant(identity, "salma", "auditor")
    return str(sign_in(portal, "salma").json["handle"])


def return_address(identity: Harness) -> str:
    """Where portal takes codes."""
    return f"{identity.context.platform.issuer}/sign-in/return"


def authorize(identity: Harness, handle: str | None, **changes: Any) -> Answer:
    """Ask for a code as a browser does; None leaves a parameter out."""
    query = {
        "response_type": "code",
        "client_id": "portal",
        "redirect_uri": return_address(identity),
        "state": "some-state",
        "code_challenge": create_s256_code_challenge(VERIFIER),
        "code_challenge_method": "S256",
        **changes,
    }
    client = identity.browser
    if handle:
        client.set_cookie("arida_session", handle)
    sent = {name: value for name, value in query.items() if value is not None}
    return client.get("/identity/v1/oauth/authorize", query_string=sent)


def code_in(answer: Answer) -> str:
    """The code in a redirect to portal."""
    assert answer.status_code == 302, answer.text
    return parse_qs(urlsplit(answer.headers["Location"]).query)["code"][0]


def exchange(identity: Harness, code: str | None, **changes: Any) -> Answer:
    """Exchange a code as portal does; None leaves a field out."""
    form = {
        "grant_type": "authorization_code",
        "client_id": "portal",
        "client_secret": client_secret(identity.context.master_key, "portal"),
        "redirect_uri": return_address(identity),
        "code": code,
        "code_verifier": VERIFIER,
        **changes,
    }
    sent = {name: value for name, value in form.items() if value is not None}
    return identity.browser.post("/identity/v1/oauth/token", data=sent)


def test_a_signed_in_person_gets_a_code_and_portal_their_token(
    identity: Harness, handle: str
) -> None:
    sent_back = authorize(identity, handle)
    query = parse_qs(urlsplit(sent_back.headers["Location"]).query)

    answer = exchange(identity, code_in(sent_back))

    assert sent_back.headers["Location"].startswith(return_address(identity))
    assert query["state"] == ["some-state"]
    assert "refresh_token" not in answer.text
    claims = claims_of(identity, answer)
    assert (claims.person, claims.authority) == (person("salma"), AUTHORITY)
    assert (claims.roles, claims.client) == (frozenset({"auditor"}), "portal")


def test_a_code_is_used_once(identity: Harness, handle: str) -> None:
    code = code_in(authorize(identity, handle))
    exchange(identity, code)

    again = exchange(identity, code)

    assert (again.status_code, again.json["error"]) == (400, "invalid_grant")
    assert identity.rows(AuthorizationCode) == []


def test_an_expired_code_gets_nothing(identity: Harness, handle: str) -> None:
    code = code_in(authorize(identity, handle))
    with identity.context.database.write("*") as (session, _):
        session.execute(update(AuthorizationCode).values(expires_at=now() - timedelta(seconds=1)))

    answer = exchange(identity, code)

    assert answer.json["error"] == "invalid_grant"
    tidy_sign_ins(identity.context)
    assert identity.rows(AuthorizationCode) == []


def test_without_a_sound_challenge_there_is_no_code(identity: Harness, handle: str) -> None:
    cases: list[dict[str, Any]] = [
        {"code_challenge": None, "code_challenge_method": None},
        {"code_challenge": None},
        {"code_challenge_method": None},
        {"code_challenge_method": "plain"},
        {"code_challenge": "too-short"},
    ]
    for changes in cases:
        answer = authorize(identity, handle, **changes)

        query = parse_qs(urlsplit(answer.headers["Location"]).query)
        assert query["error"] == ["invalid_request"]
        assert "code" not in query
        assert identity.rows(AuthorizationCode) == []


def test_a_code_alone_is_worth_nothing(identity: Harness, handle: str) -> None:
    code = code_in(authorize(identity, handle))

    cases: list[tuple[dict[str, Any], str]] = [
        ({"code_verifier": None}, "invalid_request"),
        ({"code_verifier": "w" * 50}, "invalid_grant"),
        ({"redirect_uri": "http://127.0.0.1:8000/other"}, "invalid_grant"),
        ({"client_secret": "wrong"}, "invalid_client"),
        ({"client_secret": None}, "invalid_client"),
        ({"code": "guessed"}, "invalid_grant"),
        ({"code": None}, "invalid_request"),
    ]
    for changes, error in cases:
        answer = exchange(identity, **{"code": code, **changes})

        assert answer.status_code in {400, 401}
        assert answer.json["error"] == error
        assert "access_token" not in answer.text
    assert exchange(identity, code).status_code == 200


def test_a_code_dies_with_the_sign_in_behind_it(
    identity: Harness, portal: Ask, handle: str
) -> None:
    code = code_in(authorize(identity, handle))
    portal("DELETE", f"/sessions/{handle}")

    assert exchange(identity, code).json["error"] == "invalid_grant"


def test_who_is_not_signed_in_is_sent_to_sign_in_and_back(identity: Harness) -> None:
    for cookie in [None, "guessed-handle"]:
        answer = authorize(identity, cookie)

        place = urlsplit(answer.headers["Location"])
        assert answer.status_code == 302
        assert place.path == "/sign-in"
        assert parse_qs(place.query)["next"][0].startswith("/identity/v1/oauth/authorize?")


def test_a_code_never_goes_anywhere_else(identity: Harness, handle: str) -> None:
    cases: list[dict[str, Any]] = [
        {"redirect_uri": "https://evil.example/take"},
        {"redirect_uri": "https://evil.example/ü"},
        {"client_id": "service:intake"},
        {"client_id": "stranger"},
        {"client_id": None},
    ]
    for changes in cases:
        answer = authorize(identity, handle, **changes)

        assert answer.status_code in {400, 401}
        assert "Location" not in answer.headers
        assert identity.rows(AuthorizationCode) == []


def test_only_the_hash_of_a_code_is_kept(identity: Harness, handle: str) -> None:
    code = code_in(authorize(identity, handle))

    (row,) = identity.rows(AuthorizationCode)

    assert code not in str(vars(row))
