"""What a divergence looks like to others: its snapshot, and its workflow."""

from __future__ import annotations

from services.audit.models import Divergence
from services.audit.workflow import TRANSITIONS, DivergenceState
from shared.events.ledger import DivergenceSnapshot
from shared.workflow import workflow


def state_of_divergence(row: Divergence) -> DivergenceSnapshot:
    """The snapshot of a divergence: what it is about, and a reason as a code."""
    return DivergenceSnapshot(
        state=row.state, about=row.about, sequence=row.about_sequence, reason=row.reason
    )


DIVERGENCE_WORKFLOW = workflow(
    "divergence", states=DivergenceState, table=TRANSITIONS, state_of=state_of_divergence
)
KINDS = ((Divergence, DIVERGENCE_WORKFLOW),)
