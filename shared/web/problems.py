"""Every error as an RFC 9457 problem document, in the reader's language, naming field and remedy.

The only place that turns exceptions into HTTP; an unexpected one is logged and told without detail.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import structlog
from flask import Flask, Response, current_app, g, request
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge, UnsupportedMediaType

from shared.errors import (
    AlreadyThere,
    DomainError,
    IllegalMove,
    InvalidInput,
    StaleEdit,
    TryLater,
)
from shared.web.dates import civil_date
from shared.web.i18n import current_language, lazy_gettext
from shared.web.i18n import gettext as _
from shared.web.marshmallow_messages import translate_message
from shared.web.refused_steps import explained

if TYPE_CHECKING:
    from sqlalchemy.exc import DataError, IntegrityError, OperationalError
    from sqlalchemy.orm.exc import StaleDataError

log = structlog.get_logger()

TITLES = {
    "bad-request": lazy_gettext("The request cannot be read"),
    "not-signed-in": lazy_gettext("You are not signed in"),
    "not-allowed": lazy_gettext("You may not do this"),
    "not-found": lazy_gettext("Nothing was found here"),
    "method-not-allowed": lazy_gettext("This address does not take that request"),
    "illegal-step": lazy_gettext("This step is not possible now"),
    "rule-refused": lazy_gettext("A rule forbids this step"),
    "stale-edit": lazy_gettext("Somebody changed this in the meantime"),
    "precondition-required": lazy_gettext("The request lacks a header"),
    "too-large": lazy_gettext("The request is too large"),
    "unsupported-media-type": lazy_gettext("This format is not taken"),
    "invalid-input": lazy_gettext("Some fields need to be mended"),
    "law-refuses": lazy_gettext("Some fields need to be mended"),
    "too-many-requests": lazy_gettext("Too many attempts"),
    "try-later": lazy_gettext("Try again in a moment"),
    "not-yet": lazy_gettext("Not yet possible"),
    "already-there": lazy_gettext("This is there already"),
    "idempotency-conflict": lazy_gettext("This key was used for something else"),
    "service-unavailable": lazy_gettext("A part of the system does not answer"),
    "quota-exceeded": lazy_gettext("There is no room for more files"),
    "personal-data-erased": lazy_gettext("This person's data was erased"),
    "internal-error": lazy_gettext("Something went wrong here"),
}
HTTP_CODES = {
    400: "bad-request",
    401: "not-signed-in",
    403: "not-allowed",
    404: "not-found",
    405: "method-not-allowed",
    412: "stale-edit",
    413: "too-large",
    415: "unsupported-media-type",
    422: "invalid-input",
    428: "precondition-required",
    429: "too-many-requests",
    503: "try-later",
}
REMEDIES = {
    "bad-request": lazy_gettext("Send a JSON object in UTF-8."),
    "not-found": lazy_gettext("Check the address or the reference."),
    "method-not-allowed": lazy_gettext("See the description of the interface."),
    "too-large": lazy_gettext("Send at most %(megabytes)s MB; split or compress the files."),
    "unsupported-media-type": lazy_gettext("Send application/json."),
    "internal-error": lazy_gettext("Try again; if it stays, give the request id to the operator."),
}
MEMBERS = ("kind", "state", "trigger", "allowed", "article", "rule")
"""Code words that go beside the sentence, for programs; portal turns them into words."""


def register_problems(app: Flask) -> None:
    """Answer every error of ``app`` with a problem document."""
    # Imported here, because portal answers problems too and has no database.
    from sqlalchemy.exc import DataError, IntegrityError, OperationalError  # noqa: PLC0415
    from sqlalchemy.orm.exc import StaleDataError  # noqa: PLC0415

    app.register_error_handler(DomainError, _domain_problem)
    app.register_error_handler(HTTPException, _http_problem)
    app.register_error_handler(StaleDataError, _stale_problem)
    app.register_error_handler(OperationalError, _database_problem)
    app.register_error_handler(DataError, _unfit_problem)
    app.register_error_handler(IntegrityError, _integrity_problem)
    app.register_error_handler(Exception, _unexpected_problem)


def problem(
    status: int,
    code: str,
    detail: str,
    *,
    errors: list[dict[str, str]] | None = None,
    headers: Mapping[str, str] | None = None,
    **members: Any,
) -> Response:
    """A problem document (RFC 9457) with its request id; ``detail`` is already translated."""
    body = {
        "type": f"urn:arida:problem:{code}",
        "title": str(TITLES.get(code, TITLES["rule-refused"])),
        "status": status,
        "code": code,
        "detail": detail,
        "instance": request.path,
        "request_id": g.get("request_id", ""),
        **members,
    }
    if errors:
        body["errors"] = errors
    response = current_app.response_class(
        current_app.json.dumps(body), status, mimetype="application/problem+json"
    )
    response.headers["Content-Language"] = current_language()
    response.headers["Vary"] = "Accept-Language"
    response.headers.extend(dict(headers or {}))
    return response


def _domain_problem(error: DomainError) -> Response:
    headers: dict[str, str] = {}
    if isinstance(error, TryLater):
        headers["Retry-After"] = str(error.retry_after)
    elif "retry_after" in error.params:
        headers["Retry-After"] = str(error.params["retry_after"])
    if error.status == 401:
        headers["WWW-Authenticate"] = 'Bearer realm="arida"'
    members = {key: error.params[key] for key in MEMBERS if error.params.get(key)}
    if error.remedy:
        members["remedy"] = _(error.remedy)
    log.info("request_refused", code=error.code, status=error.status)
    detail = _said(error, error.message)
    if isinstance(error, IllegalMove):
        detail = f"{detail} {explained(error)}".rstrip()
    return problem(
        error.status,
        error.code,
        detail,
        errors=_fields(error),
        headers=headers,
        **members,
    )


def _said(error: DomainError, message: str) -> str:
    if error.texts is not None:
        return str(error.texts[current_language()])
    return _(message, **worded(error.params))


def worded(params: Mapping[str, object]) -> dict[str, object]:
    """What fills a sentence: civil dates are written out in the reader's language."""
    return {
        name: civil_date(value) if type(value) is date else value for name, value in params.items()
    }


