"""Tokens in forms that only a page of this site can know (OWASP: signed double submit).

The token is an HMAC over the sign-in's handle, or over a signed visitor's cookie for forms that
need no sign-in. Checked on every POST, before anything else is done.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

from flask import Response, g, request

from shared.errors import DomainError

VISITOR_COOKIE = "arida_visitor"
SESSION_COOKIE = "arida_session"
FIELD = "csrf_token"


class ForgedForm(DomainError):
    """A form without the token of a page of ours."""

    code = "bad-request"
    status = 400

    def __init__(self) -> None:
        super().__init__(
            "This form was not sent from a page of this site, or the page was left open too long.",
            remedy="Go back, load the page again and send the form once more.",
        )


class CsrfGuard:
    """Makes and checks tokens under one key."""

    def __init__(self, key: bytes, *, is_secure: bool) -> None:
        self._key = key
        self._is_secure = is_secure

    def token(self) -> str:
        """The token for this reader's forms; a visitor without a cookie is given one."""
        handle = request.cookies.get(SESSION_COOKIE)
        if not handle:
            visitor = g.get("visitor") or self._known_visitor()
            handle = g.visitor = visitor or self._new_visitor()
        return self._sign("form", handle)

    def check(self) -> None:
        """Refuse the request unless it carries its reader's token; raises ``ForgedForm``."""
        handle = request.cookies.get(SESSION_COOKIE) or self._known_visitor()
        given = request.form.get(FIELD, "")
        if not handle or not hmac.compare_digest(
            self._sign("form", handle).encode(), given.encode("utf-8", "replace")
        ):
            raise ForgedForm

    def keep(self, response: Response) -> Response:
        """Give a new visitor the cookie that the form's token belongs to."""
        visitor = g.get("visitor")
        if visitor and visitor != request.cookies.get(VISITOR_COOKIE):
            response.set_cookie(
                VISITOR_COOKIE, visitor, httponly=True, samesite="Lax", secure=self._is_secure
            )
        return response

    def _known_visitor(self) -> str | None:
        value = request.cookies.get(VISITOR_COOKIE, "")
        name, _, signature = value.partition(".")
        expected = self._sign("visitor", name)
        is_ours = hmac.compare_digest(expected.encode(), signature.encode("utf-8", "replace"))
        return value if name and is_ours else None

    def _new_visitor(self) -> str:
        name = secrets.token_urlsafe(18)
        return f"{name}.{self._sign('visitor', name)}"

    def _sign(self, purpose: str, text: str) -> str:
        said = f"{purpose}|{text}".encode("utf-8", "replace")
        return hmac.new(self._key, said, hashlib.sha256).hexdigest()
