"""Jinja filters and functions that write dates, figures, texts and states for the reader.

Every id, ISO date, reference and amount goes through `ltr`: without it, Arabic text around a
value such as 2024-05-17 turns its parts about.
"""

import functools
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from jinja2 import Environment, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from services.portal.state_labels import STATES
from shared.web import dates
from shared.web.french import with_french_spaces
from shared.web.i18n import (
    LANGUAGE_NAMES,
    UNDETERMINED,
    LazyText,
    current_language,
    direction,
    gettext,
    install_in_jinja,
    lazy_gettext,
    ngettext,
    text_in,
)

NOTHING = Markup('<span class="nothing" aria-hidden="true">—</span>')
ROLES: Mapping[str, LazyText] = {
    "secretariat": lazy_gettext("Council secretariat"),
    "president": lazy_gettext("Council president"),
    "bureau": lazy_gettext("Council bureau"),
    "committee-chair": lazy_gettext("Committee chair"),
    "council-member": lazy_gettext("Council member"),
    "petitioner": lazy_gettext("Petitioner"),
    "body-member": lazy_gettext("Consultative body member"),
    "auditor": lazy_gettext("Auditor"),
    "operator": lazy_gettext("Platform operator"),
    "service": lazy_gettext("Arida itself"),
}
_LAW = re.compile(r"^\d+-\d+$")
_ARTICLE = re.compile(r"^(?P<law>\S+?),? (?:art )?(?P<article>[\d ,-]+)$")
_GROUP_MARK = {"ar": ".", "fr": "\u202f", "en": ","}
_TEXT_NOTES: Mapping[str, LazyText] = {
    "ar": lazy_gettext("text in Arabic"),
    "fr": lazy_gettext("text in French"),
    "en": lazy_gettext("text in English"),
    UNDETERMINED: lazy_gettext("text in another language"),
}


def ltr(value: object) -> Markup:
    """Returns a value that reads from left to right whatever surrounds it; a dash for nothing."""
    return NOTHING if value in (None, "") else Markup('<bdi dir="ltr">{}</bdi>').format(value)


def fingerprint(digest: str | None) -> Markup:
    """Returns the beginning of a long hash, with the whole of it to be read by pointing at it."""
    if not digest:
        return NOTHING
    return Markup('<bdi dir="ltr" class="hash" title="{}">{}…</bdi>').format(digest, digest[:12])


def number(value: int | None) -> Markup:
    """Returns a count with its thousands set apart, in Western digits."""
    if value is None:
        return NOTHING
    return ltr(f"{value:,}".replace(",", _GROUP_MARK[current_language()]))


def civil_date(day: date | str | None, *, weekday: bool = False) -> Markup:
    """Returns a civil date in words inside a <time> element; a dash for None."""
    if not day:
        return NOTHING
    iso = day if isinstance(day, str) else day.isoformat()
    words = dates.civil_date(day, weekday=weekday)
    return Markup('<time datetime="{}">{}</time>').format(iso, words)


def moment(instant: datetime | str | None, zone: str = dates.DEFAULT_ZONE) -> Markup:
    """Returns a UTC instant as local date and time of `zone` inside a <time> element."""
    if not instant:
        return NOTHING
    words = dates.moment_text(instant, zone)
    return Markup('<time datetime="{}">{}</time>').format(dates.utc_text(instant), words)


def text(texts: Mapping[str, str | None] | str | None) -> Markup:
    """Returns a `{ar, fr, en, original}` text, marked if it is not in the reader's language."""
    if not texts:
        return NOTHING
    if isinstance(texts, str):
        return escape(texts)
    found, language = text_in(texts, current_language())
    if language == "fr":
        found = with_french_spaces(found)
    if language == current_language():
        return escape(found)
    # The note is read in the page's language, so it stands outside the marked text.
    return Markup(
        '<span lang="{}" dir="{}">{}</span> <small class="language-note">({})</small>'
    ).format(language, _direction_of(language), found, _TEXT_NOTES[language])


