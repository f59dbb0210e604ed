"""What becomes of a decision, on its page: the actions that carry it out, each with its form."""

from __future__ import annotations

from collections.abc import Sequence

from flask import url_for

from services.portal import words
from services.portal.access import caller, signed_in
from services.portal.clients import Json
from services.portal.forms import Field, Form, ShownForm, scoped, show
from services.portal.frame import shown_authority
from services.portal.pages.calling_forms import REPORT
from services.portal.pages.session_forms import KEEPERS
from services.portal.submitting import Sent
from shared.web.dates import days_between
from shared.web.i18n import lazy_gettext

PLAN = Form(
    name="follow-up",
    title=lazy_gettext("Plan an action that carries it out"),
    button=lazy_gettext("Plan"),
    path="/follow-ups",
    lead=lazy_gettext("Its title and owner become public: name a service, no person."),
    fields=(
        Field(name="title", label=lazy_gettext("Action"), is_required=True, longest=200),
        Field(name="owner", label=lazy_gettext("Service in charge"), is_required=True, longest=120),
        Field(name="due_on", label=lazy_gettext("Due on"), kind="date", is_required=True),
    ),
)
PROGRESS = Form(
    name="progress",
    title=lazy_gettext("Record its progress"),
    button=lazy_gettext("Record"),
    fields=(
        Field(
            name="state",
            label=lazy_gettext("Where it stands"),
            kind="select",
            options=words.options(words.ACTIONS),
            is_required=True,
        ),
        Field(
            name="note",
            label=lazy_gettext("Evidence"),
            kind="textarea",
            longest=2_000,
            is_maybe=True,
            hint=lazy_gettext("Needed once it is done."),
        ),
        Field(name="due_on", label=lazy_gettext("New due date"), kind="date"),
    ),
)
TONES = {"planned": "waiting", "under-way": "active", "done": "good", "abandoned": "over"}
OPEN = ("planned", "under-way")


def actions_of(decision: Json, sent: Sent | None = None) -> list[Json]:
    """The actions of a decision, open ones with a form for who keeps them."""
    path = f"/decisions/{decision['id']}/follow-ups"
    rows = caller().read("review", path, authority=signed_in().authority)["follow_ups"]
    may_act = signed_in().holds(*KEEPERS)
    return [
        {
            **_shown(row),
            "form": _progress(decision, row, sent) if may_act and row["state"] in OPEN else None,
        }
        for row in rows
    ]


def report_to(session: Json) -> Json | None:
    """What the president reports to an ordinary session that has opened; None to any other."""
    if session["session_kind"] != "ordinary" or session["state"] not in {"opened", "closed"}:
        return None
    told = caller().read("review", f"/sessions/{session['id']}/follow-ups")
    rows = [_shown(row) for row in told["follow_ups"]]
    return {**told, "follow_ups": rows}


def waiting(report: Json | None) -> dict[str, Sequence[str]]:
    """The form of the report, until it is recorded."""
    is_due = report is not None and report["reported_on"] is None
    return {REPORT.name: KEEPERS} if is_due else {}


def _shown(row: Json) -> Json:
    """An action with its colour, and for an open one by how many days it is overdue."""
    authority = shown_authority()
    is_open = row["state"] in OPEN and authority is not None
    left = days_between(authority.today, row["due_on"]) if authority and is_open else 0
    return {**row, "tone": TONES[row["state"]], "days_left": min(left, 0)}


def _progress(decision: Json, row: Json, sent: Sent | None) -> ShownForm:
    form = scoped(PROGRESS, row["id"])
    action = url_for("decisions.advance", decision_id=decision["id"], action_id=row["id"])
    if sent is not None and sent.form.name == form.name:
        return sent.shown(action, version=decision.get("version"))
    return show(form, action, version=decision.get("version"))
