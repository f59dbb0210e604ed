"""A roll by name is corrected by a new act of a second person; its quorum is counted again."""

from __future__ import annotations

from typing import Any

import pytest

from services.review.sessions.attendance_models import Attendance
from services.review.sessions.models import Sitting
from shared.testing.harness import Harness, person
from tests.integration.review.document_support import QuickPress
from tests.integration.review.session_support import OPENS_ON, Council

THREE = {"votes_for": 3, "votes_against": 0, "abstentions": 0}
WHY = {"because": "Signature d'un autre."}


@pytest.fixture
def council(harness_on: Any, database_kind: str) -> Council:
    """A council of five on either database: three are a quorum."""
    review: Harness = harness_on("review", database_kind)
    return Council(review, members=5)


def rolled(council: Council, *present: int) -> tuple[str, str, str]:
    """A session opened by its roll, some members present, the others absent; session, sitting and
    item."""
    session, item = council.convened()
    council.today(OPENS_ON)
    sitting = council.done(f"/sessions/{session}/roll")["id"]
    for number in present:
        mark(council, sitting, number, "present")
    council.done(f"/sittings/{sitting}/rest", {"mark": "unexcused"})
    council.done(f"/sessions/{session}/declaration")
    return session, sitting, item


def mark(council: Council, sitting: str, number: int, how: str) -> None:
    """Enter one member."""
    council.done(f"/sittings/{sitting}/marks", {"person": who(number), "mark": how})


def who(number: int) -> str:
    """A member by number."""
    return person(f"member-{number}")


def corrected(council: Council, session: str, sitting: str, **marks: Any) -> Any:
    """The answer to a correction of marks, as ``m0="present"``, by a second person."""
    entered = [
        {"person": who(int(name[1:])), "mark": how}
        for name, how in marks.items()
        if name.startswith("m")
    ]
    body = {**WHY, "sitting": sitting, "attendance": entered, **marks.get("body", {})}
    return council.post(
        f"/sessions/{session}/roll-rectification", body, who=marks.get("by", "second")
    )


def test_who_was_there_is_corrected_and_the_quorum_is_counted_again(council: Council) -> None:
    session, sitting, _ = rolled(council, 0, 1, 2)

    alone = corrected(council, session, sitting, m3="present", by="somebody")
    shown = corrected(council, session, sitting, m3="present", m4="excused")

    assert (alone.status_code, alone.json["article"]) == (409, "113-14, 47")
    assert (shown.status_code, shown.json["present"], shown.json["needed"]) == (200, 4, 3)
    assert "4" in shown.json["calculation"]["fr"]
    marks = {
        str(one.person_id): (one.mark, one.is_there) for one in council.review.rows(Attendance)
    }
    assert marks[who(3)] == ("present", True)
    assert marks[who(4)] == ("excused", False)
    old = council.review.emitted("sitting.quorum_met.v1")[0]
    (new,) = council.review.emitted("sitting.rectified.v1")
    assert (new.data.corrects, new.data.trigger) == (old.id, "rectify_roll")
    assert new.data.what["was_present"] == 3
    assert new.data.what["marks"] == [
        {"person": who(3), "was": "unexcused", "now": "present"},
        {"person": who(4), "was": "unexcused", "now": "excused"},
    ]
    assert "autre" not in str(new.data)


def test_who_came_later_stays_in_the_room_though_the_mark_is_corrected(council: Council) -> None:
    session, sitting, _ = rolled(council, 0, 1, 2, 3)
    mark(council, sitting, 4, "present")
    mark(council, sitting, 0, "left")

    corrected(council, session, sitting, m4="excused", m3="unexcused")

    there = {str(one.person_id): one.is_there for one in council.review.rows(Attendance)}
    assert [there[who(number)] for number in range(5)] == [False, True, True, False, True]


