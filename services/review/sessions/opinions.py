"""What opinions mean for a vote: which mandatory ones are still awaited on its day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from services.review.cases.consultation_models import Consultation, KnownBody, ReceivedOpinion
from services.review.cases.consultation_workflow import ConsultationState
from services.review.cases.queries import holding
from shared.errors import GuardRefused
from shared.web.i18n import current_language

ARTICLE = "113-14, 120"


def awaited(session: Session, case_id: UUID, on: date) -> list[Consultation]:
    """The mandatory opinions on a case that nobody had on a civil date, the first due first.

    A vote may be recorded days after it was taken: what lapsed or came only after its day was
    awaited on it.
    """
    settled_later = (
        select(Consultation)
        .outerjoin(ReceivedOpinion, ReceivedOpinion.opinion_id == Consultation.opinion_id)
        .where(
            Consultation.case_id == case_id,
            Consultation.is_mandatory.is_(True),
            or_(
                and_(
                    Consultation.state == ConsultationState.LAPSED.value,
                    Consultation.due_on >= on,
                ),
                and_(
                    Consultation.state == ConsultationState.ANSWERED.value,
                    ReceivedOpinion.submitted_on > on,
                ),
            ),
        )
    )
    found = [*holding(session, case_id), *session.scalars(settled_later)]
    asked = [one for one in found if one.requested_on <= on]
    return sorted(asked, key=lambda one: (one.due_on, one.id))


def refuse_to_go_on(session: Session, awaited_ones: Sequence[Consultation]) -> None:
    """Name the first opinion that holds the item, with its day; raises ``GuardRefused``."""
    first = awaited_ones[0]
    raise GuardRefused(
        "The mandatory opinion of %(body)s, wanted by %(day)s, is awaited: the item is not voted.",
        remedy="Wait for it, postpone the item, or give the reason for going on without it.",
        body=_name(session, first.body_id),
        day=first.due_on,
        article=ARTICLE,
    )


def _name(session: Session, body_id: UUID) -> str:
    known = session.get(KnownBody, body_id)
    name = known.name if known else {}
    return str(name.get(current_language()) or name.get(name.get("original", "")) or body_id)
