"""Reads the facts of an extract from the register of decisions."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from services.review.base import Base
from services.review.control.models import Decision
from services.review.control.turning import RECORDED
from services.review.documents.facts.acts import LastAct
from services.review.documents.facts.course import meeting_of
from services.review.documents.facts.values import DecisionFacts
from services.review.documents.facts.votes import corrections_of, for_everyone, treated_of
from services.review.sessions import rules
from services.review.sessions.models import CouncilSession, Item
from shared.db.authorities import load_authority

Acts = Mapping[str, LastAct]


def editions(session: Session, row: Decision, acts: Acts) -> dict[str, int]:
    """A decision has its extract from the vote on; the newest vote or correction counts."""
    voted = [acts[name].sequence for name in RECORDED if name in acts]
    if not voted:
        return {}
    item = session.get_one(Item, row.item_id)
    return {"decision": max(voted) + corrections_of([item])}


def decision(session: Session, row: Decision, _acts: Acts) -> DecisionFacts:
    """What the extract says."""
    held = session.get_one(CouncilSession, row.session_id)
    item = session.get_one(Item, row.item_id)
    profile = load_authority(session, Base.plumbing, row.authority)
    pack = rules.pack_for(profile, row.adopted_on)
    return DecisionFacts(
        meeting=meeting_of(held),
        number=row.number,
        adopted_on=row.adopted_on,
        treated=for_everyone(treated_of(session, pack, [item])[0]),
    )
