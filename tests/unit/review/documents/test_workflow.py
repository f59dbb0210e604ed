"""The one step of a document, and how its texts keep their order among Arabic words."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from transitions import MachineError

from services.review.documents.codes import BLOCKS, KINDS, LANGUAGES
from services.review.documents.filters import article, lines, side_of, steady, words
from services.review.documents.rendering import html_of, places
from services.review.documents.state import DOCUMENT_WORKFLOW
from shared.web.i18n import use_language
from tests.unit.review.documents.samples import SAMPLES, head

pytestmark = pytest.mark.unit


def test_a_prepared_document_is_issued_and_then_stays() -> None:
    row = SimpleNamespace(state="prepared")
    issue = DOCUMENT_WORKFLOW.machine.events["issue"]

    issue.trigger(row, facts={})

    assert row.state == "issued"
    with pytest.raises(MachineError):
        issue.trigger(row, facts={})


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_an_authority_s_words_stand_in_each_place_as_they_were_typed(
    kind: str, language: str
) -> None:
    wording = {place: f"<{place}>\nline 2" for place in places(kind)}

    html = html_of(head(kind), SAMPLES[kind], language, wording=wording)

    expected = {"letterhead", "president", "opening", "closing"}
    if kind in {"minutes", "decision", "attendance"}:
        expected.add("secretary")
    assert {place for place in places(kind) if f"&lt;{place}&gt;" in html} == expected
    assert set(BLOCKS["all"]) | set(BLOCKS[kind]) == set(places(kind))


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_document_without_a_number_says_that_it_is_a_preview(kind: str) -> None:
    html = html_of(head(kind, number=None), SAMPLES[kind], "fr", wording={})

    assert "Aperçu" in html
    assert "Numéro 2024" not in html


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("بين 2024-05-17 و", 'بين <bdi dir="ltr">2024-05-17</bdi> و'),
        ("12/03", '<bdi dir="ltr">12/03</bdi>'),
        ("1.234,50 درهم", '<bdi dir="ltr">1.234,50</bdi> درهم'),
        ("الطريق 105", "الطريق 105"),
        ("<b>", "&lt;b&gt;"),
    ],
)
def test_dates_and_amounts_in_texts_keep_their_order(text: str, expected: str) -> None:
    assert str(steady(text)) == expected


def test_each_line_of_a_text_has_its_own_direction() -> None:
    assert [side_of(text) for text in ("سلام", "Bonjour", "12 سلام", "12", "")] == [
        "rtl",
        "ltr",
        "rtl",
        "ltr",
        "ltr",
    ]
    assert str(lines("سلام.\nBonjour.")) == (
        '<bdi dir="rtl">سلام.</bdi><br><bdi dir="ltr">Bonjour.</bdi>'
    )


def test_a_text_that_exists_in_another_language_is_marked() -> None:
    with use_language("ar"):
        found = str(words({"fr": "Route", "original": "fr"}))

    assert found == '<bdi lang="fr" dir="ltr">Route</bdi>'


def test_a_french_colon_does_not_begin_a_line_and_an_arabic_text_stays_as_it_is() -> None:
    with use_language("fr"):
        french = str(words({"fr": "Pour : 24 ; contre : 1. Oui ?", "original": "fr"}))
        arabic = str(words({"ar": "مع : 24", "original": "ar"}))

    assert "Pour\xa0: 24\xa0; contre\xa0: 1. Oui\xa0?" in french
    assert "مع : " in arabic


def test_articles_are_written_as_each_language_writes_them() -> None:
    with use_language("ar"):
        arabic = str(article("113-14 art 125"))
    with use_language("fr"):
        french = str(article("113-14 art 125"))

    assert '<bdi dir="ltr">113.14</bdi>' in arabic
    assert "l&#39;article" in french
    assert '<bdi dir="ltr">113-14</bdi>' in french
