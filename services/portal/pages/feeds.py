"""Feeds for calendar programs: the public one of an authority, and one of each council person.

A person's own has the days of cases too. Its address holds a secret that identity knows by its
hash: it is shown once, renewed and revoked here, and opens nothing when the role has ended.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from flask import Blueprint, Response, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from services.portal import ics
from services.portal.access import caller, page_for, portal_for_reader, signed_in
from services.portal.authorities import Authority
from services.portal.clients import Caller, Json
from services.portal.formats import plain_text
from services.portal.pages.calendar import case_title, meeting_title, read_days
from services.portal.pages.council import COUNCIL
from services.portal.parts import parts
from shared.errors import NotFound
from shared.web.auth import EVERYONE
from shared.web.i18n import current_language
from shared.web.i18n import gettext as _

pages = Blueprint("feeds", __name__)

BACK = timedelta(days=400)
AHEAD = timedelta(days=600)


@pages.get("/<authority>/calendar.ics")
@page_for(EVERYONE)
def public(authority: str) -> Response:
    """The public meetings as an iCalendar feed; it is the same for everyone."""
    shown = parts().authorities.one(authority)
    # Without the reader's token, so that a feed never carries more than the public page.
    found = _found(Caller(clients=parts().clients), shown)
    href = url_for("public.sessions", authority=shown.code, _external=True)
    entries = [ics.meeting_entry(one, _titled(one, shown), href) for one in found["meetings"]]
    response = _calendar(shown, _("Council of %(name)s", name=plain_text(shown.name)), entries)
    response.headers["Cache-Control"] = "public, max-age=900"
    return response


@pages.get("/<authority>/calendar/<secret>.ics")
@page_for(EVERYONE)
def own(authority: str, secret: str) -> Response:
    """Sessions, sittings and days of cases for whoever has the address; no sign-in, no name."""
    shown = parts().authorities.one(authority)
    known = portal_for_reader().act("identity", "/calendar-feed/reader", {"secret": secret})
    if known["authority"] != shown.code:
        raise NotFound("No calendar has this address.")
    token = parts().own_token.for_authority(shown.code)
    found = _found(Caller(clients=parts().clients, token=token), shown)
    name = _("Days of the council of %(name)s", name=plain_text(shown.name))
    response = _calendar(shown, name, [*_meetings(found, shown), *_cases(found)])
    response.headers["Cache-Control"] = "private, max-age=900"
    return response


@pages.get("/desk/calendar-feed")
@page_for(*COUNCIL)
def settings() -> str:
    """Whether this person has an address for a calendar program, with the ways to change it."""
    return _settings_page()


@pages.post("/desk/calendar-feed")
@page_for(*COUNCIL)
def renew() -> AnyResponse:
    """Make a new address and show it this once; the one of before opens nothing any more."""
    made = caller().act("identity", "/calendar-feed", {})
    address = url_for(
        "feeds.own",
        authority=signed_in().authority,
        secret=made["secret"],
        lang=current_language(),
        _external=True,
    )
    return make_response(_settings_page(address))


@pages.post("/desk/calendar-feed/revocation")
@page_for(*COUNCIL)
def revoke() -> AnyResponse:
    """Let the address open nothing any more."""
    caller().delete("identity", "/calendar-feed")
    return redirect(url_for("feeds.settings", done="1"), code=303)


def _settings_page(address: str | None = None) -> str:
    known = caller().read("identity", "/calendar-feed")
    return render_template("calendar_feed.html", made_at=known["made_at"], address=address)


def _found(asking: Caller, shown: Authority) -> Json:
    return read_days(asking, shown, shown.today - BACK, shown.today + AHEAD)


def _meetings(found: Json, shown: Authority) -> list[ics.Entry]:
    return [
        ics.meeting_entry(
            one,
            _titled(one, shown),
            url_for("sittings.session", session_id=one["session"], _external=True),
        )
        for one in found["meetings"]
    ]


def _cases(found: Json) -> list[ics.Entry]:
    return [
        ics.case_entry(
            one, case_title(one), url_for("council.case", case_id=one["case"], _external=True)
        )
        for one in found["cases"]
    ]


def _titled(meeting: Json, shown: Authority) -> str:
    return f"{meeting_title(meeting)} – {plain_text(shown.name)}"


def _calendar(shown: Authority, name: str, entries: Sequence[ics.Entry]) -> Response:
    body = ics.feed(name, entries)
    response = Response(body, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'inline; filename="{shown.code}.ics"'
    return response
