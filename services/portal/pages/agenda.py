"""The page of what was recorded around an agenda: the governor, members' requests, notices."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from flask import (
    Blueprint,
    Response,
    abort,
    redirect,
    render_template,
    url_for,
)
from werkzeug.wrappers import Response as AnyResponse

from services.portal import session_words, words
from services.portal.access import caller, page_for
from services.portal.clients import Json
from services.portal.formats import plain_text
from services.portal.forms import Form, ShownForm, scoped
from services.portal.names import in_order, member_names
from services.portal.offers import Choices, offered
from services.portal.pages import agenda_forms as forms
from services.portal.pages import notice_forms
from services.portal.pages.council import COUNCIL
from services.portal.pages.majority_matters import matters
from services.portal.pages.papers import passed_on
from services.portal.pages.session_forms import KEEPERS
from services.portal.submitting import Sent, file_of, page_with, send_act, send_form

pages = Blueprint("agenda", __name__, url_prefix="/desk/sessions/<uuid:session_id>/agenda")

SENT = ("called", "convened")
SESSION_FORMS = {
    **forms.SESSION_FORMS,
    notice_forms.FAILURE.name: notice_forms.FAILURE,
    notice_forms.CHOICE.name: notice_forms.CHOICE,
}


@pages.get("")
@page_for(*COUNCIL)
def agenda(session_id: UUID) -> str:
    """What the governor and members asked of an agenda, and the proof of each notice."""
    return _page(session_id)


@pages.post("/<act>")
@page_for(*KEEPERS)
def do_act(session_id: UUID, act: str) -> AnyResponse:
    """Record one act on the whole agenda."""
    form = SESSION_FORMS.get(act) or abort(404)

    def send(body: Json, key: str, version: str | None) -> Json:
        path = f"/sessions/{session_id}{form.path}"
        if form.has_files:
            return caller().upload("review", path, body, files=file_of(form), key=key)
        return caller().act("review", path, _as_review_reads(form, body), key=key, version=version)

    return _after(session_id, send_form(form, send))


@pages.get("/documents/<uuid:document_id>")
@page_for(*COUNCIL, "auditor")
def document(session_id: UUID, document_id: UUID) -> Response:
    """The bytes of a document that goes with the agenda."""
    path = f"/sessions/{session_id}/documents/{document_id}"
    return passed_on(caller().read_file("review", path))


@pages.post("/documents/<uuid:document_id>/removal")
@page_for(*KEEPERS)
def take_off(session_id: UUID, document_id: UUID) -> AnyResponse:
    """Take a document off the agenda again, with the reason."""
    form = scoped(forms.TAKE_OFF, document_id)
    path = f"/sessions/{session_id}/documents/{document_id}{form.path}"
    return _after(session_id, send_act(form, "review", path))


@pages.post("/items/<uuid:item_id>/<act>")
@page_for(*KEEPERS)
def do_item_act(session_id: UUID, item_id: UUID, act: str) -> AnyResponse:
    """Record the governor's objection to an item, or how it ended."""
    form = scoped(forms.ITEM_FORMS.get(act) or abort(404), item_id)
    return _after(session_id, send_act(form, "review", f"/items/{item_id}{form.path}"))


@pages.post("/requests/<uuid:request_id>/<act>")
@page_for(*KEEPERS)
def answer_request(session_id: UUID, request_id: UUID, act: str) -> AnyResponse:
    """Include what members asked for, or refuse it with a reason."""
    form = scoped(forms.ANSWERS.get(act) or abort(404), request_id)
    path = f"/sessions/{session_id}/requests/{request_id}/answer"
    return _after(session_id, send_act(form, "review", path))


@pages.post("/failed-notices/<uuid:notice_id>/renewal")
@page_for(*KEEPERS)
def renew_notice(session_id: UUID, notice_id: UUID) -> AnyResponse:
    """Record that a notice which did not arrive was sent again."""
    path = f"/sessions/{session_id}/failed-notices/{notice_id}/renewal"
    form = scoped(notice_forms.RENEWAL, notice_id)
    return _after(session_id, send_act(form, "review", path))


def _after(session_id: UUID, sent: Sent) -> AnyResponse:
    if sent.is_done:
        return redirect(url_for("agenda.agenda", session_id=session_id, done="1"), code=303)
    return page_with(_page(session_id, sent), sent.status)


def _as_review_reads(form: Form, body: Json) -> Json:
    """An item of the governor says whose it is; an empty subject is told as one."""
    if form in {forms.GOVERNOR_ITEM, forms.REQUEST}:
        body = {"subject": {}, **body}
    return {**body, "origin": "governor"} if form is forms.GOVERNOR_ITEM else body


def _page(session_id: UUID, sent: Sent | None = None) -> str:
    found = caller().read("review", f"/sessions/{session_id}")
    record = in_order(caller().read("review", f"/sessions/{session_id}/agenda"))
    names = member_names(record)

    def action(act: str) -> str:
        return url_for("agenda.do_act", session_id=session_id, act=act)

    return render_template(
        "agenda.html",
        session=found,
        record=record,
        forms=offered(
            SESSION_FORMS,
            found,
            action=action,
            allowed=_allowed(found),
            sent=sent,
            choices=_choices(found, record, names),
        ),
        items=[_item(found, record, row, sent) for row in found["items"]],
        requests=[_request(found, row, sent) for row in record["requests"]],
        removals={one["id"]: _removal(found, one, sent) for one in found.get("documents") or []},
        members=_members(record, names),
        failed=notice_forms.failed_notices(
            found,
            record,
            names,
            action=lambda id_: url_for("agenda.renew_notice", session_id=session_id, notice_id=id_),
            sent=sent,
        ),
        choice_word=notice_forms.choice_word,
        called_by=words.word(session_words.CALLED_BY, found["called_by"]),
        outcome_word=lambda code: words.word(session_words.OBJECTION_OUTCOMES, code),
        origin_word=lambda code: words.word(session_words.ITEM_ORIGINS, code),
        cause_word=lambda code: words.word(session_words.AGENDA_CAUSES, code),
    )


def _choices(found: Json, record: Json, names: Mapping[str, str]) -> Choices:
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


def _allowed(found: Json) -> dict[str, Sequence[str]]:
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


def _item(found: Json, record: Json, row: Json, sent: Sent | None) -> Json:
    """An item with the governor's objection to it, if there is one, and what can be recorded."""

    def action(act: str) -> str:
        return url_for("agenda.do_item_act", session_id=found["id"], item_id=row["id"], act=act)

    possible = {
        forms.OBJECTION: row["state"] == "scheduled" and found["state"] in SENT,
        forms.OUTCOME: row["state"] == "under_objection",
    }
    objection = next((one for one in record["objections"] if one["item"] == row["id"]), None)
    return {**row, "objection": objection, "forms": _own(row, possible, action, sent=sent)}


def _request(found: Json, row: Json, sent: Sent | None) -> Json:
    """A request with the forms of its answer; what half of the members ask is not refused."""

    def action(act: str) -> str:
        place = {"session_id": found["id"], "request_id": row["id"], "act": act}
        return url_for("agenda.answer_request", **place)

    is_open = row["answer"] is None and found["state"] in {"planned", *SENT}
    possible = {forms.INCLUSION: is_open, forms.REFUSAL: is_open and not row["is_binding"]}
    return {**row, "forms": _own(row, possible, action, sent=sent)}


def _removal(found: Json, row: Json, sent: Sent | None) -> list[ShownForm]:
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


def _members(record: Json, names: Mapping[str, str]) -> list[Json]:
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
