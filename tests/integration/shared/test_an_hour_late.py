"""A message comes an hour late by the system's own clock: bounds that depend on age hold, on both
transports; what waited for it was told of, and it takes effect once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from services.review.cases.models import Case
from shared.broker.delivery import ATTEMPTS
from shared.broker.publisher import OutgoingMessage, Publisher
from shared.bus_report import bus_report
from shared.clock import now
from shared.events.envelope import Envelope, encode
from shared.relay import Relay
from shared.testing.aging import make_older
from shared.testing.harness import Harness, person
from shared.timers import KEEP_ANSWERS
from tests.integration.review.test_case_opening import SUBJECT
from tests.integration.shared.conftest import Bus
from tests.integration.shared.test_bus_alarms import health, intake, metric
from tests.integration.shared.test_dead_letters import (
    consuming,
    decide,
    filed,
    letters,
    reached,
    refusing,
    review,
    rows,
    send,
    withdrawal,
)
from tests.integration.shared.test_relay import DRAFT
from tests.integration.shared.test_relay import filed as file_petition
from tests.integration.shared.test_strangers import petition

__all__ = ["consuming", "intake", "refusing", "review"]

HOUR = timedelta(hours=1)
SECONDS = HOUR.total_seconds()
NEIGHBOUR = f"petition/{person('neighbour')}"


def time_passes(service: Harness, by: timedelta = HOUR) -> None:
    """Make what the service remembers of messages and answers so much older, and let timers run."""
    make_older(service.context, by)
    for timer in service.worker._timers:
        timer.run(service.context)


def an_hour_old(make: Callable[..., Envelope], *arguments: Any, **attributes: Any) -> Envelope:
    """An event that its owner recorded an hour ago."""
    return make(*arguments, **attributes, time=now() - HOUR)


def put_again(bus: Bus, late: Envelope, *, attempts: int) -> None:
    """Hand out an event as a delay queue does, put off so many times before."""
    queue, headers = bus.prefix + "review.events", {ATTEMPTS: attempts}
    letter = OutgoingMessage(
        id=late.id, exchange="", routing_key=queue, body=encode(late), headers=headers
    )
    publisher = Publisher(bus.url)
    assert publisher.publish([letter]).refused == {}
    publisher.close()


def opened(review: Harness) -> set[str]:
    return {f"petition/{case.id}" for case in review.rows(Case)}


def problems(service: Harness) -> set[str]:
    return {one["code"] for one in bus_report(service.context)["problems"]}


def test_one_that_is_an_hour_late_is_told_of_and_takes_effect_before_what_waited(
    review: Harness, whole_bus: Bus, consuming: None, eventually: Callable[..., None]
) -> None:
    late = an_hour_old(filed)
    send(whole_bus, withdrawal(), petition("neighbour"))
    eventually(lambda: opened(review) == {NEIGHBOUR} and rows(review, "inbox_parked"))
    assert "parked-late" not in problems(review)

    time_passes(review)

    assert health(review)["details"]["inbox"]["parked"] == {"early": 1}
    assert metric(review, "arida_inbox_parked_age_seconds") >= SECONDS
    assert "parked-late" in problems(review)
    assert opened(review) == {NEIGHBOUR}, "nothing is applied before its turn, however old"

    send(whole_bus, late)

    eventually(lambda: sorted(reached(review)) == [(1, False), (2, False)])
    assert opened(review) == {SUBJECT, NEIGHBOUR}
    assert rows(review, "inbox_parked") == rows(review, "inbox_attempt") == letters(review) == []
    assert health(review)["parts"]["inbox"] == "ok"


def test_copies_that_are_an_hour_late_change_nothing_in_any_order(
    review: Harness, whole_bus: Bus, consuming: None, eventually: Callable[..., None]
) -> None:
    first, second = filed(), withdrawal()
    send(whole_bus, first, second)
    eventually(lambda: reached(review) == [(2, False)])
    told = [one.id for one in review.emitted()]
    time_passes(review)

    send(whole_bus, second, first, second, first, first, petition("neighbour"))

    # The queue keeps its order: once the neighbour is there, so was every copy.
    eventually(lambda: opened(review) == {SUBJECT, NEIGHBOUR})
    assert sorted(reached(review)) == [(1, False), (2, False)]
    assert [one.id for one in review.emitted() if one.subject != f"case/{NEIGHBOUR[9:]}"] == told
    assert rows(review, "inbox_parked") == rows(review, "inbox_attempt") == letters(review) == []


def test_one_that_was_put_off_for_an_hour_is_put_off_again_and_takes_effect_in_the_end(
    review: Harness, whole_bus: Bus, consuming: None, eventually: Callable[..., None]
) -> None:
    """1 + 5 + 30 + 120 + 6 times 600 seconds are an hour: ten times put off, and no dead letter."""
    late = an_hour_old(filed, authority="elsewhere")
    put_again(whole_bus, late, attempts=10)
    eventually(lambda: whole_bus.status("review.delay.600").ready == 1)
    again = whole_bus.take("review.delay.600")[0]
    assert again.properties["application_headers"][ATTEMPTS] == 11
    assert (opened(review), letters(review)) == (set(), [])

    review.know_authority("elsewhere")
    put_again(whole_bus, late, attempts=11)

    eventually(lambda: opened(review) == {SUBJECT})
    assert rows(review, "inbox_attempt") == letters(review) == []


def test_a_letter_that_is_dead_for_an_hour_is_told_of_with_what_waits_and_can_be_retried(
    review: Harness,
    whole_bus: Bus,
    refusing: Any,
    consuming: None,
    eventually: Callable[..., None],
) -> None:
    event = filed()
    with refusing():
        send(whole_bus, event, withdrawal())
        eventually(lambda: letters(review) and rows(review, "inbox_parked"))
        time_passes(review)
    assert {"dead-letters", "subject-stopped", "parked-late"} <= problems(review)
    assert (opened(review), reached(review)) == (set(), [(0, True)])

    assert decide(review, event.id, "retry").status_code == 200

    eventually(lambda: reached(review) == [(2, False)])
    assert problems(review).isdisjoint({"dead-letters", "subject-stopped", "parked-late"})
    assert opened(review) == {SUBJECT}


def test_events_that_wait_an_hour_for_the_relay_are_told_of_and_leave_in_order(
    intake: Harness, whole_bus: Bus
) -> None:
    file_petition(intake)
    waiting = [one.id for one in intake.emitted()]
    time_passes(intake)
    assert metric(intake, "arida_outbox_age_seconds") >= SECONDS
    assert "outbox-late" in problems(intake)

    relay = Relay(intake.context)
    relay.relay_once()
    relay.close()

    assert [one.properties["message_id"] for one in whole_bus.take("review.events")] == waiting
    assert (intake.emitted(), health(intake)["parts"]["outbox"]) == ([], "ok")


def test_a_request_that_is_repeated_an_hour_later_gets_the_same_answer(intake: Harness) -> None:
    headers = {"Idempotency-Key": "an-hour-late"}

    def ask(body: Any) -> Any:
        return intake.request("POST", "/petitions", body, role="petitioner", headers=headers)

    first = ask(DRAFT)
    time_passes(intake)

    again = ask(DRAFT)

    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json == first.json
    assert ask({**DRAFT, "reasons": "Others."}).status_code == 409
    # What ends it is an age of seven days.
    time_passes(intake, KEEP_ANSWERS)
    assert rows(intake, "idempotent_answer") == []
