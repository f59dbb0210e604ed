"""Roles: given by an operator, or by offices and bodies; in force on the business date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from services.identity.memberships.models import Membership
from services.identity.memberships.queries import roles_on
from shared.broker.delivery import ACK
from shared.events.council import MandateEnded, MandateSnapshot, MandateStarted
from shared.events.opinions import BodyChanged, BodyFormed, BodySnapshot
from shared.events.texts import PersonInRole, Texts
from shared.testing.harness import AUTHORITY, TODAY, Harness, person
from tests.integration.identity.conftest import account, grant, register

COMMITTEE = person("committee")
BODY = person("body")


def roles(identity: Harness, who: str, day: date = TODAY, authority: str = AUTHORITY) -> Any:
    """The roles of somebody on a day."""
    with identity.context.database.read(authority) as session:
        return roles_on(session, authority, UUID(person(who)), day)


def mandate(office: str, **changes: Any) -> MandateSnapshot:
    """An office of somebody."""
    facts: dict[str, Any] = {
        "state": "in-office",
        "person": person("somebody"),
        "office": office,
        "committee": COMMITTEE if office.startswith("committee") else None,
        "from_on": date(2021, 9, 20),
        "until_on": None,
    }
    return MandateSnapshot(**{**facts, **changes})


def body(members: Sequence[str]) -> BodySnapshot:
    """A body with these members."""
    return BodySnapshot(
        state="formed",
        code="iecag",
        name=Texts(fr="Instance", original="fr"),
        seats=15,
        members=[PersonInRole(person=person(name), role="member") for name in members],
    )


@pytest.mark.parametrize(
    ("office", "expected", "scopes"),
    [
        ("member", ["council-member"], {}),
        ("president", ["bureau", "president"], {}),
        ("vice-president", ["bureau"], {}),
        ("secretary", ["council-member"], {}),
        ("committee-chair", ["committee-chair"], {"committee-chair": [COMMITTEE]}),
        ("committee-member", [], {}),
    ],
)
def test_an_office_gives_its_roles(
    identity: Harness, office: str, expected: list[str], scopes: dict[str, list[str]]
) -> None:
    outcome = identity.deliver(MandateStarted(), mandate(office), subject="mandate/m1")

    held = roles(identity, "somebody")
    assert outcome == ACK
    assert (held.roles, held.scopes) == (expected, scopes)
    assert len(identity.emitted("membership.granted.v1")) == len(expected)


def test_an_office_that_begins_later_gives_no_role_yet(identity: Harness) -> None:
    later = mandate("member", from_on=date(2023, 11, 1))

    identity.deliver(MandateStarted(), later, subject="mandate/m1")

    assert roles(identity, "somebody").roles == []
    assert roles(identity, "somebody", date(2023, 11, 1)).roles == ["council-member"]


def test_the_roles_of_an_office_end_with_it(identity: Harness) -> None:
    identity.deliver(MandateStarted(), mandate("president"), subject="mandate/m1")

    identity.deliver(
        MandateEnded(reason="resignation"),
        mandate("president", state="ended", until_on=TODAY),
        subject="mandate/m1",
        sequence=2,
    )

    assert roles(identity, "somebody").roles == []
    ended = identity.emitted("membership.ended.v1")
    assert [one.data.what for one in ended] == [{"reason": "mandate-ended"}] * 2
    assert {one.data.after["until_on"] for one in ended} == {TODAY.isoformat()}


def test_another_office_of_the_same_person_keeps_its_role(identity: Harness) -> None:
    identity.deliver(MandateStarted(), mandate("member"), subject="mandate/m1")
    identity.deliver(MandateStarted(), mandate("secretary"), subject="mandate/m2")

    identity.deliver(
        MandateEnded(reason="resignation"), mandate("secretary"), subject="mandate/m2", sequence=2
    )

    assert roles(identity, "somebody").roles == ["council-member"]


def test_the_members_of_a_body_may_act_for_it_and_those_who_left_may_not(
    identity: Harness,
) -> None:
    subject = f"body/{BODY}"
    identity.deliver(BodyFormed(), body(["anne", "brahim"]), subject=subject)

    identity.deliver(
        BodyChanged(fields=["members"]), body(["brahim", "chama"]), subject=subject, sequence=2
    )

    assert roles(identity, "anne").roles == []
    assert roles(identity, "brahim").scopes == {"body-member": [BODY]}
    assert roles(identity, "chama").scopes == {"body-member": [BODY]}
    assert len(identity.emitted("membership.granted.v1")) == 3
    assert len(identity.emitted("membership.ended.v1")) == 1


def test_who_comes_back_to_a_body_gets_a_new_role(identity: Harness) -> None:
    subject = f"body/{BODY}"
    identity.deliver(BodyFormed(), body(["anne"]), subject=subject)
    identity.deliver(BodyChanged(fields=["members"]), body([]), subject=subject, sequence=2)

    identity.deliver(BodyChanged(fields=["members"]), body(["anne"]), subject=subject, sequence=3)

    assert roles(identity, "anne").roles == ["body-member"]
    assert [row.state for row in identity.rows(Membership)] == ["ended", "granted"]


def test_an_operator_gives_a_role_by_the_address_of_an_account(identity: Harness) -> None:
    account(identity, "salma")

    answer = identity.request(
        "POST",
        "/memberships",
        {"email": "Salma@Example.org", "role": "secretariat"},
        role="operator",
    )

    assert answer.status_code == 201, answer.text
    assert answer.json["person"] == person("salma")
    assert answer.json["from_on"] == TODAY.isoformat()
    assert "example.org" not in str(identity.emitted("membership.granted.v1"))


def test_an_unknown_address_is_named_as_the_field_to_mend(identity: Harness) -> None:
    answer = identity.request(
        "POST",
        "/memberships",
        {"email": "nobody@example.org", "role": "secretariat"},
        role="operator",
    )

    assert answer.status_code == 422
    assert answer.json["errors"][0]["field"] == "email"


def test_the_same_role_is_given_once(identity: Harness) -> None:
    assert grant(identity, "salma", "secretariat").status_code == 201
    assert grant(identity, "salma", "secretariat").status_code == 409


def test_a_role_without_what_it_needs_is_refused(identity: Harness) -> None:
    for body in [
        {"role": "committee-chair"},
        {"role": "secretariat", "scope": COMMITTEE},
        {"role": "auditor", "from_on": "2023-10-16", "until_on": "2023-10-15"},
    ]:
        answer = grant(identity, "salma", **body)

        assert (answer.status_code, answer.json["code"]) == (409, "rule-refused")
        assert identity.rows(Membership) == []


def test_nobody_is_given_a_role_that_is_none(identity: Harness) -> None:
    for role in ["service", "king"]:
        assert grant(identity, "salma", role).status_code == 422


def test_a_membership_that_ended_yesterday_gives_no_role(identity: Harness) -> None:
    grant(identity, "salma", "auditor", from_on="2023-01-01", until_on="2023-10-15")

    assert roles(identity, "salma").roles == []
    assert roles(identity, "salma", date(2023, 10, 15)).roles == ["auditor"]


def test_an_operator_ends_a_role_at_once_and_only_once(identity: Harness) -> None:
    path = f"/memberships/{grant(identity, 'salma', 'secretariat').json['id']}/ending"

    ended = identity.request("POST", path, {"reason": "moved"}, role="operator")
    again = identity.request("POST", path, {"reason": "moved"}, role="operator")

    assert (ended.json["state"], ended.json["until_on"]) == ("ended", TODAY.isoformat())
    assert again.status_code == 409
    assert roles(identity, "salma").roles == []


def test_another_authority_sees_and_ends_nothing(identity: Harness) -> None:
    register(identity, code="agadir")
    membership = grant(identity, "salma", "secretariat").json["id"]

    listed = identity.request("GET", "/memberships", role="operator", authority="agadir")
    ended = identity.request(
        "POST",
        f"/memberships/{membership}/ending",
        {"reason": "moved"},
        role="operator",
        authority="agadir",
    )

    assert listed.json["memberships"] == []
    assert ended.status_code == 404
    assert roles(identity, "salma", authority="agadir").roles == []


def test_the_list_of_memberships_has_pages(
    identity: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("anne", "brahim", "chama"):
        grant(identity, name, "auditor")
    monkeypatch.setattr("services.identity.memberships.queries.LARGEST_PAGE", 2)

    first = identity.request("GET", "/memberships", role="auditor").json
    cursor = first["next_cursor"]
    second = identity.request("GET", f"/memberships?cursor={cursor}", role="auditor").json

    people = [one["person"] for one in first["memberships"] + second["memberships"]]
    assert people == [person(name) for name in ("chama", "brahim", "anne")]
    assert second["next_cursor"] is None


def test_a_token_without_an_authority_is_told_to_name_one(identity: Harness) -> None:
    answer = identity.request("GET", "/memberships", role="operator", authority="")

    assert answer.status_code == 403
    assert "remedy" in answer.text
