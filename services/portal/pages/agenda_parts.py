"""The parts of an agenda's page: items, requests, documents and members, and the acts open now."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from flask import url_for

from services.portal import session_words, words
from services.portal.clients import Json
from services.portal.formats import plain_text
from services.portal.forms import Form, ShownForm, scoped
from services.portal.offers import Choices, offered
from services.portal.pages import agenda_forms as forms
from services.portal.pages import notice_forms
from services.portal.pages.majority_matters import matters
from services.portal.pages.session_forms import KEEPERS
from services.portal.submitting import Sent

SENT = ("called", "convened")


def choices(found: Json, record: Json, names: Mapping[str, str]) -> Choices:
    """The matters of the law, the members in office, and the items that are on the agenda."""
    return {
        "matter": matters(found),
        "people": [(one["person"], names[one["person"]]) for one in record["members"]],
        "person": [(one["person"], names[one["person"]]) for one in record["members"]],
        "item": [
            (one["id"], plain_text(one["subject"]))
            for one in found["items"]
            if one["state"] in {"scheduled", "under_objection"}
        ],
    }


def allowed(found: Json) -> dict[str, Sequence[str]]:
    """The acts on the whole agenda that are open now, each with who may do them."""
    allowed: dict[str, Sequence[str]] = dict.fromkeys(_possible(found), KEEPERS)
    urgent = found.get("urgent_notice")
    if urgent is not None and urgent["is_late"]:
        allowed[notice_forms.CHOICE.name] = ("president",)
    return allowed


def _possible(found: Json) -> list[str]:
    """The acts on the whole agenda that the session's state leaves open."""
    state, steps = found["state"], found.get("allowed") or []
    is_new = any(one["needs_supplement"] for one in found["items"])
    open_now = {
        forms.RECEIPT.name: "note_receipt" in steps,
        forms.GOVERNOR_ITEM.name: state in SENT,
        forms.REQUEST.name: state in {"planned", "called"},
        forms.DOCUMENT.name: state in {"planned", "called"} or (state == "convened" and is_new),
        forms.SUPPLEMENT.name: "supplement" in steps and is_new,
        forms.PROOF.name: state in {"convened", "opened"},
        notice_forms.FAILURE.name: state == "convened",
    }
    return [name for name, is_open in open_now.items() if is_open]


def item_with_forms(found: Json, record: Json, row: Json, sent: Sent | None) -> Json:
    """An item with the governor's objection to it, if there is one, and what can be recorded."""

    def action(act: str) -> str:
        return url_for("agenda.do_item_act", session_id=found["id"], item_id=row["id"], act=act)

    possible = {
        forms.OBJECTION: row["state"] == "scheduled" and found["state"] in SENT,
        forms.OUTCOME: row["state"] == "under_objection",
    }
    objection = next((one for one in record["objections"] if one["item"] == row["id"]), None)
    return {**row, "objection": objection, "forms": _own(row, possible, action, sent=sent)}


def request_with_forms(found: Json, row: Json, sent: Sent | None) -> Json:
    """A request with the forms of its answer; what half of the members ask is not refused."""

    def action(act: str) -> str:
        place = {"session_id": found["id"], "request_id": row["id"], "act": act}
        return url_for("agenda.answer_request", **place)

    is_open = row["answer"] is None and found["state"] in {"planned", *SENT}
    possible = {forms.INCLUSION: is_open, forms.REFUSAL: is_open and not row["is_binding"]}
    return {**row, "forms": _own(row, possible, action, sent=sent)}


def removal(found: Json, row: Json, sent: Sent | None) -> list[ShownForm]:
    """The form that takes a document off, until the members were sent it with their notice."""

    def action(_act: str) -> str:
        return url_for("agenda.take_off", session_id=found["id"], document_id=row["id"])

    untold = {one["id"] for one in found["items"] if one["needs_supplement"]}
    is_new = found["state"] == "convened" and row["item"] in untold
    is_open = found["state"] in {"planned", "called"} or is_new
    return _own(row, {forms.TAKE_OFF: is_open}, action, sent=sent)


def _own(
    row: Json, possible: Mapping[Form, bool], action: Callable[[str], str], *, sent: Sent | None
) -> list[ShownForm]:
    """The forms of one item or request, their inputs told apart by its id."""
    open_now = [form.name for form, is_open in possible.items() if is_open]
    return offered(
        {form.name: scoped(form, row["id"]) for form in possible},
        {},
        action=action,
        allowed=dict.fromkeys(open_now, KEEPERS),
        sent=sent,
    )


def members(record: Json, names: Mapping[str, str]) -> list[Json]:
    """Each member with the proofs of sending; ``is_missing`` where the notice itself has none."""
    people = {one["person"]: None for one in [*record["members"], *record["convocations"]]}
    return [
        {
            "name": names[person],
            "proofs": [_proof(one) for one in record["convocations"] if one["person"] == person],
            "is_missing": person in record["unproven"],
        }
        for person in people
    ]


def _proof(one: Json) -> Json:
    return {
        **one,
        "notice_word": words.word(session_words.NOTICES, one["notice"]),
        "channel_word": words.word(session_words.NOTICE_CHANNELS, one["channel"]),
    }
