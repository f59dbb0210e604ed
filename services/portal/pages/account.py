"""Signing in and out, and signing up as a petitioner; identity counts the attempts."""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from services.portal.access import home_authority, page_for, signed_in, viewer
from services.portal.clients import Json, Refused
from services.portal.csrf import SESSION_COOKIE
from services.portal.formats import plain_text
from services.portal.forms import Errors, Field, Form, Option, problem_errors, show
from services.portal.incoming import LANGUAGE_COOKIE
from services.portal.parts import parts
from services.portal.sessions import set_session_cookie
from services.portal.submitting import page_with, send_form
from shared.web.auth import EVERYONE, SIGNED_IN
from shared.web.i18n import LANGUAGE_NAMES, LANGUAGES, current_language, lazy_gettext
from shared.web.i18n import gettext as _

pages = Blueprint("account", __name__)

DESKS = {
    "secretariat": "council.queue",
    "president": "council.queue",
    "bureau": "council.queue",
    "committee-chair": "council.queue",
    "council-member": "sittings.list_sessions",
    "petitioner": "petitioner.own_petitions",
    "body-member": "body.requests",
    "auditor": "auditor.ledger",
    "operator": "operator.bus",
}
SIGN_UP = Form(
    name="account",
    title=lazy_gettext("Open an account"),
    button=lazy_gettext("Open the account"),
    is_act=False,
    fields=(
        Field(
            name="authority",
            label=lazy_gettext("Authority"),
            kind="select",
            is_required=True,
        ),
        Field(
            name="email",
            label=lazy_gettext("E-mail address"),
            kind="email",
            is_required=True,
            hint=lazy_gettext("You sign in with it; notices go there."),
            autocomplete="email",
        ),
        Field(
            name="password",
            label=lazy_gettext("Password"),
            kind="password",
            is_required=True,
            hint=lazy_gettext("At least 10 characters; a sentence is easy to keep in mind."),
            autocomplete="new-password",
        ),
        Field(
            is_maybe=True,
            name="name_arabic",
            label=lazy_gettext("Name in Arabic letters"),
            lang="ar",
        ),
        Field(
            is_maybe=True, name="name_latin", label=lazy_gettext("Name in Latin letters"), lang="fr"
        ),
        Field(
            name="language",
            label=lazy_gettext("Language of notices"),
            kind="radio",
            options=tuple(LANGUAGE_NAMES.items()),
            value="ar",
        ),
    ),
)


@pages.get("/sign-in")
@page_for(EVERYONE)
def sign_in() -> AnyResponse | str:
    """The sign-in form; ``next`` is where to go afterwards."""
    if viewer() is not None:
        return redirect(_next())
    return _sign_in_page()


@pages.post("/sign-in")
@page_for(EVERYONE)
def begin() -> AnyResponse:
    """Sign a person in and lead on."""
    login, password = request.form.get("login", "").strip(), request.form.get("password", "")
    if not login or not password:
        needed = {"message": _("Fill in this field."), "remedy": ""}
        given = {"login": login, "password": password}
        return _wrong({name: needed for name, value in given.items() if not value}, 422)
    authority = request.form.get("authority") or home_authority()
    try:
        known = parts().sign_ins.begin(
            {"login": login, "password": password, "authority": authority},
            authority=authority,
            address=request.remote_addr,
        )
    except Refused as refusal:
        return _wrong(problem_errors(refusal.problem), refusal.status)
    return _signed_in(known["handle"], known.get("language"))


@pages.post("/sign-out")
@page_for(EVERYONE)
def sign_out() -> AnyResponse:
    """End the sign-in."""
    handle = request.cookies.get(SESSION_COOKIE)
    response = redirect("/", code=303)
    if handle:
        parts().sign_ins.end(handle, home_authority())
        response.delete_cookie(SESSION_COOKIE)
    return response


@pages.get("/sign-up")
@page_for(EVERYONE)
def sign_up() -> str:
    """The form for a petitioner's account."""
    given = {"authority": home_authority(), "language": current_language()}
    form = show(SIGN_UP, url_for("account.open_account"), values=given, choices=_authorities())
    return render_template("sign_up.html", shown_form=form)


@pages.post("/sign-up")
@page_for(EVERYONE)
def open_account() -> AnyResponse:
    """Open a petitioner's account, then let the person sign in."""
    sent = send_form(SIGN_UP, _open)
    if sent.is_done:
        return redirect(url_for("account.sign_in", opened="1"), code=303)
    form = sent.shown(url_for("account.open_account"), choices=_authorities())
    return page_with(render_template("sign_up.html", shown_form=form), sent.status)


@pages.get("/desk")
@page_for(SIGNED_IN)
def desk() -> AnyResponse:
    """Lead each person to the page of their first role."""
    endpoint = next((DESKS[role] for role in signed_in().roles if role in DESKS), None)
    return redirect(url_for(endpoint) if endpoint else "/")


def _open(body: Json, _key: str, _version: str | None) -> Json:
    return parts().sign_ins.open_account(
        body, authority=home_authority(), address=request.remote_addr
    )


def _sign_in_page(errors: Errors | None = None) -> str:
    known = parts().authorities.all()
    return render_template(
        "sign_in.html",
        action=url_for("account.begin", next=_next()),
        errors=errors,
        values={"login": request.form.get("login", ""), "authority": home_authority()},
        authorities=[(one.code, plain_text(one.name)) for one in known],
        is_opened="opened" in request.args,
    )


def _wrong(errors: Errors, status: int) -> AnyResponse:
    return page_with(_sign_in_page(errors), status)


def _signed_in(handle: str, language: str | None) -> AnyResponse:
    response = make_response(redirect(_next(), code=303))
    is_secure = parts().is_secure
    set_session_cookie(response, handle, is_secure=is_secure)
    if language in LANGUAGES and LANGUAGE_COOKIE not in request.cookies:
        response.set_cookie(
            LANGUAGE_COOKIE, language, httponly=True, samesite="Lax", secure=is_secure
        )
    return response


def _next() -> str:
    """Where to go after the sign-in; never to another site."""
    wanted = request.args.get("next", "")
    is_here = wanted.startswith("/") and not wanted.startswith(("//", "/\\"))
    return wanted if is_here and not wanted.startswith("/sign-") else url_for("account.desk")


def _authorities() -> dict[str, list[Option]]:
    return {"authority": [(one.code, plain_text(one.name)) for one in parts().authorities.all()]}
