"""Who may call a route: each declares it with ``@may``; one without a declaration fails a test."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar, cast

from flask import g, request

from shared.errors import NotAllowed, NotSignedIn
from shared.web.bodies import check_request
from shared.web.scope import current_context
from shared.web.tokens import Claims

if TYPE_CHECKING:
    from shared.unit_of_work import Actor

View = TypeVar("View", bound=Callable[..., Any])

EVERYONE = "everyone"
SIGNED_IN = "signed-in"
ROLES = frozenset(
    {
        "secretariat",
        "president",
        "bureau",
        "committee-chair",
        "council-member",
        "petitioner",
        "body-member",
        "auditor",
        "operator",
        "service",
    }
)


def may(*roles: str) -> Callable[[View], View]:
    """Declare who may call a view: roles, ``SIGNED_IN`` (any role) or ``EVERYONE``.

    The first of the roles that the caller holds becomes the role of the act.
    """
    unknown = set(roles) - ROLES - {EVERYONE, SIGNED_IN}
    if unknown or not roles:
        raise ValueError(f"unknown roles {sorted(unknown)}")

    def declare(view: View) -> View:
        takes_json = _takes_json(view)

        @functools.wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            if EVERYONE not in roles:
                _admit(roles)
            check_request(takes_json=takes_json)
            return view(*args, **kwargs)

        guarded.__may__ = roles  # type: ignore[attr-defined]
        return cast(View, guarded)

    return declare


def claims() -> Claims:
    """The claims of the caller's token; raises ``NotSignedIn`` without one."""
    known: Claims | None = g.get("claims")
    if known is None:
        known = g.claims = current_context().tokens.verify(bearer())
    return known


def current_role() -> str:
    """The role in which the caller acts in this request."""
    return str(g.role)


def current_actor() -> Actor:
    """Who acts, for the unit of work."""
    # Imported here, because portal knows roles and has no database.
    from shared.unit_of_work import Actor  # noqa: PLC0415

    who = claims()
    return Actor(id=who.person, role=current_role(), on_behalf_of=who.on_behalf_of)


def _admit(roles: tuple[str, ...]) -> None:
    held = claims().roles
    allowed = sorted(held) if SIGNED_IN in roles else [role for role in roles if role in held]
    if not allowed:
        raise NotAllowed(
            "None of your roles may do this.",
            remedy="Sign in with an account that has one of the roles named here.",
            allowed=sorted(roles),
        )
    g.role = allowed[0]


def _takes_json(view: Any) -> bool:
    """Whether the view reads a JSON body, as flask-smorest's ``arguments`` noted on it."""
    noted = getattr(view, "_apidoc", {}).get("arguments", {}).get("parameters", ())
    return any(one.get("in") == "json" for one in noted)


def bearer() -> str:
    """The caller's token as it came, to pass on to another service; raises ``NotSignedIn``."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise NotSignedIn("This needs a sign-in.", remedy="Send an access token as Bearer.")
    return token.strip()
