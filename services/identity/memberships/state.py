"""What a membership looks like to others: its snapshot, and its workflow."""

from __future__ import annotations

from services.identity.memberships.models import Membership
from services.identity.memberships.workflow import TRANSITIONS, MembershipState
from shared.events.authorities import MembershipSnapshot
from shared.workflow import workflow


def state_of_membership(row: Membership) -> MembershipSnapshot:
    """The snapshot of a membership: the person by id only."""
    return MembershipSnapshot(
        state=row.state,
        person=str(row.person_id),
        role=row.role,
        scope=row.scope,
        from_on=row.from_on,
        until_on=row.until_on,
    )


MEMBERSHIP_WORKFLOW = workflow(
    "membership", states=MembershipState, table=TRANSITIONS, state_of=state_of_membership
)
