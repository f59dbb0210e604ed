"""What petitions and redactions look like to others: their snapshots and workflows."""

from __future__ import annotations

from services.intake.models import Petition, Redaction
from services.intake.workflow import (
    REDACTION_TRANSITIONS,
    TRANSITIONS,
    PetitionState,
    RedactionState,
)
from shared.converting import convert
from shared.events.erasures import RedactionSnapshot
from shared.events.petitions import AssociationFacts, PetitionSnapshot
from shared.events.texts import PersonInRole, Texts
from shared.workflow import workflow


def state_of_petition(row: Petition) -> PetitionSnapshot:
    """The snapshot of a petition: ids and counts, no names of people."""
    return PetitionSnapshot(
        state=row.state,
        reference=row.reference,
        petitioner=row.petitioner,
        subject=convert(row.subject_line, Texts),
        filed_on=row.filed_on,
        signatures=row.signatures or 0,
        association=convert(row.association, AssociationFacts | None),
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


def state_of_redaction(row: Redaction) -> RedactionSnapshot:
    """The snapshot of a redaction: the person by id, codes and days."""
    return RedactionSnapshot(
        state=row.state,
        erasure=str(row.erasure_id),
        person=str(row.person_id),
        waits_for=list(row.waits_for),
        until_on=row.until_on,
        files=row.files or 0,
        erased=list(row.erased or ()),
        stays=list(row.stays or ()),
    )


REDACTION_WORKFLOW = workflow(
    "redaction",
    states=RedactionState,
    table=REDACTION_TRANSITIONS,
    state_of=state_of_redaction,
)
KINDS = ((Petition, PETITION_WORKFLOW), (Redaction, REDACTION_WORKFLOW))
