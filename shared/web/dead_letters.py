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
from shared.errors import TryLater
from shared.web.auth import current_actor, may
from shared.web.scope import current_context
from shared.web.transaction import LONGEST_KEY, KeyMissing, current_cause

LONGEST_REASON = 500


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
    """The dead letters of a service."""

    letters = fields.List(fields.Nested(LetterOut))


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
    @routes.response(200, LettersOut)  # type: ignore[untyped-decorator]
    def list_dead_letters() -> Response:
        """What this service could not handle, and what contradicts what it has handled."""
        with _bus():
            letters = dead_letters.list_letters(current_context())
        return jsonify({"letters": [letter.summary() for letter in letters]})

    @routes.get("/dead-letters/<letter_id>")  # type: ignore[untyped-decorator]
    @may("operator")
    @routes.response(200, WholeLetterOut)  # type: ignore[untyped-decorator]
    def show_dead_letter(letter_id: str) -> Response:
        """One dead letter with its event."""
        with _bus():
            return jsonify(dead_letters.find_letter(current_context(), letter_id).whole())

    _add_decisions(routes)


def _add_decisions(routes: Blueprint) -> None:
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
        """Never apply a dead letter; its subject goes on past it."""
        _need_key()
        with _bus():
            letter = dead_letters.discard_letter(
                current_context(),
                letter_id,
                reason=data["reason"],
                actor=current_actor(),
                cause=current_cause(),
            )
        return jsonify(letter.summary())


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
