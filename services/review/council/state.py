"""What mandates and committees look like to others, and their workflows."""

from __future__ import annotations

from services.review.council.models import Committee, Mandate
from services.review.council.workflow import (
    COMMITTEE_TRANSITIONS,
    MANDATE_TRANSITIONS,
    CommitteeState,
    MandateState,
)
from shared.converting import convert
from shared.events.council import CommitteeSnapshot, MandateSnapshot
from shared.events.texts import Texts
from shared.workflow import workflow


def state_of_mandate(row: Mandate) -> MandateSnapshot:
    """The snapshot of a mandate: the person by opaque id."""
    return MandateSnapshot(
        state=row.state,
        person=str(row.person_id),
        office=row.office,
        committee=str(row.committee_id) if row.committee_id else None,
        from_on=row.from_on,
        until_on=row.until_on,
    )


def state_of_committee(row: Committee) -> CommitteeSnapshot:
    """The snapshot of a committee."""
    remit = convert(row.remit, Texts) if row.remit else None
    return CommitteeSnapshot(
        state=row.state, code=row.code, name=convert(row.name, Texts), remit=remit
    )


MANDATE_WORKFLOW = workflow(
    "mandate", states=MandateState, table=MANDATE_TRANSITIONS, state_of=state_of_mandate
)
COMMITTEE_WORKFLOW = workflow(
    "committee", states=CommitteeState, table=COMMITTEE_TRANSITIONS, state_of=state_of_committee
)
