"""A step that is not possible says where the subject stands and what can be recorded, in words."""

from __future__ import annotations

from typing import Any

import pytest

from shared.testing.harness import Harness
from tests.integration.review.session_support import Council


@pytest.fixture
def council(harness_on: Any) -> Council:
    """A council of 35."""
    review: Harness = harness_on("review")
    return Council(review)


def refusal(council: Council, path: str, language: str, body: Any = None) -> Any:
    """The problem document of a step that is refused, in a language."""
    headers = {"Accept-Language": language}
    answer = council.post(path, body, headers=headers)
    assert (answer.status_code, answer.json["code"]) == (409, "illegal-step")
    return answer.json


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", ("État actuel :", "peut être enregistré", "Session reportée")),
        ("en", ("Where it stands: Members convened.", "can be recorded", "Session postponed")),
        ("ar", ("الوضعية الحالية", "ما يمكن تسجيله الآن")),
    ],
)
def test_it_says_the_state_and_what_is_possible_in_the_readers_language(
    council: Council, language: str, said: tuple[str, ...]
) -> None:
    session, _item = council.convened()

    found = refusal(council, f"/sessions/{session}/call", language)

    for part in said:
        assert part in found["detail"], found["detail"]
    assert found["remedy"]


def test_what_the_service_does_by_itself_is_offered_to_nobody(council: Council) -> None:
    decision = council.transmitted()

    again = {"governor_receipt_on": "2024-02-20"}
    found = refusal(council, f"/decisions/{decision}/transmission", "en", again)

    assert "Decision enforceable" not in found["detail"]
    assert "enforce" not in found["allowed"]
    assert "Decision opposed by the governor" in found["detail"]


def test_where_nothing_more_is_possible_it_says_so(council: Council) -> None:
    council.today("2024-01-15")
    session = council.planned()
    council.done(f"/sessions/{session}/dropping", {"reason": "other-day"})

    found = refusal(council, f"/sessions/{session}/call", "en")

    assert "Where it stands: Taken back." in found["detail"]
    assert "Nothing more can be recorded on it." in found["detail"]
