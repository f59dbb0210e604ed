from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest
from authlib.oauth2.rfc6749 import InvalidScopeError

from services.identity.settings import IdentitySettings
from services.identity.tokens.clients import find_client
from services.identity.tokens.server import authority_in
from shared.context import ServiceContext
from shared.keys import client_secret

MASTER = bytes(32)
CONTEXT = cast(
    ServiceContext,
    SimpleNamespace(
        master_key=MASTER,
        settings=IdentitySettings(),
        platform=SimpleNamespace(issuer="https://arida.example"),
    ),
)


def client(name: str) -> Any:
    """A client that exists."""
    found = find_client(CONTEXT, name)
    assert found is not None
    return found


@pytest.mark.parametrize("name", ["intake", "review", "audit", "portal"])
def test_each_service_is_a_client_with_a_secret_of_its_own(name: str) -> None:
    service = client(f"service:{name}")

    assert service.check_client_secret(client_secret(MASTER, name))
    assert not service.check_client_secret(client_secret(MASTER, "other"))
    assert service.check_grant_type("client_credentials")
    assert not service.check_grant_type("authorization_code")
    assert service.roles == ("service",)


@pytest.mark.parametrize("name", ["", "service:", "service:stranger", "intake", "client:other"])
def test_nobody_else_is_a_client(name: str) -> None:
    assert find_client(CONTEXT, name) is None


def test_portal_gets_codes_at_one_address_only() -> None:
    portal = client("portal")

    assert portal.check_redirect_uri("https://arida.example/sign-in/return")
    assert not portal.check_redirect_uri("https://arida.example/sign-in/return/more")
    assert not portal.check_redirect_uri("https://evil.example/sign-in/return")
    assert not portal.check_grant_type("refresh_token")
    assert not portal.check_endpoint_auth_method("none", "token")


def test_the_command_line_is_operator_and_auditor() -> None:
    assert client("client:cli").roles == ("operator", "auditor")


def test_a_secret_is_not_shown_when_a_client_is_printed() -> None:
    assert client_secret(MASTER, "intake") not in repr(client("service:intake"))


@pytest.mark.parametrize(
    ("scope", "code"), [(None, ""), ("", ""), ("authority:taroudant", "taroudant")]
)
def test_a_scope_names_an_authority_or_none(scope: str | None, code: str) -> None:
    assert authority_in(scope) == code


@pytest.mark.parametrize("scope", ["openid", "authority:a authority:b", "taroudant"])
def test_other_scopes_are_refused(scope: str) -> None:
    with pytest.raises(InvalidScopeError):
        authority_in(scope)
