"""Pages of consultative bodies: requests of the council, own opinions, the drafting page."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from services.portal import session_words, words
from services.portal.access import caller, page_for, signed_in
from services.portal.clients import Json, Refused
from services.portal.formats import plain_text
from services.portal.forms import Option, show
from services.portal.offers import offered
from services.portal.pages import opinion_forms as forms
from services.portal.pages.public import pager
from services.portal.submitting import Sent, page_with, send_act, send_change
from services.portal.timelines import timeline_acts
from shared.web.dates import civil_date
from shared.web.i18n import gettext as _

pages = Blueprint("body", __name__, url_prefix="/desk")

READERS = ("body-member", "secretariat", "president", "bureau", "auditor")


@pages.get("/opinions")
@page_for("body-member")
def requests() -> str:
    """What the council asked this person's bodies, and the opinions they work on."""
    return _list_page()


@pages.post("/opinions")
@page_for("body-member")
def start() -> AnyResponse:
    """Begin an opinion, on a request or on the body's own initiative."""
    sent = send_act(forms.START, "opinions", "/opinions")
    if sent.is_done:
        return redirect(url_for("body.opinion", opinion_id=sent.answer["id"]), code=303)
    return _answer(_list_page(sent), sent.status)


@pages.get("/opinions/<uuid:opinion_id>")
@page_for(*READERS)
def opinion(opinion_id: UUID) -> str:
    """One opinion: its text, versions, acts, and for its body the drafting form."""
    return _opinion_page(opinion_id)


@pages.post("/opinions/<uuid:opinion_id>/draft")
@page_for("body-member")
def write_draft(opinion_id: UUID) -> AnyResponse:
    """Keep the next version of the text."""
    sent = send_change(forms.DRAFT, "PUT", "opinions", f"/opinions/{opinion_id}/draft")
    return _back(opinion_id, sent)


@pages.post("/opinions/<uuid:opinion_id>/<act>")
@page_for("body-member")
def do_opinion_act(opinion_id: UUID, act: str) -> AnyResponse:
    """Adopt, submit or decline an opinion."""
    form = forms.ACTS.get(act) or abort(404)
    return _back(opinion_id, send_act(form, "opinions", f"/opinions/{opinion_id}{form.path}"))


def _back(opinion_id: UUID, sent: Sent) -> AnyResponse:
    if sent.is_done:
        return redirect(url_for("body.opinion", opinion_id=opinion_id, done="1"), code=303)
    return _answer(_opinion_page(opinion_id, sent), sent.status)


def _list_page(sent: Sent | None = None) -> str:
    asked = caller().read("opinions", "/consultations")["consultations"]
    page = caller().read("opinions", "/opinions", cursor=request.args.get("cursor"))
    names = _body_names()
    action = url_for("body.start")
    choices: dict[str, list[Option]] = {
        "body": _own_bodies(names),
        "consultation": [
            (row["id"], f"{row['reference']} {plain_text(row['subject'])}")
            for row in asked
            if row["state"] in {"requested", "reopened"}
        ],
        "session": _sessions(),
    }
    if sent:
        form = sent.shown(action, choices=choices)
    else:
        form = show(
            forms.START,
            action,
            values=_preset(choices),
            choices=choices,
            is_open="consultation" in request.args,
        )
    return render_template(
        "requests.html",
        requests=asked,
        opinions=page["opinions"],
        names=names,
        forms=[form],
        **pager("body.requests", page),
    )


def _opinion_page(opinion_id: UUID, sent: Sent | None = None) -> str:
    found = caller().read("opinions", f"/opinions/{opinion_id}")
    written = _text(opinion_id)
    is_own = signed_in().holds("body-member")
    return render_template(
        "opinion.html",
        opinion=found,
        written=written,
        is_own=is_own,
        drafts=_drafts(opinion_id) if is_own else [],
        names=_body_names(),
        answers=[_with_reason(opinion_id, one) for one in found.get("answers") or []],
        acts=timeline_acts(caller().read("opinions", f"/opinions/{opinion_id}/timeline")["acts"]),
        draft_form=_draft_form(found, written, sent) if is_own else None,
        forms=_act_forms(found, sent),
    )


def _with_reason(opinion_id: UUID, answer: Json) -> Json:
    """The council's answer with its reason, which stays with the decision."""
    path = f"/decisions/{answer['decision']}/opinions"
    cited = caller().read("review", path, authority=signed_in().authority)["opinions"]
    reasons = [one["reason"] for one in cited if one["opinion"] == str(opinion_id)]
    return {**answer, "reason": reasons[0] if reasons else None}


def _draft_form(found: Json, written: Json, sent: Sent | None) -> object:
    if found["state"] != "drafting":
        return None
    action = url_for("body.write_draft", opinion_id=found["id"])
    if sent is not None and sent.form.name == "draft":
        return sent.shown(action, version=found["version"])
    values = {"text": written.get("text", ""), "language": written.get("language", "ar")}
    return show(forms.DRAFT, action, version=found["version"], values=values)


def _act_forms(found: Json, sent: Sent | None) -> object:
    def action(act: str) -> str:
        return url_for("body.do_opinion_act", opinion_id=found["id"], act=act)

    possible = forms.ALLOWED_IN.get(found["state"], ())
    choices = {"session": _sessions()} if found["state"] == "adopted" else {}
    return offered(
        forms.ACTS,
        found,
        action=action,
        allowed=dict.fromkeys(possible, ("body-member",)),
        sent=sent,
        choices=choices,
    )


def _text(opinion_id: UUID) -> Json:
    """The newest text; nothing where there is none yet or it is not for this reader."""
    try:
        return caller().read("opinions", f"/opinions/{opinion_id}/text")
    except Refused as refusal:
        if refusal.status != 404:
            raise
        return {}


def _drafts(opinion_id: UUID) -> list[Json]:
    found: list[Json] = caller().read("opinions", f"/opinions/{opinion_id}/drafts")["drafts"]
    return found


def _body_names() -> dict[str, Json]:
    authority = signed_in().authority
    rows = caller().read("opinions", "/bodies", authority=authority)["bodies"]
    return {row["id"]: row["name"] for row in rows}


def _own_bodies(names: dict[str, Json]) -> list[Option]:
    own = signed_in().scopes.get("body-member", ())
    return [(code, plain_text(names[code])) for code in own if code in names]


def _sessions() -> list[Option]:
    if not signed_in().holds("body-member"):
        return []
    rows = caller().read("opinions", "/sessions")["sessions"]
    return [
        (
            row["id"],
            _(
                "%(kind)s of %(date)s",
                kind=words.word(session_words.SESSION_KINDS, row["session_kind"]),
                date=civil_date(row["opens_on"]),
            ),
        )
        for row in rows
    ]


def _preset(choices: dict[str, list[Option]]) -> dict[str, str]:
    """The request that a link named, and the body where there is only one."""
    bodies = choices["body"]
    only = str(bodies[0][0]) if len(bodies) == 1 else ""
    return {
        "consultation": request.args.get("consultation", ""),
        "body": request.args.get("body", only),
    }


def _answer(page: str, status: int) -> AnyResponse:
    return page_with(page, status)
