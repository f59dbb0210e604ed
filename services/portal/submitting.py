"""One sent form: read, passed on with its key and version, and what to show when it is refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import Response, make_response, request

from services.portal.access import caller
from services.portal.clients import Json, Refused
from services.portal.forms import (
    Errors,
    Form,
    Option,
    ShownForm,
    payload,
    problem_errors,
    show,
    typed,
)
from shared.clock import monotonic, sleep
from shared.errors import DomainError
from shared.http_client import ServiceUnavailable
from shared.web.i18n import gettext as _

LONGEST_KEY = 200
PATIENCE_SECONDS = 1.5
PAUSE_SECONDS = 0.1


@dataclass(frozen=True, kw_only=True)
class Sent:
    """How sending a form went; ``answer`` is the service's when it took it."""

    form: Form
    status: int
    answer: Json = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    errors: Errors = field(default_factory=dict)
    key: str = ""

    @property
    def is_done(self) -> bool:
        """Whether the service took it."""
        return not self.errors

    def shown(
        self,
        action: str,
        *,
        version: str | int | None = None,
        choices: Mapping[str, Sequence[Option]] | None = None,
    ) -> ShownForm:
        """The form again, open, with what was typed and what must be mended."""
        options: dict[str, Any] = {"key": self.key} if self.key else {}
        return show(
            self.form,
            action,
            values=self.values,
            errors=self.errors,
            is_open=True,
            version=version,
            choices=choices or {},
            **options,
        )


def send_form(form: Form, send: Callable[[Json, str, str | None], Json]) -> Sent:
    """Read the request's form and pass it on by ``send(body, key, version)``.

    A refusal that the person can mend comes back in ``errors``; an ended sign-in and a subject
    that does not exist are pages of their own.
    """
    values = typed(form, request.form)
    body, errors = payload(form, values)
    if errors:
        return Sent(form=form, status=422, values=values, errors=errors)
    key = request.form.get("idempotency_key", "")[:LONGEST_KEY]
    try:
        answer = _sent_patiently(send, body, key)
    except Refused as refusal:
        if refusal.status in {401, 404}:
            raise
        found = problem_errors(refusal.problem)
        return Sent(form=form, status=refusal.status, values=values, errors=found)
    except ServiceUnavailable as error:
        # Whether it was done is not known: the same key makes trying again safe.
        found = {"": _as_error(error)}
        return Sent(form=form, status=503, values=values, errors=found, key=key)
    return Sent(form=form, status=200, values=values, answer=answer)


def _sent_patiently(send: Callable[[Json, str, str | None], Json], body: Json, key: str) -> Json:
    """Send it; while the service says that it is early, as on a second press, wait and repeat."""
    until = monotonic() + PATIENCE_SECONDS
    while True:
        try:
            return send(body, key, request.form.get("version"))
        except Refused as refusal:
            if refusal.problem.get("code") != "not-yet" or monotonic() > until:
                raise
        sleep(PAUSE_SECONDS)


def send_act(form: Form, service: str, path: str, **extra: Any) -> Sent:
    """Send a form as an act (POST) on ``path``; ``extra`` is added to what was typed."""

    def send(body: Json, key: str, version: str | None) -> Json:
        return caller().act(service, path, {**body, **extra}, key=key, version=version)

    return send_form(form, send)


def send_change(form: Form, method: str, service: str, path: str) -> Sent:
    """Send a form as an edit (PUT, PATCH) of the version that the person saw."""

    def send(body: Json, _key: str, version: str | None) -> Json:
        return caller().change(method, service, path, body, version=version)

    return send_form(form, send)


def _as_error(error: DomainError) -> dict[str, str]:
    message = _(error.message, **{name: str(value) for name, value in error.params.items()})
    return {"message": message, "remedy": _(error.remedy) if error.remedy else ""}


def page_with(page: str, status: int) -> Response:
    """A page with a status of its own, such as that of a form that was refused."""
    response = make_response(page)
    response.status_code = status
    return response


def file_of(form: Form) -> dict[str, Any]:
    """The file that came with a form, as it is passed on; nothing where none was chosen."""
    upload = request.files.get(f"{form.name}-file")
    if upload is None or not upload.filename:
        return {}
    upload.stream.seek(0)
    return {"file": (upload.filename, upload.stream, upload.mimetype)}
