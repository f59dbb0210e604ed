"""Secret addresses of calendar feeds: renewed, revoked, ended with the role, for services alone."""

from __future__ import annotations

from typing import Any

from services.identity.feeds.models import CalendarFeed
from shared.testing.harness import AUTHORITY, Answer, Harness, person
from tests.integration.identity.conftest import Ask, account, grant

KNOWN = {"authority": AUTHORITY}


def renewed(identity: Harness, who: str = "clerk") -> str:
    """A new secret of somebody of the secretariat."""
    answer = identity.request("POST", "/calendar-feed", role="secretariat", who=who)
    assert answer.status_code == 201, answer.text
    return str(answer.json["secret"])


def reader_of(portal: Ask, secret: str) -> Answer:
    """What portal is told of a secret."""
    return portal("POST", "/calendar-feed/reader", {"secret": secret})


def clerk(identity: Harness) -> Any:
    """Somebody of the secretariat with an account; returns the role."""
    account(identity, "clerk")
    return grant(identity, "clerk", "secretariat").json


def test_a_secret_opens_the_calendar_of_its_authority_and_says_nothing_of_the_person(
    identity: Harness, portal: Ask
) -> None:
    clerk(identity)

    secret = renewed(identity)

    assert len(secret) >= 40
    assert reader_of(portal, secret).json == KNOWN
    (row,) = identity.rows(CalendarFeed)
    assert secret not in str(vars(row))


def test_renewing_and_revoking_end_the_secret_of_before(identity: Harness, portal: Ask) -> None:
    clerk(identity)
    first = renewed(identity)

    second = renewed(identity)
    told = [reader_of(portal, one).status_code for one in (first, second)]
    identity.request("DELETE", "/calendar-feed", role="secretariat", who="clerk")

    assert told == [404, 200]
    assert reader_of(portal, second).status_code == 404
    own = identity.request("GET", "/calendar-feed", role="secretariat", who="clerk")
    assert own.json == {"made_at": None}


def test_when_the_role_ends_the_secret_opens_nothing(identity: Harness, portal: Ask) -> None:
    role = clerk(identity)
    secret = renewed(identity)

    ended = identity.request(
        "POST", f"/memberships/{role['id']}/ending", {"reason": "moved"}, role="operator"
    )

    assert ended.status_code == 200, ended.text
    unknown, over = reader_of(portal, "no-such-secret"), reader_of(portal, secret)
    assert [one.status_code for one in (unknown, over)] == [404, 404]
    assert unknown.json["detail"] == over.json["detail"]


def test_each_has_a_secret_of_their_own(identity: Harness, portal: Ask) -> None:
    clerk(identity)
    account(identity, "other")
    grant(identity, "other", "bureau")
    mine, theirs = renewed(identity), renewed(identity, "other")

    identity.request("DELETE", "/calendar-feed", role="secretariat", who="clerk")

    assert [reader_of(portal, one).status_code for one in (mine, theirs)] == [404, 200]


def test_only_services_learn_whose_council_a_secret_opens(identity: Harness) -> None:
    clerk(identity)
    body = {"secret": renewed(identity)}

    told = [
        identity.request("POST", "/calendar-feed/reader", body, role=role, who="clerk").status_code
        for role in ("secretariat", "operator", "petitioner")
    ]

    assert told == [403, 403, 403]
    refused = identity.request("POST", "/calendar-feed", role="petitioner", who="clerk")
    assert refused.status_code == 403
    assert (
        person("clerk")
        not in identity.request(
            "POST", "/calendar-feed/reader", body, role="service", client="service:portal"
        ).text
    )
