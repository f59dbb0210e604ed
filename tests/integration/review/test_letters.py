"""Letters to whoever holds the receipt: which, whose, how often, and the one answer to all else."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from shared.testing.harness import Harness, person
from shared.tracking import tracking_code
from tests.integration.review.case_support import Desk
from tests.integration.review.document_support import QuickPress, issued

REFERENCE = "taroudant/2023/1"


@pytest.fixture
def desk(harness_on: Any, database_kind: str) -> Desk:
    """A council with a committee, on either database, and a quick press."""
    review: Harness = harness_on("review", database_kind)
    review.context.press = QuickPress()  # type: ignore[assignment]
    return Desk(review)


def code_of(desk: Desk, case: str) -> str:
    """The code on the receipt of a petition."""
    return tracking_code(desk.review.context.key("tracking"), UUID(case))


def letters(desk: Desk, code: str, *, place: str = "", reference: str = REFERENCE) -> Any:
    """What a stranger with a reference and a code is answered."""
    return desk.anyone("GET", f"/letters{place}?reference={reference}&code={code}")


def test_the_holder_of_a_receipt_reads_what_is_written_to_the_petitioners(desk: Desk) -> None:
    case = desk.referred()
    letter, referral = issued(desk, "admission", case), issued(desk, "referral", case)
    desk.deliberated(case)
    decision = desk.get("/decisions?authority=taroudant").json["decisions"][0]["id"]
    extract = issued(desk, "decision", decision)
    code = code_of(desk, case)

    told = letters(desk, code).json["letters"]
    read = letters(desk, code, place=f"/{letter['id']}/ar")

    assert [one["id"] for one in told] == [letter["id"], extract["id"]]
    assert read.status_code == 200
    assert read.mimetype == "application/pdf"
    assert letters(desk, code, place=f"/{referral['id']}/ar").status_code == 404


def test_a_request_for_completion_is_a_letter_while_the_file_waits(desk: Desk) -> None:
    case = desk.filed()
    asked = {"missing": ["powers", "association-statutes"], "due_on": "2023-11-20"}
    desk.done(f"/cases/{case}/completion-request", asked)

    letter = issued(desk, "completion", case)
    desk.done(f"/cases/{case}/completion")
    again = desk.post("/documents", {"kind": "completion", "about": case})

    (told,) = letters(desk, code_of(desk, case)).json["letters"]
    read = letters(desk, code_of(desk, case), place=f"/{letter['id']}/fr").text
    assert told["id"] == letter["id"]
    assert "lundi 20 novembre 2023" in read
    assert "Les statuts de l&#39;association" in read
    # What was issued once is given again; a file that is complete gets no further request.
    assert again.status_code == 409


def test_whatever_does_not_fit_is_answered_alike(desk: Desk) -> None:
    case, other = desk.filed(), desk.filed("second")
    code = code_of(desk, case)
    desk.today("2023-11-20")
    desk.done(f"/cases/{other}/admission", {"despite_reason": "On paper."}, who="vice")
    foreign = issued(desk, "admission", other)

    answers = [
        letters(desk, code_of(desk, other)),
        letters(desk, "A" * 10),
        letters(desk, code, reference="taroudant/2023/99"),
        letters(desk, "A" * 10, place=f"/{foreign['id']}/fr"),
        letters(desk, "A" * 10, place=f"/{person('nothing')}/fr"),
    ]

    assert {one.status_code for one in answers} == {404}
    assert len({one.json["detail"] for one in answers}) == 1
    assert letters(desk, code, place=f"/{foreign['id']}/fr").status_code == 404


def test_guesses_are_limited_for_the_list_and_the_letters_together(desk: Desk) -> None:
    desk.filed()
    place = f"/{person('nothing')}/fr"

    first = [letters(desk, "A" * 10).status_code for _ in range(10)]
    more = [letters(desk, "A" * 10, place=place).status_code for _ in range(11)]

    assert first + more == [404] * 20 + [429]
