"""Every table of review, gathered for migrations."""

from __future__ import annotations

from services.review.base import Base
from services.review.cases.consultation_models import Consultation, KnownBody, ReceivedOpinion
from services.review.cases.models import Case, CasePerson, HandedIn
from services.review.control.models import (
    CouncilFormality,
    Decision,
    DecisionOpinion,
    DecisionRegister,
)
from services.review.council.models import Committee, CommitteeReport, Mandate
from services.review.firing import TimerFiring
from services.review.sessions.models import CouncilSession, Item, Recusal, Sitting

__all__ = [
    "Base",
    "Case",
    "CasePerson",
    "Committee",
    "CommitteeReport",
    "Consultation",
    "CouncilFormality",
    "CouncilSession",
    "Decision",
    "DecisionOpinion",
    "DecisionRegister",
    "HandedIn",
    "Item",
    "KnownBody",
    "Mandate",
    "ReceivedOpinion",
    "Recusal",
    "Sitting",
    "TimerFiring",
]
