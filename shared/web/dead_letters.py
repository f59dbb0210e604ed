"""The operator's routes to a service's dead letters: list, show, retry, discard."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Response, jsonify, request
from flask_smorest import Blueprint
from marshmallow import Schema, fields, validate

from shared import dead_letters
from shared.broker.connection import BrokerUnavailable
from shared.discarding import discard
from shared.errors import TryLater
from shared.web.auth import current_actor, may
from shared.web.i18n import gettext as _
from shared.web.scope import current_context
from shared.web.transaction import LONGEST_KEY, KeyMissing, current_cause

LONGEST_REASON = 500
LARGEST_PAGE = 1000


class BusAway(TryLater):
    """The broker does not answer."""

    code = "bus-unavailable"
    retry_after = 5


class LetterOut(Schema):
    """A dead letter; what belongs to an event is absent for bytes that are none."""

    id = fields.String()
    lies_in = fields.String()
    reason = fields.String()
    type = fields.String()
    subject = fields.String()
    sequence = fields.Integer()
    authority = fields.String()
    time = fields.String()


class WholeLetterOut(LetterOut):
    """A dead letter with its event, or with the number of bytes that are none."""

    event = fields.Dict()
    bytes = fields.Integer()


class LettersOut(Schema):
    """Dead letters of a service, and how many more there are behind them."""

    letters = fields.List(fields.Nested(LetterOut))
    more = fields.Integer()


class LettersQuery(Schema):
    """So many letters, behind the one that is named ``after``."""

    limit = fields.Integer(load_default=LARGEST_PAGE, validate=validate.Range(1, LARGEST_PAGE))
    after = fields.String()


class RefusedLetterOut(Schema):
    """A letter that cannot be retried, and why."""

    id = fields.String()
    code = fields.String()
    detail = fields.String()


class RetriedOut(Schema):
    """Which letters are tried again, which are not, and how many were not looked at yet."""

    retried = fields.List(fields.String())
    refused = fields.List(fields.Nested(RefusedLetterOut))
    left = fields.Integer()


class DiscardIn(Schema):
    """Why an event shall never take effect; no names of persons, please."""

    reason = fields.String(
        required=True,
        validate=[validate.Length(min=3, max=LONGEST_REASON), validate.Regexp(r"\s*\S")],
    )


def add_dead_letter_routes(routes: Blueprint) -> None:
    """Put the routes on the operators' blueprint; deciding twice is as deciding once."""

    @routes.get("/dead-letters")  # type: ignore[untyped-decorator]
    @may("operator")
    @routes.arguments(LettersQuery, location="query")  # type: ignore[untyped-decorator]
    @routes.response(200, LettersOut)  # type: ignore[untyped-decorator]
    def list_dead_letters(query: dict[str, Any]) -> Response:
        """What this service could not handle, and what contradicts what it has handled."""
        with _bus():
            page = dead_letters.list_letters(current_context(), **query)
        return jsonify({"letters": [one.summary() for one in page.letters], "more": page.more})

    @routes.get("/dead-letters/<letter_id>")  # type: ignore[untyped-decorator]
    @may("operator")
    @routes.response(200, WholeLetterOut)  # type: ignore[untyped-decorator]
    def show_dead_letter(letter_id: str) -> Response:
        """One dead letter with its event."""
        with _bus():
            return jsonify(dead_letters.find_letter(current_context(), letter_id).whole())

    _add_decisions(routes)


def _add_decisions(routes: Blueprint) -> None:
    @routes.post("/dead-letters/retry")  # type: ignore[untyped-decorator]
    @may("operator")
    @routes.response(200, RetriedOut)  # type: ignore[untyped-decorator]
    def retry_dead_letters() -> Response:
        """Hand the first 250 dead letters to the service again; what is left takes another act."""
        _need_key()
        with _bus():
            done = dead_letters.retry_next(current_context())
        refused = [
            {"id": id_, "code": error.code, "detail": f"{_(error.message)} {_(error.remedy)}"}
            for id_, error in done.refused.items()
        ]
        return jsonify({"retried": done.retried, "refused": refused, "left": done.left})

    @routes.post("/dead-letters/<letter_id>/retry")  # type: ignore[untyped-decorator]
    @may("operator")
    @routes.response(200, LetterOut)  # type: ignore[untyped-decorator]
    def retry_dead_letter(letter_id: str) -> Response:
        """Hand a dead letter to the service again; its subject goes on."""
        _need_key()
        with _bus():
            return jsonify(dead_letters.retry_letter(current_context(), letter_id).summary())

    @routes.post("/dead-letters/<letter_id>/discard")  # type: ignore[untyped-decorator]
    @may("operator")
    @routes.arguments(DiscardIn)  # type: ignore[untyped-decorator]
    @routes.response(200, LetterOut)  # type: ignore[untyped-decorator]
    def discard_dead_letter(data: dict[str, Any], letter_id: str) -> Response:
        """Never apply a dead letter, or an event that is put off; its subject goes on past it."""
        _need_key()
        with _bus():
            passed_over = discard(
                current_context(),
                letter_id,
                reason=data["reason"],
                actor=current_actor(),
                cause=current_cause(),
            )
        return jsonify(passed_over)


@contextmanager
def _bus() -> Iterator[None]:
    try:
        yield
    except BrokerUnavailable as error:
        raise BusAway(
            "The message bus does not answer.", remedy="Try again in a moment."
        ) from error


def _need_key() -> None:
    """Every POST of the system carries a key, also where repeating it changes nothing."""
    if not 1 <= len(request.headers.get("Idempotency-Key", "").strip()) <= LONGEST_KEY:
        raise KeyMissing(
            "The request needs a key of its own, so that repeating it is safe.",
            field="Idempotency-Key",
            remedy="Send 1 to 200 characters that are new for each act, for example a UUID.",
        )
