"""The session room: one secretary records a meeting as it goes; each act is saved at once.

Nothing is kept in the browser: after a lost connection the page shows what was recorded, and the
same form sent again adds nothing.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from services.portal import session_words, words
from services.portal.access import caller, page_for, signed_in
from services.portal.clients import Json
from services.portal.forms import Option, scoped, show
from services.portal.names import in_order, member_names
from services.portal.offers import offered
from services.portal.pages import room_forms as forms
from services.portal.pages.council import COUNCIL
from services.portal.pages.session_forms import KEEPERS
from services.portal.pages.vote_forms import is_to_report, item_forms, with_names, with_replies
from services.portal.submitting import Sent, page_with, send_act, send_form
from shared.ids import new_id

pages = Blueprint("room", __name__, url_prefix="/desk")

NOWHERE = "00000000-0000-0000-0000-000000000000"
RUNNING = ("quorum_met", "open")


@pages.get("/sessions/<uuid:session_id>/room")
@page_for(*COUNCIL)
def room(session_id: UUID) -> str:
    """The room of a session: roll, quorum as it stands, items one by one, votes."""
    return _page(session_id)


@pages.post("/sessions/<uuid:session_id>/room/<act>")
@page_for(*KEEPERS)
def do_act(session_id: UUID, act: str) -> AnyResponse:
    """Record one act of the roll or of the sitting."""
    form = forms.SESSION_ACTS.get(act) or forms.SITTING_ACTS.get(act) or abort(404)
    place = f"/sessions/{session_id}"
    if act in forms.SITTING_ACTS:
        place = f"/sittings/{_id(request.form.get(f'{act}-sitting', ''))}"
    sent = send_act(form, "review", f"{place}{form.path}")
    person = request.form.get("mark-person", "")
    return _after(session_id, sent, anchor=f"member-{person}" if act == "mark" else "sitting")


@pages.post("/sessions/<uuid:session_id>/room/items/<uuid:item_id>/<act>")
@page_for(*KEEPERS)
def do_item_act(session_id: UUID, item_id: UUID, act: str) -> AnyResponse:
    """Record what the council does with an item: a vote, a recusal, a postponement."""
    found, record = _read(session_id)
    item = next((row for row in record["items"] if row["id"] == str(item_id)), None) or abort(404)
    form = _item_forms(found, record, item).get(act) or abort(404)

    def send(body: Json, key: str, version: str | None) -> Json:
        path = f"/items/{item_id}{form.path}"
        return caller().act(
            "review", path, with_names(with_replies(body)), key=key, version=version
        )

    sent = send_form(scoped(form, item_id), send)
    return _after(session_id, sent, anchor=f"item-{item_id}", item_id=str(item_id))


def _after(session_id: UUID, sent: Sent, *, anchor: str, item_id: str = "") -> AnyResponse:
    """Back to the page at the place of the act; or the page again with what must be mended."""
    if sent.is_done:
        roll = "1" if anchor.startswith("member-") else None
        place = url_for("room.room", session_id=session_id, roll=roll, _anchor=anchor)
        return redirect(place, code=303)
    return page_with(_page(session_id, sent, item_id), sent.status)


def _read(session_id: UUID) -> tuple[Json, Json]:
    found = caller().read("review", f"/sessions/{session_id}")
    return found, in_order(caller().read("review", f"/sessions/{session_id}/record"))


def _page(session_id: UUID, sent: Sent | None = None, item_id: str = "") -> str:
    found, record = _read(session_id)
    names = member_names(record)
    sitting = _sitting(record)
    there = _there(record, sitting, names)
    return render_template(
        "room.html",
        session=found,
        record=record,
        sitting=sitting,
        members=_members(record, sitting, names),
        names=names,
        there=len(there) if sitting and sitting["is_named"] else (sitting or {}).get("there"),
        items=[_item(found, record, row, sent, item_id) for row in record["items"]],
        begin=show(forms.ROLL, _address(session_id, "roll")),
        door=show(forms.CLOSED_DOOR, _address(session_id, "closed-door")),
        is_roll_open=bool(sitting and sitting["state"] == "planned") or "roll" in request.args,
        refused=sent if sent is not None and not item_id else None,
        may_keep=signed_in().holds(*KEEPERS),
        is_running=bool(sitting and sitting["state"] in RUNNING),
        address=lambda act: _address(session_id, act),
        new_key=lambda: str(new_id()),
        marks=session_words.ROLL_MARKS,
        ballot_word=lambda code: words.word(session_words.BALLOTS, code),
        basis_word=lambda code: words.word(session_words.BASES, code),
        side_word=lambda code: words.word(session_words.VOTES, code),
    )


def _address(session_id: UUID, act: str) -> str:
    return url_for("room.do_act", session_id=session_id, act=act)


def _sitting(record: Json) -> Json | None:
    """The sitting that the page is about: whose roll is called, or that has not ended."""
    going = ("planned", *RUNNING, "suspended")
    return next((one for one in record["sittings"] if one["state"] in going), None)


def _there(record: Json, sitting: Json | None, names: Json) -> list[Option]:
    """The members in the room; everybody where the sitting was counted by number only."""
    if sitting is None:
        return []
    everybody = [(one["person"], names[one["person"]]) for one in record["members"]]
    if not sitting["is_named"]:
        return everybody
    known = {one["person"] for one in sitting["roll"] if one["is_there"]}
    return [one for one in everybody if one[0] in known]


def _members(record: Json, sitting: Json | None, names: Json) -> list[Json]:
    """Each member with the mark of this sitting, None where there is none yet."""
    roll = {one["person"]: one for one in (sitting or {}).get("roll", [])}
    return [
        {**one, "name": names[one["person"]], "entry": roll.get(one["person"])}
        for one in record["members"]
    ]


def _item(found: Json, record: Json, row: Json, sent: Sent | None, item_id: str) -> Json:
    def action(act: str) -> str:
        return url_for("room.do_item_act", session_id=found["id"], item_id=row["id"], act=act)

    is_now = row["state"] == "scheduled" and found["state"] == "opened"
    is_told = is_to_report(found, row)
    known = _item_forms(found, record, row) if is_now or is_told else {}
    shown = offered(
        {act: scoped(form, row["id"]) for act, form in known.items()},
        row,
        action=action,
        allowed=dict.fromkeys(known, KEEPERS),
        sent=sent if row["id"] == item_id else None,
    )
    return {**row, "forms": shown}


def _item_forms(found: Json, record: Json, item: Json) -> dict[str, Any]:
    """What can be recorded on an item in the room."""
    there = _there(record, _sitting(record), member_names(record))
    usual = item_forms(found, item)
    if is_to_report(found, item):
        return {"withdrawal-report": usual["withdrawal-report"]}
    votes = {"vote": usual["vote"], "vote-by-name": forms.vote_by_name(found, item, there)}
    if not item.get("is_examined", True):
        by_name = forms.taking_up_by_name(item, there)
        votes = {"taking-up": usual["taking-up"], by_name.name: by_name}
    return {
        **votes,
        "recusal": forms.recusal_by_name(item, there),
        "item-postponement": usual["item-postponement"],
    }


def _id(text: str) -> str:
    """An id that the page itself wrote; anything else is no address of a service."""
    try:
        return str(UUID(text))
    except ValueError:
        return NOWHERE
