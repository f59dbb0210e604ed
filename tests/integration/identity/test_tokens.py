"""Access tokens: given to clients with their secret, checked by others with published keys."""

from __future__ import annotations

import base64
import json
from datetime import timedelta
from uuid import NAMESPACE_URL, uuid5

import pytest
from authlib.oauth2.rfc8414 import AuthorizationServerMetadata
from sqlalchemy import select, update

from services.identity.timers import change_token_key
from services.identity.tokens.actions import rotate
from services.identity.tokens.models import TokenKey
from shared.clock import now
from shared.errors import NotSignedIn
from shared.keys import client_secret
from shared.testing.harness import AUTHORITY, Harness
from tests.integration.identity.conftest import ask_token, claims_of, register, verifier


def part(token: str, number: int) -> dict[str, object]:
    """Header (0) or claims (1) of a token, unchecked."""
    text = token.split(".")[number]
    decoded: dict[str, object] = json.loads(base64.urlsafe_b64decode(text + "=="))
    return decoded


def make_older(identity: Harness, days: int) -> None:
    """Let every key have been made, and replaced, so many days earlier."""
    with identity.context.database.write("*") as (session, _):
        for key in session.scalars(select(TokenKey)):
            key.made_at -= timedelta(days=days)
            if key.replaced_at:
                key.replaced_at -= timedelta(days=days)


def test_a_service_gets_a_token_for_one_authority_and_five_minutes(identity: Harness) -> None:
    answer = ask_token(identity)

    assert (answer.json["token_type"], answer.json["expires_in"]) == ("Bearer", 300)
    assert "refresh_token" not in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    claims = claims_of(identity, answer)
    assert (claims.client, claims.authority) == ("service:intake", AUTHORITY)
    assert claims.roles == {"service"}
    assert claims.person == str(uuid5(NAMESPACE_URL, "urn:arida:service:intake"))


def test_a_token_has_the_claims_of_an_access_token(identity: Harness) -> None:
    token = ask_token(identity).json["access_token"]

    header, claims = part(token, 0), part(token, 1)

    assert (header["alg"], header["typ"]) == ("Ed25519", "at+jwt")
    assert claims["aud"] == "arida"
    assert claims["iss"] == identity.context.platform.issuer
    assert claims["exp"] - claims["iat"] == 300  # type: ignore[operator]
    assert {"jti", "sub", "scopes"} <= set(claims)


def test_a_client_may_show_its_secret_as_basic_authorization(identity: Harness) -> None:
    secret = client_secret(identity.context.master_key, "audit")

    answer = identity.browser.post(
        "/identity/v1/oauth/token",
        data={"grant_type": "client_credentials"},
        auth=("service%3Aaudit", secret),
    )

    claims = claims_of(identity, answer)
    assert (claims.client, claims.authority) == ("service:audit", "")


def test_the_command_line_acts_as_operator_and_auditor(identity: Harness) -> None:
    secret = client_secret(identity.context.master_key, "cli")

    claims = claims_of(identity, ask_token(identity, client_id="client:cli", client_secret=secret))

    assert (claims.client, claims.roles) == ("client:cli", frozenset({"operator", "auditor"}))


def test_a_wrong_client_or_secret_gets_nothing(identity: Harness) -> None:
    for form in [
        {"client_secret": "wrong"},
        {"client_secret": ""},
        {"client_secret": "كلمة"},
        {"client_id": "service:review"},
        {"client_id": "service:stranger"},
        {"client_id": ""},
    ]:
        answer = ask_token(identity, **form)

        assert answer.status_code in {400, 401}
        assert answer.json["error"] == "invalid_client"
        assert identity.rows(TokenKey) == []


def test_other_grants_and_scopes_are_refused(identity: Harness) -> None:
    for form, error in [
        ({"grant_type": "refresh_token", "refresh_token": "x"}, "unsupported_grant_type"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"grant_type": "كلمة"}, "invalid_request"),
        ({"grant_type": 'a"b'}, "invalid_request"),
        ({"scope": "authority:nowhere"}, "invalid_scope"),
        ({"scope": "openid"}, "invalid_scope"),
    ]:
        answer = ask_token(identity, **form)

        assert (answer.status_code, answer.json["error"]) == (400, error)


def test_portal_itself_may_not_use_the_secret_of_its_pages_for_a_token(identity: Harness) -> None:
    secret = client_secret(identity.context.master_key, "portal")

    answer = ask_token(identity, client_id="portal", client_secret=secret)

    assert answer.json["error"] == "unauthorized_client"


