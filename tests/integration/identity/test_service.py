"""identity as a whole: declared routes, classified columns, walls, and the demo."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import text

from services.identity.accounts.models import Account
from services.identity.authorities.models import Authority
from services.identity.demo import PEOPLE, demo_people, seed_demo
from services.identity.memberships.models import Membership
from services.identity.models import Base
from shared.app import endpoints_without_declaration
from shared.db.columns import unclassified_columns
from shared.db.wall import tables_without_wall
from shared.demo import DEMO_AUTHORITY, DEMO_STARTS_ON, demo_person
from shared.testing.harness import Harness
from tests.integration.identity.conftest import Ask


@pytest.fixture
def bare(harness_on, database_kind) -> Harness:
    """identity without any authority registered."""
    return harness_on("identity", database_kind)


def test_every_route_declares_who_may_call_it(bare: Harness) -> None:
    assert endpoints_without_declaration(bare.app) == []


def test_every_text_says_who_may_read_it() -> None:
    assert unclassified_columns(Base.metadata) == []


def test_only_accounts_belong_to_no_authority() -> None:
    global_tables = {
        table.name for table in Base.metadata.tables.values() if "authority" not in table.columns
    }
    assert global_tables == {"account", "outbox_slot", "timer_lease"}


def test_every_table_of_an_authority_has_its_wall(bare: Harness) -> None:
    if bare.context.database.is_sqlite:
        return
    with bare.context.database.engine.connect() as connection:
        assert tables_without_wall(connection) == []


def test_behind_the_wall_one_authority_sees_no_membership_of_another(identity: Harness) -> None:
    if identity.context.database.is_sqlite:
        return
    seed_demo(identity.context)

    counts = {}
    for authority in (DEMO_AUTHORITY, "agadir"):
        with identity.context.database.read(authority) as session:
            counts[authority] = session.scalar(text("SELECT count(*) FROM membership"))

    assert counts[DEMO_AUTHORITY] > 0
    assert counts["agadir"] == 0


def test_the_interface_is_described(bare: Harness) -> None:
    document = bare.request("GET", "/openapi.json").json

    assert "/identity/v1/sessions/{handle}/tokens" in document["paths"]
    assert document["paths"]["/identity/v1/authorities/{code}"]["patch"]["x-may"] == [
        "operator",
        "secretariat",
    ]


def test_the_demo_is_made_once(bare: Harness) -> None:
    seed_demo(bare.context)
    seed_demo(bare.context)

    (authority,) = bare.rows(Authority)
    assert (authority.authority, authority.business_date) == (DEMO_AUTHORITY, DEMO_STARTS_ON)
    assert authority.population == 80149
    assert len(bare.rows(Account)) == len(PEOPLE) == 12
    roles = sorted(row.role for row in bare.rows(Membership))
    assert roles == ["auditor", "operator", "petitioner", "petitioner", "secretariat"]
    assert len(bare.emitted()) == 1 + len(roles)


def test_everybody_of_the_demo_can_sign_in_with_the_printed_password(bare: Harness) -> None:
    seed_demo(bare.context)

    for login, email, password, role in demo_people():
        answer = bare.request(
            "POST",
            "/sessions",
            {"login": email, "password": password},
            role="service",
            client="service:portal",
        )
        assert answer.status_code == 201, answer.text
        assert UUID(answer.json["person"]) == demo_person(login)
        granted = {one.login: one.is_granted_here for one in PEOPLE}[login]
        assert answer.json["roles"] == ([role] if granted else [])


def test_a_request_without_a_token_is_told_to_sign_in(identity: Harness, portal: Ask) -> None:
    answer = identity.request("GET", "/accounts/me")

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
