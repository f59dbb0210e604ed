"""Two workers meet at one consultation: its day moves, it lapses, its opinion comes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from services.review.cases import consultations
from services.review.cases.consultation_models import Consultation
from services.review.cases.consultation_terms import _move
from shared.events.envelope import understand
from shared.events.opinions import OpinionSnapshot, OpinionSubmitted
from shared.events.texts import Texts
from shared.ids import new_id
from shared.testing.databases import PATIENCE_SECONDS, wait_for_a_waiter
from shared.testing.harness import AUTHORITY, event_envelope, person
from shared.unit_of_work import Actor, Cause, UnitOfWork, unit_of_work
from tests.integration.races.test_consultation_terms import DUE, LATER, asked, changed, decreed
from tests.integration.review.case_support import BODY
from tests.integration.review.opinion_support import VotingDesk

AFTER_ALL = date(2023, 11, 1)


@pytest.fixture
def desk(harness_on: Any) -> VotingDesk:
    """A council on PostgreSQL: SQLite has one writer at a time. It gives bodies ten days."""
    desk = VotingDesk(harness_on("review"))
    desk.body_formed()
    changed(desk, "local_rules")
    return desk


def worker(desk: VotingDesk) -> Any:
    """A worker of its own with a transaction of its own."""
    actor, cause = Actor(id=person("worker"), role="service"), Cause(correlation_id=str(new_id()))
    return unit_of_work(desk.review.context, authority=AUTHORITY, actor=actor, cause=cause)


def moved(uow: UnitOfWork, consultation: str) -> None:
    """Its day moves by one, as after the decree of a holiday."""
    _move(uow, uow.get(Consultation, consultation), LATER)
    uow.session.flush()


def received(uow: UnitOfWork, case: str, consultation: str) -> None:
    """Its opinion comes on its last day."""
    after = OpinionSnapshot(
        state="submitted",
        body=BODY,
        origin="request",
        consultation=consultation,
        case=case,
        session=None,
        subject=Texts(fr="Avis", original="fr"),
        started_on=DUE,
        adopted_on=DUE,
        submitted_on=DUE,
        text_sha256="b" * 64,
    )
    what, subject = OpinionSubmitted(receipt="O"), f"opinion/{new_id()}"
    event = event_envelope(what, after, subject=subject, acted_on=DUE)
    consultations.receive_opinion(uow, understand(event))
    uow.session.flush()


def stands(desk: VotingDesk) -> tuple[str, date]:
    (row,) = desk.review.rows(Consultation)
    return row.state, row.due_on


def meet(desk: VotingDesk, first: Any, second: Any) -> None:
    """Let the second begin while the first has not committed yet, and wait for it."""
    with ThreadPoolExecutor(1) as pool:
        with worker(desk) as uow:
            first(uow)
            waiting = pool.submit(second)
            wait_for_a_waiter(desk.review.context.database.url)
        waiting.result(PATIENCE_SECONDS)


def test_a_day_that_moves_first_does_not_lapse_on_the_old_one(desk: VotingDesk) -> None:
    consultation = asked(desk, desk.filed())
    changed(desk, "business_date", business_date=LATER)

    meet(desk, lambda uow: moved(uow, consultation), desk.fire_timers)

    assert stands(desk) == ("requested", LATER)
    assert desk.review.emitted("consultation.lapsed.v1") == []


def test_what_lapses_first_is_asked_again_by_the_day_that_moves(desk: VotingDesk) -> None:
    consultation = asked(desk, desk.filed())
    changed(desk, "business_date", business_date=LATER)

    def lapsed(uow: UnitOfWork) -> None:
        consultations.lapse(uow, UUID(consultation))
        uow.session.flush()

    meet(desk, lapsed, lambda: decreed(desk, today=LATER))

    assert stands(desk) == ("reopened", LATER)
    assert len(desk.review.emitted("consultation.lapsed.v1")) == 1


def test_an_opinion_is_in_time_by_the_day_that_moved_just_before_it(desk: VotingDesk) -> None:
    case = desk.filed()
    consultation = asked(desk, case)
    changed(desk, "business_date", business_date=AFTER_ALL)

    meet(
        desk,
        lambda uow: moved(uow, consultation),
        lambda: desk.submitted(on=LATER, case=case, consultation=consultation),
    )

    assert stands(desk) == ("answered", LATER)


def test_an_opinion_that_comes_first_is_answered_and_its_day_moves_no_more(
    desk: VotingDesk,
) -> None:
    case = desk.filed()
    consultation = asked(desk, case)
    changed(desk, "business_date", business_date=AFTER_ALL)

    meet(
        desk,
        lambda uow: received(uow, case, consultation),
        lambda: decreed(desk, today=AFTER_ALL),
    )

    assert stands(desk) == ("answered", DUE)
    assert desk.review.emitted("consultation.deadline_moved.v1") == []
