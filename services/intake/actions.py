"""Everything that changes a petition. Where a petition is filed: ``file_petition``."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from services.intake.models import Petition, PetitionDocument, PetitionPerson, Register
from services.intake.state import PETITION_WORKFLOW
from services.intake.workflow import PetitionState
from shared.db.upsert import count_up
from shared.errors import IllegalMove, InvalidInput, NotFound
from shared.events.petitions import (
    DocumentsAdded,
    PetitionFiled,
    PetitionOpened,
    SignaturesCounted,
    WithdrawalRequested,
)
from shared.ids import crockford
from shared.law.packs import load_pack
from shared.unit_of_work import UnitOfWork
from shared.workflow import Act, move

PEOPLE_PURPOSE = "petition"
RECEIPT_LENGTH = 12


@dataclass(frozen=True, kw_only=True)
class Named:
    """A person to be put on a file, with the name in Arabic or Latin letters (or both)."""

    person_id: UUID
    role: str
    name_arabic: str | None = None
    name_latin: str | None = None


def draft_petition(
    uow: UnitOfWork,
    *,
    petitioner: str,
    subject: Mapping[str, str | None],
    reasons: str,
    association: Mapping[str, Any] | None,
    people: Sequence[Named],
) -> Petition:
    """Begin a petition as a private draft; nobody else is told of it."""
    _check_petitioner(petitioner, association)
    _check_people(people)
    petition = uow.add(
        Petition(
            petitioner=petitioner,
            subject_line=dict(subject),
            reasons=reasons,
            association=dict(association) if association else None,
            state=PetitionState.DRAFT.value,
            drafted_at=uow.recorded_at,
        )
    )
    for named in people:
        _name(uow, petition, named)
    return petition


def edit_draft(
    petition: Petition,
    *,
    subject: Mapping[str, str | None] | None = None,
    reasons: str | None = None,
) -> Petition:
    """Change a draft; after filing nothing of it is edited, documents are added instead."""
    if petition.state != PetitionState.DRAFT:
        raise IllegalMove(
            "Only a draft can be edited; add documents instead.", state=petition.state
        )
    if subject is not None:
        petition.subject_line = dict(subject)
    if reasons is not None:
        petition.reasons = reasons
    return petition


def open_petition(uow: UnitOfWork, petition: Petition, **act: Any) -> Petition:
    """Begin to collect signatures; from here on the petition is public."""
    move(PETITION_WORKFLOW, petition, "open", uow, Act(what=PetitionOpened(), **act))
    return petition


def count_signatures(
    uow: UnitOfWork, petition: Petition, *, signatures: int, **act: Any
) -> Petition:
    """Record the count of the signature book."""
    petition.signatures = signatures
    what = SignaturesCounted(signatures=signatures)
    move(PETITION_WORKFLOW, petition, "count_signatures", uow, Act(what=what, **act))
    return petition


def file_petition(
    uow: UnitOfWork, petition: Petition, *, acted_on: date | None = None, **act: Any
) -> Petition:
    """File a petition: number, reference and receipt at once, whatever is still missing.

    The receipt is never withheld for incompleteness (113-14, article 125); review's case
    begins with the event this emits. Raises ``LawError`` on ``acted_on`` for a day before the law.
    """
    filed_on = acted_on or uow.today
    # The case is held to the rules of this day, so there must be some.
    load_pack(f"ma-{uow.profile.kind}", filed_on, field="acted_on")
    number = count_up(uow.session, Register.last, authority=uow.authority, year=filed_on.year)
    petition.filed_on = filed_on
    petition.reference = f"{uow.authority}/{filed_on.year}/{number}"
    petition.receipt = _receipt(uow, petition)
    what = PetitionFiled(reference=petition.reference, receipt=petition.receipt)
    move(PETITION_WORKFLOW, petition, "file", uow, Act(what=what, acted_on=acted_on, **act))
    return petition


def add_documents(
    uow: UnitOfWork, petition: Petition, papers: Sequence[PetitionDocument], **act: Any
) -> Petition:
    """Put documents on the file that the store keeps (papers.py); after filing others are told."""
    petition.documents.extend(papers)
    if petition.state == PetitionState.FILED:
        hashes = [paper.sha256 for paper in papers]
        what = DocumentsAdded(sha256=hashes, receipt=_receipt(uow, petition, *hashes))
        move(PETITION_WORKFLOW, petition, "add_documents", uow, Act(what=what, **act))
    return petition


def request_withdrawal(uow: UnitOfWork, petition: Petition, **act: Any) -> Petition:
    """Record that the petitioners ask to withdraw; the case answers."""
    what = WithdrawalRequested(receipt=_receipt(uow, petition, "withdrawal"))
    move(PETITION_WORKFLOW, petition, "request_withdrawal", uow, Act(what=what, **act))
    return petition


def own_petition(uow: UnitOfWork, petition_id: UUID) -> Petition:
    """The petition under its lock, if the acting person is on its file; else as if it were not."""
    petition = uow.get(Petition, petition_id)
    if uow.actor.role == "petitioner" and not is_on_file(petition, uow.actor.id):
        raise NotFound("Nothing was found under this id.", kind="petition")
    return petition


def is_on_file(petition: Petition, person: str) -> bool:
    """Whether a person is one of the people of a petition."""
    return any(str(one.person_id) == person and one.is_active for one in petition.people)


def _check_petitioner(petitioner: str, association: Mapping[str, Any] | None) -> None:
    if petitioner == "association" and not association:
        raise InvalidInput(
            "An association's petition needs the association's details.",
            field="association",
            remedy="Give its name, the date it was founded and whether it has a seat here.",
        )


def _check_people(people: Sequence[Named]) -> None:
    seen: set[UUID] = set()
    for place, named in enumerate(people):
        if named.person_id in seen:
            raise InvalidInput(
                "This person is named twice.",
                field=f"people.{place}.person_id",
                remedy="Name each person once; without an id it is whoever sends this.",
            )
        seen.add(named.person_id)


def _name(uow: UnitOfWork, petition: Petition, named: Named) -> None:
    def sealed(text: str | None) -> str | None:
        return uow.vault.seal(named.person_id, PEOPLE_PURPOSE, text) if text else None

    petition.people.append(
        PetitionPerson(
            authority=petition.authority,
            person_id=named.person_id,
            role=named.role,
            name_arabic=sealed(named.name_arabic),
            name_latin=sealed(named.name_latin),
            is_active=True,
        )
    )


def _receipt(uow: UnitOfWork, petition: Petition, *parts: str) -> str:
    """A receipt's code: from it the authority can recognise what was handed in, and when."""
    said = "|".join([str(petition.id), petition.reference or "", str(uow.recorded_at), *parts])
    digest = hashlib.blake2b(said.encode(), key=uow.context.key("receipt")[:32]).digest()
    return crockford(digest, RECEIPT_LENGTH)
