"""Authorities join, change and have their business date moved; each step tells all of them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.identity.authorities.models import Authority
from services.identity.memberships.models import Membership
from shared.db.authorities import load_authority
from shared.testing.harness import AUTHORITY, Harness, person
from tests.integration.identity.conftest import register

PROFILE = f"/authorities/{AUTHORITY}/profile"
DATE = f"/authorities/{AUTHORITY}/business-date"


def change(identity: Harness, body: dict[str, Any], **options: Any) -> Any:
    """Edit the authority on its present version."""
    etag = identity.request("GET", PROFILE).headers["ETag"]
    asked = {"role": "operator", "headers": {"If-Match": etag}, **options}
    return identity.request("PATCH", f"/authorities/{AUTHORITY}", body, **asked)


def test_a_registered_authority_tells_everything_under_its_code(identity: Harness) -> None:
    (told,) = identity.emitted()

    assert (told.type, told.subject) == ("authority.registered.v1", f"authority/{AUTHORITY}")
    assert (told.sequence, told.authority) == (1, AUTHORITY)
    assert told.data.acted_on == date(2023, 10, 16)
    assert told.data.after["population"] == 80149
    assert told.data.after["name"]["original"] == "ar"


def test_identity_knows_its_authorities_at_once(identity: Harness) -> None:
    with identity.context.database.read(AUTHORITY) as session:
        known = load_authority(session, identity.context.base.plumbing, AUTHORITY)

    assert (known.business_date, known.sequence) == (date(2023, 10, 16), 1)
    answer = identity.request("GET", f"/authorities/{AUTHORITY}")
    assert answer.json["today"] == "2023-10-16"


def test_everyone_may_list_authorities_with_their_today(identity: Harness) -> None:
    register(identity, code="agadir", business_date=None)

    listed = identity.request("GET", "/authorities").json

    assert [one["code"] for one in listed["authorities"]] == ["agadir", AUTHORITY]
    assert listed["authorities"][1]["today"] == "2023-10-16"
    assert listed["next_cursor"] is None


def test_a_code_is_taken_once(identity: Harness) -> None:
    assert register(identity).status_code == 409
    assert len(identity.emitted()) == 1


@pytest.mark.parametrize("word", ["law", "track", "sign-in", "static", "review"])
def test_a_word_that_addresses_begin_with_is_no_code(identity: Harness, word: str) -> None:
    answer = register(identity, code=word)

    assert answer.status_code == 422
    (error,) = answer.json["errors"]
    assert (error["field"], word in error["message"]) == ("code", True)
    assert error["remedy"]
    assert len(identity.rows(Authority)) == len(identity.emitted()) == 1


def test_a_wrong_field_is_named_and_nothing_is_registered(identity: Harness) -> None:
    for field, value in [
        ("code", "identity"),
        ("code", "Not A Code"),
        ("kind", "kingdom"),
        ("zone", "Moon/Base"),
        ("languages", ["tlh"]),
        ("population", -1),
        ("name", {}),
    ]:
        answer = register(identity, **{"code": "agadir", field: value})

        assert answer.status_code == 422
        assert answer.json["errors"][0]["field"].split(".")[0] == field
        assert len(identity.rows(Authority)) == 1


def test_an_authority_cannot_join_on_a_day_that_has_not_come(identity: Harness) -> None:
    answer = register(identity, code="agadir", business_date="2999-01-01")

    assert answer.status_code in {409, 422}
    assert len(identity.rows(Authority)) == 1


def test_a_person_who_registers_an_authority_is_its_first_operator(identity: Harness) -> None:
    body = {
        "code": "agadir",
        "kind": "commune",
        "name": {"fr": "Agadir"},
        "population": 400_000,
    }
    answer = identity.request("POST", "/authorities", body, role="operator", who="founder")

    assert answer.status_code == 201
    (membership,) = identity.rows(Membership)
    assert (membership.authority, membership.role) == ("agadir", "operator")
    assert str(membership.person_id) == person("founder")


def test_the_business_date_moves_forward_and_tells_what_changed(identity: Harness) -> None:
    answer = identity.request("POST", DATE, {"date": "2023-12-10"}, role="operator")

    assert answer.json["business_date"] == "2023-12-10"
    told = identity.emitted("authority.changed.v1")[0]
    assert told.data.what == {"fields": ["business_date"]}
    assert told.data.after["business_date"] == "2023-12-10"
    assert told.data.acted_on == date(2023, 12, 10)
    assert told.sequence == 2


def test_the_business_date_never_moves_back(identity: Harness) -> None:
    answer = identity.request("POST", DATE, {"date": "2023-10-15"}, role="operator")

    assert answer.status_code == 409
    assert answer.json["code"] == "rule-refused"
    assert identity.emitted("authority.changed.v1") == []
    assert identity.request("GET", PROFILE).json["business_date"] == "2023-10-16"


def test_the_same_business_date_again_tells_nothing(identity: Harness) -> None:
    answer = identity.request("POST", DATE, {"date": "2023-10-16"}, role="operator")

    assert answer.status_code == 200
    assert identity.emitted("authority.changed.v1") == []


def test_the_business_date_never_passes_the_real_date(identity: Harness) -> None:
    answer = identity.request("POST", DATE, {"date": "2999-01-01"}, role="operator")

    assert answer.status_code == 409
    assert identity.request("GET", PROFILE).json["business_date"] == "2023-10-16"


def test_the_first_business_date_may_lie_in_the_past(identity: Harness) -> None:
    register(identity, code="agadir", business_date=None)

    answer = identity.request(
        "POST",
        "/authorities/agadir/business-date",
        {"date": "2020-02-03"},
        role="operator",
        authority="agadir",
    )

    assert answer.json["today"] == "2020-02-03"


def test_holidays_and_local_rules_change_together_and_name_their_fields(
    identity: Harness,
) -> None:
    rule = {
        "value": 10,
        "unit": "days",
        "source": "Règlement intérieur",
        "valid_from": "2023-01-01",
    }
    body = {"holidays": ["2023-11-20", "2023-11-20"], "local_rules": {"president-to-bureau": rule}}

    answer = change(identity, body, role="secretariat")

    assert answer.status_code == 200, answer.text
    told = identity.emitted("authority.changed.v1")[0]
    assert told.data.what == {"fields": ["holidays", "local_rules"]}
    assert told.data.after["holidays"] == ["2023-11-20"]
    assert told.data.after["local_rules"]["president-to-bureau"] == rule


def test_an_edit_without_a_difference_tells_nothing(identity: Harness) -> None:
    assert change(identity, {"population": 80149}).status_code == 200
    assert identity.emitted("authority.changed.v1") == []


def test_a_local_rule_that_the_law_does_not_leave_open_is_refused(identity: Harness) -> None:
    rule = {"value": 3, "unit": "days", "source": "Règlement", "valid_from": "2023-01-01"}

    answer = change(identity, {"local_rules": {"notice-to-members": rule}})

    assert answer.status_code == 422
    assert answer.json["errors"][0]["field"] == "local_rules.notice-to-members"
    assert identity.emitted("authority.changed.v1") == []


@pytest.mark.parametrize(("days", "status"), [(180, 200), (59, 422)])
def test_an_authority_keeps_names_as_long_as_the_law_leaves_open(
    identity: Harness, days: int, status: int
) -> None:
    source = {"source": "Règlement intérieur", "valid_from": "2023-01-01"}
    rule = {"value": days, "unit": "days", **source}

    answer = change(identity, {"local_rules": {"erasure-after-case": rule}})

    assert answer.status_code == status, answer.text
    fields = [one["field"] for one in answer.json.get("errors", [])]
    assert fields == ([] if status == 200 else ["local_rules.erasure-after-case"])


def test_the_seats_of_a_council_are_recorded_and_told_to_everyone(identity: Harness) -> None:
    answer = change(identity, {"council_seats": 35})

    assert (answer.status_code, answer.json["council_seats"]) == (200, 35)
    told = identity.emitted("authority.changed.v1")[0]
    assert told.data.what == {"fields": ["council_seats"]}
    assert told.data.after["council_seats"] == 35
    assert change(identity, {"council_seats": 0}).status_code == 422


def test_the_secretariat_may_not_change_the_population(identity: Harness) -> None:
    assert change(identity, {"population": 1}, role="secretariat").status_code == 403


def test_an_edit_needs_the_version_it_was_made_on(identity: Harness) -> None:
    path, body = f"/authorities/{AUTHORITY}", {"population": 1}

    missing = identity.request("PATCH", path, body, role="operator")
    stale = identity.request("PATCH", path, body, role="operator", headers={"If-Match": '"99"'})

    assert (missing.status_code, stale.status_code) == (428, 412)


def test_a_token_of_one_authority_changes_no_other(identity: Harness) -> None:
    register(identity, code="agadir")

    moved = identity.request(
        "POST", DATE, {"date": "2023-12-10"}, role="operator", authority="agadir"
    )
    edited = change(identity, {"population": 1}, authority="agadir")

    assert (moved.status_code, edited.status_code) == (403, 403)
    assert identity.emitted("authority.changed.v1") == []


def test_audit_reads_the_live_state_of_its_authority(identity: Harness) -> None:
    answer = identity.request(
        "GET", "/states?kind=authority", role="service", client="service:audit"
    )

    assert [one["subject"] for one in answer.json["states"]] == [f"authority/{AUTHORITY}"]
    assert answer.json["states"][0]["state"] == identity.emitted()[0].data.after
