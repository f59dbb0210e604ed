"""Pages of sessions and decisions: plan, agenda, call, convene, quorum, votes, closing, control."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from services.portal import session_words, words
from services.portal.access import caller, page_for, signed_in
from services.portal.clients import Json
from services.portal.formats import plain_text
from services.portal.forms import Option, scoped, show
from services.portal.offers import offered
from services.portal.pages import calling_forms, decision_forms, follow_ups, majority_matters
from services.portal.pages import session_forms as forms
from services.portal.pages.correction_forms import (
    CORRECTION_FORMS,
    as_roll,
    correctable,
    corrections_by_subject,
)
from services.portal.pages.council import COUNCIL
from services.portal.pages.decision_choices import as_review_reads, decision_choices
from services.portal.pages.public import pager
from services.portal.pages.session_items import forms_of, recorded_of, shown_item
from services.portal.pages.vote_forms import (
    MINUTES,
    POSTING,
    with_ballot,
    with_names,
    with_replies,
)
from services.portal.papers import papers_of
from services.portal.submitting import Sent, send_act, send_form
from services.portal.timelines import timeline_acts

pages = Blueprint("sittings", __name__, url_prefix="/desk")

SESSION_FORMS = {
    **forms.SESSION_FORMS,
    **calling_forms.CALLING_FORMS,
    MINUTES.name: MINUTES,
    **CORRECTION_FORMS,
}
DECISION_FORMS = {
    **decision_forms.DECISION_FORMS,
    follow_ups.PLAN.name: follow_ups.PLAN,
    POSTING.name: POSTING,
}
FOLLOWED = frozenset({"enforceable", "enforceability_suspended", "redeliberated"})
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
    return _answer(_list_page(sent), sent.status)


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
    return _answer(_session_page(session_id, sent), sent.status)


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
@page_for(*forms.KEEPERS)
def do_decision_act(decision_id: UUID, act: str) -> AnyResponse:
    """Record a step of the governor's control of a decision."""
    form = DECISION_FORMS.get(act) or abort(404)

    def send(body: Json, key: str, version: str | None) -> Json:
        path = f"/decisions/{decision_id}{form.path}"
        return caller().act("review", path, as_review_reads(body), key=key, version=version)

    sent = send_form(form, send)
    if sent.is_done:
        return redirect(url_for("sittings.decision", decision_id=decision_id, done="1"), code=303)
    return _answer(_decision_page(decision_id, sent), sent.status)


@pages.post("/decisions/<uuid:decision_id>/follow-ups/<uuid:action_id>/progress")
@page_for(*forms.KEEPERS)
def advance(decision_id: UUID, action_id: UUID) -> AnyResponse:
    """Record how an action that carries a decision out moved on."""
    path = f"/decisions/{decision_id}/follow-ups/{action_id}/progress"
    sent = send_act(scoped(follow_ups.PROGRESS, action_id), "review", path)
    if sent.is_done:
        return redirect(url_for("sittings.decision", decision_id=decision_id, done="1"), code=303)
    return _answer(_decision_page(decision_id, sent), sent.status)


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
        allowed=_allowed(found)
        | ({"item": forms.KEEPERS} if is_open_agenda else {})
        | _waiting("minutes", found.get("minutes"))
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
        acts=_timeline(f"session/{session_id}"),
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


def _allowed(found: Json) -> dict[str, Sequence[str]]:
    """The forms of the steps that review allows now."""
    steps = found.get("allowed") or []
    known = [forms.ACTS_OF_STEPS[step] for step in steps if step in forms.ACTS_OF_STEPS]
    return dict.fromkeys(known, forms.KEEPERS)


def _waiting(form: str, duty: Json | None) -> dict[str, Sequence[str]]:
    """The form of a duty after the session, from the close until it is recorded."""
    is_due = duty is not None and duty["term"] is not None and duty["done_on"] is None
    return {form: forms.KEEPERS} if is_due else {}


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


def _decision_page(decision_id: UUID, sent: Sent | None = None) -> str:
    found = caller().read("review", f"/decisions/{decision_id}")

    def action(act: str) -> str:
        return url_for("sittings.do_decision_act", decision_id=decision_id, act=act)

    allowed = _allowed(found) | _waiting("posting", found.get("posting"))
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
    acts = _timeline(f"decision/{decision_id}")
    return render_template(
        "decision.html",
        decision=found,
        acts=acts,
        corrections=corrections_by_subject(found),
        forms=shown,
        papers=papers_of("decision", decision_id),
        follow_ups=follow_ups.actions_of(found, sent) if found["state"] in FOLLOWED else [],
    )


def _timeline(subject: str) -> list[Json]:
    return timeline_acts(caller().read("review", "/timeline", subject=subject)["acts"])


def _answer(page: str, status: int) -> AnyResponse:
    response = make_response(page)
    response.status_code = status
    return response
