"""The pages of portal, one module per kind of user."""

from __future__ import annotations

from services.portal.pages import (
    account,
    agenda,
    auditor,
    body,
    calendar,
    committees,
    council,
    decisions,
    erasures,
    feeds,
    law,
    letters,
    notices,
    operator,
    papers,
    petitioner,
    public,
    room,
    sittings,
)

BLUEPRINTS = (
    public.pages,
    letters.pages,
    law.pages,
    calendar.pages,
    feeds.pages,
    account.pages,
    council.pages,
    committees.pages,
    sittings.pages,
    decisions.pages,
    agenda.pages,
    room.pages,
    papers.pages,
    petitioner.pages,
    erasures.pages,
    notices.pages,
    body.pages,
    auditor.pages,
    operator.pages,
)
