"""Sittings with a roll of their own: marks saved one by one, the count, who comes and goes."""

from __future__ import annotations

from typing import Any

import pytest

from services.review.sessions.attendance_models import Attendance
from services.review.sessions.models import Sitting
from shared.ids import new_id
from shared.testing.harness import Harness, person
from tests.integration.review.session_support import OPENS_ON, Council

VOTE = {"votes_for": 3, "votes_against": 0, "abstentions": 0}
NAME = {"ar": "العضو الأول", "latin": "Membre premier"}


@pytest.fixture
def council(harness_on: Any, database_kind: str) -> Council:
    """A council of five on either database: three are a quorum."""
    review: Harness = harness_on("review", database_kind)
    return Council(review, members=5)


def rolled(council: Council, *present: int) -> tuple[str, str]:
    """A session whose roll is being called, some members being marked present; the sitting."""
    session, _ = council.convened()
    council.today(OPENS_ON)
    sitting = council.done(f"/sessions/{session}/roll")["id"]
    for number in present:
        mark(council, sitting, number, "present")
    return session, sitting


def mark(council: Council, sitting: str, number: int, how: str, **options: Any) -> Any:
    """Enter one member; the answer."""
    body = {"person": person(f"member-{number}"), "mark": how}
    return council.post(f"/sittings/{sitting}/marks", body, **options)


def record(council: Council, session: str) -> Any:
    """The record of a session."""
    return council.get(f"/sessions/{session}/record").json


def test_the_roll_is_saved_mark_by_mark_and_opens_the_session(council: Council) -> None:
    session, sitting = rolled(council, 0, 1)
    before = record(council, session)
    mark(council, sitting, 2, "present")
    mark(council, sitting, 3, "excused")
    council.done(f"/sittings/{sitting}/rest", {"mark": "unexcused"})

    declared = council.done(f"/sessions/{session}/declaration")

    live = before["quorum"]
    assert (live["present"], live["needed"], live["met"]) == (2, 3, False)
    assert all(live["explanation"][code] for code in ("ar", "fr", "en"))
    assert (declared["state"], declared["present"], declared["needed"]) == ("quorum_met", 3, 3)
    assert declared["article"] == "113-14 art 42"
    assert "3" in declared["calculation"]["fr"]
    marks = sorted(one.mark for one in council.review.rows(Attendance))
    assert marks == ["excused", "present", "present", "present", "unexcused"]
    assert council.types()[-2:] == ["sitting.quorum_met.v1", "session.opened.v1"]


def test_a_draft_roll_emits_nothing_and_the_same_form_again_adds_nothing(council: Council) -> None:
    _, sitting = rolled(council)
    told = len(council.types())
    key = {"Idempotency-Key": str(new_id())}

    first = mark(council, sitting, 0, "present", headers=key)
    again = mark(council, sitting, 0, "present", headers=key)
    fresh = mark(council, sitting, 0, "present")

    assert {one.status_code for one in (first, again, fresh)} == {200}
    assert len(council.review.rows(Attendance)) == 1
    assert len(council.types()) == told


def test_too_few_on_the_roll_fail_the_quorum_and_the_next_roll_is_the_second_call(
    council: Council,
) -> None:
    session, _ = rolled(council, 0, 1)

    failed = council.done(f"/sessions/{session}/declaration")
    council.today("2024-02-12")
    unsent = council.post(f"/sessions/{session}/roll")
    second = council.done(f"/sessions/{session}/roll", {"called_on": "2024-02-09"})

    assert failed["state"] == "quorum_failed"
    assert (unsent.status_code, unsent.json["errors"][0]["field"]) == (422, "called_on")
    assert second["call"] == 2


def test_who_leaves_later_does_not_undo_the_quorum_but_votes_no_more(council: Council) -> None:
    session, sitting = rolled(council, 0, 1, 2)
    (item,) = record(council, session)["items"]
    council.done(f"/sessions/{session}/declaration")

    mark(council, sitting, 0, "left")
    mark(council, sitting, 0, "left")
    too_many = council.post(f"/items/{item['id']}/vote", VOTE)
    mark(council, sitting, 4, "present")
    voted = council.done(f"/items/{item['id']}/vote", VOTE)

    assert (too_many.status_code, too_many.json["article"]) == (409, "113-14, 43")
    assert voted["state"] == "deliberated"
    changes = [one.data.what for one in council.review.emitted("sitting.attendance_changed.v1")]
    assert [(one["change"], one["there"]) for one in changes] == [("left", 2), ("arrived", 3)]
    (kept,) = council.review.rows(Sitting)
    assert (kept.state, kept.present) == ("quorum_met", 3)
    shown = record(council, session)["sittings"][0]
    marks = {one["person"]: (one["mark"], one["is_there"]) for one in shown["roll"]}
    assert marks[person("member-0")] == ("present", False)
    assert marks[person("member-4")] == ("unexcused", True)