def plain_text(texts: Mapping[str, str | None] | str) -> str:
    """Returns only the words of a text, for places without markup such as a page's title."""
    return texts if isinstance(texts, str) else text_in(texts, current_language())[0]


def recorded_later(
    acted_on: date | str, recorded_at: datetime | str, zone: str = dates.DEFAULT_ZONE
) -> str:
    """Returns `recorded n days later`, or nothing when an act was recorded on its own date."""
    recorded_on = dates.local_moment(recorded_at, zone).date()
    return days_later(dates.days_between(acted_on, recorded_on))


def days_left(count: int) -> str:
    """Returns in words how far a due date is: ahead, today, or past."""
    if count == 0:
        return gettext("due today")
    if count > 0:
        return ngettext("%(num)s day left", "%(num)s days left", count)
    return ngettext("%(num)s day overdue", "%(num)s days overdue", -count)


def state_label(kind: str, state: str) -> str:
    """Returns a state's name in the current language; an unknown one is named as unknown."""
    entry = STATES.get(kind, {}).get(_normal(state))
    return str(entry[0]) if entry else gettext("Unknown state (%(state)s)", state=state)


def state_tone(kind: str, state: str) -> str:
    """Returns which of the badge colours a state has; `draft` (grey) when it is unknown."""
    entry = STATES.get(kind, {}).get(_normal(state))
    return entry[1] if entry else "draft"


def role_label(role: str) -> str:
    """Returns a role's name in the current language, or its code when it is not one of ours."""
    return str(ROLES.get(role, role))


def article(source: Any) -> Markup:
    """Returns where a rule is written (`113-14 art 38`) in words; texts and others as they are."""
    if not isinstance(source, str):
        return text(source)
    if _LAW.match(source):
        return escape(gettext("law %(law)s")) % {"law": _whole(source)}
    found = _ARTICLE.match(source)
    if found is None:
        return ltr(source)
    law, number_ = _whole(found["law"]), _whole(found["article"])
    sentence = escape(gettext("article %(article)s of law %(law)s"))
    return sentence % {"article": number_, "law": law}


def _whole(value: str) -> Markup:
    """A number such as `113-14`, never broken at its hyphen: in Arabic its parts would change."""
    return Markup('<bdi dir="ltr" class="no-break">{}</bdi>').format(value)


def days_later(days: int) -> str:
    """Returns `recorded n days later` for the days a service counted; nothing for none."""
    if days <= 0:
        return ""
    return ngettext("recorded %(num)s day later", "recorded %(num)s days later", days)


def errors_by_field(errors: Iterable[Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """Returns a problem document's `errors` by form field: `{field: {message, remedy}}`.

    The first error of a field wins, so that a person reads one sentence at a time.
    """
    found: dict[str, dict[str, str]] = {}
    for error in errors:
        row = {"message": error["message"], "remedy": error.get("remedy", "")}
        found.setdefault(error["field"], row)
    return found


def install_formats(environment: Environment) -> None:
    """Makes translation, filters and functions known to a template environment."""
    install_in_jinja(environment)
    for filter_ in (ltr, number, civil_date, moment, text, plain_text, fingerprint, article):
        environment.filters[filter_.__name__] = _at_reading_time(filter_)
    environment.globals.update(
        state_label=state_label,
        state_tone=state_tone,
        role_label=role_label,
        recorded_later=recorded_later,
        days_later=days_later,
        days_left=days_left,
        language_names=LANGUAGE_NAMES,
    )


def _at_reading_time(function: Callable[..., Markup | str]) -> Callable[..., Markup | str]:
    # Jinja works out filters on constants once, while it compiles a template, unless they ask for
    # the context; the first reader's language would then be everybody's.
    @pass_context
    @functools.wraps(function)
    def read(_context: Context, *values: Any, **options: Any) -> Markup | str:
        return function(*values, **options)

    return read


def _direction_of(language: str) -> str:
    return "auto" if language == UNDETERMINED else direction(language)


def _normal(state: str) -> str:
    return state.replace("-", "_")
