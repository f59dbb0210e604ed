"""The conditions of the law on the page of a case: what was found, and a form for each."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from flask import url_for

from services.portal.access import signed_in
from services.portal.clients import Json
from services.portal.forms import Form, ShownForm, scoped, show
from services.portal.pages.bureau_forms import CHECK
from services.portal.submitting import Sent

TONES = {"met": "good", "not-met": "bad", "not-applicable": "draft", None: "waiting"}
ACT = "checks"


def form_of(condition: str, found: Json) -> Form:
    """The form of one condition; documents are offered where some were handed in."""
    fields = [one for one in CHECK.fields if one.name != "sha256" or _documents(found)]
    return scoped(replace(CHECK, fields=tuple(fields)), condition)


def checklist(found: Json, sent: Sent | None) -> list[Json]:
    """Every condition of a case with its tone and, for who may check it, its form."""
    roles = {one["act"]: one["roles"] for one in found.get("acts") or []}.get(ACT)
    may_check = roles is not None and signed_in().holds(*roles)
    return [
        {
            **one,
            "tone": TONES[(one.get("check") or {}).get("outcome")],
            "form": _shown(one["id"], found, sent) if may_check else None,
        }
        for one in found.get("conditions") or []
    ]


def _shown(condition: str, found: Json, sent: Sent | None) -> ShownForm:
    form = form_of(condition, found)
    action = url_for("council.check_condition", case_id=UUID(found["id"]), condition=condition)
    choices = {"sha256": _documents(found)}
    if sent is not None and sent.form.name == form.name:
        return sent.shown(action, version=found.get("version"), choices=choices)
    return show(form, action, version=found.get("version"), choices=choices)


def _documents(found: Json) -> list[tuple[str, str]]:
    return [
        (digest, f"{paper['receipt']} {digest[:8]}")
        for paper in found.get("handed_in") or []
        for digest in paper["sha256"]
    ]
