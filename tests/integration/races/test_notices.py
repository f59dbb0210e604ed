"""A convening notice fails before or after the last of its ten days, or after the opening."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from services.review.council.models import Mandate
from services.review.sessions.models import CouncilSession
from services.review.sessions.notice_models import FailedNotice, NoticeChoice
from shared.testing.harness import AUTHORITY, person
from tests.integration.races.table import race
from tests.integration.review.session_support import OPENS_ON, Council

LAST_DAY, AFTER = "2024-01-27", "2024-01-29"
CAME_BACK = {"person": person("member-1"), "channel": "registered-post", "reason": "returned"}
BY_HAND = {"channel": "hand", "proof": "registre 12"}
GO_ON = {"choice": "go-on", "reason": "Le membre a été joint par téléphone."}
ANEW = {"choice": "convene-anew", "reason": "Le membre n'a rien reçu."}


def seat_president(council: Council) -> None:
    """The first member is the president."""
    row = {"person_id": UUID(person("member-0")), "office": "president", "state": "active"}
    council.add(Mandate(authority=AUTHORITY, sequence=1, from_on=date(2021, 9, 20), **row))


def failed(council: Council, session: str, *, on: str, **changes: Any) -> Any:
    """A member's notice came back on a day."""
    council.today(on)
    return council.post(f"/sessions/{session}/failed-notices", {**CAME_BACK, **changes})


def chosen(council: Council, session: str, body: Any) -> Any:
    """The president's choice."""
    return council.post(
        f"/sessions/{session}/notice-choice", body, role="president", who="member-0"
    )


def opened(council: Council, session: str) -> Any:
    """The council meets on its day."""
    council.today(OPENS_ON)
    return council.post(f"/sessions/{session}/sittings", {"call": 1, "present": 5})


def urgent(council: Council) -> Any:
    """What the queue calls urgent."""
    return council.get("/failed-notices").json["sessions"]


def state(council: Council) -> str:
    """How the session stands."""
    return str(council.review.rows(CouncilSession)[0].state)


@race("failed notice and its last day", first="failure")
def test_a_notice_that_fails_before_the_last_day_is_an_urgent_task_until_it_is_sent_again(
    council: Council,
) -> None:
    seat_president(council)
    session, _ = council.convened()

    row = failed(council, session, on=LAST_DAY).json
    waiting, early = urgent(council), chosen(council, session, GO_ON)
    council.done(f"/sessions/{session}/failed-notices/{row['id']}/renewal", BY_HAND)

    assert row["latest_on"] == LAST_DAY
    assert [(one["session"], one["is_late"]) for one in waiting] == [(session, False)]
    assert (early.status_code, early.json["article"]) == (409, "113-14, 35")
    assert urgent(council) == []
    assert opened(council, session).status_code == 201
    assert council.types()[2:5] == [
        "session.convened.v1",
        "session.notice_failed.v1",
        "session.notice_renewed.v1",
    ]


@race("failed notice and its last day", first="last day")
def test_a_notice_that_fails_after_the_last_day_waits_for_the_presidents_choice(
    council: Council,
) -> None:
    seat_president(council)
    session, _ = council.convened()

    row = failed(council, session, on=AFTER).json
    council.done(f"/sessions/{session}/failed-notices/{row['id']}/renewal", BY_HAND)
    waiting, refused = urgent(council), opened(council, session)
    choice = chosen(council, session, GO_ON)

    assert [one["is_late"] for one in waiting] == [True]
    assert (refused.status_code, refused.json["article"]) == (409, "113-14, 35")
    assert (choice.status_code, choice.json["members"]) == (201, 1)
    assert urgent(council) == []
    assert opened(council, session).status_code == 201
    (told,) = council.review.emitted("session.notice_judged.v1")
    assert told.data.what["choice"] == "go-on"
    assert GO_ON["reason"] not in str(told)


def test_convening_anew_puts_the_session_off_and_its_items_go_back(council: Council) -> None:
    seat_president(council)
    session, _ = council.convened()
    failed(council, session, on=AFTER)

    assert chosen(council, session, ANEW).status_code == 201

    assert (state(council), urgent(council)) == ("postponed", [])
    assert council.types()[-3:] == [
        "session.notice_judged.v1",
        "item.postponed.v1",
        "session.postponed.v1",
    ]
    assert [row.choice for row in council.review.rows(NoticeChoice)] == ["convene-anew"]


@race("failed notice and opening", first="failure")
def test_a_session_does_not_open_over_a_failed_notice_that_nobody_judged(council: Council) -> None:
    seat_president(council)
    session, _ = council.convened()
    failed(council, session, on=LAST_DAY)

    refused = opened(council, session)

    assert (refused.status_code, refused.json["code"]) == (409, "rule-refused")
    assert (state(council), council.types()[-1]) == ("convened", "session.notice_failed.v1")


@race("failed notice and opening", first="opening")
def test_a_failure_heard_of_after_the_opening_changes_nothing_any_more(council: Council) -> None:
    session, _ = council.convened()
    assert opened(council, session).status_code == 201

    late = failed(council, session, on=OPENS_ON)

    assert (late.status_code, late.json["code"]) == (409, "illegal-step")
    assert (state(council), council.review.rows(FailedNotice)) == ("opened", [])


def test_a_proof_by_another_channel_stands_against_a_failed_one(council: Council) -> None:
    session, _ = council.convened()
    everybody = {"channel": "hand", "proof": "registre 1"}
    council.done(f"/sessions/{session}/convocations", everybody)

    failed(council, session, on=AFTER, channel="electronic", reason="not-delivered")

    assert urgent(council) == []
    assert opened(council, session).status_code == 201


def test_only_the_president_chooses_and_each_failure_is_noted_once(council: Council) -> None:
    session, _ = council.convened()
    first = failed(council, session, on=AFTER)

    again = failed(council, session, on=AFTER)
    other = council.post(f"/sessions/{session}/notice-choice", GO_ON)

    assert [one.status_code for one in (first, again, other)] == [201, 409, 403]
    assert len(council.review.rows(FailedNotice)) == 1
