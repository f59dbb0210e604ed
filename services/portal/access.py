"""Who may see a page: each route declares it with ``@page_for``; one without fails a test."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, TypeVar, cast

from flask import g, redirect, request, url_for

from services.portal.clients import Caller
from services.portal.csrf import SESSION_COOKIE
from services.portal.parts import parts
from services.portal.sessions import Viewer
from shared.errors import NotAllowed
from shared.web.auth import EVERYONE, ROLES, SIGNED_IN

Page = TypeVar("Page", bound=Callable[..., Any])


def page_for(*roles: str) -> Callable[[Page], Page]:
    """Declare who may see a page: roles, ``SIGNED_IN`` (any role) or ``EVERYONE``.

    A stranger is led to the sign-in and back; a person without the role is told so. The services
    decide again for themselves: this keeps people from pages that are not theirs.
    """
    unknown = set(roles) - ROLES - {EVERYONE, SIGNED_IN}
    if unknown or not roles:
        raise ValueError(f"unknown roles {sorted(unknown)}")

    def declare(page: Page) -> Page:
        @functools.wraps(page)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            if EVERYONE not in roles:
                if viewer() is None:
                    return redirect(url_for("account.sign_in", next=_here()))
                _admit(roles)
            return page(*args, **kwargs)

        guarded.__page_for__ = roles  # type: ignore[attr-defined]
        return cast(Page, guarded)

    return declare


def declared(page: Callable[..., Any]) -> tuple[str, ...]:
    """The roles a page declares; empty without a declaration."""
    return cast("tuple[str, ...]", getattr(page, "__page_for__", ()))


def viewer() -> Viewer | None:
    """The person who is signed in, asked of identity once a request."""
    if "viewer" not in g:
        handle = request.cookies.get(SESSION_COOKIE)
        g.viewer = parts().sign_ins.viewer(handle, home_authority()) if handle else None
    return cast("Viewer | None", g.viewer)


def signed_in() -> Viewer:
    """The person who is signed in, on a page that only such a person reaches."""
    person = viewer()
    if person is None:
        raise NotAllowed("This needs a sign-in.")
    return person


def caller() -> Caller:
    """Calls services for this reader."""
    person = viewer()
    return Caller(clients=parts().clients, token=person.token if person else None)


def portal_for_reader() -> Caller:
    """Calls services as portal itself and tells the reader's address, which attempts count by."""
    authority = home_authority()
    token = parts().own_token.for_authority(authority) if authority else None
    return Caller(clients=parts().clients, token=token, address=request.remote_addr)


def home_authority() -> str:
    """The authority in whose name portal asks identity, and the one shown where none is named."""
    known = parts().authorities.all()
    return known[0].code if known else ""


def _admit(roles: tuple[str, ...]) -> None:
    if SIGNED_IN not in roles and not signed_in().holds(*roles):
        raise NotAllowed(
            "None of your roles may see this page.",
            remedy="Sign in with an account that has the role for it.",
        )


def _here() -> str:
    return request.full_path.rstrip("?") if request.method == "GET" else "/desk"
