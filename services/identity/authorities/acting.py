"""For which authority a request acts: that of the token, or the one an operator names."""

from __future__ import annotations

from dataclasses import replace

from flask import g

from shared.errors import NotAllowed
from shared.web.auth import claims


def act_for(code: str) -> None:
    """Act for ``code``: the token's own authority, or any if it is an operator's and names none.

    Raises ``NotAllowed`` for a token of another authority.
    """
    who = claims()
    is_of_all = not who.authority and "operator" in who.roles
    if who.authority != code and not is_of_all:
        raise NotAllowed(
            "Your sign-in is for another authority.", remedy="Sign in for this authority."
        )
    g.claims = replace(who, authority=code)


def act_for_new(code: str) -> None:
    """Act for an authority that does not exist yet: an operator of any other may register it."""
    g.claims = replace(claims(), authority=code)


def need_authority() -> str:
    """The authority of the token; raises ``NotAllowed`` for a token that names none."""
    code = claims().authority
    if not code:
        raise NotAllowed(
            "Your access token names no authority.",
            remedy="Ask for a token with the scope authority:<code>.",
        )
    return code
