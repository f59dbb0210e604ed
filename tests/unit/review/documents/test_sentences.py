"""How documents read: whole sentences, votes by their names, and nothing left empty."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from services.review.council.names import Name
from services.review.documents import rendering
from services.review.documents.rendering import Register, html_of
from tests.unit.review.documents.samples import SAMPLES, head

pytestmark = pytest.mark.unit
TEMPLATES = Path(rendering.__file__).parent / "templates"
PAGES = Path(rendering.__file__).parents[2] / "portal" / "templates"


def read(kind: str, language: str, **changes: Any) -> str:
    """A document as text, without its markup."""
    page = html_of(head(kind), replace(SAMPLES[kind], **changes), language, wording={})
    body = re.sub(r"</(?:th|td|p|li)>", " ", page.partition("<body>")[2])
    return " ".join(re.sub(r"<[^>]+>", "", body).replace("&#39;", "'").split())


@pytest.mark.parametrize(
    ("kind", "language", "sentence"),
    [
        ("decision", "fr", "Réuni en session ordinaire convoquée pour le"),
        ("decision", "ar", "اجتمع المجلس في دورة عادية دعي إليها يوم"),
        ("notice", "fr", "vous êtes convoqués à la session ordinaire du conseil qui s'ouvre le"),
        ("notice", "ar", "يشرفني أن أدعوكم لحضور دورة عادية للمجلس تفتتح يوم"),
        ("agenda", "fr", "Session ordinaire, qui s'ouvre le"),
    ],
)
def test_the_kind_of_session_stands_within_its_sentence(
    kind: str, language: str, sentence: str
) -> None:
    assert sentence in read(kind, language)


@pytest.mark.parametrize(
    ("language", "sides"),
    [("fr", "Pour Contre Abstentions"), ("ar", "الموافقون المعارضون الممتنعون")],
)
def test_a_vote_is_told_by_its_three_sides_alike(language: str, sides: str) -> None:
    assert sides in read("decision", language)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fr", "Aucun point n'est inscrit à l'ordre du jour."),
        ("ar", "لا توجد أي نقطة في جدول الأعمال."),
    ],
)
@pytest.mark.parametrize("kind", ["agenda", "notice"])
def test_an_agenda_without_a_point_says_so(kind: str, language: str, sentence: str) -> None:
    assert sentence in read(kind, language, points=())
    assert sentence not in read(kind, language)


def test_members_that_are_numbered_stand_in_the_order_of_their_numbers() -> None:
    names = {str(one): Name(ar=None, latin=f"Membre {one}") for one in (10, 2, 1)}
    register = Register(names, "fr")

    said = re.sub(r"<[^>]+>", "", register.names([_Member(person) for person in names]))

    assert said == "Membre 1, Membre 2, Membre 10"


@pytest.mark.parametrize("kind", sorted(SAMPLES))
def test_no_french_sentence_has_an_article_twice(kind: str) -> None:
    assert not re.search(r"l'l'|à le |de le ", read(kind, "fr"))


@pytest.mark.parametrize("folder", [TEMPLATES, PAGES])
def test_no_template_sets_a_colon_that_french_would_set_apart(folder: Path) -> None:
    bare = re.compile(r"(?:\}\}|</strong>|</a>): ")
    trans = re.compile(r"\{% ?-?trans.*?endtrans", re.DOTALL)
    found = [
        f"{file.name}: {line.strip()[:80]}"
        for file in sorted(folder.rglob("*.html"))
        for line in trans.sub("", file.read_text(encoding="utf-8")).splitlines()
        if bare.search(line)
    ]

    assert found == []


class _Member:
    """Somebody as facts name one."""

    def __init__(self, person: str) -> None:
        self.person = person
