"""The attendance register goes to the governor after the session, by a day that is watched."""

from __future__ import annotations

from typing import Any

import pytest

from services.review.control.models import CouncilFormality
from services.review.kept_texts import hash_of
from shared.testing.harness import Harness
from tests.integration.review.session_support import Council

PROOF = {"proof": "Récépissé n° 41"}


@pytest.fixture
def council(harness_on: Any, database_kind: str) -> Council:
    """A council of 35 on either database."""
    review: Harness = harness_on("review", database_kind)
    return Council(review)


@pytest.fixture
def closed(council: Council) -> str:
    """The id of a session closed on 6 February 2024; the register is due on the 11th."""
    session, _item = council.opened()
    council.done(f"/sessions/{session}/closing")
    return session


def missed(council: Council) -> list[Any]:
    """Every telling that a duty was missed."""
    return [one for one in council.review.emitted() if one.type == "session.duty_missed.v1"]


def test_the_sending_is_recorded_once_with_its_day_and_its_proof(
    council: Council, closed: str
) -> None:
    council.today("2024-02-09")
    before = council.get(f"/sessions/{closed}").json["register"]

    done = council.done(f"/sessions/{closed}/register-sending", PROOF)
    again = council.post(f"/sessions/{closed}/register-sending", PROOF)

    assert (before["term"]["due_on"], before["done_on"]) == ("2024-02-11", None)
    assert before["term"]["article"] == "113-14 art 67"
    assert (done["formality"], done["done_on"]) == ("attendance-register", "2024-02-09")
    assert (again.status_code, again.json["article"]) == (409, "113-14, 67")
    after = council.get(f"/sessions/{closed}").json["register"]
    assert (after["done_on"], after["is_late"]) == ("2024-02-09", False)
    assert after["proof"] == "Récépissé n° 41"
    told = council.review.emitted()[-1]
    assert told.type == "session.register_sent.v1"
    assert told.data.what == {"due_on": "2024-02-11", "proof_sha256": hash_of("Récépissé n° 41")}


def test_it_is_not_sent_before_the_close_nor_without_proof(council: Council) -> None:
    session, _item = council.opened()

    early = council.post(f"/sessions/{session}/register-sending", PROOF)
    bare = council.post(f"/sessions/{session}/register-sending", {"proof": ""})

    assert (early.status_code, early.json["article"]) == (409, "113-14, 67")
    assert (bare.status_code, bare.json["errors"][0]["field"]) == (422, "proof")
    assert council.review.rows(CouncilFormality) == []
    assert council.get(f"/sessions/{session}").json["register"]["term"] is None


def test_a_missed_day_is_told_once(council: Council, closed: str) -> None:
    council.today("2024-02-11")
    council.fire_timers()
    on_the_last_day = missed(council)

    for day in ("2024-02-12", "2024-02-12", "2024-03-01"):
        council.today(day)
        council.fire_timers()

    assert on_the_last_day == []
    (told,) = missed(council)
    assert told.subject == f"session/{closed}"
    said = {"duty": "attendance-register", "due_on": "2024-02-11", "article": "113-14, 67"}
    assert told.data.what == said
    council.done(f"/sessions/{closed}/register-sending", PROOF)
    assert council.get(f"/sessions/{closed}").json["register"]["is_late"] is True


def test_what_was_sent_is_never_told_as_missed(council: Council, closed: str) -> None:
    council.today("2024-02-11")
    council.done(f"/sessions/{closed}/register-sending", PROOF)

    council.today("2024-03-01")
    council.fire_timers()

    assert missed(council) == []