@pytest.mark.parametrize(
    ("marks", "status", "told"),
    [
        ({"m2": "unexcused"}, 409, "113-14, 42"),
        ({"m0": "present"}, 422, "attendance"),
        ({"m9": "present"}, 422, "person"),
        ({"m3": "represented"}, 409, "113-14, 42"),
        ({"m3": "left"}, 422, "attendance"),
        ({}, 422, "attendance"),
        ({"m3": "present", "body": {"because": ""}}, 422, "because"),
    ],
)
def test_a_roll_that_cannot_be_is_refused_and_nothing_changes(
    council: Council, marks: dict[str, Any], status: int, told: str
) -> None:
    session, sitting, _ = rolled(council, 0, 1, 2)

    answer = corrected(council, session, sitting, **marks)

    assert answer.status_code == status
    fields = [one["field"].partition(".")[0] for one in answer.json.get("errors", [])]
    assert told in {answer.json.get("article"), *fields}
    assert [row.present for row in council.review.rows(Sitting)] == [3]
    assert sum(one.mark == "present" for one in council.review.rows(Attendance)) == 3


def test_who_voted_by_name_was_there(council: Council) -> None:
    session, sitting, item = rolled(council, 0, 1, 2, 3)
    names = [{"person": who(number), "side": "for"} for number in range(4)]
    council.done(f"/items/{item}/vote", {"mode": "by-name", "names": names})

    answer = corrected(council, session, sitting, m3="unexcused")

    assert (answer.status_code, answer.json["article"]) == (409, "113-14, 43")
    assert answer.json["remedy"]
    right = {"mode": "by-name", "names": names[:3], "because": "Ligne de trop."}
    council.done(f"/items/{item}/vote-rectification", right, who="second")
    assert corrected(council, session, sitting, m3="unexcused").status_code == 200


@pytest.mark.parametrize("named", [True, False])
def test_what_the_governor_has_is_deliberated_again_instead(council: Council, named: bool) -> None:
    if named:
        session, sitting, item = rolled(council, 0, 1, 2)
    else:
        session, item = council.convened()
        council.today(OPENS_ON)
        opened = council.done(f"/sessions/{session}/sittings", {"call": 1, "present": 3})
        sitting = opened["id"]
    council.done(f"/items/{item}/vote", THREE)
    council.done(f"/sessions/{session}/closing")
    decision = council.decisions()[0]["id"]
    council.done(f"/decisions/{decision}/classification", {"matter": None})
    council.today("2024-02-20")
    council.done(f"/decisions/{decision}/transmission", {"governor_receipt_on": "2024-02-20"})

    if named:
        answer = corrected(council, session, sitting, m3="present")
    else:
        body = {**WHY, "sitting": sitting, "present": 4}
        answer = council.post(f"/sessions/{session}/count-rectification", body, who="second")

    assert (answer.status_code, answer.json["article"]) == (409, "113-14, 117")
    assert answer.json["remedy"]
    assert council.review.emitted("sitting.rectified.v1") == []


def test_a_roll_is_not_corrected_by_number_nor_a_number_by_names(council: Council) -> None:
    session, sitting, _ = rolled(council, 0, 1, 2)

    body = {**WHY, "sitting": sitting, "present": 4}
    answer = council.post(f"/sessions/{session}/count-rectification", body, who="second")

    assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, "sitting")


def test_minutes_and_session_name_whose_mark_was_corrected(council: Council) -> None:
    council.review.context.press = QuickPress()  # type: ignore[assignment]
    council.done(f"/members/{who(3)}/name", {"ar": "العضو الثالث", "latin": "Membre troisième"})
    session, sitting, item = rolled(council, 0, 1, 2)
    council.done(f"/items/{item}/vote", THREE)
    council.done(f"/sessions/{session}/closing")
    corrected(council, session, sitting, m3="present")

    (shown,) = council.get(f"/sessions/{session}").json["corrections"]
    about = {"kind": "minutes", "about": session}
    document = council.done("/documents", about)
    printed = council.get(f"/documents/{document['id']}/fr").text

    assert shown["marks"] == [
        {
            "person": who(3),
            "was": "unexcused",
            "now": "present",
            "ar": "العضو الثالث",
            "latin": "Membre troisième",
        }
    ]
    assert printed.count("Membre troisième") == 2
    assert "Inscrit auparavant" in printed
