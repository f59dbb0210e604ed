"""The questions of law as forms: plain addresses, so that an answer can be kept and shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from services.portal.formats import plain_text
from services.portal.forms import Field, Form, Option, ShownForm
from shared.law.model import LANGUAGES, Rule
from shared.law.packs import PACKS, load_pack
from shared.web.i18n import lazy_gettext

PACK_NAMES = {
    "ma-commune": lazy_gettext("Commune"),
    "ma-province": lazy_gettext("Prefecture or province"),
    "ma-region": lazy_gettext("Region"),
}
PACK = Field(name="pack", label=lazy_gettext("Kind of authority"), kind="select", is_required=True)
IN_OFFICE = Field(
    name="in_office", label=lazy_gettext("Members in office"), kind="number", is_required=True
)
SIDES: tuple[Option, ...] = (
    ("for", lazy_gettext("For it")),
    ("against", lazy_gettext("Against it")),
    ("abstain", lazy_gettext("Abstained")),
)
DUE = Form(
    name="due",
    title=lazy_gettext("A deadline"),
    button=lazy_gettext("Work out the day"),
    lead=lazy_gettext("The last or first day of a step, counted from the event that starts it."),
    is_act=False,
    fields=(
        PACK,
        Field(name="rule", label=lazy_gettext("Which day"), kind="select", is_required=True),
        Field(
            name="from",
            label=lazy_gettext("Counted from"),
            kind="date",
            hint=lazy_gettext("The day of the event: a receipt, an opening, the end of a session."),
            is_required=True,
        ),
        Field(
            name="holidays",
            label=lazy_gettext("Public holidays"),
            hint=lazy_gettext(
                "Empty for those of Morocco. Days you list replace them, as 2024-05-01, 2024-07-30."
            ),
            lang="en",
        ),
        Field(
            name="no_holidays",
            label=lazy_gettext("Count without any public holiday"),
            kind="yes",
            is_place=True,
        ),
    ),
)
THRESHOLD = Form(
    name="threshold",
    title=lazy_gettext("Signatures needed"),
    button=lazy_gettext("Work out the number"),
    lead=lazy_gettext("How many people must sign a petition of citizens."),
    is_act=False,
    fields=(
        PACK,
        Field(
            name="population",
            label=lazy_gettext("Legal population"),
            kind="number",
            is_required=True,
        ),
        Field(
            name="arrondissements",
            label=lazy_gettext("The commune is divided into arrondissements"),
            kind="yes",
        ),
    ),
)
QUORUM = Form(
    name="quorum",
    title=lazy_gettext("Quorum"),
    button=lazy_gettext("Work out the quorum"),
    lead=lazy_gettext("Whether enough members are there when a session opens."),
    is_act=False,
    fields=(
        PACK,
        IN_OFFICE,
        Field(
            name="present", label=lazy_gettext("Members present"), kind="number", is_required=True
        ),
        Field(
            name="call",
            label=lazy_gettext("Call"),
            kind="select",
            is_required=True,
            options=(
                ("1", lazy_gettext("First call")),
                ("2", lazy_gettext("Second call")),
                ("3", lazy_gettext("Third meeting")),
            ),
        ),
    ),
)
MAJORITY = Form(
    name="majority",
    title=lazy_gettext("Majority"),
    button=lazy_gettext("Work out the majority"),
    lead=lazy_gettext("Whether a vote adopts an item, and what a tie means."),
    is_act=False,
    fields=(
        PACK,
        Field(
            name="basis",
            label=lazy_gettext("Majority of"),
            kind="select",
            is_required=True,
            options=(
                ("votes-cast", lazy_gettext("the votes cast")),
                ("members-in-office", lazy_gettext("the members in office")),
            ),
        ),
        Field(name="for", label=lazy_gettext("Votes for"), kind="number", is_required=True),
        Field(name="against", label=lazy_gettext("Votes against"), kind="number", is_required=True),
        Field(name="abstain", label=lazy_gettext("Abstentions"), kind="number", is_required=True),
        IN_OFFICE,
        Field(
            name="president",
            label=lazy_gettext("The president voted"),
            kind="select",
            hint=lazy_gettext("That vote is already in the counts above."),
            options=SIDES,
        ),
    ),
)
SESSION = Form(
    name="session",
    title=lazy_gettext("Which session"),
    button=lazy_gettext("Find the session"),
    lead=lazy_gettext("The ordinary session that an accepted petition goes to."),
    is_act=False,
    fields=(
        PACK,
        Field(
            name="bureau_decided_on",
            label=lazy_gettext("The bureau accepted it on"),
            kind="date",
            is_required=True,
        ),
        Field(
            name="ordinary_sessions",
            label=lazy_gettext("Opening days of ordinary sessions"),
            hint=lazy_gettext("One or more, as 2024-02-06, 2024-05-07."),
            lang="en",
            is_required=True,
        ),
    ),
)
COMPOSITION = Form(
    name="composition",
    title=lazy_gettext("Bureau and committees"),
    button=lazy_gettext("Work out the numbers"),
    lead=lazy_gettext(
        "How many vice-presidents a council of its size has, and what its committees must be like."
    ),
    is_act=False,
    fields=(
        PACK,
        Field(
            name="members",
            label=lazy_gettext("Members of the council by law"),
            kind="number",
            hint=lazy_gettext("How many seats it has, those that are empty included."),
            is_required=True,
        ),
        Field(
            name="vice_presidents",
            label=lazy_gettext("Vice-presidents it has"),
            kind="number",
            hint=lazy_gettext("Empty to learn what the law asks only."),
        ),
        Field(
            name="committees",
            label=lazy_gettext("Members of each permanent committee"),
            hint=lazy_gettext("One number for each committee, as 5, 7, 6."),
            lang="en",
        ),
    ),
)
QUESTIONS = {form.name: form for form in (DUE, SESSION, THRESHOLD, QUORUM, MAJORITY, COMPOSITION)}


class QuestionForm(ShownForm):
    """A form alone on its page: its inputs have the names of the question's own fields."""

    def input_name(self, one: Field) -> str:
        """The name of an input, as it stands in the address of the answer."""
        return one.name


def choices_for(pack: str) -> dict[str, Sequence[Option]]:
    """The kinds of authorities, and the days that the law of one sets, named by the law."""
    terms = load_pack(pack if pack in PACKS else PACKS[0], None).terms
    return {
        "pack": [(name, PACK_NAMES.get(name, name)) for name in PACKS],
        "rule": [(term.id, _name(term)) for term in terms],
    }


def _name(rule: Rule) -> str:
    return plain_text({code: rule.name[code] for code in LANGUAGES})


def short_rule_name(choices: Mapping[str, Sequence[Option]], rule: str) -> str:
    """The name of a rule among the choices; its code when it is none of them."""
    return next((str(name) for code, name in choices["rule"] if code == rule), rule)


def which(ask: str) -> list[dict[str, Any]]:
    """The questions as links, the chosen one marked."""
    return [
        {"ask": name, "title": str(form.title), "is_current": name == ask}
        for name, form in QUESTIONS.items()
    ]
