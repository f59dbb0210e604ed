"""The sentences marshmallow refuses a field with, put into the catalogue and translated back.

marshmallow fills its sentences in English before anyone sees them, so `translate_message` looks
for the pattern a sentence was made from, takes its values out again and fills the translation.
"""

import re
from functools import cache

from shared.web.i18n import gettext
from shared.web.i18n import gettext_noop as _

# Sentences without a value, from marshmallow's Schema, fields and validators and from webargs.
FIXED: tuple[str, ...] = (
    _("Missing data for required field."),
    _("Field may not be null."),
    _("Invalid value."),
    _("Invalid input."),
    _("Invalid input type."),
    _("Invalid type."),
    _("Unknown field."),
    _("Not a valid list."),
    _("Not a valid tuple."),
    _("Not a valid string."),
    _("Not a valid utf-8 string."),
    _("Not a valid UUID."),
    _("Not a valid number."),
    _("Number too large."),
    _("Not a valid integer."),
    _("Special numeric values (nan or infinity) are not permitted."),
    _("Not a valid boolean."),
    _("Not a valid date."),
    _("Not a valid time."),
    _("Not a valid datetime."),
    _("Not a valid naive datetime."),
    _("Not a valid aware datetime."),
    _("Not a valid period of time."),
    _("Not a valid mapping type."),
    _("Not a valid URL."),
    _("Not a valid email address."),
    _("Not a valid IP address."),
    _("Not a valid IPv4 address."),
    _("Not a valid IPv6 address."),
    _("Not a valid IP interface."),
    _("Not a valid IPv4 interface."),
    _("Not a valid IPv6 interface."),
    _("String does not match expected pattern."),
    _("Invalid JSON body."),
)

# Sentences with values; the longer form of a range stands before the shorter ones it contains.
WITH_VALUES: tuple[str, ...] = (
    _("Must be greater than or equal to %(min)s and less than or equal to %(max)s."),
    _("Must be greater than or equal to %(min)s and less than %(max)s."),
    _("Must be greater than %(min)s and less than or equal to %(max)s."),
    _("Must be greater than %(min)s and less than %(max)s."),
    _("Must be greater than or equal to %(min)s."),
    _("Must be greater than %(min)s."),
    _("Must be less than or equal to %(max)s."),
    _("Must be less than %(max)s."),
    _("Shorter than minimum length %(min)s."),
    _("Longer than maximum length %(max)s."),
    _("Length must be between %(min)s and %(max)s."),
    _("Length must be %(equal)s."),
    _("Must be equal to %(other)s."),
    _("Must be one of: %(choices)s."),
    _("One or more of the choices you made was not in: %(choices)s."),
    _("One or more of the choices you made was in: %(values)s."),
)


def translate_message(message: str) -> str:
    """Returns one finished sentence of marshmallow in the current language.

    A sentence of our own schemas is looked up as it is; one that no catalogue knows comes back
    unchanged, which is right for sentences that were translated before.
    """
    for msgid, pattern in _patterns():
        if found := pattern.fullmatch(message):
            return gettext(msgid, **found.groupdict())
    return gettext(message)


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((msgid, _pattern_of(msgid)) for msgid in WITH_VALUES)


def _pattern_of(msgid: str) -> re.Pattern[str]:
    escaped = re.escape(msgid)
    return re.compile(re.sub(r"%\\\((\w+)\\\)s", r"(?P<\1>.*?)", escaped), re.DOTALL)
