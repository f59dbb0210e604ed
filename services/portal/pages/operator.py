"""Pages of operators: what waits on the bus, service by service, and the authorities' dates."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from services.portal import words
from services.portal.access import caller, page_for
from services.portal.clients import Json, Refused
from services.portal.forms import Field, Form, scoped, show
from services.portal.parts import parts
from services.portal.submitting import Sent, page_with, send_act
from shared.bus_words import OUTAGES, remedy, sentence
from shared.http_client import ServiceUnavailable
from shared.web.i18n import gettext as _
from shared.web.i18n import lazy_gettext

pages = Blueprint("operator", __name__, url_prefix="/desk")

BUSINESS_DATE = Form(
    name="business-date",
    title=lazy_gettext("Move the business date"),
    button=lazy_gettext("Move the date"),
    is_act=False,
    lead=lazy_gettext("It only moves forward, and every move is on the record."),
    fields=(
        Field(name="date", label=lazy_gettext("New business date"), kind="date", is_required=True),
    ),
)


@pages.get("/bus")
@page_for("operator")
def bus() -> str:
    """Each service's health and what waits in its outbox, inbox and queues."""
    return render_template("bus.html", services=[_service(name) for name in words.SERVICES])


@pages.get("/authorities")
@page_for("operator")
def authorities() -> str:
    """The authorities with their business dates."""
    return _authorities_page()


@pages.post("/authorities/<code>/business-date")
@page_for("operator")
def move_date(code: str) -> AnyResponse:
    """Move one authority's business date forward."""
    parts().authorities.one(code)
    sent = send_act(scoped(BUSINESS_DATE, code), "identity", f"/authorities/{code}/business-date")
    parts().authorities.forget()
    if sent.is_done:
        return redirect(url_for("operator.authorities", done="1"), code=303)
    return page_with(_authorities_page(code, sent), sent.status)


def _authorities_page(code: str = "", sent: Sent | None = None) -> str:
    rows = []
    for one in parts().authorities.all():
        action = url_for("operator.move_date", code=one.code)
        is_sent = sent is not None and one.code == code
        form = (
            sent.shown(action)
            if sent and is_sent
            else show(scoped(BUSINESS_DATE, one.code), action)
        )
        rows.append({"authority": one, "form": form})
    return render_template("authorities.html", rows=rows)


def _service(name: str) -> dict[str, Any]:
    """One service's figures and problems; one that does not answer says so in its row."""
    health = _asked(name, "/health")
    report = _asked(name, "/bus")
    problems = report.get("problems", ())
    is_down = health.get("status", "down") == "down"
    return {
        "name": words.word(words.SERVICES, name),
        "status": health.get("status", "down"),
        "totals": report.get("totals", {}),
        "problems": [
            *(_outages(name, health) if is_down else ()),
            *({"what": sentence(one), "to_do": remedy(one, name)} for one in problems),
        ],
    }


def _outages(name: str, health: Json) -> list[dict[str, str]]:
    """Why a service is out of service, part by part, with what to do about it."""
    parts_down = [part for part, word in health.get("parts", {}).items() if word == "down"]
    told = [OUTAGES[part] for part in parts_down if part in OUTAGES] or [OUTAGES["silent"]]
    return [{"what": _(what), "to_do": _(to_do, service=name)} for what, to_do in told]


def _asked(name: str, path: str) -> Json:
    try:
        return caller().read(name, path)
    except ServiceUnavailable:
        return {}
    except Refused as refusal:
        if refusal.is_sign_in_over:
            raise
        return dict(refusal.problem) if path == "/health" else {}
