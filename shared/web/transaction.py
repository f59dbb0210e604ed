"""The unit of work of a request: one transaction, with its idempotent answer stored inside it.

``Idempotency-Key`` follows draft-ietf-httpapi-idempotency-key-header: the same key and body gets
the stored answer again, another body or a request still under way gets 409.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

from flask import Response, current_app, g, request
from marshmallow import Schema
from sqlalchemy.orm import Session
from werkzeug.exceptions import HTTPException

from shared.context import ServiceContext
from shared.db.base import Subject
from shared.db.entering import NameTaken
from shared.db.prepared import insert_into, rows_where
from shared.errors import DomainError, NotAllowed, PreconditionMissing, StaleEdit, TryLater
from shared.unit_of_work import Cause, UnitOfWork, unit_of_work
from shared.web.auth import claims, current_actor
from shared.web.scope import current_context

LONGEST_KEY = 200


class KeyMissing(DomainError):
    """A request that creates something carries no usable Idempotency-Key."""

    code = "precondition-required"
    status = 400


class KeyConflict(DomainError):
    """The key was used with another body."""

    code = "idempotency-conflict"
    status = 409


class StillRunning(TryLater):
    """The first request with this key has not been answered yet."""

    code = "not-yet"
    status = 409


@dataclass(frozen=True, kw_only=True)
class IdempotentRequest:
    """A key in its scope (client and route) and the fingerprint of what it came with."""

    client: str
    route: str
    key: str
    fingerprint: str

    @property
    def lock(self) -> str:
        """One name for all three, to lock by."""
        return f"{self.client}|{self.route}|{self.key}"


@contextmanager
def writing() -> Iterator[UnitOfWork]:
    """Open the request's unit of work for the caller's authority.

    A POST must carry an Idempotency-Key; a repeated one is answered from the stored answer.
    """
    context, asked = current_context(), _idempotent_request()
    with context.in_flight.claimed(asked.lock if asked else None) as is_first:
        if not is_first:
            raise StillRunning("The same request is still under way.")
        with _unit_of_work(context, asked) as uow:
            if asked:
                _replay_if_answered(uow, asked)
                g.idempotent = asked
            with _citing_its_law(uow):
                yield uow


@contextmanager
def _citing_its_law(uow: UnitOfWork) -> Iterator[None]:
    """Let a refusal name the article of the law that the authority's council is under."""
    try:
        yield
    except DomainError as error:
        cited = error.params.get("article")
        if isinstance(cited, str) and cited:
            # Imported here: only a refusal needs the rules, and most processes never read them.
            from shared.law.citations import own_article  # noqa: PLC0415
            from shared.law.packs import load_pack  # noqa: PLC0415

            pack = load_pack(f"ma-{uow.profile.kind}", uow.today)
            error.params["article"] = own_article(pack, cited)
        raise


@contextmanager
def _unit_of_work(context: ServiceContext, asked: IdempotentRequest | None) -> Iterator[UnitOfWork]:
    """A unit of work that no other process has open for the same key at the same time."""
    try:
        with unit_of_work(
            context,
            authority=_authority(),
            actor=current_actor(),
            cause=current_cause(),
            alone_with=asked.lock if asked else None,
        ) as uow:
            yield uow
    except NameTaken as error:
        raise StillRunning("The same request is still under way.") from error


@contextmanager
def reading() -> Iterator[Session]:
    """A session that only reads, limited to the caller's authority."""
    with current_context().database.read(_authority()) as session:
        yield session


def _authority() -> str:
    """The authority of the token; a token that names none reaches nobody's things."""
    code = claims().authority
    if not code:
        raise NotAllowed(
            "Your access token names no authority.",
            remedy="Ask for a token with the scope authority:<code>.",
        )
    return code


def answer(
    uow: UnitOfWork,
    schema: type[Schema] | Schema,
    value: Any,
    *,
    status: int = 200,
    location: str | None = None,
) -> Response:
    """Dump ``value``, store the answer with the effect when a key was given, and return it."""
    uow.session.flush()
    headers = {"Location": location} if location else {}
    if isinstance(value, Subject):
        headers["ETag"] = etag_of(value)
    body = current_app.json.dumps(_made(schema).dump(value)).encode()
    asked: IdempotentRequest | None = g.get("idempotent")
    if asked is not None:
        _store_answer(uow, asked, status=status, headers=headers, body=body)
    return _response(status, headers, body)


