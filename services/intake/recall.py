"""How petitions follow from their events, where the database has to be filled from the log.

Names, reasons and documents never travel: a petition that only the log knows has none of them.
"""

from __future__ import annotations

from typing import cast
from uuid import UUID

from sqlalchemy import Table

from services.intake import papers
from services.intake.models import Petition, PetitionPerson, Redaction, Register
from services.intake.redactions import destroy_names
from services.intake.state import PETITION_WORKFLOW, REDACTION_WORKFLOW
from services.intake.workflow import RedactionState
from shared.db.upsert import insert_once
from shared.events.envelope import Envelope
from shared.events.petitions import DocumentsErased
from shared.recall import Recall
from shared.unit_of_work import UnitOfWork


def complete_petition(uow: UnitOfWork, petition: Petition, told: Envelope) -> None:
    """Bring the people of the file and the register to where the event left them."""
    roles = {UUID(one["person"]): one["role"] for one in told.data.after["people"]}
    for person in petition.people:
        person.is_active = person.person_id in roles
        roles.pop(person.person_id, None)
    for person_id, role in roles.items():
        person = PetitionPerson(authority=petition.authority, person_id=person_id, role=role)
        petition.people.append(person)
    if told.type == DocumentsErased.TYPE:
        # A backup of before the erasure brings keys back: what was erased is erased again.
        papers.erase_again(uow, petition, told.data.what["sha256"])
    if petition.reference is not None:
        _raise_register(uow, petition.reference)


def _raise_register(uow: UnitOfWork, reference: str) -> None:
    _authority, year, number = reference.rsplit("/", 2)
    key = {"authority": uow.authority, "year": int(year)}
    insert_once(uow.session, cast(Table, Register.__table__), **key, last=0)
    register = uow.session.get_one(Register, (uow.authority, int(year)), with_for_update=True)
    register.last = max(register.last, int(number))


def complete_redaction(uow: UnitOfWork, redaction: Redaction, _told: Envelope) -> None:
    """A backup of before an erasure brings its key back: what was erased is erased again."""
    if redaction.state == RedactionState.DONE:
        destroy_names(uow, redaction.person_id)


RECALLS = {
    "petition": Recall(
        model=Petition,
        workflow=PETITION_WORKFLOW,
        unknown=frozenset({"documents"}),
        complete=complete_petition,
    ),
    "redaction": Recall(
        model=Redaction,
        workflow=REDACTION_WORKFLOW,
        complete=complete_redaction,
        acts_today=True,
    ),
}
