"""Counts of members in office that the mandates, as they are known now, do not bear out.

A count stands as recorded (113-14, article 42); only a correction by a second person changes it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.review.council.models import Mandate
from services.review.council.queries import overlapping
from services.review.sessions.models import Sitting
from services.review.sessions.rules import pack_for
from shared.db.authorities import AuthorityProfile
from shared.law.citations import own_article

ARTICLE = "113-14, 42"


def findings_of(
    session: Session, profile: AuthorityProfile, sittings: Sequence[Sitting]
) -> dict[UUID, dict[str, Any]]:
    """By sitting: what was counted and what the mandates say now, where the two differ.

    One statement for all sittings.
    """
    if not sittings:
        return {}
    days = [one.held_on for one in sittings]
    mandates = overlapping(session, sittings[0].authority, min(days), max(days))
    found = {one.id: (one, _in_office(mandates, one.held_on)) for one in sittings}
    return {
        id_: {
            "in_office": one.in_office,
            "in_office_now": now,
            "article": own_article(pack_for(profile, one.held_on), ARTICLE),
        }
        for id_, (one, now) in found.items()
        if now != one.in_office
    }


def _in_office(mandates: Sequence[Mandate], on: date) -> int:
    """How many people hold an office on a day; each counts once."""
    in_force = (
        one.person_id
        for one in mandates
        if one.from_on <= on and (one.until_on is None or one.until_on >= on)
    )
    return len(set(in_force))
