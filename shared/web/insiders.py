"""Who may read what is not for the outside: whoever stands behind the front, and operators."""

from __future__ import annotations

from flask import request

from shared.errors import NotAllowed, NotSignedIn
from shared.front import THROUGH_FRONT
from shared.web.auth import claims


def refuse_strangers() -> None:
    """Refuse a request that came through the front without an operator's token.

    Raises ``NotSignedIn`` or ``NotAllowed``.
    """
    outside = request.environ.get(THROUGH_FRONT) or "X-Forwarded-For" in request.headers
    if outside and "operator" not in claims().roles:
        raise NotAllowed("Only operators read these counts from outside.")


def is_insider() -> bool:
    """Whether the caller may see names and counts."""
    try:
        refuse_strangers()
    except (NotAllowed, NotSignedIn):
        return False
    return True