def test_an_excuse_may_come_later_but_not_for_who_was_there(council: Council) -> None:
    session, sitting = rolled(council, 0, 1, 2)
    council.done(f"/sittings/{sitting}/rest", {"mark": "unexcused"})
    council.done(f"/sessions/{session}/declaration")

    excused = mark(council, sitting, 3, "excused")
    refused = mark(council, sitting, 0, "excused")

    assert excused.status_code == 200
    assert (refused.status_code, refused.json["article"]) == (409, "113-14, 42")


@pytest.mark.parametrize(
    ("number", "how", "status"), [(9, "present", 422), (0, "represented", 409), (0, "left", 409)]
)
def test_a_mark_that_cannot_be_is_refused(
    council: Council, number: int, how: str, status: int
) -> None:
    _, sitting = rolled(council)

    answer = mark(council, sitting, number, how)

    assert answer.status_code == status
    assert council.review.rows(Attendance) == []


def test_who_is_not_in_office_is_refused_with_the_article(council: Council) -> None:
    _, sitting = rolled(council)

    answer = mark(council, sitting, 9, "present", headers={"Accept-Language": "en"})

    assert answer.json["article"] == "113-14, 42"
    assert "not a member in office" in answer.text


def test_sittings_follow_one_another_each_with_its_roll(council: Council) -> None:
    session, opening = rolled(council, 0, 1, 2)
    council.done(f"/sessions/{session}/declaration")
    early = council.post(f"/sessions/{session}/roll")
    council.done(f"/sittings/{opening}/suspension")
    while_suspended = mark(council, opening, 3, "present")
    council.done(f"/sittings/{opening}/resumption")
    council.done(f"/sittings/{opening}/ending")
    council.today("2024-02-08")

    further = council.done(f"/sessions/{session}/roll")
    mark(council, further["id"], 0, "present")
    council.done(f"/sessions/{session}/declaration")

    assert early.status_code == while_suspended.status_code == 409
    assert (further["call"], further["number"]) == (0, 2)
    assert [one.state for one in council.review.rows(Sitting)] == ["ended", "open"]
    steps = [name for name in council.types() if name.startswith("sitting.")]
    assert steps == [
        "sitting.quorum_met.v1",
        "sitting.suspended.v1",
        "sitting.resumed.v1",
        "sitting.ended.v1",
        "sitting.opened.v1",
    ]


def test_closing_the_session_ends_its_sitting_and_drops_a_roll_that_was_begun(
    council: Council,
) -> None:
    session, opening = rolled(council, 0, 1, 2)
    council.done(f"/sessions/{session}/declaration")
    council.done(f"/sittings/{opening}/ending")
    council.done(f"/sessions/{session}/roll")

    council.done(f"/sessions/{session}/closing")

    assert [one.state for one in council.review.rows(Sitting)] == ["ended"]


def test_no_vote_is_taken_while_the_sitting_is_suspended(council: Council) -> None:
    session, sitting = rolled(council, 0, 1, 2)
    (item,) = record(council, session)["items"]
    council.done(f"/sessions/{session}/declaration")
    council.done(f"/sittings/{sitting}/suspension")

    answer = council.post(f"/items/{item['id']}/vote", VOTE)

    assert (answer.status_code, answer.json["article"]) == (409, "113-14, 33")


def test_the_closed_door_is_voted_on_and_opened_again(council: Council) -> None:
    session, sitting = rolled(council, 0, 1, 2)
    council.done(f"/sessions/{session}/declaration")
    door = f"/sittings/{sitting}/closed-door"

    lost = council.post(door, {"asked_by": "president", "votes_for": 1, "votes_against": 2})
    few = council.post(door, {"asked_by": "third", "members": 1, "votes_for": 3})
    closed = council.done(door, {"asked_by": "president", "votes_for": 2, "votes_against": 1})
    opened = council.done(f"/sittings/{sitting}/open-door")

    assert lost.json["article"] == few.json["article"] == "113-14, 48"
    assert (closed["private_for"], opened["private_for"]) == ("president", None)
    (told,) = council.review.emitted("sitting.doors_closed.v1")
    assert told.data.after["private_for"] == "president"


def test_the_record_names_the_members_for_the_council_only(council: Council) -> None:
    session, _ = rolled(council, 0)
    council.done(f"/members/{person('member-0')}/name", NAME)

    shown = record(council, session)

    assert shown["people"][person("member-0")] == NAME
    assert len(shown["members"]) == 5
    assert council.get(f"/sessions/{session}/record", role="petitioner").status_code == 403


def test_an_opening_recorded_at_once_may_name_its_members(council: Council) -> None:
    session, _ = council.convened()
    council.today(OPENS_ON)
    names = [{"person": person(f"member-{number}"), "mark": "present"} for number in range(3)]
    path = f"/sessions/{session}/sittings"

    both = council.post(path, {"call": 1, "present": 3, "attendance": names})
    made = council.done(path, {"call": 1, "attendance": names})

    assert both.status_code == 422
    assert (made["state"], made["present"], made["is_named"]) == ("quorum_met", 3, True)
