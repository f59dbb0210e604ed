"""Votes by name, rolls of sittings, and reasons of corrections come back from the log."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from typing import Any

import pytest

from services.review.sessions.models import Item
from shared.testing.harness import person
from tests.integration.filling.conftest import Ground
from tests.integration.review.case_support import SEATS, Desk

GroundOf = Callable[[str], Ground]
WHY = {"because": "Inversé à la lecture."}
TAKEN_UP = {"votes_for": 3, "votes_against": 0, "abstentions": 0, "president": "for"}


@pytest.fixture
def ground(ground_of: GroundOf) -> Ground:
    """review with its log."""
    return ground_of("review")


@pytest.fixture
def desk(ground: Ground) -> Desk:
    """The council of five, seated."""
    return Desk(ground.harness)


def convened(desk: Desk, case: str) -> tuple[str, str]:
    """The session of 6 February 2024 with a petition on its agenda, on its day; its item."""
    desk.today("2024-01-15")
    session = desk.planned()
    item = desk.done(f"/sessions/{session}/items", {"case": case})["id"]
    desk.done(f"/sessions/{session}/call", who="chief")
    desk.today("2024-01-25")
    desk.done(f"/sessions/{session}/convening", who="chief")
    desk.today("2024-02-06")
    return session, item


def rolled(desk: Desk, session: str, **marks: str) -> str:
    """A sitting whose roll was called, each member marked by name; its id."""
    sitting = str(desk.done(f"/sessions/{session}/roll")["id"])
    for name, mark in marks.items():
        entered(desk, sitting, name, mark)
    desk.done(f"/sittings/{sitting}/rest", {"mark": "unexcused"}, who="chief")
    desk.done(f"/sessions/{session}/declaration")
    return sitting


def entered(desk: Desk, sitting: str, name: str, mark: str) -> None:
    """Enter how a member is, as named in ``SEATS``."""
    desk.done(f"/sittings/{sitting}/marks", {"person": person(name), "mark": mark})


def named(*sides: str) -> dict[str, Any]:
    """A ballot by name, the sides in the order of the seats."""
    names = [{"person": person(one), "side": side} for one, side in zip(SEATS, sides, strict=False)]
    return {"mode": "by-name", "names": names}


def lost_and_filled(ground: Ground) -> tuple[dict[str, Any], dict[str, Any]]:
    """The rows before a loss of the database, and after it was filled from the log."""
    ground.relay()
    before = ground.rows()
    ground.lose()
    filled = ground.fill()
    assert filled.is_whole, filled
    assert filled.incomplete == []
    return before, ground.rows()


def told(rows: list[dict[str, Any]], *but: str) -> list[dict[str, Any]]:
    """Rows without ids that nobody else knows, in an order of their own."""
    kept = [{k: v for k, v in row.items() if k not in {"id", *but}} for row in rows]
    return sorted(kept, key=str)


def test_votes_by_name_come_back_with_the_calculation_of_each(ground: Ground, desk: Desk) -> None:
    session, item = convened(desk, desk.referred())
    desk.done(f"/sessions/{session}/sittings", {"call": 1, "present": 5})
    desk.done(f"/items/{item}/taking-up", named("for", "for", "for", "against"))
    desk.done(f"/items/{item}/vote", named("against", "against", "abstain", "for", "for"))
    right = {**named("for", "against", "abstain", "for", "for"), **WHY}
    desk.done(f"/items/{item}/vote-rectification", right, who="chief")

    before, after = lost_and_filled(ground)

    assert len(before["named_vote"]) == 14
    assert told(after["named_vote"]) == told(before["named_vote"])
    assert before["item"][0]["calculations"][1]["corrects"] == 1
    assert after["item"] == before["item"]
    assert after["decision"] == before["decision"]


def test_a_first_vote_that_waits_for_another_sitting_comes_back(ground: Ground, desk: Desk) -> None:
    session, item = convened(desk, desk.referred())
    desk.done(f"/sessions/{session}/sittings", {"call": 1, "present": 5})
    desk.done(f"/items/{item}/taking-up", named("for", "for", "for"))
    vote = {**named("for", "for", "against"), "matter": "action-programme"}
    desk.done(f"/items/{item}/vote", vote)

    before, after = lost_and_filled(ground)

    assert before["item"][0]["first_vote_on"] is not None
    assert after["item"] == before["item"]
    assert told(after["named_vote"]) == told(before["named_vote"])


def test_the_rolls_of_sittings_come_back_with_who_entered_what(ground: Ground, desk: Desk) -> None:
    session, _ = convened(desk, desk.referred())
    first = rolled(desk, session, chief="present", vice="present", chair="excused")
    body = {"sitting": first, "attendance": [{"person": person("plain"), "mark": "excused"}]}
    desk.done(f"/sessions/{session}/roll-rectification", {**body, **WHY}, who="chief")
    desk.today("2024-02-10")
    again = {"called_on": "2024-02-09", "held_on": "2024-02-10"}
    second = str(desk.done(f"/sessions/{session}/roll", again)["id"])
    for name in ("chief", "vice", "chair"):
        entered(desk, second, name, "present")
    desk.done(f"/sittings/{second}/rest", {"mark": "unexcused"}, who="chief")
    desk.done(f"/sessions/{session}/declaration")
    entered(desk, second, "plain", "present")
    entered(desk, second, "vice", "left")
    entered(desk, second, "other-chair", "excused")
    body = {
        "sitting": second,
        "attendance": [{"person": person(one), "mark": "unexcused"} for one in ("plain",)]
        + [{"person": person("other-chair"), "mark": "present"}],
    }
    desk.done(f"/sessions/{session}/roll-rectification", {**body, **WHY}, who="chief")

    before, after = lost_and_filled(ground)

    assert len(before["attendance"]) == 10
    assert told(after["attendance"]) == told(before["attendance"])
    assert after["sitting"] == before["sitting"]


def test_reasons_and_authors_of_corrections_come_back(ground: Ground, desk: Desk) -> None:
    case = desk.admitted()
    refusal = {"to": "refused", "reasons": ["association-no-seat"], **WHY}
    desk.done(f"/cases/{case}/rectification", refusal, who="chief")
    desk.done(
        f"/cases/{case}/rectification", {"to": "admitted", "because": "Siège vu."}, who="vice"
    )
    desk.done(f"/cases/{case}/referral", {"committee": desk.committees["social"]})
    desk.deliberated(case)
    (item,) = ground.harness.rows(Item)
    right = {"votes_for": 1, "votes_against": 4, "abstentions": 0, **WHY}
    desk.done(f"/items/{item.id}/vote-rectification", right, who="chief")

    before, after = lost_and_filled(ground)

    assert len(before["correction"]) == 4
    assert after["correction"] == before["correction"]
    assert [one["rectified_because"] for one in after["case"]] == ["Siège vu."]


def test_without_the_files_a_reason_is_named_as_missing(ground: Ground, desk: Desk) -> None:
    case = desk.admitted()
    refusal = {"to": "refused", "reasons": ["association-no-seat"], **WHY}
    desk.done(f"/cases/{case}/rectification", refusal, who="chief")
    ground.relay()
    shutil.rmtree(ground.platform.data_dir / "files")
    ground.lose()

    filled = ground.fill()

    sequence = desk.case(case).sequence
    assert (filled.is_whole, filled.incomplete) == (True, [f"case/{case} {sequence}"])
    assert ground.rows()["correction"] == []


def test_no_reason_travels(ground: Ground, desk: Desk) -> None:
    case = desk.admitted()
    refusal = {"to": "refused", "reasons": ["association-no-seat"], **WHY}
    desk.done(f"/cases/{case}/rectification", refusal, who="chief")
    ground.relay()

    (rectified,) = [one for one in ground.log() if one.type == "case.rectified.v1"]

    assert "Inversé" not in str(ground.log())
    assert len(rectified.data.what["reason_sha256"]) == 64


def test_a_recusal_comes_back_before_any_vote_and_is_there_once_after_it(
    ground: Ground, desk: Desk
) -> None:
    session, item = convened(desk, desk.referred())
    desk.done(f"/sessions/{session}/sittings", {"call": 1, "present": 5})
    desk.done(f"/items/{item}/recusals", {"person": person("plain")})
    desk.done(f"/items/{item}/recusals", {"count": 1})

    before, after = lost_and_filled(ground)
    desk.done(f"/items/{item}/taking-up", TAKEN_UP)
    then_before, then_after = lost_and_filled(ground)

    assert len(before["recusal"]) == 2
    assert told(after["recusal"]) == told(before["recusal"])
    assert told(then_after["recusal"]) == told(then_before["recusal"]) == told(before["recusal"])
