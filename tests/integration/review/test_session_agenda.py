"""A session from plan to notice: the agenda, its versions, and the last days of the law."""

from __future__ import annotations

from typing import Any

import pytest

from shared.testing.harness import AUTHORITY, Harness
from tests.integration.review.session_support import OPENS_ON, Council


@pytest.fixture
def council(harness_on: Any, database_kind: str) -> Council:
    """A council of 35 on either database."""
    review: Harness = harness_on("review", database_kind)
    return Council(review)


def test_a_planned_session_tells_nobody_and_shows_its_last_days_to_the_council(
    council: Council,
) -> None:
    session = council.planned()

    shown = council.get(f"/sessions/{session}").json

    assert council.types() == []
    assert shown["days"]["agenda_to_governor"]["latest_on"] == "2024-01-17"
    assert shown["days"]["notice_to_members"]["latest_on"] == "2024-01-27"
    assert shown["agenda_to_governor_latest"] == "2024-01-17"
    assert shown["notice_to_members_latest"] == "2024-01-27"
    assert shown["days"]["notice_to_members"]["article"] == "113-14 art 35"
    assert set(shown["days"]["notice_to_members"]["explanation"]) == {"ar", "fr", "en"}
    assert (shown["quorum"]["needed"], shown["quorum"]["in_office"]) == (18, 35)
    assert shown["allowed"] == ["call", "drop"]


def test_everybody_sees_called_sessions_and_only_the_council_planned_ones(
    council: Council,
) -> None:
    council.planned(opens_on="2024-05-07")
    council.today("2024-01-15")
    session = council.planned()
    case = council.accepted_petition()
    council.item(session, case=case)
    council.done(f"/sessions/{session}/call")

    public = council.public(f"/sessions?authority={AUTHORITY}").json["sessions"]
    own = council.get(f"/sessions?authority={AUTHORITY}").json["sessions"]

    assert [one["opens_on"] for one in public] == [OPENS_ON]
    assert [one["opens_on"] for one in own] == ["2024-05-07", OPENS_ON]
    assert public[0]["items"][0]["reference"] == "taroudant/2023/petition"
    assert council.public(f"/sessions/{session}").status_code == 401
    petitioner = council.get(f"/sessions/{session}", role="petitioner")
    assert petitioner.status_code == 403


def test_an_ordinary_session_outside_its_months_needs_a_reason_that_is_kept(
    council: Council,
) -> None:
    march = {"session_kind": "ordinary", "opens_on": "2024-03-05"}

    refused = council.post("/sessions", march)
    kept = council.done("/sessions", {**march, "exception_reason": "Élections de février"})

    assert refused.status_code == 422
    assert refused.json["errors"][0]["field"] == "opens_on"
    assert "2, 5, 10" in refused.json["detail"]
    assert kept["exception_reason"] == "Élections de février"


def test_only_the_president_calls_an_ordinary_session(council: Council) -> None:
    body = {"session_kind": "ordinary", "opens_on": OPENS_ON, "called_by": "governor"}

    answer = council.post("/sessions", body)

    assert answer.status_code == 422
    assert answer.json["errors"][0]["field"] == "called_by"


def test_the_call_sends_the_agenda_on_the_last_day(council: Council) -> None:
    session = council.planned()
    item = council.item(session)

    council.today("2024-01-17")
    council.done(f"/sessions/{session}/call")

    called = council.review.emitted("session.called.v1")
    assert [event.data.what for event in called] == [{"agenda": [item], "latest_on": "2024-01-17"}]
    assert called[0].data.after["agenda_version"] == 1


def test_the_agenda_is_not_sent_after_its_last_day(council: Council) -> None:
    session = council.planned()
    council.item(session)

    council.today("2024-01-18")
    refused = council.post(f"/sessions/{session}/call")

    assert council.review.emitted("session.called.v1") == []
    assert refused.status_code == 409
    assert refused.json["article"] == "113-14 art 38"
    assert "17 يناير 2024" in refused.json["detail"]


