"""What the frame of every page shows: navigation by role, the reader, the authority, its date."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import Flask, g, request, url_for

from services.portal import access
from services.portal.authorities import Authority
from services.portal.formats import ROLES, plain_text
from services.portal.parts import parts
from services.portal.sessions import Viewer
from shared.errors import DomainError
from shared.web.dates import civil_date
from shared.web.i18n import LANGUAGES, LazyText, lazy_gettext
from shared.web.i18n import gettext as _

Entry = tuple[str, LazyText]

DESK: dict[str, tuple[Entry, ...]] = {
    "secretariat": (
        ("council.queue", lazy_gettext("Queue")),
        ("committees.council", lazy_gettext("The council")),
        ("sittings.list_sessions", lazy_gettext("Council sessions")),
        ("decisions.list_decisions", lazy_gettext("Council decisions")),
    ),
    "committee-chair": (
        ("council.queue", lazy_gettext("Queue")),
        ("committees.council", lazy_gettext("The council")),
    ),
    "petitioner": (
        ("petitioner.own_petitions", lazy_gettext("My petitions")),
        ("erasures.listed", lazy_gettext("My data")),
    ),
    "body-member": (("body.requests", lazy_gettext("Opinions of my body")),),
    "auditor": (
        ("auditor.ledger", lazy_gettext("Ledger")),
        ("auditor.replay", lazy_gettext("Replay")),
    ),
    "operator": (
        ("operator.bus", lazy_gettext("Bus")),
        ("operator.authorities", lazy_gettext("Authorities")),
    ),
}
DESK["president"] = DESK["bureau"] = DESK["council-member"] = DESK["secretariat"]
ERASURES: Entry = ("erasures.listed", lazy_gettext("Erasure of data"))
DESK["secretariat"] = (*DESK["secretariat"], ERASURES)
DESK["auditor"] = (*DESK["auditor"], ERASURES)
COUNCIL = ("secretariat", "president", "bureau", "council-member")
NOTICES: Entry = ("notices.own", lazy_gettext("My notices"))
PUBLIC: tuple[Entry, ...] = (
    ("public.petitions", lazy_gettext("Petitions")),
    ("calendar.month", lazy_gettext("Calendar")),
    ("public.sessions", lazy_gettext("Sessions")),
    ("public.decisions", lazy_gettext("Decisions")),
)


def register_frame(app: Flask) -> None:
    """Give every template what base.html takes."""

    @app.context_processor
    def frame() -> dict[str, Any]:
        return _frame()


def shown_authority() -> Authority | None:
    """The authority this page is about: the address names it, else the reader's own."""
    if "authority" not in g:
        code = (request.view_args or {}).get("authority")
        person = access.viewer()
        code = code or (person.authority if person else "") or access.home_authority()
        g.authority = parts().authorities.find(str(code)) if code else None
    found: Authority | None = g.authority
    return found


def _frame() -> dict[str, Any]:
    try:
        person, authority = access.viewer(), shown_authority()
    except DomainError:
        # identity does not answer: the page that says so must not ask it again.
        person, authority = None, None
    return {
        "viewer": _viewer(person),
        "sign_in_href": url_for("account.sign_in"),
        "place": plain_text(authority.name) if authority else None,
        "authority": authority,
        "navigation": _navigation(person, authority),
        "language_links": _language_links(),
        "notices": _notices(authority),
        "csrf_token": parts().csrf.token(),
        "zone": authority.zone if authority else "Africa/Casablanca",
    }


def _viewer(person: Viewer | None) -> dict[str, Any] | None:
    if person is None:
        return None
    role = next((one for one in ROLES if one in person.roles), "")
    return {"name": person.shown_name, "role": role, "sign_out_href": url_for("account.sign_out")}


def _navigation(person: Viewer | None, authority: Authority | None) -> list[dict[str, Any]]:
    entries: list[tuple[str, str, str]] = []
    if authority:
        has_desk = person is not None and person.holds(*COUNCIL)
        for endpoint, label in PUBLIC[:2] if has_desk else PUBLIC:
            href = url_for(endpoint, authority=authority.code)
            entries.append((endpoint, str(label), href))
    if person is None:
        entries.append(("public.track", _("Track a petition"), url_for("public.track")))
    for endpoint, label in _desk_entries(person):
        entries.append((endpoint, str(label), url_for(endpoint)))
    return [
        {"label": label, "href": href, "current": endpoint == request.endpoint}
        for endpoint, label, href in entries
    ]


def _desk_entries(person: Viewer | None) -> list[Entry]:
    if person is None:
        return []
    found: dict[str, LazyText] = {}
    for role in person.roles:
        for endpoint, label in (*DESK.get(role, ()), NOTICES):
            found.setdefault(endpoint, label)
    return list(found.items())


def _language_links() -> dict[str, str]:
    """The same page in each language; a page reached by POST is read again at its address."""
    kept = request.args.to_dict() if request.method == "GET" else {}
    kept.pop("done", None)
    links = {}
    for code in LANGUAGES:
        links[code] = "?" + urlencode({**kept, "lang": code})
    return links


def _notices(authority: Authority | None) -> list[dict[str, str]]:
    notices: list[dict[str, str]] = []
    if request.args.get("done"):
        notices.append({"text": _("Done. It is on the record."), "tone": "good"})
    if authority and authority.is_on_another_day:
        words = civil_date(authority.today)
        text = _("This authority works on another day than today: %(date)s.", date=words)
        notices.append({"text": text, "tone": "info"})
    return notices
