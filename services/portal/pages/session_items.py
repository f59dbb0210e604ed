"""An item of the agenda on the page of its session: its forms, and who takes no part in it."""

from __future__ import annotations

from collections.abc import Mapping

from flask import url_for

from services.portal.access import caller
from services.portal.clients import Json
from services.portal.forms import Form, scoped
from services.portal.names import in_order, member_names
from services.portal.offers import offered
from services.portal.pages import session_forms as forms
from services.portal.pages.vote_forms import (
    can_be_corrected,
    is_to_report,
    item_forms,
    rectification_by_name,
)
from services.portal.submitting import Sent


def recorded_of(found: Json) -> Json:
    """The record of a session while members can be recused by name; else nothing is needed."""
    if found["state"] not in {"convened", "opened", "closed"}:
        return {"members": [], "people": {}, "items": []}
    return in_order(caller().read("review", f"/sessions/{found['id']}/record"))


def forms_of(found: Json, row: Json, recorded: Json) -> Mapping[str, Form]:
    """The forms of an item; a vote by name is corrected by name."""
    usual = item_forms(found, row)
    if row.get("ballot") != "by-name":
        return usual
    kept = _kept(row, recorded)
    names, recused = member_names(recorded), kept.get("recusals") or []
    left = [(person, name) for person, name in names.items() if person not in recused]
    return {**usual, "vote-rectification": rectification_by_name(left, kept.get("votes") or [])}


def _kept(row: Json, recorded: Json) -> Json:
    """What the record has of an item."""
    return next((one for one in recorded["items"] if one["id"] == row["id"]), {})


def shown_item(found: Json, row: Json, sent: Sent | None, item_id: str, *, recorded: Json) -> Json:
    """One item with what can be done on it now, and who takes no part, by name."""
    names = member_names(recorded)
    recused = _kept(row, recorded).get("recusals") or []
    left = [one["person"] for one in recorded["members"] if one["person"] not in recused]

    def action(act: str) -> str:
        return url_for("sittings.do_item_act", session_id=found["id"], item_id=row["id"], act=act)

    possible = {"item-postponement": forms.KEEPERS} if row["state"] == "scheduled" else {}
    if possible and found["state"] == "opened":
        first = "vote" if row.get("is_examined", True) else "taking-up"
        possible = {first: forms.KEEPERS, **possible}
    if row["state"] == "scheduled" and found["state"] in {"convened", "opened"}:
        possible = {"recusal": forms.KEEPERS, **possible}
    if can_be_corrected(found, row):
        possible = {"vote-rectification": forms.KEEPERS, **possible}
    if is_to_report(found, row):
        possible = {"withdrawal-report": forms.KEEPERS}
    shown = offered(
        {act: scoped(form, row["id"]) for act, form in forms_of(found, row, recorded).items()},
        row,
        action=action,
        allowed=possible,
        sent=sent if row["id"] == item_id else None,
        choices={"person": [(person, names[person]) for person in left]},
    )
    return {
        **row,
        "forms": shown,
        "unreported_because": _kept(row, recorded).get("unreported_because"),
        "recused_names": [names[person] for person in recused],
    }
