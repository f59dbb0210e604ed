"""Every table of review, gathered for migrations."""

from __future__ import annotations

from services.review.base import Base
from services.review.cases.clock_models import RunningClock
from services.review.cases.condition_models import CaseCheck
from services.review.cases.consultation_models import Consultation, KnownBody, ReceivedOpinion
from services.review.cases.models import Case, CasePerson, HandedIn
from services.review.control.follow_up_models import FollowUp
from services.review.control.models import (
    CouncilFormality,
    Decision,
    DecisionOpinion,
    DecisionRegister,
)
from services.review.corrections import Correction
from services.review.council.meeting_models import CommitteeMeeting, CommitteePresence, Hearing
from services.review.council.models import (
    Committee,
    CommitteeReport,
    Mandate,
    MemberName,
    ReplacedReport,
)
from services.review.documents.models import (
    Document,
    DocumentRegister,
    DocumentRendition,
    DocumentWording,
)
from services.review.firing import TimerFiring
from services.review.sessions.agenda_models import (
    AgendaDocument,
    AgendaRequest,
    AgendaVersion,
    ClashChoice,
    Convocation,
)
from services.review.sessions.attendance_models import Attendance, NamedVote
from services.review.sessions.models import CouncilSession, Item, Recusal, Sitting
from services.review.sessions.notice_models import FailedNotice, NoticeChoice

__all__ = [
    "AgendaDocument",
    "AgendaRequest",
    "AgendaVersion",
    "Attendance",
    "Base",
    "Case",
    "CaseCheck",
    "CasePerson",
    "ClashChoice",
    "Committee",
    "CommitteeMeeting",
    "CommitteePresence",
    "CommitteeReport",
    "Consultation",
    "Convocation",
    "Correction",
    "CouncilFormality",
    "CouncilSession",
    "Decision",
    "DecisionOpinion",
    "DecisionRegister",
    "Document",
    "DocumentRegister",
    "DocumentRendition",
    "DocumentWording",
    "FailedNotice",
    "FollowUp",
    "HandedIn",
    "Hearing",
    "Item",
    "KnownBody",
    "Mandate",
    "MemberName",
    "NamedVote",
    "NoticeChoice",
    "ReceivedOpinion",
    "Recusal",
    "ReplacedReport",
    "RunningClock",
    "Sitting",
    "TimerFiring",
]
