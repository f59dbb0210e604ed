"""Events of petitions up to and after filing; intake owns them."""

from __future__ import annotations

from datetime import date

from shared.events.catalogue import Event, Snapshot, event, snapshot
from shared.events.texts import PersonInRole, Texts


@snapshot("petition.state.v1")
class PetitionSnapshot(Snapshot):
    """A petition as its petitioners handed it in; no names, only opaque ids of people."""

    state: str
    reference: str | None
    petitioner: str
    subject: Texts
    filed_on: date | None
    signatures: int
    association: AssociationFacts | None
    people: list[PersonInRole]
    documents: int
    receipt: str | None


@snapshot("petition.association.v1")
class AssociationFacts(Snapshot):
    """What article 124 looks at; an association is a legal person, its name is public."""

    name: Texts
    founded_on: date
    has_seat_here: bool


@event("petition.opened.v1", after=PetitionSnapshot)
class PetitionOpened(Event):
    """A petition began to collect signatures."""


@event("petition.signatures_counted.v1", after=PetitionSnapshot)
class SignaturesCounted(Event):
    """The signature book was counted."""

    signatures: int


@event("petition.given_up.v1", after=PetitionSnapshot)
class PetitionGivenUp(Event):
    """Those who follow the procedure ended a collection of signatures without filing."""


@event("petition.filed.v1", after=PetitionSnapshot)
class PetitionFiled(Event):
    """A petition was filed with the president and its receipt handed over (113-14, article 125)."""

    reference: str
    receipt: str


@event("petition.documents_added.v1", after=PetitionSnapshot)
class DocumentsAdded(Event):
    """Petitioners handed something in after filing; each document by its SHA-256."""

    sha256: list[str]
    receipt: str


@event("petition.withdrawal_requested.v1", after=PetitionSnapshot)
class WithdrawalRequested(Event):
    """The petitioners asked to withdraw; review answers."""

    receipt: str


@event("petition.documents_erased.v1", after=PetitionSnapshot)
class DocumentsErased(Event):
    """Documents that name people were erased for ever; each by its SHA-256, which alone stays.

    ``redaction`` is the erasure of a name that they were erased with.
    """

    redaction: str
    sha256: list[str]
