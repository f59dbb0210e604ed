"""Who hears of an erasure: the secretariat that it is owed, the person that it waits."""

from __future__ import annotations

from datetime import date
from typing import Any

from shared.events.erasures import ErasurePutOff, ErasureRequested, ErasureSnapshot
from shared.testing.harness import TODAY, person
from tests.integration.notifications.conftest import Desk

ERASURE = f"erasure/{person('erasure')}"


def snapshot(state: str, **changes: Any) -> ErasureSnapshot:
    """The request for the citizen's data, in a state."""
    facts: dict[str, Any] = {
        "person": person("citizen"),
        "ground": "objection",
        "requested_on": TODAY,
        "answer_due_on": date(2023, 10, 26),
        "names_settled": False,
        "waits_for": [],
        "until_on": None,
        "erased": [],
        "stays": [],
        "reason": None,
    }
    return ErasureSnapshot(state=state, **{**facts, **changes})


def test_the_secretariat_hears_of_a_request_and_when_its_answer_is_owed(desk: Desk) -> None:
    desk.grant("clerk", "secretariat")

    desk.hear(ErasureRequested(), snapshot("requested"), subject=ERASURE)

    (notice,) = [one for one in desk.notices if one.notice_kind == "erasure_requested"]
    assert str(notice.person_id) == person("clerk")
    assert notice.facts["answer_due_on"] == "2023-10-26"


def test_the_person_hears_that_the_erasure_waits_and_until_when(desk: Desk) -> None:
    waits = {"waits_for": ["term-running"], "until_on": date(2023, 12, 15)}

    desk.hear(ErasurePutOff(), snapshot("waiting", **waits), subject=ERASURE)

    assert desk.told("erasure_put_off") == [person("citizen")]
    headers = {"Accept-Language": "fr"}
    read = desk.harness.request(
        "GET", "/notices", role="petitioner", who="citizen", headers=headers
    ).json["notices"]
    assert [one["title"] for one in read] == ["L'effacement de vos données attend"]
    assert {"label": "Conservé jusqu'à la fin du", "value": "15 décembre 2023"} in read[0][
        "details"
    ]
