"""Recorded days and counts around a session are corrected by new acts, and what depends follows."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.review.control.models import Decision
from services.review.control.timers import make_decisions_enforceable
from services.review.council.models import Mandate
from services.review.sessions.models import CouncilSession, Sitting
from shared.testing.harness import Harness, person
from tests.integration.review.session_support import OPENS_ON, VOTE, Council

WHY = {"because": "Erreur de saisie."}


@pytest.fixture
def council(harness_on: Any, database_kind: str) -> Council:
    """A council of 35 on either database."""
    review: Harness = harness_on("review", database_kind)
    return Council(review)


def corrected(council: Council, path: str, **body: Any) -> Any:
    """The answer to a correction by a second person."""
    who = body.pop("who", "second")
    return council.post(path, {**WHY, **body}, who=who)


def test_a_later_receipt_moves_the_day_and_the_clock_waits_for_the_new_one(
    council: Council,
) -> None:
    decision = council.transmitted()
    path = f"/decisions/{decision}/receipt-rectification"
    council.today("2024-02-22")

    alone = corrected(council, path, governor_receipt_on="2024-02-22", who="somebody")
    shown = corrected(council, path, governor_receipt_on="2024-02-22").json
    council.today("2024-02-24")
    make_decisions_enforceable(council.review.context)
    early = [row.state for row in council.review.rows(Decision)]
    council.today("2024-02-28")
    make_decisions_enforceable(council.review.context)

    assert (alone.status_code, alone.json["article"]) == (409, "113-14, 47")
    assert shown["enforceable_from"] == "2024-02-28"
    assert early == ["transmitted"]
    assert [row.state for row in council.review.rows(Decision)] == ["enforceable"]
    old = council.review.emitted("decision.transmitted.v1")[0]
    (new,) = council.review.emitted("decision.dates_rectified.v1")
    assert new.data.corrects == old.id
    assert new.data.what["was_receipt_on"] == "2024-02-20"
    assert "saisie" not in str(new.data)


def test_a_decision_held_enforceable_too_early_is_with_the_governor_again(
    council: Council,
) -> None:
    decision = council.transmitted()
    council.today("2024-02-24")
    make_decisions_enforceable(council.review.context)

    path = f"/decisions/{decision}/receipt-rectification"
    corrected(council, path, governor_receipt_on="2024-02-23")
    council.done(f"/decisions/{decision}/opposition", {"received_on": "2024-02-24"})

    assert council.types()[-3:] == [
        "decision.enforceable.v1",
        "decision.dates_rectified.v1",
        "decision.opposed.v1",
    ]
    (row,) = council.review.rows(Decision)
    assert (row.state, row.governor_receipt_on) == ("opposed", date(2024, 2, 23))


def test_a_receipt_corrected_away_and_back_makes_the_decision_enforceable_again(
    council: Council,
) -> None:
    decision = council.transmitted()
    council.today("2024-02-24")
    make_decisions_enforceable(council.review.context)
    path = f"/decisions/{decision}/receipt-rectification"

    corrected(council, path, governor_receipt_on="2024-02-23")
    away = [row.state for row in council.review.rows(Decision)]
    corrected(council, path, governor_receipt_on="2024-02-20", who="third")
    for _ in range(2):
        make_decisions_enforceable(council.review.context)

    (row,) = council.review.rows(Decision)
    assert away == ["transmitted"]
    assert (row.state, row.enforceable_from) == ("enforceable", date(2024, 2, 24))
    assert council.types().count("decision.enforceable.v1") == 2


@pytest.mark.parametrize("receipt", ["2024-02-19", "2024-02-21"])
def test_a_receipt_before_the_sending_or_to_come_is_refused(council: Council, receipt: str) -> None:
    decision = council.transmitted()

    answer = corrected(
        council, f"/decisions/{decision}/receipt-rectification", governor_receipt_on=receipt
    )

    assert (answer.status_code, answer.json["article"]) == (409, "113-14, 116")
    (row,) = council.review.rows(Decision)
    assert row.governor_receipt_on == date(2024, 2, 20)


def test_the_days_of_call_receipt_and_notice_are_corrected_beside_the_old_acts(
    council: Council,
) -> None:
    session, _ = council.convened()
    path = f"/sessions/{session}/date-rectification"
    council.done(
        f"/sessions/{session}/governor-receipt",
        {"received_on": "2024-01-16", "acted_on": "2024-01-25"},
    )

    answers = [
        corrected(council, path, of="call", day="2024-01-14"),
        corrected(council, path, of="note_receipt", day="2024-01-15"),
        corrected(council, path, of="convene", day="2024-01-24"),
    ]

    assert [one.status_code for one in answers] == [200, 200, 200]
    (row,) = council.review.rows(CouncilSession)
    assert (row.agenda_to_governor_on, row.notice_to_members_on) == (
        date(2024, 1, 14),
        date(2024, 1, 24),
    )
    told = council.review.emitted("session.rectified.v1")
    assert [one.data.what["was"] for one in told] == ["2024-01-15", "2024-01-16", "2024-01-25"]
    assert told[0].data.corrects == council.review.emitted("session.called.v1")[0].id
    agenda = council.get(f"/sessions/{session}/agenda").json
    assert agenda["governor_latest"] == "2024-01-23"


@pytest.mark.parametrize(
    ("body", "status", "told"),
    [
        ({"of": "call", "day": "2024-01-18"}, 409, "113-14, 38"),
        ({"of": "convene", "day": "2024-01-14"}, 409, "113-14, 35"),
        ({"of": "convene", "day": "2024-01-28"}, 422, "day"),
        ({"of": "convene", "day": "2024-01-25"}, 422, "day"),
        ({"of": "close", "day": "2024-01-24"}, 422, "of"),
        ({"of": "call", "day": "2024-01-14", "because": ""}, 422, "because"),
        ({"of": "note_receipt", "day": "2024-01-20"}, 409, "illegal-step"),
    ],
)
def test_a_day_that_cannot_be_is_refused(
    council: Council, body: dict[str, Any], status: int, told: str
) -> None:
    session, _ = council.convened()

    answer = corrected(council, f"/sessions/{session}/date-rectification", **body)

    assert answer.status_code == status
    fields = [one["field"] for one in answer.json.get("errors", [])]
    assert told in {answer.json.get("article"), answer.json["code"], *fields}
    assert council.review.emitted("session.rectified.v1") == []


def counted(council: Council, *, votes: bool = True) -> tuple[str, str]:
    """A session opened with 27 of 35, voted in; session and sitting."""
    session, item = council.opened()
    if votes:
        council.done(f"/items/{item}/vote", VOTE)
    (sitting,) = council.review.rows(Sitting)
    return session, str(sitting.id)


def test_a_count_is_corrected_with_the_members_in_office_as_they_are_known_now(
    council: Council,
) -> None:
    session, sitting = counted(council)
    mandate = next(
        one for one in council.review.rows(Mandate) if str(one.person_id) == person("member-34")
    )
    late = {"reason": "resigned", "acted_on": "2024-02-05", "late_reason": "Lettre reçue après."}
    council.done(f"/mandates/{mandate.id}/ending", late)
    path = f"/sessions/{session}/count-rectification"

    alone = corrected(council, path, sitting=sitting, present=28, who="somebody")
    shown = corrected(council, path, sitting=sitting, present=28).json

    assert (alone.status_code, alone.json["article"]) == (409, "113-14, 47")
    assert (shown["present"], shown["in_office"], shown["needed"]) == (28, 34, 18)
    assert "34" in shown["calculation"]["fr"]
    (new,) = council.review.emitted("sitting.rectified.v1")
    assert new.data.corrects == council.review.emitted("sitting.quorum_met.v1")[0].id
    assert (new.data.what["was_present"], new.data.what["was_in_office"]) == (27, 35)
    (seen,) = council.get(f"/sessions/{session}").json["sittings"]
    assert seen["corrected"] == [{"corrected_on": OPENS_ON, "present": 27, "in_office": 35}]


@pytest.mark.parametrize(
    ("present", "status", "told"),
    [(17, 409, "113-14, 42"), (26, 409, "113-14, 43"), (36, 422, "present"), (-1, 422, "present")],
)
def test_a_count_that_would_undo_what_was_decided_is_refused(
    council: Council, present: int, status: int, told: str
) -> None:
    session, sitting = counted(council)

    answer = corrected(
        council, f"/sessions/{session}/count-rectification", sitting=sitting, present=present
    )

    assert answer.status_code == status
    said = answer.json.get("article") if status == 409 else answer.json["errors"][0]["field"]
    assert said == told
    assert [row.present for row in council.review.rows(Sitting)] == [27]
