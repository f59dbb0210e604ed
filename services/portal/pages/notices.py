"""Pages of notices: what a person was told, and the link that a notice sent by mail leads to."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from services.portal.access import caller, page_for, signed_in
from services.portal.clients import Json
from services.portal.pages.public import pager
from services.portal.sessions import Viewer
from shared.ids import new_id
from shared.web.auth import SIGNED_IN

pages = Blueprint("notices", __name__)

COUNCIL = ("secretariat", "president", "bureau", "committee-chair", "council-member")


@pages.get("/notices")
@page_for(SIGNED_IN)
def own() -> str:
    """What this person was told, newest first."""
    page = caller().read("notifications", "/notices", cursor=request.args.get("cursor"))
    return render_template(
        "notices.html",
        told=[_readable(row) for row in page["notices"]],
        **pager("notices.own", page),
    )


@pages.get("/notices/<uuid:notice_id>")
@page_for(SIGNED_IN)
def notice(notice_id: UUID) -> str:
    """One notice; reading it does not say that it was read, the button does."""
    found = caller().read("notifications", f"/notices/{notice_id}")
    return render_template("notices.html", told=[_readable(found)], is_one=True)


@pages.post("/notices/<uuid:notice_id>/acknowledgement")
@page_for(SIGNED_IN)
def acknowledge(notice_id: UUID) -> AnyResponse:
    """Say that a notice was read."""
    key = request.form.get("idempotency_key", "")[:200]
    caller().act("notifications", f"/notices/{notice_id}/acknowledgement", {}, key=key)
    return redirect(url_for("notices.own", done="1"), code=303)


def _readable(row: Json) -> Json:
    return {**row, "key": str(new_id()), "href": _href(row["about"], signed_in())}


def _href(about: str, person: Viewer) -> str | None:
    """The reader's own page of what a notice is about."""
    kind, _, key = about.partition("/")
    is_council = person.holds(*COUNCIL)
    places = {
        "opinion": f"/desk/opinions/{key}",
        "consultation": "/desk/opinions" if person.holds("body-member") else None,
        "session": f"/desk/sessions/{key}" if is_council else None,
        "decision": f"/desk/decisions/{key}" if is_council else None,
        "erasure": "/desk/erasures" if person.holds("petitioner", "secretariat") else None,
        "case": f"/desk/cases/{key}" if is_council else f"/desk/petitions/{key}",
    }
    return places.get("case" if kind == "petition" else kind)
