"""How petitions follow from their events, where the database has to be filled from the log.

Names, reasons and documents never travel: a petition that only the log knows has none of them.
"""

from __future__ import annotations

from typing import cast
from uuid import UUID

from sqlalchemy import Table

from services.intake.models import Petition, PetitionPerson, Register
from services.intake.state import PETITION_WORKFLOW
from shared.db.upsert import insert_once
from shared.events.envelope import Envelope
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
    if petition.reference is not None:
        _raise_register(uow, petition.reference)


def _raise_register(uow: UnitOfWork, reference: str) -> None:
    _authority, year, number = reference.rsplit("/", 2)
    key = {"authority": uow.authority, "year": int(year)}
    insert_once(uow.session, cast(Table, Register.__table__), **key, last=0)
    register = uow.session.get_one(Register, (uow.authority, int(year)), with_for_update=True)
    register.last = max(register.last, int(number))


RECALLS = {
    "petition": Recall(
        model=Petition,
        workflow=PETITION_WORKFLOW,
        unknown=frozenset({"documents"}),
        complete=complete_petition,
    )
}
