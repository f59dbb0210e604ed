"""Sign-ins: one answer for every failure, an opaque handle, and tokens with the roles of today."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import update

from services.identity.sign_in.models import SignIn
from services.identity.timers import tidy_sign_ins
from shared.clock import now
from shared.testing.harness import AUTHORITY, Harness, person
from tests.integration.identity.conftest import (
    PASSWORD,
    Ask,
    account,
    claims_of,
    grant,
    register,
    sign_in,
)

BODY = person("body")


def end_of_idleness(identity: Harness) -> None:
    """Let the time of every sign-in be over."""
    with identity.context.database.write("*") as (session, _):
        session.execute(update(SignIn).values(expires_at=now() - timedelta(seconds=1)))


def test_a_sign_in_says_who_it_is_and_in_which_roles(identity: Harness, portal: Ask) -> None:
    account(identity, "salma", name_arabic="سلمى", language="ar")
    grant(identity, "salma", "body-member", scope=BODY)

    answer = sign_in(portal, "salma")

    assert answer.status_code == 201
    shown = answer.json
    assert (shown["person"], shown["authority"]) == (person("salma"), AUTHORITY)
    assert (shown["roles"], shown["scopes"]) == (["body-member"], {"body-member": [BODY]})
    assert (shown["name"], shown["language"]) == ("سلمى", "ar")
    assert len(shown["handle"]) >= 40


def test_only_the_hash_of_a_handle_is_kept(identity: Harness, portal: Ask) -> None:
    account(identity, "salma")

    handle = sign_in(portal, "salma").json["handle"]

    (row,) = identity.rows(SignIn)
    assert handle not in str(vars(row))
    tables = identity.context.base.plumbing
    with identity.context.database.read("*") as session:
        bodies = session.scalars(tables.idempotent_answer.select()).all()
    assert handle not in str(bodies)


def test_an_unknown_login_and_a_wrong_password_are_answered_alike(
    identity: Harness, portal: Ask
) -> None:
    account(identity, "salma")

    wrong, unknown = sign_in(portal, "salma", "wrong password"), sign_in(portal, "nobody")

    assert wrong.status_code == unknown.status_code == 401
    told = [dict(one.get_json(), request_id="") for one in (wrong, unknown)]
    assert told[0] == told[1]
    assert identity.rows(SignIn) == []


def test_the_case_of_a_login_does_not_matter(identity: Harness, portal: Ask) -> None:
    account(identity, "salma")

    body = {"login": " SALMA@Example.org ", "password": PASSWORD}

    assert portal("POST", "/sessions", body).status_code == 201


def test_sign_ins_with_one_login_are_limited_known_or_not(identity: Harness, portal: Ask) -> None:
    account(identity, "salma")

    for who in ("salma", "nobody"):
        codes = [sign_in(portal, who, "wrong password").status_code for _ in range(11)]
        assert codes == [401] * 10 + [429]
    assert sign_in(portal, "salma").status_code == 429


def test_who_lacks_the_handle_learns_nothing_and_ends_nothing(
    identity: Harness, portal: Ask
) -> None:
    account(identity, "salma")
    handle = sign_in(portal, "salma").json["handle"]

    guessed = identity.request("GET", "/sessions/guessed")
    identity.request("DELETE", "/sessions/guessed")
    token = identity.request("POST", "/sessions/guessed/tokens")

    assert {guessed.status_code, token.status_code} == {guessed.status_code}
    assert guessed.status_code in {401, 404}
    assert portal("GET", f"/sessions/{handle}").status_code == 200


def test_a_handle_is_exchanged_for_a_token_of_the_person(identity: Harness, portal: Ask) -> None:
    account(identity, "salma")
    grant(identity, "salma", "body-member", scope=BODY)
    handle = sign_in(portal, "salma").json["handle"]

    answer = portal("POST", f"/sessions/{handle}/tokens")

    assert answer.json["expires_in"] == 300
    claims = claims_of(identity, answer)
    assert (claims.person, claims.authority) == (person("salma"), AUTHORITY)
    assert claims.roles == {"body-member"}
    assert claims.holds("body-member", BODY)
    assert not claims.holds("body-member", person("other body"))
    assert claims.client == "portal"


def test_a_token_carries_only_the_roles_in_force_on_the_business_date(
    identity: Harness, portal: Ask
) -> None:
    account(identity, "salma")
    grant(identity, "salma", "auditor", from_on="2023-01-01", until_on="2023-10-16")
    handle = sign_in(portal, "salma").json["handle"]
    path = f"/authorities/{AUTHORITY}/business-date"

    today = claims_of(identity, portal("POST", f"/sessions/{handle}/tokens"))
    identity.request("POST", path, {"date": "2023-10-17"}, role="operator")
    tomorrow = claims_of(identity, portal("POST", f"/sessions/{handle}/tokens"))

    assert (today.roles, tomorrow.roles) == (frozenset({"auditor"}), frozenset())


def test_a_sign_in_ends_when_the_person_leaves(identity: Harness, portal: Ask) -> None:
    account(identity, "salma")
    handle = sign_in(portal, "salma").json["handle"]

    left = [portal("DELETE", f"/sessions/{handle}").status_code for _ in range(2)]

    assert left == [204, 204]
    assert portal("GET", f"/sessions/{handle}").status_code == 404
    assert portal("POST", f"/sessions/{handle}/tokens").status_code == 404


def test_a_sign_in_ends_after_its_idle_hours(identity: Harness, portal: Ask) -> None:
    account(identity, "salma")
    handle = sign_in(portal, "salma").json["handle"]
    row = identity.rows(SignIn)[0]
    assert row.expires_at - row.started_at == timedelta(hours=12)

    end_of_idleness(identity)

    assert portal("POST", f"/sessions/{handle}/tokens").status_code == 404
    tidy_sign_ins(identity.context)
    assert identity.rows(SignIn) == []


def test_use_keeps_a_sign_in_alive(identity: Harness, portal: Ask) -> None:
    account(identity, "salma")
    handle = sign_in(portal, "salma").json["handle"]
    earlier = now() - timedelta(hours=11)
    with identity.context.database.write("*") as (session, _):
        session.execute(
            update(SignIn).values(used_at=earlier, expires_at=earlier + timedelta(hours=12))
        )

    portal("GET", f"/sessions/{handle}")

    assert identity.rows(SignIn)[0].expires_at > now() + timedelta(hours=11)


def test_who_has_roles_in_several_authorities_says_for_which(
    identity: Harness, portal: Ask
) -> None:
    register(identity, code="agadir")
    account(identity, "salma")
    grant(identity, "salma", "secretariat")
    grant(identity, "salma", "auditor", from_on="2023-01-01")
    identity.request(
        "POST",
        "/memberships",
        {"person": person("salma"), "role": "operator"},
        role="operator",
        authority="agadir",
    )

    unsaid, said = sign_in(portal, "salma"), sign_in(portal, "salma", authority="agadir")

    assert unsaid.status_code == 422
    assert unsaid.json["allowed"] == ["agadir", AUTHORITY]
    assert said.json["roles"] == ["operator"]


def test_who_has_no_role_signs_in_for_no_authority(identity: Harness, portal: Ask) -> None:
    account(identity, "salma")

    answer = sign_in(portal, "salma")

    assert (answer.json["authority"], answer.json["roles"]) == ("", [])
    claims = claims_of(identity, portal("POST", f"/sessions/{answer.json['handle']}/tokens"))
    assert claims.roles == frozenset()


def test_an_unknown_handle_is_told_nothing(identity: Harness, portal: Ask) -> None:
    assert portal("GET", "/sessions/guessed-handle").status_code == 404
