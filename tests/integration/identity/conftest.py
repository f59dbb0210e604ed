"""identity under test with a registered authority, and the calls that portal and clients make."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from services.identity.accounts.actions import NewAccount, open_account
from services.identity.accounts.passwords import Passwords
from services.identity.base import INSTALLATION
from shared.keys import client_secret
from shared.testing.harness import AUTHORITY, Answer, Harness, person
from shared.web.tokens import Claims, TokenVerifier

PASSWORD = "a long password"
NEW_AUTHORITY = {
    "code": AUTHORITY,
    "kind": "commune",
    "name": {"ar": "جماعة تارودانت", "fr": "Commune de Taroudant"},
    "population": 80149,
    "business_date": "2023-10-16",
}
Ask = Callable[..., Answer]


@pytest.fixture
def identity(harness_on: Any, database_kind: str) -> Harness:
    """identity on either database, with one authority whose business date is 2023-10-16."""
    harness: Harness = harness_on("identity", database_kind)
    register(harness)
    return harness


@pytest.fixture
def portal(identity: Harness) -> Ask:
    """Ask identity as portal does."""

    def ask(method: str, path: str, json: Any = None, **options: Any) -> Answer:
        asked = {"role": "service", "client": "service:portal", **options}
        return identity.request(method, path, json, **asked)

    return ask


def register(identity: Harness, **changes: Any) -> Answer:
    """Register an authority as the command line does."""
    return identity.request(
        "POST", "/authorities", {**NEW_AUTHORITY, **changes}, role="operator", client="client:cli"
    )


def account(identity: Harness, who: str, *, password: str = PASSWORD, **names: Any) -> UUID:
    """Make an account with the address ``<who>@example.org``; returns the person."""
    context = identity.context
    new = NewAccount(
        person_id=UUID(person(who)),
        email=f"{who}@example.org",
        password_hash=Passwords(memory_kib=64, rounds=1).hash(password),
        **{"language": "fr", "name_latin": who.title(), **names},
    )
    with context.database.write(INSTALLATION) as (session, moment):
        return open_account(session, context.vault(session, INSTALLATION), new, moment=moment).id


def grant(identity: Harness, who: str, role: str, **more: Any) -> Answer:
    """Give a role as an operator does."""
    body = {"person": person(who), "role": role, **more}
    return identity.request("POST", "/memberships", body, role="operator")


def sign_in(portal: Ask, who: str, password: str = PASSWORD, **more: Any) -> Answer:
    """Sign in as portal does."""
    body = {"login": f"{who}@example.org", "password": password, **more}
    return portal("POST", "/sessions", body)


def ask_token(identity: Harness, **form: str) -> Answer:
    """Ask the token endpoint, by default as intake for the authority."""
    asked = {
        "grant_type": "client_credentials",
        "client_id": "service:intake",
        "client_secret": client_secret(identity.context.master_key, "intake"),
        "scope": f"authority:{AUTHORITY}",
        **form,
    }
    return identity.browser.post("/identity/v1/oauth/token", data=asked)


def verifier(identity: Harness) -> TokenVerifier:
    """What every service checks tokens with, over identity's own published keys."""
    client = identity.browser
    return TokenVerifier(
        issuer=identity.context.platform.issuer,
        fetch_keys=lambda: client.get("/identity/v1/jwks").json,
    )


def claims_of(identity: Harness, answer: Answer) -> Claims:
    """The verified claims of the token in an answer."""
    assert answer.status_code == 200, answer.text
    return verifier(identity).verify(answer.json["access_token"])
