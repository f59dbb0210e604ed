"""Finds what is wrong with the translations: missing, uncertain, unused, or with other values."""

import re
from collections.abc import Iterator

from babel.messages.catalog import Catalog, Message

from shared.web import catalogue_files
from shared.web.catalogue_update import Translation, forms_of, in_use, set_aside
from shared.web.i18n import LANGUAGES

_PLACE = re.compile(r"%\((\w+)\)[sd]")
_COUNT = "num"  # Arabic says one and two without a figure, so a plural form may leave it out.


def findings(template: Catalog) -> list[str]:
    """Returns one line per string to repair, beginning with the language; empty when in order."""
    return [line for language in LANGUAGES for line in _findings_in(language, template)]


def untranslated(template: Catalog) -> dict[str, dict[str, Translation]]:
    """Returns the strings each language lacks, in the form that `--fill` takes back."""
    return {language: _untranslated_in(language, template) for language in LANGUAGES}


def _untranslated_in(language: str, template: Catalog) -> dict[str, Translation]:
    catalogue = catalogue_files.read(language)
    have = {name for name, message in in_use(catalogue).items() if _is_translated(message)}
    have |= {name for name, message in set_aside(catalogue).items() if _is_translated(message)}
    forms = catalogue.num_plurals
    return {
        name: "" if isinstance(message.id, str) else [""] * forms
        for name, message in in_use(template).items()
        if name not in have
    }


def _findings_in(language: str, template: Catalog) -> Iterator[str]:
    catalogue = catalogue_files.read(language)
    wanted, present = in_use(template), in_use(catalogue)
    for name in sorted(wanted.keys() - present.keys()):
        yield f"{language}: missing, run --update: {name!r}"
    for name in sorted({*(present.keys() - wanted.keys()), *set_aside(catalogue)}):
        yield f"{language}: obsolete, run --update --prune: {name!r}"
    for name in sorted(wanted.keys() & present.keys()):
        for fault in _faults(present[name]):
            yield f"{language}: {fault}: {name!r}"


def _faults(message: Message) -> Iterator[str]:
    if message.fuzzy:
        yield "fuzzy"
    if not _is_translated(message):
        yield "untranslated"
        return
    wanted = _places(message.id)
    for form in forms_of(message):
        optional = set() if isinstance(message.id, str) else {_COUNT}
        if (found := _places(form)) - wanted or wanted - found - optional:
            yield f"placeholders differ, {sorted(wanted)} became {sorted(found)}"


def _is_translated(message: Message) -> bool:
    return all(forms_of(message))


def _places(text: str | tuple[str, ...] | list[str]) -> set[str]:
    parts = [text] if isinstance(text, str) else text
    return {place for part in parts for place in _PLACE.findall(part)}
