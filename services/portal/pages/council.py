"""Pages of the council's people: the queue by urgency, and a case with the acts allowed now."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from services.portal import session_words, words
from services.portal.access import caller, page_for, signed_in
from services.portal.clients import Json
from services.portal.formats import plain_text
from services.portal.forms import Form, preset
from services.portal.frame import shown_authority
from services.portal.names import name_in_own_letters
from services.portal.offers import Choices, offered
from services.portal.pages.case_forms import FORMS
from services.portal.pages.checklist import checklist, form_of
from services.portal.pages.public import pager
from services.portal.papers import papers_of
from services.portal.submitting import Sent, page_with, send_act
from services.portal.timelines import legal_step, timeline_acts
from shared.web.dates import civil_date
from shared.web.i18n import gettext as _

NEXT_ACTS = {
    "decide": "admission",
    "notify-refusal": "refusal-notice",
    "complete": "completion",
    "refer": "referral",
    "report": "report",
    "schedule": "scheduling",
    "choose-session": "session-choice",
    "close": "closing",
}
"""The form of each next step that is done on a case's own page."""

pages = Blueprint("council", __name__, url_prefix="/desk")

COUNCIL = ("secretariat", "president", "bureau", "committee-chair", "council-member")


@pages.get("/queue")
@page_for(*COUNCIL)
def queue() -> str:
    """The open cases, the most urgent first."""
    page = caller().read(
        "review",
        "/cases",
        cursor=request.args.get("cursor"),
        state=request.args.get("state") or None,
    )
    authority = shown_authority()
    today = authority.today if authority else None
    rows = [{**row, "step": legal_step(row.get("next_step"), today)} for row in page["cases"]]
    urgent = caller().read("review", "/failed-notices")["sessions"]
    return render_template("queue.html", cases=rows, urgent=urgent, **pager("council.queue", page))


@pages.get("/cases/<uuid:case_id>")
@page_for(*COUNCIL, "auditor")
def case(case_id: UUID) -> str:
    """One case: its next legal step, what can be done now, its history."""
    return _case_page(case_id)


@pages.post("/cases/<uuid:case_id>/<act>")
@page_for(*COUNCIL)
def do_case_act(case_id: UUID, act: str) -> AnyResponse:
    """Do one act on a case."""
    form = FORMS.get(act) or abort(404)
    sent = _sent(form, case_id)
    if sent.is_done:
        return redirect(url_for("council.case", case_id=case_id, done="1"), code=303)
    return page_with(_case_page(case_id, sent), sent.status)


@pages.post("/cases/<uuid:case_id>/checks/<condition>")
@page_for(*COUNCIL)
def check_condition(case_id: UUID, condition: str) -> AnyResponse:
    """Record what was found about one condition of the law."""
    found = caller().read("review", f"/cases/{case_id}")
    form = form_of(condition, found)
    sent = send_act(form, "review", f"/cases/{case_id}{form.path}", condition=condition)
    if sent.is_done:
        anchor = f"condition-{condition}"
        place = url_for("council.case", case_id=case_id, done="1", checked="1", _anchor=anchor)
        return redirect(place, code=303)
    return page_with(_case_page(case_id, sent), sent.status)


def _sent(form: Form, case_id: UUID) -> Sent:
    """Send the form to where its act belongs: the case, its committee or its session."""
    if form.name == "report":
        committee = request.form.get("report-committee", "")
        return send_act(form, "review", f"/committees/{_id(committee)}/reports", case=str(case_id))
    if form.name == "report-correction":
        return send_act(form, "review", _place_of_report(case_id))
    if form.name == "scheduling":
        session = request.form.get("scheduling-session", "")
        return send_act(form, "review", f"/sessions/{_id(session)}/items", case=str(case_id))
    return send_act(form, "review", f"/cases/{case_id}{form.path}")


def _place_of_report(case_id: UUID) -> str:
    """The address of the correction of the report that was chosen."""
    chosen = _id(request.form.get("report-correction-report", ""))
    reports = caller().read("review", f"/cases/{case_id}")["reports"]
    committee = next((one["committee"] for one in reports if one["id"] == chosen), chosen)
    return f"/committees/{committee}/reports/{chosen}/correction"


def _id(text: str) -> str:
    """An id that was chosen from a list; anything else is no address of a service."""
    try:
        return str(UUID(text))
    except ValueError:
        return "00000000-0000-0000-0000-000000000000"


