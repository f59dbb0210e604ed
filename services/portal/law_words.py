"""What a rule of law sets, in words: lengths, numbers of signatures, shares, months."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from services.portal.formats import plain_text
from shared.day_words import MONTHS
from shared.web.i18n import current_language, lazy_gettext, ngettext
from shared.web.i18n import gettext as _

Json = Mapping[str, Any]

SHARES = {
    "more-than-half": lazy_gettext("more than half of the members in office"),
    "any": lazy_gettext("any number of members"),
}
CONCERNED = {
    "everyone": lazy_gettext("asked of every petition"),
    "citizens": lazy_gettext("asked of citizens"),
    "association": lazy_gettext("asked of associations"),
}
BASES = {
    "votes-cast": lazy_gettext("more than half of the votes cast"),
    "members-in-office": lazy_gettext("more than half of the members in office"),
    "three-quarters": lazy_gettext("three quarters of the members in office"),
}


THEN = {
    "next-day": lazy_gettext("then the day after the period ends, a day off or not"),
    "next-working-day": lazy_gettext("then the first working day after the period ends"),
}
OPENINGS = {
    1: lazy_gettext("opening on the first Monday of the month, or the next working day"),
    2: lazy_gettext("opening on the second Monday of the month, or the next working day"),
    3: lazy_gettext("opening on the third Monday of the month, or the next working day"),
    4: lazy_gettext("opening on the fourth Monday of the month, or the next working day"),
}


def length_text(count: int, unit: str) -> str:
    """A period in words, such as `3 months`."""
    if unit == "months":
        return ngettext("%(num)s month", "%(num)s months", count)
    if unit == "working-days":
        return ngettext("%(num)s working day", "%(num)s working days", count)
    return ngettext("%(num)s day", "%(num)s days", count)


def rule_lines(rule: Json) -> list[str]:
    """What a rule sets, one line for each case it knows."""
    write = _WRITERS.get(str(rule["about"]))
    return write(rule) if write else []


def range_text(allowed: Json) -> str:
    """The lengths that an authority may choose from."""
    most = length_text(allowed["most"], allowed["unit"])
    return _("from %(least)s to %(most)s", least=allowed["least"], most=most)


def _term(rule: Json) -> list[str]:
    details = rule["details"]
    values = {
        "length": length_text(rule["value"], rule["unit"]),
        "start": plain_text(details["start"]),
    }
    if details["direction"] == "backward":
        return [_("%(length)s before: %(start)s", **values)]
    return [_("%(length)s from: %(start)s", **values), *_ending(rule)]


def _ending(rule: Json) -> list[str]:
    """What moves the last day of a period beside its length."""
    details = rule["details"]
    then, more = THEN.get(details.get("then", "")), details.get("extendable_by")
    return [
        *([_("the first day counts")] if details.get("counts_start") else []),
        *([str(then)] if then else []),
        *([_("at most %(length)s more", length=length_text(more, rule["unit"]))] if more else []),
    ]


def _signatures(rule: Json) -> list[str]:
    details = rule["details"]
    steps = [*details["tiers"], *filter(None, [details.get("arrondissements")])]
    share = details.get("each_part_percent")
    spread = _("at least %(number)s%% of them from each prefecture or province", number=share)
    return [
        *(
            _("%(number)s: %(case)s", number=step["value"], case=plain_text(step["why"]))
            for step in steps
        ),
        *([spread] if share else []),
    ]


def _association(rule: Json) -> list[str]:
    years, members = (rule["details"].get(one) for one in ("years_more_than", "members_more_than"))
    age = ngettext("more than %(num)s year old", "more than %(num)s years old", years)
    size = ngettext("more than %(num)s member", "more than %(num)s members", members or 0)
    return [age, size] if members else [age]


def _quorum(rule: Json) -> list[str]:
    return [str(SHARES[rule["details"]["share"]])]


def _majority(rule: Json) -> list[str]:
    matters = [plain_text(matter["name"]) for matter in rule["details"].get("matters", ())]
    share = BASES.get(rule["details"]["basis"])
    return [str(share) if share else plain_text(rule["name"]), *matters]


def _sessions(rule: Json) -> list[str]:
    names = MONTHS[current_language()]
    months = " · ".join(names[month - 1] for month in rule["details"]["months"])
    opening = OPENINGS.get(rule["details"].get("opening_monday", 0))
    return [months, str(opening)] if opening else [months]


def _condition(rule: Json) -> list[str]:
    return [str(CONCERNED[rule["details"]["petitioner"]])]


def _visas(rule: Json) -> list[str]:
    return [plain_text(matter["name"]) for matter in rule["details"]["matters"]]


def _composition(rule: Json) -> list[str]:
    details = rule["details"]
    least, most = details.get("least"), details.get("most")
    bounds = [
        _("at least %(number)s", number=least) if least else "",
        _("at most %(number)s", number=most) if most else "",
    ]
    return [*filter(None, bounds), *(_step(one) for one in details.get("by_size", ()))]


def _step(one: Json) -> str:
    values = {"number": one["value"], "least": one.get("at_least"), "most": one.get("up_to")}
    if values["least"] is None:
        return _("%(number)s in a council of at most %(most)s members", **values)
    if values["most"] is None:
        return _("%(number)s in a council of at least %(least)s members", **values)
    if values["least"] == values["most"]:
        return _("%(number)s in a council of %(most)s members", **values)
    return _("%(number)s in a council of %(least)s to %(most)s members", **values)


def _apart(rule: Json) -> list[str]:
    unless = rule["details"].get("unless")
    return [plain_text(unless)] if unless else []


def _seen_to(rule: Json) -> list[str]:
    return [plain_text(matter["name"]) for matter in rule["details"].get("matters", ())]


_WRITERS: Mapping[str, Callable[[Json], list[str]]] = {
    "term": _term,
    "signatures": _signatures,
    "association": _association,
    "quorum": _quorum,
    "majority": _majority,
    "sessions": _sessions,
    "condition": _condition,
    "visas": _visas,
    "composition": _composition,
    "apart": _apart,
    "seen-to": _seen_to,
}
