"""What a petition looks like to others: its snapshot, and its workflow."""

from __future__ import annotations

import msgspec

from services.intake.models import Petition
from services.intake.workflow import TRANSITIONS, PetitionState
from shared.events.petitions import AssociationFacts, PetitionSnapshot
from shared.events.texts import PersonInRole, Texts
from shared.workflow import workflow


def state_of_petition(row: Petition) -> PetitionSnapshot:
    """The snapshot of a petition: ids and counts, no names of people."""
    return PetitionSnapshot(
        state=row.state,
        reference=row.reference,
        petitioner=row.petitioner,
        subject=msgspec.convert(row.subject_line, Texts),
        filed_on=row.filed_on,
        signatures=row.signatures or 0,
        association=msgspec.convert(row.association, AssociationFacts | None),
        people=[
            PersonInRole(person=str(person.person_id), role=person.role)
            for person in sorted(row.people, key=lambda person: str(person.id))
            if person.is_active
        ],
        documents=len(row.documents),
        receipt=row.receipt,
    )


PETITION_WORKFLOW = workflow(
    "petition", states=PetitionState, table=TRANSITIONS, state_of=state_of_petition
)
KINDS = ((Petition, PETITION_WORKFLOW),)
