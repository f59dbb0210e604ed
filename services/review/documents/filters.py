"""What templates of documents write values with: days, articles, references, texts, counts.

A value that reads from left to right stands in an element of its own, so that the Arabic around
it cannot turn its parts about.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import cast

from jinja2 import Environment
from markupsafe import Markup, escape

from services.review.cases.codes import MISSING, REFUSAL_REASONS
from services.review.control.codes import ANSWERS
from services.review.documents.codes import AUTHORS
from services.review.documents.facts.values import Head
from services.review.sessions.codes import (
    BALLOTS,
    CLOSED_DOOR_ASKED_BY,
    ITEM_REASONS,
    KINDS_WITHIN,
    MARKS,
    OBJECTION_OUTCOMES,
    SESSION_KINDS,
)
from shared.law.citations import as_own_law_says
from shared.law.model import Language
from shared.law.packs import load_pack
from shared.web.dates import civil_date
from shared.web.french import with_french_spaces
from shared.web.i18n import (
    UNDETERMINED,
    current_language,
    gettext,
    install_in_jinja,
    text_in,
)

_FIGURE = re.compile(r"([+-]?\d+(?:[-/.,:]\d+)+)")
_ARTICLE = re.compile(r"^(?P<law>\S+) art (?P<article>[\d ,-]+)$")


def ltr(value: object) -> Markup:
    """A reference, number or count: it reads from left to right whatever stands around it."""
    return Markup('<bdi dir="ltr">{}</bdi>').format(value)


def day(value: date, *, weekday: bool = False) -> Markup:
    """A civil date in words, kept together in the direction of the page."""
    return Markup("<bdi>{}</bdi>").format(civil_date(value, weekday=weekday))


def words(texts: Mapping[str, str | None]) -> Markup:
    """A text in the language of the document; one in another language is marked as such."""
    found, language = text_in(texts, current_language())
    known = "" if language == UNDETERMINED else language
    if known == "fr":
        found = with_french_spaces(found)
    return Markup('<bdi lang="{}" dir="{}">{}</bdi>').format(known, side_of(found), steady(found))


def lines(text: str) -> Markup:
    """A text of an authority or a person, line by line as it was written, each in its direction."""
    kept = [
        Markup('<bdi dir="{}">{}</bdi>').format(side_of(line), steady(line))
        for line in text.splitlines()
    ]
    return Markup("<br>").join(kept)


def steady(text: str) -> Markup:
    """A text whose dates, numbers and amounts keep their order among Arabic words.

    In Arabic, 2024-05-17 would be shown as 17-05-2024 (Unicode bidi algorithm, rule W2).
    """
    parts = _FIGURE.split(text)
    return Markup("").join(
        ltr(part) if number % 2 else escape(part) for number, part in enumerate(parts)
    )


def side_of(text: str) -> str:
    """The direction of a text, by its first letter that has one; `ltr` where none has."""
    found = (unicodedata.bidirectional(sign) for sign in text)
    first = next((side for side in found if side in {"L", "R", "AL"}), "L")
    return "ltr" if first == "L" else "rtl"


def article(source: str) -> Markup:
    """Where a rule is written, inside a sentence: `article 125 of organic law 113-14`."""
    return _written(source, gettext("article %(article)s of organic law %(law)s"))


def cited(source: str) -> Markup:
    """Where a rule is written, standing alone."""
    return _written(source, gettext("Article %(article)s of organic law %(law)s"))


def own_law(sentence: str, head: Head) -> str:
    """A sentence that cites 113-14, with the article that the authority's own law has instead."""
    pack = load_pack(f"ma-{head.authority_kind}", head.issued_on)
    return as_own_law_says(pack, sentence, cast(Language, current_language()))


def _written(source: str, sentence: str) -> Markup:
    found = _ARTICLE.match(source)
    if found is None:
        return ltr(source)
    # Moroccan Arabic writes the number of a law with a point.
    law = found["law"].replace("-", ".") if current_language() == "ar" else found["law"]
    return escape(sentence) % {"article": ltr(found["article"]), "law": ltr(law)}


def install(environment: Environment) -> None:
    """Make filters, labels and translation known to the environment of the templates."""
    install_in_jinja(environment)
    for filter_ in (ltr, day, words, lines, article, cited, own_law):
        environment.filters[filter_.__name__] = filter_
    environment.globals.update(
        missing_label=lambda code: str(MISSING[code]),
        reason_label=lambda code: str(REFUSAL_REASONS[code].label),
        item_reason=lambda code: str(ITEM_REASONS.get(code, code)),
        session_kind=lambda code: str(SESSION_KINDS[code]),
        kind_within=lambda code: str(KINDS_WITHIN[code]),
        roll_mark=lambda code: str(MARKS[code]),
        objection_outcome=lambda code: str(OBJECTION_OUTCOMES.get(code, code)),
        door_asked_by=lambda code: str(CLOSED_DOOR_ASKED_BY.get(code, code)),
        ballot_label=lambda code: str(BALLOTS[code]),
        author_role=lambda code: str(AUTHORS.get(code, code)),
        answer_label=lambda code: str(ANSWERS[code]),
    )
