"""Pages of decisions: the list, the governor's control of one, and what carries it out."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from services.portal.access import caller, page_for, signed_in
from services.portal.clients import Json
from services.portal.forms import scoped
from services.portal.offers import offered
from services.portal.pages import decision_forms, follow_ups
from services.portal.pages import session_forms as forms
from services.portal.pages.correction_forms import corrections_by_subject
from services.portal.pages.council import COUNCIL
from services.portal.pages.decision_choices import as_review_reads, decision_choices
from services.portal.pages.public import pager
from services.portal.pages.session_steps import allowed_now, timeline_of, while_due
from services.portal.pages.vote_forms import POSTING
from services.portal.papers import papers_of
from services.portal.submitting import Sent, page_with, send_act, send_form

pages = Blueprint("decisions", __name__, url_prefix="/desk")

DECISION_FORMS = {
    POSTING.name: POSTING,
    follow_ups.PLAN.name: follow_ups.PLAN,
    **decision_forms.DECISION_FORMS,
}
"""In the order of the page: what leads on stands first, corrections last."""
FOLLOWED = frozenset({"enforceable", "enforceability_suspended", "redeliberated"})


@pages.get("/decisions")
@page_for(*COUNCIL)
def list_decisions() -> str:
    """The decisions of the council and where each stands in the governor's control."""
    page = caller().read(
        "review",
        "/decisions",
        authority=signed_in().authority,
        cursor=request.args.get("cursor"),
    )
    return render_template(
        "decisions.html", decisions=page["decisions"], **pager("decisions.list_decisions", page)
    )


@pages.get("/decisions/<uuid:decision_id>")
@page_for(*COUNCIL)
def decision(decision_id: UUID) -> str:
    """One decision and its way through the governor's control."""
    return _decision_page(decision_id)


@pages.post("/decisions/<uuid:decision_id>/<act>")
@page_for(*forms.KEEPERS)
def do_decision_act(decision_id: UUID, act: str) -> AnyResponse:
    """Record a step of the governor's control of a decision."""
    form = DECISION_FORMS.get(act) or abort(404)

    def send(body: Json, key: str, version: str | None) -> Json:
        path = f"/decisions/{decision_id}{form.path}"
        return caller().act("review", path, as_review_reads(body), key=key, version=version)

    sent = send_form(form, send)
    if sent.is_done:
        return redirect(url_for("decisions.decision", decision_id=decision_id, done="1"), code=303)
    return page_with(_decision_page(decision_id, sent), sent.status)


@pages.post("/decisions/<uuid:decision_id>/follow-ups/<uuid:action_id>/progress")
@page_for(*forms.KEEPERS)
def advance(decision_id: UUID, action_id: UUID) -> AnyResponse:
    """Record how an action that carries a decision out moved on."""
    path = f"/decisions/{decision_id}/follow-ups/{action_id}/progress"
    sent = send_act(scoped(follow_ups.PROGRESS, action_id), "review", path)
    if sent.is_done:
        return redirect(url_for("decisions.decision", decision_id=decision_id, done="1"), code=303)
    return page_with(_decision_page(decision_id, sent), sent.status)


def _decision_page(decision_id: UUID, sent: Sent | None = None) -> str:
    found = caller().read("review", f"/decisions/{decision_id}")

    def action(act: str) -> str:
        return url_for("decisions.do_decision_act", decision_id=decision_id, act=act)

    allowed = allowed_now(found) | while_due("posting", found.get("posting"))
    if found["state"] in decision_forms.HELD_UP:
        allowed["new-deliberation"] = forms.KEEPERS
    if not found.get("visa_needed"):
        allowed.pop("visa", None)
    shown = offered(
        DECISION_FORMS,
        found,
        action=action,
        allowed=allowed,
        sent=sent,
        choices=decision_choices(found),
    )
    acts = timeline_of(f"decision/{decision_id}")
    return render_template(
        "decision.html",
        decision=found,
        acts=acts,
        corrections=corrections_by_subject(found),
        forms=shown,
        papers=papers_of("decision", decision_id),
        follow_ups=follow_ups.actions_of(found, sent) if found["state"] in FOLLOWED else [],
    )
