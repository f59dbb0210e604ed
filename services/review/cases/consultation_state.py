"""What a consultation looks like to others: its snapshot, and its workflow."""

from __future__ import annotations

from services.review.cases.consultation_models import Consultation
from services.review.cases.consultation_workflow import BY_ITSELF, TRANSITIONS, ConsultationState
from shared.converting import convert
from shared.events.consultations import ConsultationSnapshot
from shared.events.texts import Texts
from shared.workflow import with_aside, workflow


def state_of_consultation(row: Consultation) -> ConsultationSnapshot:
    """The snapshot of a consultation."""
    return ConsultationSnapshot(
        state=row.state,
        case=str(row.case_id),
        reference=row.reference,
        body=str(row.body_id),
        subject=convert(row.subject_line, Texts),
        is_mandatory=row.is_mandatory,
        due_on=row.due_on,
        opinion=str(row.opinion_id) if row.opinion_id else None,
    )


CONSULTATION_WORKFLOW = workflow(
    "consultation",
    states=ConsultationState,
    table=with_aside(TRANSITIONS, BY_ITSELF),
    state_of=state_of_consultation,
)
