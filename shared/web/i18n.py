"""Arabic, French and English for everything a person reads: pages, problems, letters, law texts.

The message id is the English sentence; translations are the plain .po files of shared/web/locale,
read once and compiled in memory. Nothing here needs a web request: workers use it as it is.
"""

import gettext as gnu_gettext
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from shared.web.negotiation import best_language

if TYPE_CHECKING:
    from jinja2 import Environment

LANGUAGES = ("ar", "fr", "en")
DEFAULT_LANGUAGE = "ar"
LANGUAGE_NAMES: Mapping[str, str] = {"ar": "العربية", "fr": "Français", "en": "English"}
UNDETERMINED = "und"  # The BCP 47 tag for a text whose language nobody recorded.

# The number of a law (113-14, 2-16-403) or a date; a span of years is read as its script runs.
_HYPHENED = re.compile(r"(?<![\w/-])(?:\d{2,3}-\d{2}|\d-\d{2}-\d{3}|\d{4}-\d{2}-\d{2})(?![\w/-])")
_LOCALE_FOLDER = Path(__file__).parent / "locale"
_language: ContextVar[str] = ContextVar("arida_language", default=DEFAULT_LANGUAGE)


class UnknownLanguage(ValueError):
    """Raised when a language other than Arabic, French or English is asked for by its code."""

    def __init__(self, code: str) -> None:
        super().__init__(f"unknown language {code!r}, known are {', '.join(LANGUAGES)}")
        self.code = code


def catalogue_path(language: str) -> Path:
    """Returns where the translations of one language are kept."""
    return _LOCALE_FOLDER / _known(language) / "LC_MESSAGES" / "arida.po"


def current_language() -> str:
    """Returns the code of the language that texts are given in now."""
    return _language.get()


def direction(language: str | None = None) -> str:
    """Returns `rtl` for Arabic and `ltr` for the others, as HTML's dir attribute wants it."""
    return "rtl" if (language or current_language()) == "ar" else "ltr"


def set_language(code: str) -> None:
    """Makes `code` the language of this context (request, task); raises UnknownLanguage."""
    _language.set(_known(code))


@contextmanager
def use_language(code: str) -> Iterator[None]:
    """Gives texts in `code` inside the block, then as before; raises UnknownLanguage."""
    token = _language.set(_known(code))
    try:
        yield
    finally:
        _language.reset(token)


def gettext(text: str, /, **params: object) -> str:
    """Returns `text` in the current language, its %(name)s places filled from `params`."""
    return _fill(_translations(current_language()).gettext(text), params)


def ngettext(singular: str, plural: str, n: int, /, **params: object) -> str:
    """Returns the form that `n` takes in the current language; %(num)s stands for `n`."""
    form = _translations(current_language()).ngettext(singular, plural, n)
    return _fill(form, {"num": n, **params})


def pgettext(context: str, text: str, /, **params: object) -> str:
    """Returns `text` as it is said in `context` (the same English word may need two others)."""
    return _fill(_translations(current_language()).pgettext(context, text), params)


def gettext_noop(text: str, /) -> str:
    """Returns `text` as it is; marks a message id that is looked up later, by its value."""
    return text


class LazyText:
    """A text that is translated when it is read, for tables that are built before any request."""

    __slots__ = ("_context", "_params", "_text")

    def __init__(self, text: str, *, context: str | None, params: Mapping[str, object]) -> None:
        self._text, self._context, self._params = text, context, params

    def __str__(self) -> str:
        if self._context is None:
            return gettext(self._text, **self._params)
        return pgettext(self._context, self._text, **self._params)

    def __repr__(self) -> str:
        return f"LazyText({self._text!r})"


def lazy_gettext(text: str, /, **params: object) -> LazyText:
    """Returns a text that `str()` gives in the language current at that moment."""
    return LazyText(text, context=None, params=params)


def lazy_pgettext(context: str, text: str, /, **params: object) -> LazyText:
    """Returns what lazy_gettext returns, for a text that depends on its context."""
    return LazyText(text, context=context, params=params)


def negotiate(accept_language: str | None, supported: Sequence[str] = LANGUAGES) -> str:
    """Returns the supported language a request prefers (RFC 9110, 12.5.4), else the default."""
    return best_language(accept_language, supported=supported, default=DEFAULT_LANGUAGE)


def text_in(texts: Mapping[str, str | None], language: str) -> tuple[str, str]:
    """Returns a text of `{ar, fr, en, original}` and the code of the language it is really in.

    `original` is the code of the language it was first written in, or the text itself if that
    language is none of the three. The caller must mark a text whose language is not the asked one.
    Raises LookupError when there is no text at all.
    """
    original = texts.get("original") or ""
    for code in (language, original, *LANGUAGES):
        text = texts.get(code) if code in LANGUAGES else None
        if text:
            return text, code
    if original and original not in LANGUAGES:
        return original, UNDETERMINED
    raise LookupError("the text exists in no language")


def install_in_jinja(environment: "Environment") -> None:
    """Gives templates `_`, `{% trans %}`, `current_language` and `direction` in this language."""
    environment.add_extension("jinja2.ext.i18n")
    environment.policies["ext.i18n.trimmed"] = True
    # The extension adds this method at run time, so the type checker cannot see it.
    install = environment.install_gettext_callables  # type: ignore[attr-defined]
    install(gettext, ngettext, newstyle=True, pgettext=pgettext)
    environment.globals["current_language"] = current_language
    environment.globals["direction"] = direction


def load_catalogues() -> None:
    """Reads every language now, so that a broken file stops the start and not a request."""
    for language in LANGUAGES:
        _translations(language)


def _known(code: str) -> str:
    if code not in LANGUAGES:
        raise UnknownLanguage(code)
    return code


def _fill(text: str, params: Mapping[str, object]) -> str:
    return text % params if params else text


def _with_numbers_kept(text: str) -> str:
    """A sentence written from right to left, its laws and dates isolated.

    Between Arabic letters the parts of `113-14` change places, so that another law is read
    (Unicode 9, X5a and W2).
    """
    return _HYPHENED.sub("\u2066\\g<0>\u2069", text)


@cache
def _translations(language: str) -> gnu_gettext.GNUTranslations:
    # Babel is much to load for processes that import this module and say nothing to anybody.
    from babel.messages.mofile import write_mo  # noqa: PLC0415
    from babel.messages.pofile import read_po  # noqa: PLC0415

    compiled = io.BytesIO()
    with catalogue_path(language).open("rb") as source:
        catalogue = read_po(source, locale=language)
    if direction(language) == "rtl":
        for message in catalogue:
            if isinstance(message.string, str):
                message.string = _with_numbers_kept(message.string)
            else:
                message.string = tuple(_with_numbers_kept(form) for form in message.string or ())
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gnu_gettext.GNUTranslations(compiled)
