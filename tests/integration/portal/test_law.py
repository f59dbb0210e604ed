"""Work out a deadline: each kind of question has its form, its answer and its own address."""

import html
from typing import Any

import pytest

from shared.law.answers import answer_question
from tests.integration.portal.answers import problem
from tests.integration.portal.conftest import Reader
from tests.integration.portal.fakes import FakeServices

WHY = {"ar": "التعليل", "fr": "Parce que la loi le dit.", "en": "Because the law says so."}
BASE = {"article": "113-14 art 125", "explanation": WHY}
ASKS = {"ar": "أربعة نواب", "fr": "Quatre vice-présidents.", "en": "Four vice-presidents."}
APART = {"ar": "لا جمع", "fr": "Sans cumul.", "en": "Not both."}
SKIPPED = [{"day": "2026-02-14", "why": {"ar": "سبت", "fr": "samedi : fin", "en": "weekend"}}]
QUESTIONS: dict[str, tuple[dict[str, Any], dict[str, Any], tuple[str, ...]]] = {
    "ask=due&pack=ma-commune&rule=refusal-notice&from=2025-12-15": (
        {
            "ask": "due",
            "pack": "ma-commune",
            "rule": "refusal-notice",
            "from": "2025-12-15",
        },
        {**BASE, "due_on": "2026-03-15", "safe_on": "2026-03-13", "skipped": SKIPPED},
        ("13 mars 2026", "15 mars 2026", "samedi : fin"),
    ),
    "ask=due&pack=ma-region&rule=posting&from=2026-02-05&holidays=2026-02-06,%202026-02-09": (
        {
            "ask": "due",
            "pack": "ma-region",
            "rule": "posting",
            "from": "2026-02-05",
            "holidays": ["2026-02-06", "2026-02-09"],
        },
        {**BASE, "due_on": "2026-02-15", "safe_on": "2026-02-15", "skipped": []},
        ("15 février 2026",),
    ),
    "ask=due&pack=ma-commune&rule=posting&from=2026-02-05&no_holidays=yes": (
        {
            "ask": "due",
            "pack": "ma-commune",
            "rule": "posting",
            "from": "2026-02-05",
            "holidays": [],
        },
        {**BASE, "due_on": "2026-02-13", "safe_on": "2026-02-13", "skipped": []},
        ("13 février 2026",),
    ),
    "ask=threshold&pack=ma-commune&population=80149&arrondissements=yes": (
        {"ask": "threshold", "pack": "ma-commune", "population": 80149, "arrondissements": True},
        {**BASE, "signatures": 400},
        ("400",),
    ),
    "ask=quorum&pack=ma-commune&in_office=35&present=10&call=2": (
        {"ask": "quorum", "pack": "ma-commune", "in_office": 35, "present": 10, "call": 2},
        {**BASE, "met": False, "needed": 18},
        ("18",),
    ),
    "ask=majority&pack=ma-commune&basis=votes-cast&for=9&against=9&abstain=0&in_office=35"
    "&president=": (
        {
            "ask": "majority",
            "pack": "ma-commune",
            "basis": "votes-cast",
            "for": 9,
            "against": 9,
            "abstain": 0,
            "in_office": 35,
            "president": None,
        },
        {**BASE, "adopted": False, "needed": 10, "tie_broken": False},
        ("10",),
    ),
    "ask=session&pack=ma-commune&bureau_decided_on=2026-01-20"
    "&ordinary_sessions=2026-02-05+2026-05-07": (
        {
            "ask": "session",
            "pack": "ma-commune",
            "bureau_decided_on": "2026-01-20",
            "ordinary_sessions": ["2026-02-05", "2026-05-07"],
        },
        {
            "session": "2026-02-05",
            "agenda_to_governor_latest": "2026-01-16",
            "notice_to_members_latest": "2026-01-26",
            "clash": True,
            "explanation": WHY,
        },
        ("5 février 2026", "16 janvier 2026", "26 janvier 2026", "notice-warning"),
    ),
    "ask=composition&pack=ma-province&members=25&vice_presidents=2&committees=5,%204": (
        {
            "ask": "composition",
            "pack": "ma-province",
            "members": 25,
            "vice_presidents": 2,
            "committees": [5, 4],
        },
        {
            "kept": False,
            "rules": [{**BASE, "article": "112-14 art 17", "explanation": ASKS}],
            "apart": [{**BASE, "article": "112-14 art 24", "explanation": APART}],
            "findings": [BASE],
            "explanation": WHY,
        },
        (ASKS["fr"], APART["fr"], "notice-warning", "112-14"),
    ),
}