def _fields(error: DomainError) -> list[dict[str, str]]:
    return [
        {
            "field": field.field,
            "message": _said(error, field.message),
            "remedy": _(field.remedy) if field.remedy else "",
        }
        for field in error.field_problems
    ]


def _http_problem(error: HTTPException) -> Response:
    if error.response is not None:
        return error.response  # type: ignore[return-value]
    status = error.code or 500
    code = HTTP_CODES.get(status, "bad-request" if status < 500 else "internal-error")
    data: Any = getattr(error, "data", None) or {}
    remedy = REMEDIES.get(code)
    members = {"remedy": str(remedy) % {"megabytes": _megabytes()}} if remedy else {}
    return problem(
        status,
        code,
        _http_detail(error, code),
        errors=list(field_errors(data.get("messages", {}))),
        headers=_kept_headers(error, data),
        **members,
    )


def _http_detail(error: HTTPException, code: str) -> str:
    if isinstance(error, RequestEntityTooLarge | UnsupportedMediaType) or code in TITLES:
        return str(TITLES[code])
    return str(TITLES["internal-error"])


def _kept_headers(error: HTTPException, data: Any) -> dict[str, str]:
    kept = {"Allow", "Retry-After", "WWW-Authenticate"}
    headers = {key: value for key, value in error.get_headers() if key in kept}
    return headers | dict(data.get("headers") or {})


def _megabytes() -> int:
    return int((current_app.config.get("MAX_CONTENT_LENGTH") or 0) // (1024 * 1024))


def field_errors(messages: Any, path: str = "") -> Iterator[dict[str, str]]:
    """Flatten marshmallow's nested messages to one row a field, translated, with its remedy."""
    if isinstance(messages, Mapping):
        for key, inner in messages.items():
            is_place = path == "" and key in {"json", "query", "form", "files", "headers", "path"}
            name = "" if is_place else f"{path}.{key}" if path else str(key)
            yield from field_errors(inner, name)
        return
    for message in messages if isinstance(messages, list) else [messages]:
        yield {
            "field": path,
            "message": translate_message(str(message)),
            "remedy": _remedy_for(str(message)),
        }


def _remedy_for(message: str) -> str:
    if message.startswith("Missing data") or message == "Field may not be null.":
        return _("Fill in this field.")
    if message == "Unknown field.":
        return _("Leave this field out, or check how it is written.")
    return _("Correct this field and send the request again.")


def _stale_problem(_error: StaleDataError) -> Response:
    return _domain_problem(
        StaleEdit("Somebody changed this in the meantime.", remedy="Read it again, then repeat.")
    )


def _database_problem(error: OperationalError) -> Response:
    log.error("database_unavailable", reason=type(error.orig).__name__)
    return _domain_problem(TryLater("The database does not answer at the moment."))


def _unfit_problem(error: DataError) -> Response:
    """A value that passed its schema and yet fits no column: a schema to be mended."""
    log.error("value_does_not_fit", reason=type(error.orig).__name__, exc_info=error)
    return _domain_problem(
        InvalidInput(
            "A value of the request cannot be kept.",
            remedy="Look for numbers that are too large and for invisible characters.",
        )
    )


def _integrity_problem(error: IntegrityError) -> Response:
    """Two requests that make the same thing at once: the second is told so, nothing is kept twice.

    Any other broken constraint is a fault of the program.
    """
    from shared.db.upsert import is_duplicate  # noqa: PLC0415

    if not is_duplicate(error):
        return _unexpected_problem(error)
    log.warning("made_at_the_same_time", reason=type(error.orig).__name__)
    return _domain_problem(
        AlreadyThere(
            "This was recorded by somebody else at the same moment.",
            remedy="Read it again, then repeat.",
        )
    )


def _unexpected_problem(error: Exception) -> Response:
    log.error("request_failed", error=type(error).__name__, exc_info=error)
    return problem(
        500,
        "internal-error",
        str(TITLES["internal-error"]),
        remedy=str(REMEDIES["internal-error"]),
    )


def unknown_language(code: str) -> InvalidInput:
    """What an unknown language is answered with."""
    return InvalidInput(
        "%(language)s is not a language of this system.",
        field="lang",
        remedy="Choose ar, fr or en.",
        language=code,
    )
