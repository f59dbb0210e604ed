"""Pages for everyone: authorities, petitions, sessions, decisions, tracking without an account."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from services.portal.access import caller, page_for, viewer
from services.portal.authorities import Authority
from services.portal.clients import Refused
from services.portal.forms import Field, Form, payload, show, typed
from services.portal.parts import parts
from services.portal.submitting import page_with
from services.portal.timelines import legal_step, row_standing, timeline_acts
from services.portal.tracking import Slip, count_attempt, kept_slip
from shared.web.auth import EVERYONE
from shared.web.i18n import gettext as _
from shared.web.i18n import lazy_gettext

pages = Blueprint("public", __name__)

NEWEST = 6
TRACKING = Form(
    name="tracking",
    title=lazy_gettext("Track a petition"),
    button=lazy_gettext("Show the petition"),
    is_act=False,
    fields=(
        Field(
            name="reference",
            label=lazy_gettext("Reference"),
            hint=lazy_gettext("As on the receipt, for example taroudant/2023/1."),
            is_required=True,
            longest=80,
            lang="en",
        ),
        Field(
            name="code",
            label=lazy_gettext("Tracking code"),
            hint=lazy_gettext("The ten letters and digits on the receipt."),
            is_required=True,
            longest=40,
            lang="en",
        ),
    ),
)


@pages.get("/")
@page_for(EVERYONE)
def home() -> str:
    """The authorities; where there is only one, its own page."""
    known = parts().authorities.all()
    if len(known) == 1:
        return _authority_page(known[0])
    return render_template("home.html", authorities=known)


@pages.get("/<authority>")
@page_for(EVERYONE)
def authority_home(authority: str) -> str:
    """One authority: its newest petitions, and the ways in."""
    return _authority_page(parts().authorities.one(authority))


@pages.get("/<authority>/petitions")
@page_for(EVERYONE)
def petitions(authority: str) -> str:
    """The filed petitions of an authority, newest first."""
    shown = parts().authorities.one(authority)
    page = caller().read(
        "review", "/petitions", authority=authority, cursor=request.args.get("cursor")
    )
    return render_template(
        "petitions.html",
        shown=shown,
        petitions=[_card(row) for row in page["petitions"]],
        **pager("public.petitions", page, authority=authority),
    )


@pages.get("/<authority>/<int:year>/<int:number>")
@page_for(EVERYONE)
def petition(authority: str, year: int, number: int) -> str:
    """One petition with its next step and its timeline."""
    shown = parts().authorities.one(authority)
    found = caller().read("review", f"/petitions/{authority}/{year}/{number}")
    return render_template(
        "petition.html",
        shown=shown,
        petition=found,
        step=legal_step(found.get("next_step"), shown.today),
        acts=timeline_acts(found["timeline"], found.get("names")),
        has_slip=_has_slip(found["reference"]),
    )


@pages.get("/<authority>/sessions")
@page_for(EVERYONE)
def sessions(authority: str) -> str:
    """The sessions of the council that were called."""
    shown = parts().authorities.one(authority)
    page = caller().read(
        "review", "/sessions", authority=authority, cursor=request.args.get("cursor")
    )
    return render_template(
        "public_sessions.html",
        shown=shown,
        sessions=page["sessions"],
        **pager("public.sessions", page, authority=authority),
    )


@pages.get("/<authority>/decisions")
@page_for(EVERYONE)
def decisions(authority: str) -> str:
    """The decisions of the council and where each stands."""
    shown = parts().authorities.one(authority)
    page = caller().read(
        "review", "/decisions", authority=authority, cursor=request.args.get("cursor")
    )
    return render_template(
        "public_decisions.html",
        shown=shown,
        decisions=page["decisions"],
        **pager("public.decisions", page, authority=authority),
    )


@pages.get("/track")
@page_for(EVERYONE)
def track() -> str:
    """Ask for the reference and the code of a receipt."""
    given = {"reference": request.args.get("reference", "")}
    return render_template(
        "track.html", shown_form=show(TRACKING, url_for("public.track"), values=given)
    )


@pages.post("/track")
@page_for(EVERYONE)
def find_tracked() -> AnyResponse:
    """Lead to the petition of a reference and its code; one answer for all that do not fit."""
    values = typed(TRACKING, request.form)
    body, errors = payload(TRACKING, values)
    if errors:
        count_attempt()
        return _tracking_page(422, values, errors)
    slip = Slip(**body)
    try:
        return slip.keep(_tracked(slip.petition()))
    except Refused as refusal:
        if refusal.status not in {404, 422}:
            raise
        return nothing_tracked(values)


def nothing_tracked(values: dict[str, Any]) -> Response:
    """The one answer to whatever does not fit, with the form to try again."""
    said = {"message": _("No petition has this reference and code."), "remedy": ""}
    return _tracking_page(404, values, {"": said})


def pager(endpoint: str, page: dict[str, Any], **places: Any) -> dict[str, str | None]:
    """The ways on from a page of a list and back to its start."""
    cursor = page.get("next_cursor")
    return {
        "next_href": url_for(endpoint, cursor=cursor, **places) if cursor else None,
        "first_href": url_for(endpoint, **places) if request.args.get("cursor") else None,
    }


def _authority_page(shown: Authority) -> str:
    page = caller().read("review", "/petitions", authority=shown.code)
    cards = [_card(row) for row in page["petitions"][:NEWEST]]
    person = viewer()
    may_petition = person is None or person.holds("petitioner")
    return render_template(
        "authority.html", shown=shown, petitions=cards, may_petition=may_petition
    )


def _tracked(found: dict[str, Any]) -> AnyResponse:
    """The petition's page; until its case is open (a moment), a page that says so."""
    authority, year, number = str(found["reference"]).split("/")
    try:
        caller().read("review", f"/petitions/{authority}/{year}/{number}")
    except Refused as refusal:
        if refusal.status != 404:
            raise
        return _page("tracked.html", 200, reference=found["reference"])
    return redirect(f"/{authority}/{year}/{number}", code=303)


def _tracking_page(status: int, values: dict[str, Any], errors: dict[str, Any]) -> Response:
    form = show(TRACKING, url_for("public.track"), values=values, errors=errors)
    return _page("track.html", status, shown_form=form)


def _has_slip(reference: str) -> bool:
    """Whether the reader came with the receipt's code of this petition, as far as is known here."""
    slip = kept_slip()
    return slip is not None and slip.reference.strip() == reference


def _page(template: str, status: int, **values: Any) -> Response:
    return page_with(render_template(template, **values), status)


def _card(row: dict[str, Any]) -> dict[str, Any]:
    association = row.get("association") or {}
    kind, state = row_standing(row)
    return {
        "title": row["subject"],
        "href": f"/{row['reference']}",
        "reference": row["reference"],
        "kind": kind,
        "state": state,
        "by": association.get("name") or _("Citizens"),
        "filed_on": row["filed_on"],
    }
