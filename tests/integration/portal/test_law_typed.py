"""What is typed into a question of law: read as it is meant, or refused at its field and kept."""

import html
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.integration.portal.conftest import Reader
from tests.integration.portal.fakes import FakeServices

POSTING = {"ask": "due", "pack": "ma-commune", "rule": "posting", "from": "2026-02-05"}
SESSION = {"ask": "session", "pack": "ma-commune", "bureau_decided_on": "2026-01-20"}
QUORUM = {"ask": "quorum", "pack": "ma-commune", "in_office": "35", "present": "10"}
DUE = {
    "due_on": "2026-02-13",
    "safe_on": "2026-02-13",
    "article": "113-14 art 273",
    "skipped": [],
    "explanation": {"ar": "لأن", "fr": "Parce que.", "en": "Because."},
}


def page(reader: Reader, typed: dict[str, str], language: str = "en") -> tuple[int, str]:
    """The status and the words of the page of a question."""
    answer = reader.get(f"/law?{urlencode(typed)}&lang={language}")
    return answer.status_code, html.unescape(answer.get_data(as_text=True))


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        (POSTING | {"from": "05/02/2026"}, "from", "05/02/2026"),
        (POSTING | {"from": "2026-02-30"}, "from", "2026-02-30"),
        (POSTING | {"holidays": "2026-02-06, 2026-02-31"}, "holidays", "2026-02-31"),
        (POSTING | {"holidays": "06/02/2026"}, "holidays", "06/02/2026"),
        (SESSION | {"ordinary_sessions": "2026-02-05 soon"}, "ordinary_sessions", "soon"),
        (
            SESSION | {"bureau_decided_on": "soon", "ordinary_sessions": "2026-02-05"},
            "bureau_decided_on",
            "soon",
        ),
    ],
)
def test_the_day_that_is_none_is_named_at_its_field_and_all_that_was_typed_is_kept(
    reader: Reader, services: FakeServices, typed: dict[str, str], field: str, said: str
) -> None:
    status, text = page(reader, typed)

    assert status == 422
    assert f'id="error-{field}">\u2068{said}\u2069 is not a real date.' in text
    assert f'value="{typed[field]}"' in text
    assert services.acts() == []


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ({"from": "٢٠٢٦-٠٢-٠٥"}, {}),
        ({"from": " 2026-02-05 "}, {}),
        ({"holidays": "٢٠٢٦-٠٢-٠٦؛ ٢٠٢٦-٠٢-٠٩"}, {"holidays": ["2026-02-06", "2026-02-09"]}),
        ({"holidays": "2026-02-06;2026-02-09"}, {"holidays": ["2026-02-06", "2026-02-09"]}),
        # A list of nothing is an empty field, which means the holidays of Morocco.
        ({"holidays": " , ،"}, {}),
        ({"no_holidays": "yes"}, {"holidays": []}),
        ({"holidays": " ", "no_holidays": "yes"}, {"holidays": []}),
    ],
)
def test_a_day_means_the_same_with_other_digits_and_between_other_signs(
    reader: Reader, services: FakeServices, typed: dict[str, str], asked: dict[str, Any]
) -> None:
    services.answer("review", "POST", "/law/answers", DUE)

    status, _ = page(reader, POSTING | typed)

    (call,) = services.acts()
    assert (status, call.body) == (200, POSTING | asked)


def test_days_off_and_none_of_them_are_not_asked_at_once(
    reader: Reader, services: FakeServices
) -> None:
    status, text = page(reader, POSTING | {"holidays": "2026-02-06", "no_holidays": "yes"})

    assert status == 422
    assert 'id="error-no_holidays">Days off are listed' in text
    assert 'value="2026-02-06"' in text
    assert services.acts() == []


def test_opening_days_that_are_only_signs_are_left_out_and_asked_for(
    reader: Reader, services: FakeServices
) -> None:
    status, text = page(reader, SESSION | {"ordinary_sessions": " ,;"})

    assert status == 422
    assert 'id="error-ordinary_sessions"' in text
    assert services.acts() == []


@pytest.mark.parametrize("call", ["9" * 5000, "first", "1.5"])
def test_a_call_that_is_no_number_is_left_to_the_law(
    reader: Reader, services: FakeServices, call: str
) -> None:
    services.answer("review", "POST", "/law/answers", {"met": False, "needed": 18})

    page(reader, QUORUM | {"call": call})

    (asked,) = services.acts()
    assert asked.body["call"] == call


@pytest.mark.parametrize(
    ("language", "said"),
    [("ar", "ليس تاريخا"), ("fr", "n'est pas une date"), ("en", "is not a real date")],
)
def test_what_is_wrong_is_told_in_the_readers_language(
    reader: Reader, language: str, said: str
) -> None:
    assert said in page(reader, POSTING | {"from": "2026-02-30"}, language)[1]
