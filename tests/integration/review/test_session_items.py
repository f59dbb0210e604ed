"""What goes on the agenda of a session, what must, what may not, and what comes off it."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from services.review.cases.consultation_models import ReceivedOpinion
from services.review.sessions.models import CouncilSession, Item
from shared.testing.harness import AUTHORITY, Harness, person
from tests.integration.review.session_support import SUBJECT, Council


@pytest.fixture
def council(harness_on: Any, database_kind: str) -> Council:
    """A council of 35 on either database."""
    review: Harness = harness_on("review", database_kind)
    return Council(review)


def test_an_accepted_petition_cannot_be_left_off_the_agenda(council: Council) -> None:
    council.accepted_petition()
    session = council.planned()
    council.item(session)

    answer = council.post(f"/sessions/{session}/call")

    assert answer.status_code == 409
    assert "taroudant/2023/petition" in answer.json["detail"]
    assert council.review.emitted("session.called.v1") == []


def test_a_petition_accepted_after_the_agendas_last_day_does_not_stop_the_notice(
    council: Council,
) -> None:
    session = council.planned()
    council.item(session)
    council.done(f"/sessions/{session}/call")
    council.today("2024-01-25")
    council.accepted_petition(decided_on=date(2024, 1, 20))

    council.done(f"/sessions/{session}/convening")


def test_an_item_after_the_call_raises_the_version_that_the_notice_freezes(
    council: Council,
) -> None:
    council.today("2024-01-15")
    session = council.planned()
    first = council.item(session)
    council.done(f"/sessions/{session}/call")
    second = council.item(session)
    assert council.get(f"/sessions/{session}").json["agenda_version"] == 2
    assert council.review.rows(CouncilSession)[0].agenda_version == 1

    council.today("2024-01-25")
    council.done(f"/sessions/{session}/convening")

    what = council.review.emitted("session.convened.v1")[0].data.what
    assert what == {"agenda": [first, second], "agenda_version": 2, "latest_on": "2024-01-27"}
    assert [item.position for item in council.review.rows(Item)] == [1, 2]


def test_nothing_is_put_on_the_agenda_after_the_notice(council: Council) -> None:
    session, _ = council.convened()

    answer = council.post(f"/sessions/{session}/items", {"subject": SUBJECT})

    assert answer.status_code == 409
    assert answer.json["article"] == "113-14, 41"
    assert len(council.review.rows(Item)) == 1


@pytest.mark.parametrize("state", ["open", "refused", "withdrawn"])
def test_only_an_accepted_petition_goes_on_the_agenda(council: Council, state: str) -> None:
    case = council.accepted_petition(state=state)
    session = council.planned()

    answer = council.post(f"/sessions/{session}/items", {"case": case})

    assert answer.status_code == 409
    assert council.review.rows(Item) == []


def test_a_petition_is_an_item_once_and_never_of_an_extraordinary_session(
    council: Council,
) -> None:
    case = council.accepted_petition()
    council.today("2023-11-20")
    ordinary, other = council.planned(), council.planned(opens_on="2024-05-07")
    extraordinary = council.planned(session_kind="extraordinary", opens_on="2023-12-27")

    refused = council.post(f"/sessions/{extraordinary}/items", {"case": case})
    council.item(ordinary, case=case)
    twice = council.post(f"/sessions/{other}/items", {"case": case})

    assert (refused.status_code, twice.status_code) == (409, 409)
    assert [str(item.session_id) for item in council.review.rows(Item)] == [ordinary]


def test_an_item_is_either_a_petition_that_exists_or_a_subject(council: Council) -> None:
    session = council.planned()
    path = f"/sessions/{session}/items"

    answers = [
        council.post(path, {}),
        council.post(path, {"subject": SUBJECT, "case": person("x")}),
        council.post(path, {"case": person("nobody")}),
    ]

    assert [answer.status_code for answer in answers] == [422, 422, 422]
    assert {answer.json["errors"][0]["field"] for answer in answers} == {"case"}


def test_a_session_shows_the_opinions_received_for_it_and_for_its_petitions(
    council: Council,
) -> None:
    session, case = council.planned(), council.accepted_petition()
    council.today("2023-11-20")
    council.item(session, case=case)
    places = {"of-session": {"session_id": UUID(session)}, "of-petition": {"case_id": UUID(case)}}
    for name, place in {**places, "of-another": {"case_id": UUID(person("other"))}}.items():
        council.add(
            ReceivedOpinion(
                opinion_id=UUID(person(name)),
                authority=AUTHORITY,
                body_id=UUID(person("forum")),
                subject_line=SUBJECT,
                origin="own-initiative",
                submitted_on=date(2023, 10, 16),
                receipt="R",
                **place,
            )
        )

    papers = council.get(f"/sessions/{session}").json["papers"]

    assert {paper["opinion"] for paper in papers} == {person(name) for name in places}


def test_a_postponed_session_gives_its_items_back_in_the_same_transaction(
    council: Council,
) -> None:
    case = council.accepted_petition()
    council.today("2024-01-15")
    session, later = council.planned(), council.planned(opens_on="2024-05-07")
    council.item(session, case=case)
    council.item(session)
    council.done(f"/sessions/{session}/call")

    council.done(f"/sessions/{session}/postponement", {"reason": "preparation"})

    assert council.types()[-3:] == ["item.postponed.v1"] * 2 + ["session.postponed.v1"]
    reasons = [event.data.what["reason"] for event in council.review.emitted("item.postponed.v1")]
    assert reasons == ["session-postponed"] * 2
    council.item(later, case=case)


def test_a_reason_is_a_code_and_no_free_text_travels(council: Council) -> None:
    session, item = council.convened()

    answers = [
        council.post(f"/sessions/{session}/postponement", {"reason": "M. Untel est malade"}),
        council.post(f"/items/{item}/postponement", {"reason": "M. Untel est malade"}),
    ]

    assert [answer.status_code for answer in answers] == [422, 422]