def page(reader: Reader, query: str) -> tuple[int, str]:
    """The status and the words of the page of a question."""
    answer = reader.get(f"/law?{query}")
    text = html.unescape(answer.get_data(as_text=True))
    return answer.status_code, text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("query", QUESTIONS)
def test_a_question_in_the_address_is_asked_of_review_and_its_answer_shown(
    reader: Reader, services: FakeServices, query: str
) -> None:
    asked, told, shown = QUESTIONS[query]
    services.answer("review", "POST", "/law/answers", told)

    status, text = page(reader, query)

    (call,) = services.acts()
    assert call.body == asked
    assert status == 200
    for words in (*shown, WHY["fr"]):
        assert words in text


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
@pytest.mark.parametrize("query", QUESTIONS)
def test_an_answer_is_explained_in_the_readers_language(
    reader: Reader, services: FakeServices, query: str, language: str
) -> None:
    services.answer("review", "POST", "/law/answers", QUESTIONS[query][1])

    status, text = page(reader, f"{query}&lang={language}")

    assert status == 200
    assert WHY[language] in text
    assert f'name="lang" value="{language}"' in text


def test_a_form_alone_asks_nothing_and_knows_the_authoritys_kind(
    reader: Reader, services: FakeServices
) -> None:
    for ask in ("due", "session", "threshold", "quorum", "majority", "composition", "unknown"):
        status, text = page(reader, f"ask={ask}")

        assert status == 200
        assert '<option value="ma-commune" selected>' in text
    assert services.acts() == []


def test_what_is_left_out_is_told_at_its_field_before_anything_is_asked(
    reader: Reader, services: FakeServices
) -> None:
    status, text = page(reader, "ask=quorum&pack=ma-commune&in_office=much&present=&call=1")

    assert status == 422
    assert 'id="error-in_office"' in text
    assert 'id="error-present"' in text
    assert 'value="much"' in text
    assert services.acts() == []


def test_a_refusal_of_the_law_is_told_at_the_field_it_names(
    reader: Reader, services: FakeServices
) -> None:
    errors = [{"field": "from", "message": "Aucune version n'est en vigueur.", "remedy": ""}]
    told = problem(422, "law-refuses", errors=errors)
    services.answer("review", "POST", "/law/answers", told, status=422)

    status, text = page(reader, "ask=due&pack=ma-commune&rule=posting&from=1999-01-01")

    assert status == 422
    assert 'id="error-from">Aucune version' in text


def test_a_number_that_no_machine_keeps_exact_is_refused_at_its_field(
    reader: Reader, services: FakeServices
) -> None:
    errors = [{"field": "population", "message": "Trop grand.", "remedy": ""}]
    told = problem(422, "law-refuses", errors=errors)
    services.answer("review", "POST", "/law/answers", told, status=422)

    status, text = page(reader, f"ask=threshold&pack=ma-commune&population={'9' * 5000}")

    assert status == 422
    assert "Trop grand." in text


def test_the_real_service_answers_the_questions_that_the_forms_make(
    reader: Reader, services: FakeServices
) -> None:
    for query, (asked, told, _) in QUESTIONS.items():
        assert set(answer_question(asked)) == set(told) | {"explanation"}, query


@pytest.mark.parametrize(
    ("pack", "members", "number"),
    [("ma-commune", 31, "6"), ("ma-province", 21, "3"), ("ma-region", 57, "8")],
)
def test_the_law_itself_says_how_many_vice_presidents_a_council_has(
    reader: Reader, services: FakeServices, pack: str, members: int, number: str
) -> None:
    told = answer_question({"ask": "composition", "pack": pack, "members": members})
    services.answer("review", "POST", "/law/answers", told)

    status, text = page(reader, f"ask=composition&pack={pack}&members={members}&committees=")

    (call,) = services.acts()
    assert call.body == {"ask": "composition", "pack": pack, "members": members}
    assert (status, "notice-warning" in text) == (200, False)
    (rule,) = [one for one in told["rules"] if one["rule"] == "vice-presidents"]
    assert str(rule["least"]) == number
    assert rule["explanation"]["fr"] in text


def test_a_committee_without_a_number_is_left_to_the_law(
    reader: Reader, services: FakeServices
) -> None:
    services.answer("review", "POST", "/law/answers", QUESTIONS[list(QUESTIONS)[-1]][1])

    page(reader, "ask=composition&pack=ma-commune&members=31&committees=5;many")

    (call,) = services.acts()
    assert call.body["committees"] == [5, "many"]


def test_every_page_leads_to_it(reader: Reader) -> None:
    assert 'href="/law"' in reader.get("/track").get_data(as_text=True)
