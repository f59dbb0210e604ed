"""Whom to write to, asked of identity at each sending; nothing of the answer is kept or logged."""

from __future__ import annotations

import re
from dataclasses import dataclass

from services.notifications.models import Notice
from shared.context import ServiceContext
from shared.http_client import ServiceUnavailable
from shared.web.i18n import LANGUAGES

GONE = 410

# What every mail relay takes without extensions (RFC 5321); a stranger form is not tried.
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


@dataclass(frozen=True, kw_only=True)
class Contact:
    """Where and in which language a person is written to; no address: the portal only."""

    address: str | None
    language: str

    @property
    def is_writable(self) -> bool:
        """Whether the address has a form that mail relays take."""
        return bool(self.address and _ADDRESS.fullmatch(self.address))

    def __repr__(self) -> str:
        return f"Contact(language={self.language!r})"


class PersonErased(Exception):
    """The data of the person told was erased: there is nobody to write to."""


def contact_of(context: ServiceContext, notice: Notice) -> Contact:
    """The contact of the person told; raises ``ServiceUnavailable`` when identity cannot say.

    Raises ``PersonErased`` where identity says that the person's data is gone (410).

    A person without an account is told in the portal, in the authority's first language.
    """
    answer = context.clients.get(
        "identity",
        f"/identity/v1/accounts/{notice.person_id}/contact",
        token=context.own_token.for_authority(notice.authority),
    )
    if answer.status == 404:
        return Contact(address=None, language=notice.language)
    if answer.status == GONE:
        raise PersonErased
    if not answer.is_success:
        raise ServiceUnavailable("identity")
    body = answer.json()
    language = body.get("language")
    known = language if language in LANGUAGES else notice.language
    return Contact(address=body.get("email") or None, language=known)
