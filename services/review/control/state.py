"""What a decision looks like to others: its snapshot, and its workflow."""

from __future__ import annotations

from services.review.control.models import Decision
from services.review.control.workflow import BY_ITSELF, TRANSITIONS, DecisionState
from shared.converting import convert
from shared.events.decisions import DecisionSnapshot
from shared.events.texts import Texts
from shared.workflow import with_aside, workflow


def state_of_decision(row: Decision) -> DecisionSnapshot:
    """The snapshot of a decision."""
    return DecisionSnapshot(
        state=row.state,
        number=row.number,
        item=str(row.item_id),
        session=str(row.session_id),
        case=str(row.case_id) if row.case_id else None,
        subject=convert(row.subject_line, Texts),
        adopted_on=row.adopted_on,
        visa_needed=row.visa_needed,
        transmitted_on=row.transmitted_on,
        governor_receipt_on=row.governor_receipt_on,
        enforceable_from=row.enforceable_from,
    )


DECISION_WORKFLOW = workflow(
    "decision",
    states=DecisionState,
    table=with_aside(TRANSITIONS, BY_ITSELF),
    state_of=state_of_decision,
)
KINDS = ((Decision, DECISION_WORKFLOW),)
