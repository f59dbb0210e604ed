"""The vote on an item with an answer to each opinion, and what is recorded beside a vote."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from services.portal import session_words, words
from services.portal.clients import Json
from services.portal.formats import plain_text
from services.portal.forms import Field, Form, Option
from services.portal.pages.correction_forms import BECAUSE
from services.portal.pages.majority_matters import matter_of_vote
from services.portal.pages.session_forms import ITEM_FORMS, VOTE
from shared.web.i18n import LazyText, lazy_gettext

RECUSAL = Form(
    name="recusal",
    title=lazy_gettext("Record members who take no part in this item"),
    button=lazy_gettext("Record"),
    path="/recusals",
    lead=lazy_gettext("It lowers the votes on this item only, never the quorum at the opening."),
    fields=(
        Field(name="person", label=lazy_gettext("Member"), kind="select", is_maybe=True),
        Field(
            name="count",
            label=lazy_gettext("Or only how many members"),
            kind="number",
            is_maybe=True,
        ),
    ),
)
VOTE_RECTIFICATION = Form(
    name="vote-rectification",
    title=lazy_gettext("Correct the recorded vote by a new act"),
    button=lazy_gettext("Correct"),
    path="/vote-rectification",
    kind="danger",
    lead=lazy_gettext(
        "Another person than who recorded it corrects it; the old count stays on record beside it,"
        " and the decision follows the result."
    ),
    fields=(
        *(one for one in VOTE.fields if one.name != "without_opinion_reason"),
        BECAUSE,
    ),
)
CORRECTABLE = frozenset({"adopted", "rejected"})
"""States of a decision that has not gone to the governor."""

TAKING_UP = Form(
    name="taking-up",
    title=lazy_gettext("Decide without debate whether to deliberate"),
    button=lazy_gettext("Record the vote"),
    path="/taking-up",
    lead=lazy_gettext(
        "No committee has examined this petition. Without a majority for it the item goes to the "
        "next session (113-14, 28)."
    ),
    fields=VOTE.fields[:4],
)

WITHDRAWAL_REPORT = Form(
    name="withdrawal-report",
    title=lazy_gettext("Record that the withdrawal was reported"),
    button=lazy_gettext("Record"),
    path="/withdrawal-report",
    lead=lazy_gettext("It came after the notice: the council is told without debate."),
)

MINUTES = Form(
    name="minutes",
    title=lazy_gettext("Record that each member got the minutes"),
    button=lazy_gettext("Record"),
    path="/minutes",
    lead=lazy_gettext("A copy to each member within 15 days of the close (113-14, 273)."),
)
ADOPTION = Form(
    name="minutes-adoption",
    title=lazy_gettext("Record that the council adopted the minutes"),
    button=lazy_gettext("Record"),
    path="/minutes-adoption",
    lead=lazy_gettext("On the day of a sitting of a later session."),
)
REGISTER = Form(
    name="register",
    title=lazy_gettext("Record that the attendance register went to the governor"),
    button=lazy_gettext("Record"),
    path="/register-sending",
    lead=lazy_gettext("A copy within {attendance-register} of the close (113-14, 67)."),
    fields=(
        Field(
            name="proof",
            label=lazy_gettext("What proves the sending"),
            hint=lazy_gettext("For example the number of the governor's receipt."),
            longest=500,
            is_required=True,
        ),
    ),
)
POSTING = Form(
    name="posting",
    title=lazy_gettext("Record that the decision was posted at the seat"),
    button=lazy_gettext("Record"),
    path="/posting",
    lead=lazy_gettext("Within {posting} (113-14, 273); counted from the close of the session."),
)


def item_forms(session: Json, item: Json) -> Mapping[str, Form]:
    """The forms of one item of a session; the vote asks about the opinions on its petition.

    An item that is no petition may answer those that were handed in for the session.
    """
    vote = replace(VOTE, fields=_vote_fields(session, item))
    return {
        "vote": vote,
        "taking-up": TAKING_UP,
        "withdrawal-report": WITHDRAWAL_REPORT,
        "recusal": RECUSAL,
        "vote-rectification": VOTE_RECTIFICATION,
        **{k: v for k, v in ITEM_FORMS.items() if k != "vote"},
    }


def _vote_fields(session: Json, item: Json) -> tuple[Field, ...]:
    return (*VOTE.fields, *matter_of_vote(session, item), *opinion_fields(session, item))


def can_be_corrected(session: Json, item: Json) -> bool:
    """Whether the vote on an item is recorded, and its decision is still here."""
    decision = next((one for one in session["decisions"] if one["item"] == item["id"]), None)
    return decision is not None and decision["state"] in CORRECTABLE


def is_to_report(session: Json, item: Json) -> bool:
    """Whether the council must still be told that the item's petition was withdrawn."""
    is_untold = item.get("withdrawn_on") and not item.get("reported_on")
    return bool(is_untold and session["state"] == "opened")


