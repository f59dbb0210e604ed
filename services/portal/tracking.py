"""Tracking without an account: reference and code, kept in the browser for half an hour.

The cookie holds what was typed and no more: whoever gives it is checked by the services each time.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from flask import request
from werkzeug.wrappers import Response as AnyResponse

from services.portal.access import portal_for_reader
from services.portal.clients import Json
from services.portal.parts import parts
from shared.http_client import Response as Answer
from shared.tracking import TRACKING_LIMIT

TRACKING_COOKIE = "arida_tracking"
KEPT_SECONDS = 30 * 60


@dataclass(frozen=True, kw_only=True)
class Slip:
    """What stands on a receipt: the reference of a petition, and the code that belongs to it."""

    reference: str
    code: str = field(repr=False)

    def petition(self) -> Json:
        """The petition and what its receipt says; raises ``Refused`` where the two do not fit."""
        count_attempt()
        return self._read("intake", "/tracking")

    def letters(self) -> list[Json]:
        """The letters to the petitioners; raises ``Refused``, also before the case is open."""
        found: list[Json] = self._read("review", "/letters")["letters"]
        return found

    def letter(self, document_id: str, language: str) -> Answer:
        """The bytes of one letter; raises ``Refused``."""
        count_attempt()
        place = f"/letters/{document_id}/{language}"
        return portal_for_reader().read_file("review", place, **self._typed)

    def keep(self, response: AnyResponse) -> AnyResponse:
        """Let the browser keep the slip for a while, out of reach of scripts and other sites."""
        response.set_cookie(
            TRACKING_COOKIE,
            f"{self.reference}|{self.code}",
            max_age=KEPT_SECONDS,
            httponly=True,
            samesite="Lax",
            secure=parts().is_secure,
        )
        return response

    @property
    def _typed(self) -> dict[str, str]:
        return {"reference": self.reference, "code": self.code}

    def _read(self, service: str, path: str) -> Json:
        return portal_for_reader().read(service, path, **self._typed)


def kept_slip() -> Slip | None:
    """The slip this browser keeps; nothing tells yet that its code is right."""
    reference, bar, code = request.cookies.get(TRACKING_COOKIE, "").partition("|")
    return Slip(reference=reference[:80], code=code[:40]) if bar else None


def forget_slip(response: AnyResponse) -> AnyResponse:
    """Let the browser forget it."""
    response.delete_cookie(TRACKING_COOKIE)
    return response


def count_attempt() -> None:
    """Count one attempt of the reader's address; raises ``TooManyRequests``."""
    parts().limiter.check(f"tracking|{request.remote_addr}", TRACKING_LIMIT)
