"""What an erasure looks like to others: its snapshot, and its workflow."""

from __future__ import annotations

from services.identity.erasures.models import Erasure
from services.identity.erasures.workflow import TRANSITIONS, ErasureState
from shared.events.erasures import ErasureSnapshot
from shared.workflow import workflow


def state_of_erasure(row: Erasure) -> ErasureSnapshot:
    """The snapshot of an erasure: the person by id, codes and days."""
    return ErasureSnapshot(
        state=row.state,
        person=str(row.person_id),
        ground=row.ground,
        requested_on=row.requested_on,
        answer_due_on=row.answer_due_on,
        names_settled=bool(row.names_settled),
        waits_for=list(row.waits_for),
        until_on=row.until_on,
        erased=list(row.erased),
        stays=list(row.stays),
        reason=row.reason,
    )


ERASURE_WORKFLOW = workflow(
    "erasure", states=ErasureState, table=TRANSITIONS, state_of=state_of_erasure
)
