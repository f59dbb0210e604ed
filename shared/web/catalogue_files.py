"""Reads message ids out of code and templates, and reads and writes the .po files."""

import ast
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_file
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

from shared.web.catalogue_errors import error_sentences
from shared.web.i18n import catalogue_path

SOURCES = ("services", "shared")
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "lazy_gettext": None,
    "gettext_noop": None,
    "lazy_pgettext": ((1, "c"), 2),
    "_p": ((1, "c"), 2),
}
# CLDR's plural rules in gettext's usual order; for Arabic: none, one, two, 3-10, 11-99, hundreds.
PLURAL_FORMS = {
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : "
    "n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);",
    "fr": "nplurals=2; plural=(n > 1);",
    "en": "nplurals=2; plural=(n != 1);",
}
TEMPLATE_OPTIONS = {"trimmed": "true", "newstyle_gettext": "true", "silent": "false"}


def extract(root: Path) -> Catalog:
    """Returns every string for people in services/ and shared/ of `root`, without places."""
    template = Catalog(fuzzy=False)
    for path in sorted(_files(root)):
        for _line, message, comments, context in _strings_of(path):
            template.add(message, context=context, auto_comments=comments)
    for sentence in error_sentences(_modules(root)):
        template.add(sentence)
    return template


def read(language: str) -> Catalog:
    """Returns the catalogue of one language as its .po file has it."""
    with catalogue_path(language).open("rb") as source:
        return read_po(source, locale=language)


def write(language: str, catalogue: Catalog) -> None:
    """Writes a .po file without dates, names or places, sorted, so that its diffs stay small."""
    target = catalogue_path(language)
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    with draft.open("wb") as file:
        file.write(_header(language).encode())
        write_po(file, catalogue, width=0, no_location=True, omit_header=True, sort_output=True)
    draft.replace(target)


def _files(root: Path) -> Iterator[Path]:
    for folder in SOURCES:
        yield from (root / folder).rglob("*.py")
        yield from (path for path in (root / folder).rglob("*.html") if "templates" in path.parts)


def _modules(root: Path) -> Iterator[ast.Module]:
    for path in sorted(_files(root)):
        if path.suffix == ".py":
            yield ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def _strings_of(path: Path) -> Iterable[tuple[Any, ...]]:
    if path.suffix == ".py":
        return extract_from_file("python", path, keywords=KEYWORDS, comment_tags=("Translators:",))
    return extract_from_file(_template_strings, path, keywords=KEYWORDS, options=TEMPLATE_OPTIONS)


def _template_strings(file: Any, keywords: Any, tags: Any, options: Any) -> Iterator[Any]:
    # Babel names template engines by entry point; handing the function over needs no such look-up.
    yield from babel_extract(file, keywords, tags, options)


def _header(language: str) -> str:
    lines = (
        f"Language: {language}",
        f"Plural-Forms: {PLURAL_FORMS[language]}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
    )
    body = "".join(f'"{line}\\n"\n' for line in lines)
    return f'msgid ""\nmsgstr ""\n{body}\n'
