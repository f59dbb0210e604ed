"""Committees at work: meetings called and held by name, hearings set and recorded (article 28)."""

from __future__ import annotations

from typing import Any

import pytest

from services.review.council.meeting_models import CommitteeMeeting, CommitteePresence, Hearing
from shared.testing.harness import Harness, person
from tests.integration.review.case_support import Desk

MEETS_ON = "2023-11-27"


@pytest.fixture
def desk(harness_on: Any, database_kind: str) -> Desk:
    """A council with two committees, two more members on the social one, on either database."""
    harness: Harness = harness_on("review", database_kind)
    desk = Desk(harness)
    for name in ("plain", "vice"):
        desk.sit(name, "committee-member", committee=desk.committees["social"])
    return desk


def call(desk: Desk, *, who: str = "chair", **said: Any) -> Any:
    """Try to call a meeting of the social committee."""
    body = {"called_by": "chair", "meets_on": MEETS_ON, **said}
    return desk.post(f"/committees/{desk.committees['social']}/meetings", body, who=who)


def called(desk: Desk, case: str) -> str:
    """A meeting about a case."""
    answer = call(desk, cases=[case])
    assert answer.status_code == 201, answer.text
    return str(answer.json["id"])


def held(desk: Desk, meeting: str, *names: str) -> Any:
    """Try to record who was at a meeting."""
    roll = [{"person": person(name), "mark": "present"} for name in names]
    return desk.post(f"/committee-meetings/{meeting}/attendance", {"attendance": roll})


def test_a_meeting_is_called_held_and_told(desk: Desk) -> None:
    case = desk.referred()
    meeting = called(desk, case)
    desk.today(MEETS_ON)

    done = held(desk, meeting, "chair", "plain")

    assert done.status_code == 200
    marks = {row.person_id: row.mark for row in desk.review.rows(CommitteePresence)}
    assert sorted(marks.values()) == ["present", "present", "unexcused"]
    (made,) = desk.review.emitted("committee.meeting_called.v1")
    assert made.data.what["cases"] == [case]
    (met,) = desk.review.emitted("committee.met.v1")
    assert (met.data.what["present"], met.data.what["seats"]) == (2, 3)
    assert met.data.acted_on.isoformat() == MEETS_ON


@pytest.mark.parametrize(("members", "status"), [(None, 409), (1, 201), (3, 201)])
def test_a_third_of_the_committee_can_call_it(desk: Desk, members: int | None, status: int) -> None:
    desk.referred()

    answer = call(desk, who="clerk", called_by="third", members=members)

    assert answer.status_code == status
    if status == 409:
        assert answer.json["article"] == "113-14, 28"


def test_the_president_calls_in_the_own_name_and_a_chair_the_own_committee(desk: Desk) -> None:
    desk.referred()

    by_president = call(desk, who="chief", called_by="president")
    for_another = call(desk, who="chief", called_by="chair")
    other_chair = call(desk, who="other-chair")
    member = call(desk, who="plain")

    assert by_president.status_code == 201
    assert [one.status_code for one in (for_another, other_chair, member)] == [403, 403, 403]
    assert len(desk.review.rows(CommitteeMeeting)) == 1


def test_a_committee_meets_about_what_was_referred_to_it(desk: Desk) -> None:
    case = desk.admitted()

    answer = call(desk, cases=[case])

    assert (answer.status_code, answer.json["article"]) == (409, "113-14, 28")
    assert desk.review.rows(CommitteeMeeting) == []


def test_only_who_sits_on_the_committee_is_on_its_roll_and_once(desk: Desk) -> None:
    meeting = called(desk, desk.referred())
    early = held(desk, meeting, "chair")
    desk.today(MEETS_ON)

    stranger = held(desk, meeting, "other-chair")
    nobody = desk.post(
        f"/committee-meetings/{meeting}/attendance",
        {"attendance": [{"person": person("chair"), "mark": "excused"}]},
    )
    first = held(desk, meeting, "chair")
    again = held(desk, meeting, "chair", "plain")

    assert [early.status_code, stranger.status_code, nobody.status_code] == [422, 422, 409]
    assert (first.status_code, again.status_code) == (200, 409)


def test_a_meeting_on_an_earlier_day_says_why_it_is_recorded_late(desk: Desk) -> None:
    meeting = called(desk, desk.referred())
    desk.today("2023-12-04")
    roll = [{"person": person("chair"), "mark": "present"}]
    path = f"/committee-meetings/{meeting}/attendance"

    silent = desk.post(path, {"attendance": roll})
    said = desk.post(path, {"attendance": roll, "late_reason": "Saisi après."})

    assert (silent.status_code, said.status_code) == (422, 200)


def test_a_hearing_is_set_told_and_recorded_and_its_text_stays_inside(desk: Desk) -> None:
    case = desk.referred()
    meeting = called(desk, case)
    desk.done(f"/cases/{case}/hearing", {"meeting": meeting}, who="chair")
    desk.today(MEETS_ON)
    held(desk, meeting, "chair")
    said = {"meeting": meeting, "came": True, "text": "Le terrain appartient à la commune."}

    desk.done(f"/cases/{case}/hearing-record", said, who="chair")

    (set_,) = desk.review.emitted("case.hearing_set.v1")
    assert (set_.data.what["who"], set_.data.what["meets_on"]) == (
        "legal-representative",
        MEETS_ON,
    )
    (heard,) = desk.review.emitted("case.heard.v1")
    assert heard.data.what == {"meeting": meeting, "came": True}
    (row,) = desk.review.rows(Hearing)
    assert (row.came, row.text) == (True, said["text"])
    (shown,) = desk.get(f"/cases/{case}").json["meetings"]
    assert shown["hearing"]["came"] is True


def test_a_hearing_has_its_order(desk: Desk) -> None:
    case, other = desk.referred(), desk.referred("second")
    meeting = called(desk, case)
    record = {"meeting": meeting, "came": True}

    early = desk.post(f"/cases/{case}/hearing-record", record)
    elsewhere = desk.post(f"/cases/{other}/hearing", {"meeting": meeting})
    desk.done(f"/cases/{case}/hearing", {"meeting": meeting})
    twice = desk.post(f"/cases/{case}/hearing", {"meeting": meeting})
    before = desk.post(f"/cases/{case}/hearing-record", record)
    desk.today(MEETS_ON)
    held(desk, meeting, "chair")
    desk.done(f"/cases/{case}/hearing-record", record)
    again = desk.post(f"/cases/{case}/hearing-record", record)

    refused = (early, elsewhere, twice, before, again)
    assert [one.status_code for one in refused] == [409] * 5
    assert {one.json["article"] for one in refused} == {"113-14, 28"}


def test_a_committee_is_read_with_members_petitions_and_meetings(desk: Desk) -> None:
    case = desk.referred()
    meeting = called(desk, case)
    desk.today(MEETS_ON)
    held(desk, meeting, "chair")

    shown = desk.get(f"/committees/{desk.committees['social']}", who="plain").json

    assert [one["office"] for one in shown["members"]] == [
        "committee-chair",
        "committee-member",
        "committee-member",
    ]
    assert [one["id"] for one in shown["cases"]] == [case]
    (made,) = shown["meetings"]
    assert (made["is_held"], len(made["roll"])) == (True, 3)