def opinion_fields(session: Json, item: Json) -> list[Field]:
    """What is asked about each opinion that is before the council on an item."""
    case = item.get("case")
    papers = [one for one in session.get("papers") or [] if one.get("case") == case]
    return [field for one in papers for field in _fields(one, is_required=case is not None)]


def with_replies(body: Json) -> Json:
    """What was typed about each opinion, as the list that review takes."""
    typed = body.get("opinions")
    if not typed:
        return body
    return {**body, "opinions": [{"opinion": opinion, **said} for opinion, said in typed.items()]}


def rectification_by_name(members: Sequence[Option], votes: Sequence[Json]) -> Form:
    """The correction of a vote by name: each member with the side that is recorded."""
    last = max((one["round"] for one in votes), default=0)
    sides = {one["person"]: one["side"] for one in votes if one["round"] == last}
    fields = name_fields(members, sides)
    return replace(
        VOTE_RECTIFICATION,
        fields=(*fields, BECAUSE),
        lead=lazy_gettext(
            "Another person than who recorded it corrects it. Choose “No vote” for who gave none;"
            " the old votes stay on record."
        ),
    )


def name_fields(
    members: Sequence[Option], sides: Mapping[str, str] | None = None
) -> tuple[Field, ...]:
    """One field for the side of each member; with ``sides``, as they are recorded until now."""
    known = words.options(session_words.VOTES)
    if sides is not None:
        known = [*known, ("", lazy_gettext("No vote"))]
    return tuple(
        Field(
            name=f"names.{person}",
            label=label if isinstance(label, LazyText) else lazy_gettext("%(name)s", name=label),
            kind="radio",
            options=known,
            value=None if sides is None else sides.get(person, ""),
            is_maybe=True,
        )
        for person, label in members
    )


def with_names(body: Json) -> Json:
    """A vote by name as review takes it; any other act as it is."""
    if "names" not in body:
        return body
    sides: Sequence[Json] = [
        {"person": person, "side": side} for person, side in body["names"].items()
    ]
    return {**body, "mode": "by-name", "names": sides}


def with_ballot(item: Json, body: Json, act: str) -> Json:
    """A correction is of the same kind of ballot; a secret one says again by which article."""
    calculations = item.get("calculations") or [{}]
    if act != VOTE_RECTIFICATION.name or item.get("ballot") not in {"secret", "by-name"}:
        return body
    if item["ballot"] == "by-name":
        return {"names": [], **body, "mode": "by-name"}
    return {**body, "mode": "secret", "article": calculations[-1].get("ballot_article")}


def _fields(paper: Json, *, is_required: bool) -> tuple[Field, Field]:
    opinion, subject = paper["opinion"], plain_text(paper["subject"])
    return (
        Field(
            name=f"opinions.{opinion}.answer",
            label=lazy_gettext("The decision on the opinion: %(opinion)s", opinion=subject),
            kind="radio",
            options=words.options(words.ANSWERS),
            is_required=is_required,
        ),
        Field(
            name=f"opinions.{opinion}.reason",
            label=lazy_gettext("Why the opinion was followed or not: %(opinion)s", opinion=subject),
            hint=lazy_gettext("The answer and its reason become public."),
            kind="textarea",
            longest=2000,
            is_required=is_required,
        ),
    )
