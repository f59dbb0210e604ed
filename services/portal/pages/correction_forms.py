"""Corrections of recorded days and counts as forms: what is right, and why it is corrected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from services.portal import session_words, words
from services.portal.clients import Json
from services.portal.forms import Field, Form, Option
from services.portal.names import member_names, name_in_own_letters
from services.portal.timelines import author
from shared.web.dates import civil_date
from shared.web.i18n import gettext as _
from shared.web.i18n import lazy_gettext

BECAUSE = Field(
    name="because",
    label=lazy_gettext("Why it is corrected"),
    hint=lazy_gettext("It stays with the council and stands in the minutes."),
    kind="textarea",
    longest=2_000,
    is_required=True,
)
DATE_RECTIFICATION = Form(
    name="date-rectification",
    title=lazy_gettext("Correct a recorded day by a new act"),
    button=lazy_gettext("Correct"),
    path="/date-rectification",
    kind="danger",
    lead=lazy_gettext("Another person than who recorded it corrects it; the old act stays."),
    fields=(
        Field(
            name="of",
            label=lazy_gettext("Which act"),
            kind="radio",
            options=words.options(session_words.DATED_ACTS),
            is_required=True,
        ),
        Field(name="day", label=lazy_gettext("The right day"), kind="date", is_required=True),
        BECAUSE,
    ),
)
COUNT_RECTIFICATION = Form(
    name="count-rectification",
    title=lazy_gettext("Correct the count at an opening by a new act"),
    button=lazy_gettext("Correct"),
    path="/count-rectification",
    kind="danger",
    lead=lazy_gettext(
        "The members in office are counted anew; a figure that changes the quorum is refused."
    ),
    fields=(
        Field(name="sitting", label=lazy_gettext("Sitting"), kind="select", is_required=True),
        Field(
            name="present",
            label=lazy_gettext("Members present"),
            kind="number",
            is_required=True,
        ),
        BECAUSE,
    ),
)
ROLL_RECTIFICATION = Form(
    name="roll-rectification",
    title=lazy_gettext("Correct a member's mark on the roll by a new act"),
    button=lazy_gettext("Correct"),
    path="/roll-rectification",
    kind="danger",
    lead=lazy_gettext(
        "Another person than who closed the roll corrects it. The quorum is counted again; a mark"
        " that changes it is refused."
    ),
    fields=(
        Field(name="roll", label=lazy_gettext("Sitting"), kind="select", is_required=True),
        Field(name="person", label=lazy_gettext("Member"), kind="select", is_required=True),
        Field(
            name="mark",
            label=lazy_gettext("The right mark at the opening"),
            kind="radio",
            options=words.options(session_words.ROLL_MARKS),
            is_required=True,
        ),
        BECAUSE,
    ),
)
CORRECTION_FORMS = {
    form.name: form for form in (DATE_RECTIFICATION, COUNT_RECTIFICATION, ROLL_RECTIFICATION)
}


def corrections_by_subject(found: Json) -> dict[str, list[Json]]:
    """What was corrected of a session or a decision, by subject, as the macro takes it."""
    shown: dict[str, list[Json]] = {}
    for one in found.get("corrections") or []:
        marks = [_mark(mark) for mark in one.get("marks") or []]
        made = {**one, "by": author(one["author"]), "marks": marks}
        shown.setdefault(one["subject"], []).append(made)
    return shown


def correctable(session: Json, recorded: Json) -> Mapping[str, Sequence[Option]]:
    """What the forms of corrections offer: sittings counted by number, those by roll, members."""
    names = member_names(recorded)
    return {
        "sitting": _sittings(session, is_named=False),
        "roll": _sittings(session, is_named=True),
        "person": list(names.items()),
    }


def as_roll(body: Json, act: str) -> Json:
    """The mark of one member as the roll that review takes; any other act as it is."""
    if act != ROLL_RECTIFICATION.name:
        return body
    said = {name: value for name, value in body.items() if name not in {"roll", "person", "mark"}}
    mark = {"person": body["person"], "mark": body["mark"]}
    return {**said, "sitting": body["roll"], "attendance": [mark]}


def _sittings(session: Json, *, is_named: bool) -> list[Option]:
    return [
        (one["id"], _("Sitting of %(date)s", date=civil_date(one["held_on"])))
        for one in session.get("sittings") or []
        if bool(one.get("is_named")) == is_named
    ]


def _mark(mark: Json) -> str:
    """A mark before and after its correction, in words."""
    name = name_in_own_letters(mark) or mark["person"][:8]
    was = words.word(session_words.ROLL_MARKS, mark["was"]) if mark["was"] else _("Not entered")
    now = words.word(session_words.ROLL_MARKS, mark["now"])
    return f"{name} – {_('%(was)s, corrected to %(now)s', was=was, now=now)}"
