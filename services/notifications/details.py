"""The lines under a notice's first sentence: a label and a value for each fact that it has."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from shared.web.dates import DEFAULT_ZONE, civil_date, moment_text
from shared.web.i18n import LazyText, current_language, text_in
from shared.web.i18n import lazy_gettext as _

ROLES: Mapping[str, LazyText] = {
    "secretariat": _("Council secretariat"),
    "president": _("Council president"),
    "bureau": _("Council bureau"),
    "committee-chair": _("Committee chair"),
    "council-member": _("Council member"),
    "petitioner": _("Petitioner"),
    "body-member": _("Consultative body member"),
    "auditor": _("Auditor"),
    "operator": _("Platform operator"),
    "service": _("Arida itself"),
}
STOPS, STOPS_NOT = _("It holds the decision up"), _("It does not hold the decision up")
ADOPTED, NOT_ADOPTED = _("Adopted"), _("Not adopted")


def _apart(value: object) -> str:
    """Latin signs and digits keep their order inside an Arabic line (Unicode UAX 9, isolates)."""
    return f"\u2066{value}\u2069" if current_language() == "ar" else str(value)


def _text(texts: Mapping[str, str | None]) -> str:
    return text_in(texts, current_language())[0]


def _result(is_adopted: bool) -> str:
    return str(ADOPTED if is_adopted else NOT_ADOPTED)


def _effect(stops: bool) -> str:
    return str(STOPS if stops else STOPS_NOT)


def _role(code: str) -> str:
    return str(ROLES[code])


DETAILS: tuple[tuple[str, LazyText, Callable[[Any], str]], ...] = (
    ("reference", _("Reference"), _apart),
    ("subject", _("Subject"), _text),
    ("acted_on", _("Date of the act"), civil_date),
    ("recorded_at", _("Recorded in Arida"), moment_text),
    ("filed_on", _("Filed on"), civil_date),
    ("received_on", _("Received on"), civil_date),
    ("submitted_on", _("Submitted on"), civil_date),
    ("receipt", _("Receipt number"), _apart),
    ("tracking_code", _("Tracking code"), _apart),
    ("role", _("Role"), _role),
    ("from_on", _("From"), civil_date),
    ("due_on", _("Last day"), civil_date),
    ("answer_due_on", _("Answered by"), civil_date),
    ("until_on", _("Kept until the end of"), civil_date),
    ("latest_on", _("Last day"), civil_date),
    ("was_due_on", _("Last day told before"), civil_date),
    ("refusal_due_on", _("Last day for a refusal with reasons"), civil_date),
    ("meets_on", _("The committee meets on"), civil_date),
    ("session_on", _("Session of"), civil_date),
    ("opens_on", _("The session opens on"), civil_date),
    ("held_on", _("The sitting was held on"), civil_date),
    ("in_office", _("Members in office, as counted"), _apart),
    ("in_office_now", _("Members in office, by the mandates as known now"), _apart),
    ("votes_for", _("Votes in favour"), _apart),
    ("votes_against", _("Votes against"), _apart),
    ("abstentions", _("Abstentions"), _apart),
    ("adopted", _("Result"), _result),
    ("stops", _("The governor's answer"), _effect),
    ("governor_receipt_on", _("Received by the governor on"), civil_date),
    ("enforceable_if_unopposed_from", _("Can be carried out, if not opposed, from"), civil_date),
    ("enforceable_from", _("Can be carried out from"), civil_date),
)


def detail_lines(facts: Mapping[str, Any], zone: str = DEFAULT_ZONE) -> list[tuple[str, str]]:
    """Label and value of each fact, in the current language; moments as the clocks of ``zone``."""
    return [
        (str(label), moment_text(facts[key], zone) if key.endswith("_at") else shape(facts[key]))
        for key, label, shape in DETAILS
        if key in facts
    ]
