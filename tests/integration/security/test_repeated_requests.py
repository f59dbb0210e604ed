"""One key, one effect: repeated, at the same time, with another body, and two acts at once."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import select

from services.intake.models import Petition
from shared.in_flight import InFlight
from shared.testing.databases import PATIENCE_SECONDS, wait_for_a_waiter
from shared.testing.harness import AUTHORITY, Harness
from tests.integration.security.refusals import assert_is_problem, fields_of
from tests.integration.security.worlds import DRAFT, World

KEY = {"Idempotency-Key": "one-and-the-same-key"}


@pytest.fixture
def intake(harness_on: Any) -> World:
    """intake with one draft, on PostgreSQL: SQLite has one writer at a time."""
    harness: Harness = harness_on("intake")
    made = harness.request("POST", "/petitions", DRAFT, role="petitioner")
    return World(harness=harness, ids={"petition_id": [made.json["id"]]})


def file_it(intake: World, *, body: Any = None, **headers: str) -> Any:
    """File the draft with a key; its answer."""
    path = f"/petitions/{intake.ids['petition_id'][0]}/filing"
    return intake.ask("POST", path, body or {}, role="petitioner", headers={**KEY, **headers})


@contextmanager
def held_up(intake: World) -> Iterator[Future[Any]]:
    """A filing that waits for the petition's row as long as the block runs."""
    one = select(Petition).where(Petition.authority == AUTHORITY).with_for_update()
    with (
        ThreadPoolExecutor(1) as pool,
        intake.harness.context.database.write(AUTHORITY) as (session, _),
    ):
        session.execute(one)
        answer = pool.submit(file_it, intake)
        wait_for_a_waiter(intake.harness.context.database.url)
        yield answer


def filed_once(intake: World) -> bool:
    """Whether the petition was filed exactly once, with the first number."""
    (petition,) = intake.harness.rows(Petition)
    events = [event.type for event in intake.harness.emitted()]
    return events == ["petition.filed.v1"] and petition.reference == f"{AUTHORITY}/2023/1"


def test_the_same_request_again_gets_the_same_answer(intake: World) -> None:
    first, again = file_it(intake), file_it(intake)

    assert (first.status_code, again.status_code) == (200, 200)
    assert again.data == first.data
    assert again.headers["Idempotency-Replayed"] == "true"
    assert filed_once(intake)


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_the_same_key_with_another_body_is_refused(intake: World, language: str) -> None:
    file_it(intake)

    other = file_it(intake, body={"late_reason": "x"}, **{"Accept-Language": language})

    assert (other.status_code, other.json["code"]) == (409, "idempotency-conflict")
    assert fields_of(other) == ["Idempotency-Key"]
    assert other.headers["Content-Language"] == language
    assert filed_once(intake)


@pytest.mark.parametrize("process", ["this one", "another"])
def test_a_key_that_is_in_flight_is_told_to_wait(intake: World, process: str) -> None:
    with held_up(intake) as first:
        if process == "another":
            # What this process knows to be under way, another process does not.
            intake.harness.context.in_flight = InFlight()
        second = file_it(intake)

    assert (second.status_code, second.json["code"]) == (409, "not-yet")
    assert int(second.headers["Retry-After"]) >= 1
    assert_is_problem(second)
    assert first.result(PATIENCE_SECONDS).status_code == 200
    assert file_it(intake).data == first.result().data
    assert filed_once(intake)


def test_two_presses_at_once_with_one_key_have_one_effect(intake: World) -> None:
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda _: file_it(intake), range(2)))

    statuses = sorted(answer.status_code for answer in answers)
    assert statuses in ([200, 200], [200, 409])
    assert filed_once(intake)


def test_two_people_who_file_at_once_file_once(intake: World) -> None:
    keys = ("first", "second")
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda key: file_it(intake, **{"Idempotency-Key": key}), keys))

    refused = [answer for answer in answers if answer.status_code != 200]
    assert [answer.json["code"] for answer in refused] == ["illegal-step"]
    assert_is_problem(refused[0])
    assert filed_once(intake)


def test_two_drafts_filed_at_once_get_two_numbers_in_a_row(intake: World) -> None:
    made = intake.ask("POST", "/petitions", DRAFT, role="petitioner")
    paths = [f"/petitions/{id_}/filing" for id_ in (*intake.ids["petition_id"], made.json["id"])]

    with ThreadPoolExecutor(2) as pool:
        answers = list(
            pool.map(lambda path: intake.ask("POST", path, {}, role="petitioner"), paths)
        )

    references = sorted(answer.json["reference"] for answer in answers)
    assert references == [f"{AUTHORITY}/2023/1", f"{AUTHORITY}/2023/2"]


def test_an_edit_of_what_another_changed_first_is_refused(intake: World) -> None:
    path = f"/petitions/{intake.ids['petition_id'][0]}"
    version = {"If-Match": intake.ask("GET", path, role="petitioner").headers["ETag"]}

    def edit(reasons: str) -> Any:
        return intake.ask("PATCH", path, {"reasons": reasons}, role="petitioner", headers=version)

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(edit, ("one", "two")))

    kept = [answer.json["reasons"] for answer in answers if answer.status_code == 200]
    (refused,) = [answer for answer in answers if answer.status_code != 200]
    assert (refused.status_code, fields_of(refused)) == (412, ["If-Match"])
    assert [row.reasons for row in intake.harness.rows(Petition)] == kept