def test_a_session_without_an_agenda_is_not_called(council: Council) -> None:
    session = council.planned()

    answer = council.post(f"/sessions/{session}/call")

    assert answer.status_code == 409
    assert answer.json["article"] == "113-14, 38"


def test_convening_too_late_is_refused_with_the_last_day(council: Council) -> None:
    session = council.planned()
    council.item(session)
    council.done(f"/sessions/{session}/call")
    council.today("2024-01-28")

    answer = council.post(f"/sessions/{session}/convening")

    assert answer.status_code == 409
    assert answer.json["article"] == "113-14 art 35"
    assert "27 يناير 2024" in answer.json["detail"]
    assert council.get(f"/sessions/{session}").json["notice_to_members_on"] is None


def test_a_notice_recorded_late_counts_from_its_day_and_needs_a_reason(council: Council) -> None:
    session = council.planned()
    council.item(session)
    council.done(f"/sessions/{session}/call")
    council.today("2024-01-30")
    said = {"acted_on": "2024-01-25"}

    without = council.post(f"/sessions/{session}/convening", said)
    with_reason = council.done(
        f"/sessions/{session}/convening", {**said, "late_reason": "panne du système"}
    )

    assert without.json["errors"][0]["field"] == "late_reason"
    assert with_reason["notice_to_members_on"] == "2024-01-25"


def test_an_act_is_never_dated_in_the_future(council: Council) -> None:
    session = council.planned()
    council.item(session)

    answer = council.post(f"/sessions/{session}/call", {"acted_on": "2024-01-15"})

    assert answer.status_code == 422
    assert answer.json["errors"][0]["field"] == "acted_on"


def test_a_session_is_convened_only_once_it_was_called(council: Council) -> None:
    session = council.planned()
    council.item(session)

    answer = council.post(f"/sessions/{session}/convening")

    assert answer.status_code == 409
    assert answer.json["allowed"] == ["call", "refuse", "drop"]


def test_the_forums_observations_go_to_the_extraordinary_session_of_december(
    council: Council,
) -> None:
    council.today("2023-12-06")
    session = council.planned(session_kind="extraordinary", opens_on="2023-12-27")
    council.item(session)
    council.done(f"/sessions/{session}/call")
    council.today("2023-12-15")

    answer = council.done(f"/sessions/{session}/convening")

    assert answer["state"] == "convened"
    assert council.review.emitted("session.convened.v1")[0].data.what["latest_on"] == "2023-12-17"


def test_a_session_that_the_members_forced_is_not_bound_by_the_twenty_days(
    council: Council,
) -> None:
    council.today("2023-12-10")
    session = council.planned(
        session_kind="extraordinary",
        opens_on="2023-12-24",
        called_by="absolute-majority",
        requested_on="2023-12-10",
        requested_by_members=18,
    )
    council.item(session)

    council.done(f"/sessions/{session}/call")

    assert council.get(f"/sessions/{session}").json["days"]["agenda_to_governor"] is None


def test_a_planned_session_cannot_be_postponed(council: Council) -> None:
    session = council.planned()

    answer = council.post(f"/sessions/{session}/postponement", {"reason": "other"})

    assert answer.status_code == 409


def test_a_president_acts_only_while_in_office(council: Council) -> None:
    session = council.planned()
    council.item(session)

    answer = council.post(f"/sessions/{session}/call", role="president", who="nobody")

    assert answer.status_code == 403
    assert council.review.emitted("session.called.v1") == []


def test_another_authority_sees_neither_session_nor_item(council: Council) -> None:
    council.review.know_authority("tiznit")
    session, item = council.convened()
    foreign = {"authority": "tiznit"}

    answers = [
        council.get(f"/sessions/{session}", **foreign),
        council.post(f"/sessions/{session}/call", **foreign),
        council.post(f"/items/{item}/postponement", {"reason": "other"}, **foreign),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
