"""How bodies and opinions follow from their events, where the database is filled from the log.

Of an opinion's text only the hash travels: drafts are in a backup or nowhere.
"""

from __future__ import annotations

from uuid import UUID

from services.opinions.models import Body, BodyMember, Opinion
from services.opinions.state import BODY_WORKFLOW, OPINION_WORKFLOW
from shared.events.envelope import Envelope
from shared.recall import Recall
from shared.unit_of_work import UnitOfWork


def complete_body(_uow: UnitOfWork, body: Body, told: Envelope) -> None:
    """Seat whoever the event seats, and end the seats of the others on its day."""
    seated = {(UUID(one["person"]), one["role"]) for one in told.data.after["members"]}
    for member in body.current_members:
        if (member.person_id, member.role) in seated:
            seated.discard((member.person_id, member.role))
        else:
            member.until_on = told.data.acted_on
    for person_id, role in sorted(seated):
        body.members.append(
            BodyMember(
                authority=body.authority,
                person_id=person_id,
                role=role,
                from_on=told.data.acted_on,
            )
        )


RECALLS = {
    "body": Recall(model=Body, workflow=BODY_WORKFLOW, complete=complete_body),
    "opinion": Recall(model=Opinion, workflow=OPINION_WORKFLOW),
}
