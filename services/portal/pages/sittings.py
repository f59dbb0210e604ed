"""Pages of sessions: plan, agenda, call, convene, quorum, votes, closing."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from services.portal import session_words, words
from services.portal.access import caller, page_for, signed_in
from services.portal.clients import Json
from services.portal.formats import plain_text
from services.portal.forms import Option, scoped, show
from services.portal.offers import offered
from services.portal.pages import calling_forms, follow_ups, majority_matters
from services.portal.pages import session_forms as forms
from services.portal.pages.correction_forms import (
    CORRECTION_FORMS,
    as_roll,
    correctable,
    corrections_by_subject,
)
from services.portal.pages.council import COUNCIL
from services.portal.pages.public import pager
from services.portal.pages.session_items import forms_of, recorded_of, shown_item
from services.portal.pages.session_steps import (
    allowed_now,
    timeline_of,
    until_adopted,
    while_due,
)
from services.portal.pages.vote_forms import (
    ADOPTION,
    MINUTES,
    REGISTER,
    with_ballot,
    with_names,
    with_replies,
)
from services.portal.papers import papers_of
from services.portal.submitting import Sent, page_with, send_act, send_form

pages = Blueprint("sittings", __name__, url_prefix="/desk")

SESSION_FORMS = {
    **forms.SESSION_FORMS,
    **calling_forms.CALLING_FORMS,
    MINUTES.name: MINUTES,
    REGISTER.name: REGISTER,
    ADOPTION.name: ADOPTION,
    **CORRECTION_FORMS,
}
BEFORE_AGENDA = frozenset({"refer", "report", "plan-session", "schedule"})


@pages.get("/sessions")
@page_for(*COUNCIL)
def list_sessions() -> str:
    """The sessions of the council, planned ones included for those who plan."""
    return _list_page()


@pages.post("/sessions")
@page_for(*forms.KEEPERS)
def plan_session() -> AnyResponse:
    """Plan a session: a private draft until it is called."""
    sent = send_act(forms.PLAN, "review", "/sessions")
    if sent.is_done:
        place = url_for("sittings.session", session_id=sent.answer["id"], done="1")
        return redirect(place, code=303)
    return page_with(_list_page(sent), sent.status)


@pages.get("/sessions/<uuid:session_id>")
@page_for(*COUNCIL)
def session(session_id: UUID) -> str:
    """One session: latest dates, agenda, quorum, votes, and what can be done now."""
    return _session_page(session_id)


@pages.post("/sessions/<uuid:session_id>/<act>")
@page_for(*forms.KEEPERS)
def do_session_act(session_id: UUID, act: str) -> AnyResponse:
    """Do one act on a session."""
    form = SESSION_FORMS.get(act) or abort(404)

    def send(body: Json, key: str, version: str | None) -> Json:
        path = f"/sessions/{session_id}{form.path}"
        return caller().act("review", path, as_roll(body, act), key=key, version=version)

    sent = send_form(form, send)
    if sent.is_done:
        return redirect(url_for("sittings.session", session_id=session_id, done="1"), code=303)
    return page_with(_session_page(session_id, sent), sent.status)


@pages.post("/sessions/<uuid:session_id>/items/<uuid:item_id>/<act>")
@page_for(*forms.KEEPERS)
def do_item_act(session_id: UUID, item_id: UUID, act: str) -> AnyResponse:
    """Record the vote on an agenda item, or its postponement."""
    found = caller().read("review", f"/sessions/{session_id}")
    item = next((row for row in found["items"] if row["id"] == str(item_id)), None) or abort(404)
    form = forms_of(found, item, recorded_of(found)).get(act) or abort(404)

    def send(body: Json, key: str, version: str | None) -> Json:
        path = f"/items/{item_id}{form.path}"
        said = with_ballot(item, with_names(with_replies(body)), act)
        return caller().act("review", path, said, key=key, version=version)

    sent = send_form(scoped(form, item_id), send)
    if sent.is_done:
        return redirect(url_for("sittings.session", session_id=session_id, done="1"), code=303)
    return page_with(_session_page(session_id, sent, str(item_id)), sent.status)


def _list_page(sent: Sent | None = None) -> str:
    person = signed_in()
    page = caller().read(
        "review", "/sessions", authority=person.authority, cursor=request.args.get("cursor")
    )
    action = url_for("sittings.plan_session")
    plan = sent.shown(action) if sent else show(forms.PLAN, action)
    return render_template(
        "sessions.html",
        sessions=page["sessions"],
        forms=[plan] if person.holds(*forms.KEEPERS) else [],
        **pager("sittings.list_sessions", page),
    )


def _session_page(session_id: UUID, sent: Sent | None = None, item_id: str = "") -> str:
    found = caller().read("review", f"/sessions/{session_id}")
    recorded = recorded_of(found)
    choices = correctable(found, recorded)
    is_open_agenda = found["state"] in {"planned", "called"}
    report = follow_ups.report_to(found)

    def action(act: str) -> str:
        return url_for("sittings.do_session_act", session_id=session_id, act=act)

    shown = offered(
        SESSION_FORMS,
        found,
        action=action,
        allowed=allowed_now(found)
        | ({"item": forms.KEEPERS} if is_open_agenda else {})
        | while_due("minutes", found.get("minutes"))
        | while_due("register", found.get("register"))
        | until_adopted(found)
        | follow_ups.waiting(report)
        | ({"count-rectification": forms.KEEPERS} if choices["sitting"] else {})
        | ({"roll-rectification": forms.KEEPERS} if choices["roll"] else {}),
        sent=None if item_id else sent,
        choices={
            "case": _waiting_cases() if is_open_agenda else [],
            "matter": majority_matters.matters(found),
            **choices,
        },
    )
    return render_template(
        "session.html",
        session=found,
        papers=papers_of("session", session_id),
        items=[shown_item(found, row, sent, item_id, recorded=recorded) for row in found["items"]],
        acts=timeline_of(f"session/{session_id}"),
        corrections=corrections_by_subject(found),
        forms=shown,
        latest=_latest(found),
        report=report,
    )


def _waiting_cases() -> list[Option]:
    """The accepted petitions that are on no agenda yet."""
    return [
        (row["id"], f"{row['reference']} {plain_text(row['subject'])}")
        for row in caller().read("review", "/cases")["cases"]
        if (row.get("next_step") or {}).get("act") in BEFORE_AGENDA
    ]


def _latest(found: Json) -> list[Json]:
    """The latest dates in law, each with its article, its reason and the day it was done."""
    done = {
        "agenda_to_governor": found.get("agenda_to_governor_on"),
        "notice_to_members": found.get("notice_to_members_on"),
        "session_end": found.get("closed_on"),
    }
    return [
        {**term, "label": words.word(session_words.LATEST, rule), "done_on": done.get(rule)}
        for rule, term in (found.get("days") or {}).items()
        if term
    ]
