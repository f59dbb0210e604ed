"""Letters of the council to whoever holds the receipt of a petition, without an account.

Everything that does not fit (no slip, a wrong code, a letter of another case) gets the one answer
of tracking itself.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from services.portal.access import page_for
from services.portal.clients import Json, Refused
from services.portal.pages.papers import passed_on
from services.portal.pages.public import nothing_tracked
from services.portal.tracking import Slip, forget_slip, kept_slip
from shared.web.auth import EVERYONE

pages = Blueprint("letters", __name__, url_prefix="/track")
View = Callable[..., Any]


def with_slip(view: View) -> View:
    """Give a view the slip that the browser keeps; without one, or a wrong one, the form again."""

    @wraps(view)
    def guarded(**places: Any) -> Any:
        slip = kept_slip()
        if slip is None:
            return redirect(url_for("public.track"), code=303)
        try:
            return view(slip, **places)
        except Refused as refusal:
            if refusal.status not in {404, 422}:
                raise
            return nothing_tracked({"reference": slip.reference})

    return guarded


@pages.get("/letters")
@page_for(EVERYONE)
@with_slip
def letters(slip: Slip) -> str:
    """What was written to the petitioners, newest first, the receipt at the end."""
    petition = slip.petition()
    return render_template("letters.html", petition=petition, letters=_letters(slip)[::-1])


@pages.get("/letters/receipt")
@page_for(EVERYONE)
@with_slip
def receipt(slip: Slip) -> str:
    """The receipt again, made for paper."""
    petition = slip.petition()
    back = url_for("letters.letters")
    return render_template("receipt.html", petition=petition, receipt=petition, back_href=back)


@pages.get("/letters/<uuid:document_id>/<language>")
@page_for(EVERYONE)
@with_slip
def letter(slip: Slip, document_id: UUID, language: str) -> AnyResponse:
    """One letter as it was issued: a PDF or a page to print."""
    return passed_on(slip.letter(str(document_id), language))


@pages.post("/forget")
@page_for(EVERYONE)
def forget() -> AnyResponse:
    """Forget reference and code in this browser, for whoever reads on a shared computer."""
    return forget_slip(redirect(url_for("public.track"), code=303))


def _letters(slip: Slip) -> list[Json]:
    """The letters; none while the case of a petition that was just filed is not open yet."""
    try:
        return slip.letters()
    except Refused as refusal:
        if refusal.status != 404:
            raise
        return []
