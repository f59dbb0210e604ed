"""Every error as a page in the reader's language; nothing of the program's inside is shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import structlog
from flask import Flask, Response, g, make_response, redirect, render_template, request, url_for
from werkzeug.exceptions import HTTPException

from services.portal.clients import Refused
from services.portal.csrf import SESSION_COOKIE
from services.portal.parts import parts
from shared.errors import DomainError
from shared.web.i18n import gettext as _
from shared.web.i18n import lazy_gettext
from shared.web.problems import HTTP_CODES, TITLES

log = structlog.get_logger()

REMEDIES = {
    403: lazy_gettext("Sign in with an account that has the role for it."),
    404: lazy_gettext("Check the address or the reference."),
    405: lazy_gettext("Go back and use the buttons of the page."),
    413: lazy_gettext("Send at most 20 MB; split or compress the files."),
    500: lazy_gettext("Try again; if it stays, give the request number to the operator."),
    503: lazy_gettext("Wait a moment, then load the page again."),
}


def register_problem_pages(app: Flask) -> None:
    """Answer every error of ``app`` with a page."""
    app.register_error_handler(Refused, _refused_page)
    app.register_error_handler(DomainError, _domain_page)
    app.register_error_handler(HTTPException, _http_page)
    app.register_error_handler(Exception, _unexpected_page)


def problem_page(status: int, code: str, **members: Any) -> Response:
    """A page that says what is wrong and what the reader can do; members are a problem's own."""
    title = str(TITLES.get(code, TITLES["internal-error"]))
    problem = {
        "status": status,
        "title": members.get("title") or title,
        "detail": members.get("detail") or "",
        "remedy": members.get("remedy") or str(REMEDIES.get(status, "")),
        "errors": members.get("errors") or [],
        "request_id": g.get("request_id", ""),
    }
    response = make_response(render_template("problem.html", problem=problem, back_href=_back()))
    response.status_code = status
    return response


def _refused_page(refusal: Refused) -> Response:
    if refusal.is_sign_in_over:
        return _sign_in_again()
    log.info("service_refused", code=refusal.problem.get("code"), status=refusal.status)
    known = {key: refusal.problem.get(key) for key in ("title", "detail", "remedy", "errors")}
    code = HTTP_CODES.get(refusal.status, "internal-error")
    return problem_page(refusal.status, code, **known)


def _sign_in_again() -> Response:
    """The service took the token no longer: the sign-in is over, here too."""
    handle = request.cookies.get(SESSION_COOKIE)
    if handle:
        parts().sign_ins.forget(handle)
    here = request.full_path.rstrip("?") if request.method == "GET" else "/desk"
    response = make_response(redirect(url_for("account.sign_in", next=here)))
    response.delete_cookie(SESSION_COOKIE)
    return response


def _domain_page(error: DomainError) -> Response:
    response = problem_page(
        error.status,
        error.code,
        detail=_(error.message, **_translated(error.params)),
        remedy=_(error.remedy) if error.remedy else "",
    )
    if "retry_after" in error.params:
        response.headers["Retry-After"] = str(error.params["retry_after"])
    return response


def _translated(params: Mapping[str, object]) -> dict[str, object]:
    """Kinds are code words; a page says them in words."""
    return {key: _(str(value)) if key == "kind" else value for key, value in params.items()}


def _http_page(error: HTTPException) -> Response:
    if error.response is not None:
        return make_response(error.response)
    status = error.code or 500
    code = HTTP_CODES.get(status, "bad-request" if status < 500 else "internal-error")
    return problem_page(status, code)


def _unexpected_page(error: Exception) -> Response:
    log.error("request_failed", error=type(error).__name__, exc_info=error)
    return problem_page(500, "internal-error")


def _back() -> str | None:
    return request.path if request.method == "POST" else None
