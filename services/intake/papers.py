"""The documents of a file in the store of files: how each is kept, and how it is erased for ever.

What names people is sealed under a key of that one document, so that erasing it takes it out of
every backup of the files too; then its file leaves the disk. The hash stays as the statement.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import IO
from uuid import UUID

import structlog
from sqlalchemy import exists, select
from sqlalchemy.orm import Session, aliased

from services.intake.models import Petition, PetitionDocument
from services.intake.state import PETITION_WORKFLOW
from services.intake.workflow import PetitionState
from shared.context import ServiceContext
from shared.db.engine import EVERY_AUTHORITY
from shared.events.petitions import DocumentsErased
from shared.files import JustHandedIn
from shared.ids import new_id
from shared.unit_of_work import UnitOfWork
from shared.workflow import Act, move

PROOFS, DOCUMENTS = "petition-proofs", "petition-documents"
"""Their purposes in the retention table: proofs go with a name, the petition itself stays."""

PROOF_KINDS = frozenset({"powers", "identity-cards", "signature-sheets"})
PERSONAL_KINDS = PROOF_KINDS | {"petition-form"}
"""Documents that name people; they are sealed (law 09-08)."""

log = structlog.get_logger()

NO_FILE = ""
HANDED_IN_SECONDS = 3600.0
"""So long the content of an erased document stays if it came again: its row may be on its way."""

MOST_REMOVED_A_ROUND = 100


def keep(uow: UnitOfWork, kind: str, content: IO[bytes], *, declared_name: str) -> PetitionDocument:
    """Keep what was handed in and return its row, which no file has yet.

    Raises what ``FileStore.put`` raises.
    """
    document_id, is_keyed = new_id(), kind in PERSONAL_KINDS
    stored = uow.context.files.put(
        content,
        authority=uow.authority,
        declared_name=declared_name,
        personal=is_keyed,
        owner_key=uow.vault.file_key(document_id, _purpose(kind)) if is_keyed else b"",
    )
    return PetitionDocument(
        id=document_id,
        authority=uow.authority,
        kind=kind,
        sha256=stored.sha256,
        stored_as=stored.stored_as,
        media_type=stored.media_type,
        size=stored.size,
        handed_in_at=uow.recorded_at,
        is_keyed=is_keyed,
    )


def erase(uow: UnitOfWork, petition: Petition, redaction: UUID) -> bool:
    """Erase what a petition has no need for any more; returns whether there was anything.

    Of a filed petition these are the proofs; of one that was never filed, all that was handed in.
    """
    papers = [one for one in petition.documents if one.erased_on is None and _goes(petition, one)]
    for paper in papers:
        _erase(uow, paper)
    if papers and petition.state != PetitionState.DRAFT:
        hashes = [paper.sha256 for paper in papers]
        what = DocumentsErased(redaction=str(redaction), sha256=hashes)
        move(PETITION_WORKFLOW, petition, "erase_documents", uow, Act(what=what))
    return bool(papers)


def erase_again(uow: UnitOfWork, petition: Petition, hashes: Collection[str]) -> None:
    """Erase the documents of these hashes, of which the log says that they were."""
    for paper in petition.documents:
        if paper.sha256 in hashes and paper.erased_on is None:
            _erase(uow, paper)


def stay(petition: Petition) -> bool:
    """Whether documents of a petition stay for good."""
    return any(one.erased_on is None for one in petition.documents)


def remove_erased(context: ServiceContext) -> None:
    """Take the files of erased documents off the disk, unless another document has that content."""
    other = aliased(PetitionDocument)
    is_shared = exists().where(
        other.stored_as == PetitionDocument.stored_as, other.erased_on.is_(None)
    )
    left = (
        select(PetitionDocument.id, is_shared)
        .where(PetitionDocument.erased_on.is_not(None), PetitionDocument.stored_as != NO_FILE)
        .limit(MOST_REMOVED_A_ROUND)
    )
    with context.database.write(EVERY_AUTHORITY) as (session, _moment):
        for document_id, has_other in session.execute(left).all():
            _remove(context, session, document_id, is_kept=has_other)


def _remove(context: ServiceContext, session: Session, id_: UUID, *, is_kept: bool) -> None:
    paper = session.get_one(PetitionDocument, id_, with_for_update=True)
    if not is_kept and paper.stored_as != NO_FILE:
        # What has a key of its own is no other document's content.
        idle = 0.0 if paper.is_keyed else HANDED_IN_SECONDS
        try:
            context.files.remove(paper.stored_as, idle_seconds=idle)
        except JustHandedIn:
            log.info("erased_file_stays_for_now", document=str(id_))
            return
    # Should this not be committed, the next round finds no file and notes it then.
    paper.stored_as = NO_FILE


def _erase(uow: UnitOfWork, paper: PetitionDocument) -> None:
    if paper.is_keyed:
        uow.vault.destroy(paper.id, _purpose(paper.kind))
    paper.erased_on = uow.today


def _goes(petition: Petition, paper: PetitionDocument) -> bool:
    return petition.state != PetitionState.FILED or paper.kind in PROOF_KINDS


def _purpose(kind: str) -> str:
    return PROOFS if kind in PROOF_KINDS else DOCUMENTS