def show(schema: type[Schema] | Schema, value: Any) -> Response:
    """A read answer, with the row's version as ETag where it has one."""
    headers = {"ETag": etag_of(value)} if isinstance(value, Subject) else {}
    return _response(200, headers, current_app.json.dumps(_made(schema).dump(value)).encode())


def _made(schema: type[Schema] | Schema) -> Schema:
    return _instance(schema) if isinstance(schema, type) else schema


@cache
def _instance(schema: type[Schema]) -> Schema:
    """A schema is taken in hand once: making one copies every field of it."""
    return schema()


def etag_of(row: Subject) -> str:
    """The strong entity tag of a row: its version."""
    return f'"{row.version}"'


def require_match(row: Subject) -> None:
    """Refuse an edit of a row that changed since the caller read it (RFC 9110, 13.1.1)."""
    given = request.headers.get("If-Match")
    if given is None:
        raise PreconditionMissing(
            "This edit needs the version it was made on.",
            field="If-Match",
            remedy="Send the ETag of what you read as If-Match.",
        )
    if given.strip() not in {etag_of(row), "*"}:
        raise StaleEdit(
            "Somebody changed this in the meantime.",
            field="If-Match",
            remedy="Read it again, then repeat your edit.",
        )


def current_cause() -> Cause:
    """The chain a request belongs to, from its headers."""
    return Cause(correlation_id=g.correlation_id, traceparent=g.get("traceparent"))


def _idempotent_request() -> IdempotentRequest | None:
    if request.method != "POST":
        return None
    key = request.headers.get("Idempotency-Key", "").strip()
    if not 1 <= len(key) <= LONGEST_KEY:
        raise KeyMissing(
            "The request needs a key of its own, so that repeating it is safe.",
            field="Idempotency-Key",
            remedy="Send 1 to 200 characters that are new for each act, for example a UUID.",
        )
    who = claims()
    return IdempotentRequest(
        client=f"{who.client}|{who.person}",
        route=f"{request.method} {request.path}",
        key=key,
        fingerprint=_fingerprint(),
    )


def _fingerprint() -> str:
    """A hash of what was asked; of the parts of a form, since its boundary changes each time."""
    digest = hashlib.sha256()
    if request.mimetype != "multipart/form-data":
        digest.update(request.get_data(cache=True))
        return digest.hexdigest()
    for name, value in sorted(request.form.items(multi=True)):
        digest.update(f"{name}={value};".encode())
    for name, file in sorted(request.files.items(multi=True)):
        digest.update(f"{name}={file.filename};".encode() + hashlib.sha256(file.read()).digest())
        file.seek(0)
    return digest.hexdigest()


def _replay_if_answered(uow: UnitOfWork, asked: IdempotentRequest) -> None:
    table = uow.base.plumbing.idempotent_answer
    scope = {"client": asked.client, "route": asked.route, "key": asked.key}
    row = uow.session.connection().execute(rows_where(table, *scope), scope).one_or_none()
    if row is None:
        return
    if row.fingerprint != asked.fingerprint:
        raise KeyConflict(
            "This key was already used with other content.",
            field="Idempotency-Key",
            remedy="Use a new key for a new act.",
        )
    raise HTTPException(
        response=_response(row.status, {**row.headers, "Idempotency-Replayed": "true"}, row.body)
    )


def _store_answer(
    uow: UnitOfWork,
    asked: IdempotentRequest,
    *,
    status: int,
    headers: Mapping[str, str],
    body: bytes,
) -> None:
    uow.session.connection().execute(
        insert_into(uow.base.plumbing.idempotent_answer),
        {
            "client": asked.client,
            "route": asked.route,
            "key": asked.key,
            "authority": uow.authority,
            "fingerprint": asked.fingerprint,
            "status": status,
            "headers": dict(headers),
            "body": body,
            "answered_at": uow.recorded_at,
        },
    )


def _response(status: int, headers: Mapping[str, str], body: bytes) -> Response:
    response = current_app.response_class(body, status, mimetype="application/json")
    response.headers.extend(dict(headers))
    return response
