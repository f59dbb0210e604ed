"""Documents of the council: issue one, read its bytes, and the authority's own wording."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, redirect, render_template, request
from flask import url_for as place_of
from werkzeug.wrappers import Response as AnyResponse

from services.portal.access import caller, page_for
from services.portal.clients import Json
from services.portal.forms import Field, Form, ShownForm, show
from services.portal.pages.council import COUNCIL
from services.portal.pages.session_forms import KEEPERS
from services.portal.submitting import Sent, page_with, send_form
from shared.http_client import Response as Answer
from shared.web.i18n import LANGUAGE_NAMES, lazy_gettext

pages = Blueprint("papers", __name__, url_prefix="/desk")

SUBJECT_PAGES = {
    "case": ("council.case", "case_id"),
    "session": ("sittings.session", "session_id"),
    "decision": ("decisions.decision", "decision_id"),
}
WRITTEN_IN = ("ar", "fr")
PASSED_ON = ("content-type", "content-disposition", "content-security-policy")
PDF_POLICY = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'"
"""A browser shows a PDF in a viewer of its own, with a style of its own."""

LONGEST_TEXT = 2000


@pages.get("/documents/<uuid:document_id>/<language>")
@page_for(*COUNCIL, "auditor", "petitioner")
def document(document_id: UUID, language: str) -> Response:
    """The bytes of a document as they were issued."""
    return passed_on(caller().read_file("review", f"/documents/{document_id}/{language}"))


@pages.get("/documents/preview")
@page_for(*KEEPERS)
def preview() -> Response:
    """What a document would say, before it has a number."""
    asked = {name: request.args.get(name) for name in ("kind", "about", "language")}
    return passed_on(caller().read_file("review", "/documents/preview", **asked))


@pages.post("/documents/<place>/<uuid:about>/<kind>")
@page_for(*KEEPERS)
def issue(place: str, about: UUID, kind: str) -> AnyResponse:
    """Issue a document on a case, a session or a decision."""
    endpoint, name = SUBJECT_PAGES.get(place) or abort(404)
    key = request.form.get("idempotency_key", "")
    caller().act("review", "/documents", {"kind": kind, "about": str(about)}, key=key)
    values: dict[str, Any] = {name: about, "done": "1"}
    return redirect(place_of(endpoint, **values) + "#papers", code=303)


@pages.get("/wording")
@page_for(*KEEPERS)
def wording() -> str:
    """The authority's own sentences in one kind of document, in each of its languages."""
    return _wording_page(request.args.get("kind", "all"))


@pages.post("/wording/<kind>/<language>")
@page_for(*KEEPERS)
def set_wording(kind: str, language: str) -> AnyResponse:
    """Keep a new version of the sentences of one kind, in one language."""
    known = caller().read("review", "/documents/wording", kind=kind)
    form = _form(known, language)

    def send(body: Json, key: str, _version: str | None) -> Json:
        blocks = {name: text or "" for name, text in body.items()}
        said = {"kind": kind, "language": language, "blocks": blocks}
        return caller().act("review", "/documents/wording", said, key=key)

    sent = send_form(form, send)
    if sent.is_done:
        return redirect(place_of("papers.wording", kind=kind, done="1"), code=303)
    return page_with(_wording_page(kind, sent), sent.status)


def _wording_page(kind: str, sent: Sent | None = None) -> str:
    known = caller().read("review", "/documents/wording", kind=kind)
    shown = [_shown(known, kind, language, sent) for language in WRITTEN_IN]
    return render_template("wording.html", kind=kind, kinds=known["kinds"], forms=shown)


def _shown(known: Json, kind: str, language: str, sent: Sent | None) -> ShownForm:
    action = place_of("papers.set_wording", kind=kind, language=language)
    form = _form(known, language)
    if sent is not None and sent.form.name == form.name:
        return sent.shown(action)
    own = {one["language"]: one["blocks"] for one in known["wording"]}
    values: dict[str, Any] = own.get(language, {})
    return show(form, action, values=values, is_open=True)


def _form(known: Json, language: str) -> Form:
    return Form(
        name=f"wording-{language}",
        title=lazy_gettext("%(language)s", language=LANGUAGE_NAMES.get(language, language)),
        button=lazy_gettext("Keep this wording"),
        is_act=False,
        fields=tuple(
            Field(
                name=one["place"],
                label=one["title"],
                kind="textarea",
                rows=3,
                longest=LONGEST_TEXT,
                lang=language,
            )
            for one in known["places"]
        ),
    )


def passed_on(answer: Answer) -> Response:
    """A file as a service gave it, with the headers that say what it is."""
    response = Response(answer.body)
    for name in PASSED_ON:
        if name in answer.headers:
            response.headers[name] = answer.headers[name]
    if response.mimetype == "application/pdf":
        response.headers["Content-Security-Policy"] = PDF_POLICY
    return response