def test_a_token_of_one_authority_is_no_good_in_another(identity: Harness) -> None:
    register(identity, code="agadir")
    secret = client_secret(identity.context.master_key, "cli")
    form = {"client_id": "client:cli", "client_secret": secret, "scope": "authority:agadir"}
    token = ask_token(identity, **form).json["access_token"]
    identity.context.tokens = verifier(identity)

    answer = identity.browser.post(
        f"/identity/v1/authorities/{AUTHORITY}/business-date",
        json={"date": "2023-12-10"},
        headers={"Authorization": f"Bearer {token}", "Idempotency-Key": "one"},
    )

    assert answer.status_code == 403
    assert identity.emitted("authority.changed.v1") == []


def test_a_broken_token_is_not_trusted(identity: Harness) -> None:
    for place in [0, 1, 2]:
        parts = ask_token(identity).json["access_token"].split(".")
        parts[place] = parts[place][:-4] + ("AAAA" if parts[place][-4:] != "AAAA" else "BBBB")

        with pytest.raises(NotSignedIn):
            verifier(identity).verify(".".join(parts))


def test_a_token_of_another_installation_is_not_trusted(identity: Harness) -> None:
    stranger = identity.mint.token("operator", person="x", authority=AUTHORITY)

    with pytest.raises(NotSignedIn):
        verifier(identity).verify(stranger)


def test_private_keys_are_kept_sealed_and_never_published(identity: Harness) -> None:
    ask_token(identity)

    (row,) = identity.rows(TokenKey)
    published = identity.browser.get("/identity/v1/jwks").json["keys"]
    assert [key["kid"] for key in published] == [str(row.id)]
    assert "d" not in published[0]
    assert "d" not in row.public_jwk
    assert b'"d"' not in row.private_box


def test_keys_are_published_before_the_first_token(identity: Harness) -> None:
    keys = identity.browser.get("/identity/v1/jwks").json["keys"]

    assert len(keys) == 1
    assert part(ask_token(identity).json["access_token"], 0)["kid"] == keys[0]["kid"]


def test_after_a_rotation_old_and_new_tokens_are_trusted(identity: Harness) -> None:
    old = ask_token(identity).json["access_token"]
    with identity.context.database.write("*") as (session, moment):
        rotate(session, identity.context, moment)

    new = ask_token(identity).json["access_token"]

    assert part(old, 0)["kid"] != part(new, 0)["kid"]
    checks = verifier(identity)
    assert checks.verify(old).client == checks.verify(new).client == "service:intake"


def test_a_key_is_replaced_after_its_days_and_forgotten_a_day_later(identity: Harness) -> None:
    old = ask_token(identity).json["access_token"]
    change_token_key(identity.context)
    assert len(identity.rows(TokenKey)) == 1

    make_older(identity, 30)
    change_token_key(identity.context)
    assert len(identity.rows(TokenKey)) == 2
    assert verifier(identity).verify(old).client == "service:intake"

    make_older(identity, 2)
    with pytest.raises(NotSignedIn):
        verifier(identity).verify(old)
    change_token_key(identity.context)
    assert [row.replaced_at for row in identity.rows(TokenKey)] == [None]


def test_a_token_runs_out(identity: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
    token = ask_token(identity).json["access_token"]
    checks = verifier(identity)
    checks.verify(token)
    later = now() + timedelta(seconds=301)
    monkeypatch.setattr("shared.web.tokens.now", lambda: later)

    with pytest.raises(NotSignedIn, match="run out"):
        checks.verify(token)


def test_the_metadata_are_sound_and_name_routes_that_exist(identity: Harness) -> None:
    for prefix in ["", "/identity/v1"]:
        client = identity.browser

        metadata = client.get(f"{prefix}/.well-known/oauth-authorization-server").json

        AuthorizationServerMetadata(metadata).validate()
        issuer = identity.context.platform.issuer
        assert metadata["issuer"] == issuer
        assert metadata["code_challenge_methods_supported"] == ["S256"]
        paths = {rule.rule for rule in identity.app.url_map.iter_rules()}
        for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
            assert metadata[name].removeprefix(issuer) in paths


def test_a_damaged_key_is_an_error_without_detail(identity: Harness) -> None:
    ask_token(identity)
    with identity.context.database.write("*") as (session, _):
        session.execute(update(TokenKey).values(private_box=b"x" * 60))

    answer = ask_token(identity)

    assert answer.status_code == 500
    assert "Sealed" not in answer.text
