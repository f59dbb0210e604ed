"""The agenda's twenty days before a session that somebody asked for (113-14, articles 36 to 38)."""

from __future__ import annotations

from typing import Any

import pytest

from shared.testing.harness import Harness
from tests.integration.review.session_support import Council

ASKED_ON = "2023-12-04"


@pytest.fixture
def council(harness_on: Any, database_kind: str) -> Council:
    """A council of 35 on either database."""
    review: Harness = harness_on("review", database_kind)
    return Council(review)


def asked_for(council: Council, kind: str, called_by: str, *, opens_on: str) -> str:
    """The id of a session that was asked for, with an item on its agenda."""
    council.today(ASKED_ON, kind=kind)
    body: dict[str, Any] = {
        "session_kind": "extraordinary",
        "called_by": called_by,
        "opens_on": opens_on,
        "requested_on": ASKED_ON,
    }
    if called_by != "governor":
        body["requested_by_members"] = 18
    session = council.planned(**body)
    council.item(session)
    return session


@pytest.mark.parametrize(
    ("kind", "called_by", "opens_on", "latest"),
    [
        # The text sets no shorter time for what a third asks for.
        ("commune", "third", "2023-12-27", "2023-12-07"),
        ("province", "third", "2023-12-27", "2023-12-07"),
        ("region", "third", "2023-12-27", "2023-12-07"),
        # Fifteen days for the session leave none of the twenty; a region's thirty do.
        ("commune", "absolute-majority", "2023-12-19", None),
        ("province", "absolute-majority", "2023-12-19", None),
        ("region", "absolute-majority", "2024-01-03", "2023-12-14"),
        # The governor's is held within ten days.
        ("commune", "governor", "2023-12-14", None),
        ("region", "governor", "2023-12-14", None),
    ],
)
def test_the_agenda_has_its_twenty_days_where_the_session_leaves_them(
    council: Council, kind: str, called_by: str, opens_on: str, latest: str | None
) -> None:
    session = asked_for(council, kind, called_by, opens_on=opens_on)

    days = council.get(f"/sessions/{session}").json["days"]

    assert (days["agenda_to_governor"] or {}).get("latest_on") == latest


@pytest.mark.parametrize(
    ("kind", "called_by", "opens_on", "status"),
    [
        ("commune", "third", "2023-12-20", 409),
        ("commune", "third", "2023-12-27", 200),
        ("region", "absolute-majority", "2023-12-20", 409),
        ("commune", "absolute-majority", "2023-12-19", 200),
    ],
)
def test_an_agenda_that_is_late_for_a_requested_session_does_not_go(
    council: Council, kind: str, called_by: str, opens_on: str, status: int
) -> None:
    session = asked_for(council, kind, called_by, opens_on=opens_on)

    assert council.post(f"/sessions/{session}/call").status_code == status