def _case_page(case_id: UUID, sent: Sent | None = None) -> str:
    found = caller().read("review", f"/cases/{case_id}")
    planned = _planned(case_id)
    authority = shown_authority()
    choices = _choices(found, authority.code if authority else "")
    rules = {one["id"]: one["name"] for one in found.get("conditions") or []}
    names = {**(found.get("names") or {}), **rules}
    allowed = {one["act"]: one["roles"] for one in found.get("acts") or []}
    choices = {**choices, **_hearings(found, allowed)}

    def action(act: str) -> str:
        return url_for("council.do_case_act", case_id=case_id, act=act)

    return render_template(
        "case.html",
        case=found,
        papers=papers_of("case", case_id),
        step=legal_step(found.get("next_step"), authority.today if authority else None),
        acts=timeline_acts(found.get("timeline") or [], names),
        forms=offered(
            _forms_of(found, planned),
            found,
            action=action,
            allowed=allowed,
            sent=sent,
            choices=choices,
        ),
        conditions=checklist(found, sent),
        is_checking="checked" in request.args or "condition" in (request.view_args or {}),
        office_of=lambda person: _bureau(found).get(person, person[:8]),
        names=names,
        plan=planned.get("plan"),
        who=lambda code: words.word(words.WHO, code),
    )


def _planned(case_id: UUID) -> Json:
    """The case planned backwards, for those who work on it."""
    if not signed_in().holds(*COUNCIL):
        return {}
    return caller().read("review", f"/cases/{case_id}/plan")


def _forms_of(found: Json, planned: Json) -> dict[str, Form]:
    """The forms with what the file and the authority's own rules already say.

    The one of the next legal step stands first.
    """
    forms = {**FORMS, "report": preset(FORMS["report"], committee=found.get("committee"))}
    for usual in planned.get("usual_days") or []:
        forms[usual["act"]] = preset(forms[usual["act"]], due_on=usual["due_on"])
    first = NEXT_ACTS.get((found.get("next_step") or {}).get("act") or "", "")
    return {**({first: forms[first]} if first else {}), **forms}


def _choices(found: Json, authority: str) -> Choices:
    """What the forms of a case offer: committees, bodies, sessions to come, fitting reasons."""
    committees = caller().read("review", "/committees")["committees"]
    bodies = caller().read("opinions", "/bodies", authority=authority)["bodies"]
    other = (
        words.REASONS_OF_CITIZENS
        if found.get("petitioner") == "association"
        else words.REASONS_OF_ASSOCIATIONS
    )
    return {
        "committee": [(row["id"], plain_text(row["name"])) for row in committees],
        "report": [
            (one["id"], plain_text(found["names"].get(one["committee"]) or {}))
            for one in found.get("reports") or []
        ],
        "present": list(_bureau(found).items()),
        "body": [(row["id"], plain_text(row["name"])) for row in bodies],
        "consultation": [
            (row["id"], plain_text(found["names"].get(row["body"]) or {}))
            for row in found.get("consultations") or []
            if row["state"] in {"requested", "reopened"}
        ],
        "session": [(row["id"], _session_label(row)) for row in found.get("open_sessions") or []],
        "reasons": [
            (code, label) for code, label in words.REFUSAL_REASONS.items() if code not in other
        ],
    }


def _hearings(found: Json, allowed: dict[str, Sequence[str]]) -> Choices:
    """The meetings at which a hearing can be set or recorded; without one the form is not there."""
    meetings = found.get("meetings") or []
    to_come = [one for one in meetings if not one["is_held"] and not one["hearing"]]
    to_record = [
        one
        for one in meetings
        if one["is_held"] and one["hearing"] and one["hearing"]["came"] is None
    ]
    for act, left in (("hearing", to_come), ("hearing-record", to_record)):
        if not left:
            allowed.pop(act, None)
    # The two are never possible at one meeting, so one list serves both forms.
    known = [*to_come, *to_record]
    return {"meeting": [(one["id"], civil_date(one["meets_on"])) for one in known]}


def _bureau(found: Json) -> dict[str, str]:
    """The members of the bureau by id: the name (where none is kept the beginning of the id), and
    the office.
    """
    return {
        one["person"]: " · ".join(
            (
                name_in_own_letters(one.get("name") or {}) or one["person"][:8],
                words.word(words.OFFICES, one["office"]),
            )
        )
        for one in found.get("bureau") or []
    }


def _session_label(row: Json) -> str:
    kind = words.word(session_words.SESSION_KINDS, row["session_kind"])
    return _("%(kind)s of %(date)s", kind=kind, date=civil_date(row["opens_on"]))
