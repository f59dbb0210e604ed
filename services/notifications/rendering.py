"""A notice in words, in the current language: for the portal's list and for e-mails alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.notifications.details import detail_lines
from services.notifications.models import Notice
from services.notifications.texts import TEXTS
from shared.context import ServiceContext
from shared.db.authorities import AuthorityProfile
from shared.tracking import tracking_code
from shared.web.i18n import current_language, text_in

RECEIPT = "petition_receipt"


@dataclass(frozen=True, kw_only=True)
class Words:
    """What a person reads: ``details`` are pairs of label and value."""

    title: str
    what: str
    details: list[tuple[str, str]]
    next: str
    link: str
    authority: str


def words_of(context: ServiceContext, profile: AuthorityProfile, notice: Notice) -> Words:
    """The words of a notice; nothing in them is stored, so that they speak any language later."""
    text = TEXTS[notice.notice_kind]
    return Words(
        title=str(text.title),
        what=str(text.what),
        details=detail_lines(_shown_facts(context, notice), profile.zone),
        next=str(text.next),
        link=f"{context.platform.issuer}/notices/{notice.id}",
        authority=text_in(profile.name, current_language())[0],
    )


def _shown_facts(context: ServiceContext, notice: Notice) -> Mapping[str, Any]:
    """The stored facts; a receipt also shows the tracking code, which is derived, never stored."""
    if notice.notice_kind != RECEIPT:
        return notice.facts
    petition_id = UUID(notice.about.split("/", 1)[1])
    code = tracking_code(context.key("tracking"), petition_id)
    return {**notice.facts, "tracking_code": code}
