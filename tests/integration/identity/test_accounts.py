"""Accounts: signing up tells nobody who has one, and personal texts are kept sealed."""

from __future__ import annotations

from typing import Any

from services.identity.accounts.models import Account
from services.identity.accounts.passwords import Passwords
from services.identity.memberships.models import Membership
from shared.testing.harness import AUTHORITY, Answer, Harness, person
from tests.integration.identity.conftest import PASSWORD, Ask, account, grant, register, sign_in

NEW = {
    "email": "salma@example.org",
    "password": PASSWORD,
    "name_latin": "Salma Invented",
    "language": "fr",
    "authority": AUTHORITY,
}


def sign_up(identity: Harness, **changes: Any) -> Answer:
    """Sign up without any token."""
    return identity.request("POST", "/accounts", {**NEW, **changes})


def test_who_signs_up_is_a_petitioner_and_can_sign_in(identity: Harness, portal: Ask) -> None:
    answer = sign_up(identity)

    assert answer.status_code == 202
    (told,) = identity.emitted("membership.granted.v1")
    assert told.data.after["role"] == "petitioner"
    assert told.actorrole == "petitioner"
    signed_in = sign_in(portal, "salma")
    assert signed_in.json["roles"] == ["petitioner"]
    assert signed_in.json["authority"] == AUTHORITY


def test_address_and_names_are_kept_sealed_and_the_password_hashed(identity: Harness) -> None:
    sign_up(identity, name_arabic="سلمى")

    (row,) = identity.rows(Account)
    kept = [row.email, row.name_latin, row.name_arabic]
    assert all(text.startswith("p1.") for text in kept)
    assert row.password_hash.startswith("$argon2id$")
    assert "salma" not in str(vars(row)).lower()


def test_nothing_personal_is_told_in_an_event(identity: Harness) -> None:
    sign_up(identity)

    assert "alma" not in str(identity.emitted("membership.granted.v1"))


def test_a_second_sign_up_is_answered_like_the_first_and_changes_nothing(
    identity: Harness, portal: Ask
) -> None:
    first = sign_up(identity)
    second = sign_up(identity, email="SALMA@example.org", password="another password")

    assert (first.status_code, first.data) == (second.status_code, second.data)
    assert len(identity.rows(Account)) == 1
    assert len(identity.rows(Membership)) == 1
    assert sign_in(portal, "salma", "another password").status_code == 401


def test_the_owner_of_an_account_joins_a_second_authority_with_the_same_password(
    identity: Harness, portal: Ask
) -> None:
    register(identity, code="agadir")
    sign_up(identity)

    right = sign_up(identity, authority="agadir")

    assert right.status_code == 202
    assert len(identity.rows(Account)) == 1
    assert [row.authority for row in identity.rows(Membership)] == [AUTHORITY, "agadir"]
    assert sign_in(portal, "salma", authority="agadir").json["roles"] == ["petitioner"]


def test_a_stranger_joins_nothing_in_the_name_of_another(identity: Harness) -> None:
    register(identity, code="agadir")
    sign_up(identity)

    sign_up(identity, authority="agadir", password="a guessed password")

    assert [row.authority for row in identity.rows(Membership)] == [AUTHORITY]


def test_a_wrong_field_is_named_and_no_account_is_made(identity: Harness) -> None:
    for field, value in [
        ("email", "no address"),
        ("password", "short"),
        ("language", "tlh"),
        ("authority", "nowhere"),
        ("name_latin", " "),
    ]:
        answer = sign_up(identity, **{field: value})

        assert answer.status_code == 422
        assert [error["field"] for error in answer.json["errors"]] == [field]
        assert PASSWORD not in answer.text
        assert identity.rows(Account) == []


def test_sign_ups_from_one_address_are_limited(identity: Harness) -> None:
    answers = [sign_up(identity, email=f"p{number}@example.org") for number in range(6)]

    assert [one.status_code for one in answers] == [202] * 5 + [429]
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert len(identity.rows(Account)) == 5


def test_only_portal_may_say_whose_address_it_is(identity: Harness, portal: Ask) -> None:
    def from_address(number: int, ask: Any, **options: Any) -> int:
        body = {**NEW, "email": f"p{number}@example.org"}
        headers = {"X-Forwarded-For": f"192.0.2.{number}"}
        return int(ask("POST", "/accounts", body, headers=headers, **options).status_code)

    direct = [from_address(number, identity.request) for number in range(6)]
    through_portal = [from_address(number, portal) for number in range(10, 16)]

    assert direct == [202] * 5 + [429]
    assert through_portal == [202] * 6


def test_people_see_their_own_account_with_the_roles_of_today(identity: Harness) -> None:
    account(identity, "salma", name_arabic="سلمى")
    grant(identity, "salma", "auditor")
    grant(identity, "salma", "secretariat", from_on="2023-01-01", until_on="2023-02-01")

    shown = identity.request("GET", "/accounts/me", role="auditor", who="salma").json

    assert (shown["person"], shown["email"]) == (person("salma"), "salma@example.org")
    assert (shown["name"], shown["name_arabic"]) == ("Salma", "سلمى")
    assert [one["role"] for one in shown["memberships"]] == ["auditor"]
    assert "password" not in str(shown)


def test_a_service_reads_how_to_write_to_a_person_of_its_authority(identity: Harness) -> None:
    account(identity, "salma")
    grant(identity, "salma", "petitioner")

    path = f"/accounts/{person('salma')}/contact"
    answer = identity.request("GET", path, role="service", client="service:notifications")

    assert answer.json == {
        "email": "salma@example.org",
        "language": "fr",
        "name_latin": "Salma",
        "name_arabic": None,
    }


def test_a_contact_of_another_authority_is_as_unknown_as_nobody(identity: Harness) -> None:
    account(identity, "salma")
    grant(identity, "salma", "petitioner")
    register(identity, code="agadir")

    foreign = identity.request(
        "GET", f"/accounts/{person('salma')}/contact", role="service", authority="agadir"
    )
    unknown = identity.request(
        "GET", f"/accounts/{person('nobody')}/contact", role="service", authority="agadir"
    )

    assert foreign.status_code == unknown.status_code == 404
    assert foreign.json["detail"] == unknown.json["detail"]


def test_contacts_are_for_services_only(identity: Harness) -> None:
    for role in ["operator", "secretariat", "petitioner"]:
        path = f"/accounts/{person('salma')}/contact"

        assert identity.request("GET", path, role=role).status_code == 403


def test_a_person_without_an_account_has_no_contact(identity: Harness) -> None:
    grant(identity, "salma", "council-member")

    path = f"/accounts/{person('salma')}/contact"

    assert identity.request("GET", path, role="service").status_code == 404


def test_a_sign_in_brings_an_old_hash_up_to_date(identity: Harness, portal: Ask) -> None:
    account(identity, "salma")
    before = identity.rows(Account)[0].password_hash

    sign_in(portal, "salma")

    after = identity.rows(Account)[0].password_hash
    assert "m=64," in before
    assert "m=19456," in after
    assert Passwords(memory_kib=64, rounds=1).matches(after, PASSWORD)
