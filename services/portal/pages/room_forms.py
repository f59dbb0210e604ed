"""The acts of the session room as forms: the roll, the sitting, the doors, votes by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from services.portal import session_words, words
from services.portal.clients import Json
from services.portal.forms import Field, Form, Option
from services.portal.pages.majority_matters import matter_of_vote
from services.portal.pages.session_forms import VOTE
from services.portal.pages.vote_forms import RECUSAL, TAKING_UP, name_fields, opinion_fields
from shared.web.i18n import LazyText, lazy_gettext

SITTING = Field(
    name="sitting", label=lazy_gettext("Sitting"), is_required=True, is_place=True, kind="text"
)


def _step(name: str, title: LazyText, *fields: Field, path: str = "", kind: str = "second") -> Form:
    """A step of one sitting, which the form names; in the room every act is today's."""
    return Form(
        name=name,
        title=title,
        button=title,
        path=path or f"/{name}",
        kind=kind,
        is_act=False,
        fields=(SITTING, *fields),
    )


ROLL = Form(
    name="roll",
    title=lazy_gettext("Begin the roll of a sitting"),
    button=lazy_gettext("Begin the roll"),
    path="/roll",
    is_act=False,
    fields=(
        Field(
            name="called_on",
            label=lazy_gettext("Second call sent on"),
            hint=lazy_gettext("Only for a second call."),
            kind="date",
            is_maybe=True,
        ),
    ),
)
DECLARATION = Form(
    name="declaration",
    title=lazy_gettext("Close the roll and count it"),
    button=lazy_gettext("Close the roll and count it"),
    path="/declaration",
    is_act=False,
)
MARK = _step(
    "mark",
    lazy_gettext("Mark a member"),
    Field(name="person", label=lazy_gettext("Member"), is_required=True),
    Field(name="mark", label=lazy_gettext("Attendance"), is_required=True),
    path="/marks",
)
REST = _step(
    "rest",
    lazy_gettext("Mark everybody else"),
    Field(name="mark", label=lazy_gettext("Attendance"), is_required=True),
)
SUSPENSION = _step("suspension", lazy_gettext("Suspend the sitting"))
RESUMPTION = _step("resumption", lazy_gettext("Resume the sitting"), kind="first")
ENDING = _step("ending", lazy_gettext("End the sitting"), kind="danger")
OPEN_DOOR = _step("open-door", lazy_gettext("Let the public in again"), kind="first")
CLOSED_DOOR = _step(
    "closed-door",
    lazy_gettext("Continue behind closed doors"),
    Field(
        name="asked_by",
        label=lazy_gettext("Asked by"),
        kind="radio",
        options=words.options(session_words.CLOSED_DOOR_ASKED_BY),
        is_required=True,
    ),
    Field(
        name="members",
        label=lazy_gettext("How many members asked"),
        hint=lazy_gettext("Only when a third of the members asks (113-14, 48)."),
        kind="number",
        is_maybe=True,
    ),
    Field(
        name="votes_for",
        label=lazy_gettext("Votes for the closed door"),
        hint=lazy_gettext("The council decides without debate; the governor's request needs none."),
        kind="number",
        is_maybe=True,
    ),
    Field(
        name="votes_against",
        label=lazy_gettext("Votes against the closed door"),
        kind="number",
        is_maybe=True,
    ),
    kind="danger",
)
SESSION_ACTS = {form.name: form for form in (ROLL, DECLARATION)}
SITTING_ACTS = {
    form.name: form for form in (MARK, REST, SUSPENSION, RESUMPTION, ENDING, CLOSED_DOOR, OPEN_DOOR)
}


def vote_by_name(session: Json, item: Json, there: Sequence[Option]) -> Form:
    """The vote of each member who is in the room and takes part in the item."""
    recused = set(item["recusals"])
    names = name_fields([one for one in there if one[0] not in recused])
    reason = next(one for one in VOTE.fields if one.name == "without_opinion_reason")
    return Form(
        name="vote-by-name",
        title=lazy_gettext("Record the vote by name"),
        button=lazy_gettext("Record the vote"),
        lead=lazy_gettext("Leave a member empty who gave no vote."),
        path="/vote",
        fields=(
            *names,
            *matter_of_vote(session, item),
            reason,
            *opinion_fields(session, item),
        ),
    )


def taking_up_by_name(item: Json, there: Sequence[Option]) -> Form:
    """The vote without debate of each member who is in the room and takes part in the item."""
    recused = set(item["recusals"])
    return replace(
        TAKING_UP,
        name="taking-up-by-name",
        title=lazy_gettext("Decide by name whether to deliberate, without debate"),
        lead=lazy_gettext("Leave a member empty who gave no vote."),
        fields=name_fields([one for one in there if one[0] not in recused]),
    )


def recusal_by_name(item: Json, there: Sequence[Option]) -> Form:
    """The members who may still declare that they take no part in an item."""
    recused = set(item["recusals"])
    left = [(person, label) for person, label in there if person not in recused]
    person = Field(
        name="person",
        label=lazy_gettext("Member"),
        kind="select",
        options=left,
        is_required=True,
    )
    return replace(RECUSAL, name="recusal", fields=(person,), is_act=False)
