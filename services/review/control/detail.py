"""One decision with the days of the governor's control, each explained."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from services.review import correction_views
from services.review.base import Base
from services.review.control import formalities, queries, rules, schemas
from services.review.control.models import Decision
from services.review.control.state import DECISION_WORKFLOW
from services.review.control.workflow import DecisionState
from services.review.sessions.count_findings import findings_of
from services.review.sessions.models import CouncilSession, Item, Sitting
from shared.clock import now
from shared.db.authorities import AuthorityProfile, load_authority
from shared.db.personal import PersonalVault
from shared.law.clock import Due

OF_A_VISA = frozenset({"grant_visa", "refuse_visa"})
ANSWERED = {"rectify_opposition": "opposed_on", "rectify_visa": "visa_answered_on"}
"""What can be corrected only once it is recorded."""
POST = "post"
"""Possible until it is recorded, once the session is closed: ``posting`` says so."""


def rows(session: Session, decisions: Sequence[Decision]) -> list[dict[str, Any]]:
    """Decisions for a list, each with its petition's reference; one more statement for all."""
    references = queries.references_of(session, decisions)
    dump = schemas.DecisionOut().dump
    return [
        {**dump(one), "reference": references[one.case_id] if one.case_id else None}
        for one in decisions
    ]


def detailed(session: Session, vault: PersonalVault, decision: Decision) -> dict[str, Any]:
    """A decision with its terms, the acts that a person may record now, and what was corrected."""
    profile = load_authority(session, Base.plumbing, decision.authority)
    transmission = _transmission(session, profile, decision)
    shown = rows(session, [decision])[0]
    return {
        **shown,
        "visa_article": decision.visa_article,
        "visa_matter": decision.visa_matter,
        "visa_matters": _matters(profile, decision),
        "visa_answered_on": (
            decision.visa_answered_on.isoformat() if decision.visa_answered_on else None
        ),
        "delay_reason": decision.delay_reason,
        "opposed_because": decision.opposed_because,
        "transmission": _shown(transmission),
        **_control(profile, decision),
        "posting": _posting(session, profile, decision),
        "corrections": correction_views.shown(
            session, vault, decision.authority, [decision.subject]
        ),
        "finding": _finding(session, profile, decision),
        "is_late": _is_late(decision, transmission, profile.today(now())),
        "allowed": [
            trigger
            for trigger in DECISION_WORKFLOW.triggers_from(decision.state)
            if trigger != POST
            and (decision.visa_needed or trigger not in OF_A_VISA)
            and (trigger not in ANSWERED or getattr(decision, ANSWERED[trigger]) is not None)
        ],
    }


def _finding(session: Session, profile: AuthorityProfile, decision: Decision) -> Any:
    """Whether the count at the sitting of its vote is borne out by the mandates known now."""
    item = session.get_one(Item, decision.item_id)
    sitting = session.get(Sitting, item.sitting_id) if item.sitting_id else None
    return findings_of(session, profile, [sitting]).get(sitting.id) if sitting else None


def _matters(profile: AuthorityProfile, decision: Decision) -> Any:
    matters = rules.visa_matters(profile, decision.adopted_on)
    return schemas.MatterOut(many=True).dump(matters)


def _transmission(session: Session, profile: AuthorityProfile, decision: Decision) -> Due | None:
    closed_on = session.get_one(CouncilSession, decision.session_id).closed_on
    if closed_on is None or decision.state == DecisionState.REJECTED:
        return None
    return rules.transmission(profile, closed_on)


def _posting(session: Session, profile: AuthorityProfile, decision: Decision) -> Any:
    closed_on = formalities.closing_of(session, decision)
    today = profile.today(now())
    stands = formalities.standing(
        session, profile, decision, formalities.POSTING, closed_on=closed_on, today=today
    )
    return schemas.StandingOut().dump(stands)


def _control(profile: AuthorityProfile, decision: Decision) -> dict[str, Any]:
    receipt = decision.governor_receipt_on
    if receipt is None:
        return {"enforceability": None, "opposition": None}
    visa = bool(decision.visa_needed)
    return {
        "enforceability": _shown(rules.enforceability(profile, receipt, visa_needed=visa)),
        "opposition": _shown(rules.control_end(profile, receipt, visa_needed=visa)),
    }


def _is_late(decision: Decision, transmission: Due | None, today: date) -> bool:
    return transmission is not None and (decision.transmitted_on or today) > transmission.due_on


def _shown(term: Due | None) -> Any:
    return schemas.TermOut().dump(term) if term else None
