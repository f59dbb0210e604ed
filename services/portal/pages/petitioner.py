"""Pages of petitioners: own petitions, a new one, its file and receipt, documents, notices."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from services.portal.access import caller, page_for, signed_in
from services.portal.clients import Json, Refused
from services.portal.formats import plain_text
from services.portal.forms import ShownForm, show
from services.portal.frame import shown_authority
from services.portal.pages import petition_forms as forms
from services.portal.pages.bureau_forms import OWN_CONSENT
from services.portal.pages.erasures import people_of, with_requests
from services.portal.pages.public import pager
from services.portal.papers import papers_of_own_case
from services.portal.submitting import Sent, file_of, page_with, send_act, send_change, send_form
from services.portal.timelines import legal_step, row_standing, timeline_acts

pages = Blueprint("petitioner", __name__, url_prefix="/desk")
OVER = frozenset({"refused", "withdrawn", "reclassified", "closed"})
"""States of a case that has ended: a petition is not withdrawn from them."""


@pages.get("/petitions")
@page_for("petitioner")
def own_petitions() -> str:
    """The petitions this person is on, with what happens next for each filed one."""
    page = caller().read("intake", "/petitions", cursor=request.args.get("cursor"))
    cases = {row["id"]: row for row in caller().read("review", "/cases/mine")["cases"]}
    cards = [_card(row, cases.get(row["id"])) for row in page["petitions"]]
    return render_template(
        "own_petitions.html", petitions=cards, **pager("petitioner.own_petitions", page)
    )


@pages.get("/petitions/new")
@page_for("petitioner")
def new_petition() -> str:
    """The form of a new petition, on one page."""
    return _new_page(show(forms.NEW, url_for("petitioner.draft")))


@pages.post("/petitions/new")
@page_for("petitioner")
def draft() -> AnyResponse:
    """Keep the new petition as a private draft."""

    def send(body: Json, key: str, _version: str | None) -> Json:
        return caller().act("intake", "/petitions", forms.petition_of(body), key=key)

    sent = send_form(forms.NEW, send)
    if sent.is_done:
        return redirect(url_for("petitioner.petition", petition_id=sent.answer["id"]), code=303)
    return page_with(_new_page(sent.shown(url_for("petitioner.draft"))), sent.status)


@pages.get("/petitions/<uuid:petition_id>")
@page_for("petitioner", "secretariat")
def petition(petition_id: UUID) -> str:
    """The file of one petition: what was handed in, where it stands, what can be done."""
    return _file_page(petition_id)


@pages.get("/petitions/<uuid:petition_id>/receipt")
@page_for("petitioner", "secretariat")
def receipt(petition_id: UUID) -> str:
    """The receipt, made for paper."""
    found = caller().read("intake", f"/petitions/{petition_id}")
    given = caller().read("intake", f"/petitions/{petition_id}/receipt")
    back = url_for("petitioner.petition", petition_id=petition_id)
    return render_template("receipt.html", petition=found, receipt=given, back_href=back)


@pages.post("/petitions/<uuid:petition_id>/documents")
@page_for("petitioner", "secretariat")
def hand_in(petition_id: UUID) -> AnyResponse:
    """Hand in one document."""

    def send(body: Json, key: str, _version: str | None) -> Json:
        files = file_of(forms.DOCUMENT)
        path = f"/petitions/{petition_id}/documents"
        return caller().upload("intake", path, body, files=files, key=key)

    return _back(petition_id, send_form(forms.DOCUMENT, send))


@pages.post("/petitions/<uuid:petition_id>/draft")
@page_for("petitioner", "secretariat")
def edit(petition_id: UUID) -> AnyResponse:
    """Change a draft."""
    return _back(
        petition_id, send_change(forms.EDIT, "PATCH", "intake", f"/petitions/{petition_id}")
    )


@pages.post("/petitions/<uuid:petition_id>/consent")
@page_for("petitioner")
def consent(petition_id: UUID) -> AnyResponse:
    """Say whether the petition may be handled as a complaint; review keeps it."""
    path = f"/cases/{petition_id}{OWN_CONSENT.path}"
    return _back(petition_id, send_act(OWN_CONSENT, "review", path))


@pages.post("/petitions/<uuid:petition_id>/<act>")
@page_for("petitioner", "secretariat")
def do_petition_act(petition_id: UUID, act: str) -> AnyResponse:
    """Do one act on a petition: begin collecting, count signatures, file, ask to withdraw."""
    form = forms.ACTS.get(act) or abort(404)
    return _back(petition_id, send_act(form, "intake", f"/petitions/{petition_id}{form.path}"))


def _back(petition_id: UUID, sent: Sent) -> AnyResponse:
    if sent.is_done:
        place = url_for("petitioner.petition", petition_id=petition_id, done="1")
        return redirect(place, code=303)
    return page_with(_file_page(petition_id, sent), sent.status)


def _file_page(petition_id: UUID, sent: Sent | None = None) -> str:
    found = caller().read("intake", f"/petitions/{petition_id}")
    public = _public_case(found)
    authority = shown_authority()
    return render_template(
        "petition_file.html",
        petition=found,
        public=public,
        people=with_requests(people_of(petition_id)),
        papers=papers_of_own_case(petition_id) if public else None,
        own=_own_case(public),
        step=legal_step(public.get("next_step"), authority.today if authority else None),
        acts=timeline_acts(public.get("timeline") or [], public.get("names")),
        forms=[*_offered(found, public, sent), *_own_consent(public, sent)],
        receipt_href=url_for("petitioner.receipt", petition_id=petition_id),
    )


def _public_case(found: Json) -> Json:
    """What review says of a filed petition; nothing until its case is open."""
    if not found.get("reference"):
        return {}
    try:
        return caller().read("review", f"/petitions/{found['reference']}")
    except Refused as refusal:
        if refusal.status != 404:
            raise
        return {}


def _own_case(public: Json) -> Json:
    """What was said to the petitioners alone: what is missing, or why the bureau refused."""
    if public.get("state") not in {"incomplete", "refused"} or not signed_in().holds("petitioner"):
        return {}
    return caller().read("review", f"/cases/{public['id']}")


def _own_consent(public: Json, sent: Sent | None) -> Sequence[ShownForm]:
    """While the bureau has not decided, petitioners may agree to a complaint."""
    if public.get("state") not in {"open", "incomplete"} or not signed_in().holds("petitioner"):
        return []
    action = url_for("petitioner.consent", petition_id=public["id"])
    if sent is not None and sent.form.name == OWN_CONSENT.name:
        return [sent.shown(action)]
    return [show(OWN_CONSENT, action)]


def _offered(found: Json, public: Json, sent: Sent | None) -> Sequence[ShownForm]:
    """The acts of a petition in its state, the one that leads on first.

    After the council's vote, or once its case is over, a petition is not withdrawn any more.
    """
    shown = []
    is_late = bool(public.get("decisions")) or public.get("state") in OVER
    for form in forms.of_state(found):
        if is_late and form.name == "withdrawal-request":
            continue
        is_edit = form.name in {"draft", "documents"}
        endpoint = {"draft": "petitioner.edit", "documents": "petitioner.hand_in"}.get(form.name)
        action = (
            url_for(endpoint, petition_id=found["id"])
            if is_edit and endpoint
            else url_for("petitioner.do_petition_act", petition_id=found["id"], act=form.name)
        )
        version = found["version"]
        if sent is not None and sent.form.name == form.name:
            shown.append(sent.shown(action, version=version))
        else:
            values = forms.values_of(found) if form.name == "draft" else {}
            shown.append(show(form, action, version=version, values=values))
    return shown


def _new_page(shown: ShownForm) -> str:
    return render_template(
        "petition_new.html", shown_form=shown, viewer_name=signed_in().shown_name
    )


def _card(row: Json, case: Json | None) -> Json:
    authority = shown_authority()
    today = authority.today if authority else None
    step = legal_step((case or {}).get("next_step"), today)
    kind, state = row_standing(case) if case else ("petition", row["state"])
    return {
        "title": row["subject"],
        "href": url_for("petitioner.petition", petition_id=row["id"]),
        "reference": row.get("reference"),
        "kind": kind,
        "state": state,
        "filed_on": row.get("filed_on"),
        "signatures": row.get("signatures") if row["petitioner"] == "citizens" else None,
        "next_step": plain_text(step["what"]) if step else None,
        "due_on": step["due_on"] if step else None,
    }
