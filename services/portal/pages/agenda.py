"""The page of what was recorded around an agenda: the governor, members' requests, notices.

What it shows of each item, request and member, and the acts open now, is in agenda_parts.py.
"""

from __future__ import annotations

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
from services.portal.forms import Form, scoped
from services.portal.names import in_order, member_names
from services.portal.offers import offered
from services.portal.pages import agenda_forms as forms
from services.portal.pages import agenda_parts, notice_forms
from services.portal.pages.council import COUNCIL
from services.portal.pages.papers import passed_on
from services.portal.pages.session_forms import KEEPERS
from services.portal.submitting import Sent, file_of, page_with, send_act, send_form

pages = Blueprint("agenda", __name__, url_prefix="/desk/sessions/<uuid:session_id>/agenda")

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
            allowed=agenda_parts.allowed(found),
            sent=sent,
            choices=agenda_parts.choices(found, record, names),
        ),
        items=[agenda_parts.item_with_forms(found, record, row, sent) for row in found["items"]],
        requests=[agenda_parts.request_with_forms(found, row, sent) for row in record["requests"]],
        removals={
            one["id"]: agenda_parts.removal(found, one, sent)
            for one in found.get("documents") or []
        },
        members=agenda_parts.members(record, names),
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
