"""The page of erasures: what was asked for, what is erased, what waits and for what, what stays."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from services.portal.access import caller, page_for, signed_in
from services.portal.clients import Json
from services.portal.forms import Form, ShownForm, show
from services.portal.names import name_in_own_letters
from services.portal.pages.erasure_forms import OF_FILE, OWN
from services.portal.pages.public import pager
from services.portal.submitting import Sent, page_with, send_act
from services.portal.words import PERSON_ROLES, word
from shared.errors import NotFound
from shared.web.i18n import gettext as _

UNDER_WAY = ("requested", "waiting")

pages = Blueprint("erasures", __name__, url_prefix="/desk")


@pages.get("/erasures")
@page_for("petitioner", "secretariat", "auditor")
def listed() -> str:
    """The requests, newest first: one's own, those of a file's people, or all."""
    return _page()


@pages.post("/erasures")
@page_for("petitioner", "secretariat")
def ask() -> AnyResponse:
    """Ask for an erasure."""
    form = _form(_petition())
    sent = send_act(form, "identity", "/erasures") if form else None
    if sent is None:
        raise NotFound("Nothing was found under this id.", kind="petition")
    if sent.is_done:
        return redirect(url_for("erasures.listed", petition=_petition(), done="1"), code=303)
    return page_with(_page(sent), sent.status)


def people_of(petition_id: UUID | str) -> list[Json]:
    """The people of a file: each one's name in the reader's letters, or that it was erased."""
    found = caller().read("intake", f"/petitions/{petition_id}/people")
    return [{**one, "name": _shown_name(one)} for one in found["people"]]


def with_requests(people: list[Json]) -> list[Json]:
    """The same people, each with the state of the newest request to erase their data, if any."""
    asked = [one["person_id"] for one in people]
    found = caller().read("identity", "/erasures", person=asked)["erasures"] if asked else []
    newest = {one["person"]: one["state"] for one in reversed(found)}
    return [{**one, "erasure": newest.get(one["person_id"])} for one in people]


def _page(sent: Sent | None = None) -> str:
    petition = _petition()
    people = people_of(petition) if petition else []
    asked = [one["person_id"] for one in people] or None
    page = caller().read("identity", "/erasures", person=asked, cursor=request.args.get("cursor"))
    return render_template(
        "erasures.html",
        erasures=page["erasures"],
        names={one["person_id"]: one["name"] for one in people},
        petition=petition,
        in_ledger=signed_in().holds("auditor"),
        forms=[] if _is_under_way(page["erasures"], sent) else _forms(petition, people, sent),
        **pager("erasures.listed", page),
    )


def _is_under_way(erasures: list[Json], sent: Sent | None) -> bool:
    """Whether one's own request is still to be answered: a second one would be refused."""
    is_own = not signed_in().holds("secretariat")
    return sent is None and is_own and any(one["state"] in UNDER_WAY for one in erasures)


def _petition() -> UUID | None:
    """The file that the page is about; an address that is none is about none."""
    try:
        return UUID(request.args["petition"])
    except (KeyError, ValueError):
        return None


def _form(petition: UUID | None) -> Form | None:
    """The form of this reader: the secretariat asks for the people of a file."""
    if signed_in().holds("secretariat") and petition:
        return OF_FILE
    return OWN if signed_in().holds("petitioner") else None


def _forms(petition: UUID | None, people: list[Json], sent: Sent | None) -> list[ShownForm]:
    form = _form(petition)
    if form is None:
        return []
    action = url_for("erasures.ask", petition=petition)
    choices = {"person": [(one["person_id"], _with_role(one)) for one in people]}
    if sent is not None:
        return [sent.shown(action, choices=choices)]
    return [show(form, action, choices=choices)]


def _shown_name(person: Mapping[str, str | bool | None]) -> str:
    if person["is_erased"]:
        return _("Erased")
    name = {"ar": person["name_arabic"], "latin": person["name_latin"]}
    return name_in_own_letters(name) or _("Without a name")


def _with_role(person: Json) -> str:
    return f"{person['name']} ({word(PERSON_ROLES, person['role'])})"
