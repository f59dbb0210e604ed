"""Pages of sessions and decisions: plan, agenda, call, convene, quorum, votes, closing, control."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from services.portal.access import caller, page_for, signed_in
from services.portal.clients import Json
from services.portal.formats import plain_text
from services.portal.forms import show
from services.portal.offers import Choices, offered
from services.portal.pages import session_forms
from services.portal.pages.council import COUNCIL
from services.portal.pages.public import pager
from services.portal.submitting import Sent, send_act
from services.portal.timelines import timeline_acts

pages = Blueprint("sittings", __name__, url_prefix="/desk")

KEEPERS = ("secretariat", "president")


@pages.get("/sessions")
@page_for(*COUNCIL)
def list_sessions() -> str:
    """The sessions of the council, planned ones included for those who plan."""
    return _list_page()


@pages.post("/sessions")
@page_for("secretariat")
def plan_session() -> AnyResponse:
    """Plan a session: a private draft until it is called."""
    sent = send_act(session_forms.PLAN, "review", "/sessions")
    if sent.is_done:
        place = url_for("sittings.session", session_id=sent.answer["id"], done="1")
        return redirect(place, code=303)
    return _answer(_list_page(sent), sent.status)


@pages.get("/sessions/<uuid:session_id>")
@page_for(*COUNCIL)
def session(session_id: UUID) -> str:
    """One session: latest dates, agenda, quorum, votes, and what can be done now."""
    return _session_page(session_id)


@pages.post("/sessions/<uuid:session_id>/<act>")
@page_for(*KEEPERS)
def do_session_act(session_id: UUID, act: str) -> AnyResponse:
    """Do one act on a session."""
    form = session_forms.SESSION_FORMS.get(act) or abort(404)
    sent = send_act(form, "review", f"/sessions/{session_id}{form.path}")
    if sent.is_done:
        return redirect(url_for("sittings.session", session_id=session_id, done="1"), code=303)
    return _answer(_session_page(session_id, sent), sent.status)


@pages.post("/sessions/<uuid:session_id>/items/<uuid:item_id>/<act>")
@page_for(*KEEPERS)
def do_item_act(session_id: UUID, item_id: UUID, act: str) -> AnyResponse:
    """Record the vote on an agenda item, or its postponement."""
    form = session_forms.ITEM_FORMS.get(act) or abort(404)
    sent = send_act(form, "review", f"/items/{item_id}{form.path}")
    if sent.is_done:
        return redirect(url_for("sittings.session", session_id=session_id, done="1"), code=303)
    return _answer(_session_page(session_id, sent, str(item_id)), sent.status)


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
        "decisions.html", decisions=page["decisions"], **pager("sittings.list_decisions", page)
    )


@pages.get("/decisions/<uuid:decision_id>")
@page_for(*COUNCIL)
def decision(decision_id: UUID) -> str:
    """One decision and its way through the governor's control."""
    return _decision_page(decision_id)


@pages.post("/decisions/<uuid:decision_id>/<act>")
@page_for(*KEEPERS)
def do_decision_act(decision_id: UUID, act: str) -> AnyResponse:
    """Record the governor's receipt of a decision, or the opposition."""
    form = session_forms.DECISION_FORMS.get(act) or abort(404)
    sent = send_act(form, "review", f"/decisions/{decision_id}{form.path}")
    if sent.is_done:
        return redirect(url_for("sittings.decision", decision_id=decision_id, done="1"), code=303)
    return _answer(_decision_page(decision_id, sent), sent.status)


def _list_page(sent: Sent | None = None) -> str:
    person = signed_in()
    page = caller().read(
        "review", "/sessions", authority=person.authority, cursor=request.args.get("cursor")
    )
    action = url_for("sittings.plan_session")
    plan = sent.shown(action) if sent else show(session_forms.PLAN, action)
    return render_template(
        "sessions.html",
        sessions=page["sessions"],
        forms=[plan] if person.holds("secretariat") else [],
        **pager("sittings.list_sessions", page),
    )


def _session_page(session_id: UUID, sent: Sent | None = None, item_id: str = "") -> str:
    found = caller().read("review", f"/sessions/{session_id}")
    choices: Choices = {
        "case": [
            (row["id"], f"{row['reference']} {plain_text(row['subject'])}")
            for row in found.get("waiting_cases") or []
        ]
    }

    def action(act: str) -> str:
        return url_for("sittings.do_session_act", session_id=session_id, act=act)

    forms = offered(
        session_forms.SESSION_FORMS,
        found,
        action=action,
        roles=session_forms.ROLES,
        sent=None if item_id else sent,
        choices=choices,
    )
    return render_template(
        "session.html",
        session=found,
        items=[_item(session_id, row, sent, item_id) for row in found.get("items") or []],
        acts=timeline_acts(found.get("timeline") or []),
        forms=forms,
    )


def _item(session_id: UUID, row: Json, sent: Sent | None, item_id: str) -> Json:
    def action(act: str) -> str:
        return url_for(
            "sittings.do_item_act", session_id=session_id, item_id=row["id"], act=act
        )

    forms = offered(
        session_forms.ITEM_FORMS,
        row,
        action=action,
        roles=session_forms.ROLES,
        sent=sent if row["id"] == item_id else None,
    )
    return {**row, "forms": forms}


def _decision_page(decision_id: UUID, sent: Sent | None = None) -> str:
    found = caller().read("review", f"/decisions/{decision_id}")

    def action(act: str) -> str:
        return url_for("sittings.do_decision_act", decision_id=decision_id, act=act)

    forms = offered(
        session_forms.DECISION_FORMS, found, action=action, roles=session_forms.ROLES, sent=sent
    )
    acts = timeline_acts(found.get("timeline") or [])
    return render_template("decision.html", decision=found, acts=acts, forms=forms)


def _answer(page: str, status: int) -> AnyResponse:
    response = make_response(page)
    response.status_code = status
    return response
