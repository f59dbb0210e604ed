"""Checks of conditions and the president's choice of a session come back from the log."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from typing import Any

import pytest

from tests.integration.filling.conftest import Ground
from tests.integration.filling.test_fill_committees import lost_and_filled, without
from tests.integration.review.case_support import Desk

CHECK = {"condition": "association-age", "outcome": "not-met", "note": "Siège à Agadir."}
NEXT = {"choice": "next-session", "reason": "Trop tard pour février."}
THIS = {
    "choice": "this-session",
    "reason": "Urgent.",
    "governor_agreed_on": "2024-01-19",
}


@pytest.fixture
def ground(ground_of: Callable[[str], Ground]) -> Ground:
    """review with its log."""
    return ground_of("review")


def checked(desk: Desk) -> str:
    """A case of which one condition was judged twice, with a note each time."""
    case = desk.filed()
    desk.done(f"/cases/{case}/checks", CHECK, who="vice")
    again = {**CHECK, "outcome": "met", "note": "Annexe dans la commune."}
    desk.done(f"/cases/{case}/checks", again, who="vice")
    return case


def on_its_way(case: dict[str, Any]) -> tuple[Any, ...]:
    """Which session a case goes to, and how urgent it is."""
    return tuple(case[name] for name in ("state", "session_on", "is_clash", "urgent_on"))


def chosen(desk: Desk, choice: dict[str, Any]) -> str:
    """A case accepted inside the twenty days, for which the president chose a session."""
    desk.planned("2024-02-06")
    case = desk.admitted(on="2024-01-20")
    desk.done(f"/cases/{case}/session-choice", choice, who="chief")
    return case


def test_every_check_comes_back_with_its_note(ground: Ground) -> None:
    desk = Desk(ground.harness)
    checked(desk)

    before, after = lost_and_filled(ground)

    assert [row["note"] for row in before["case_check"]] == [
        "Siège à Agadir.",
        "Annexe dans la commune.",
    ]
    assert without(after["case_check"], "id") == without(before["case_check"], "id")


@pytest.mark.parametrize("choice", [NEXT, THIS])
def test_the_presidents_choice_comes_back_and_nobody_is_asked_again(
    ground: Ground, choice: dict[str, Any]
) -> None:
    desk = Desk(ground.harness)
    case = chosen(desk, choice)
    step = desk.get(f"/cases/{case}").json["next_step"]

    before, after = lost_and_filled(ground)

    assert [row["reason"] for row in before["clash_choice"]] == [choice["reason"]]
    assert without(after["clash_choice"], "id") == without(before["clash_choice"], "id")
    assert after["running_clock"] == before["running_clock"]
    assert [on_its_way(row) for row in after["case"]] == [on_its_way(row) for row in before["case"]]
    assert desk.get(f"/cases/{case}").json["next_step"] == step


def test_without_the_files_a_reason_is_named_as_missing_and_the_choice_is_there(
    ground: Ground,
) -> None:
    desk = Desk(ground.harness)
    case = chosen(desk, NEXT)
    ground.relay()
    ground.lose()
    shutil.rmtree(ground.platform.data_dir / "files")

    filled = ground.fill()

    assert (filled.waiting, filled.incomplete) == ([], [f"case/{case} 3"])
    assert [row["reason"] for row in ground.rows()["clash_choice"]] == [""]
