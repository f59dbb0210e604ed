"""The documents that go out with an agenda: kept by their hash, on one item or on all of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.review.council.dating import date_of_act
from services.review.council.office import check_office
from services.review.sessions import queries
from services.review.sessions.agenda_models import AgendaDocument
from services.review.sessions.models import CouncilSession
from shared.errors import GuardRefused, InvalidInput
from shared.files import StoredFile
from shared.unit_of_work import UnitOfWork

ARTICLE = "113-14, 35"


@dataclass(frozen=True, kw_only=True)
class Label:
    """What a document is called, and the item it is about; none stands for the whole agenda."""

    title: str
    item_id: UUID | None = None


def attach(
    uow: UnitOfWork,
    session: CouncilSession,
    file: StoredFile,
    *,
    about: Label,
    acted_on: date | None = None,
    late_reason: str | None = None,
) -> AgendaDocument:
    """Attach a kept file to an item of the agenda, or to the agenda (session locked by the caller).

    Raises ``GuardRefused`` once the notice went out with its documents, but for an item of which
    the members are still to be told; ``InvalidInput`` for an item of another agenda, or a file
    that is attached already.
    """
    on = date_of_act(uow, acted_on, late_reason)
    check_office(uow, on)
    _check_open(uow, session, about.item_id)
    _check_new(uow, session, file)
    document = AgendaDocument(
        authority=uow.authority,
        session_id=session.id,
        item_id=about.item_id,
        title=about.title,
        sha256=file.sha256,
        media_type=file.media_type,
        size=file.size,
        stored_as=file.stored_as,
        added_on=on,
        recorded_by=uow.actor.id,
        recorded_at=uow.recorded_at,
    )
    uow.session.add(document)
    uow.session.flush()
    return document


def _check_new(uow: UnitOfWork, session: CouncilSession, file: StoredFile) -> None:
    attached = queries.attachments_of(uow.session, session.id)
    if any(one.sha256 == file.sha256 for one in attached):
        raise InvalidInput(
            "This file is attached to the agenda already.",
            field="file",
            remedy="Choose another file.",
        )


def _check_open(uow: UnitOfWork, session: CouncilSession, item_id: UUID | None) -> None:
    agenda = {item.id: item for item in queries.agenda_of(uow.session, session.id)}
    if item_id is not None and item_id not in agenda:
        raise InvalidInput(
            "This item is not on the agenda of this session.",
            field="item",
            remedy="Choose an item from the list.",
        )
    if session.state in {"planned", "called"}:
        return
    is_new = item_id is not None and agenda[item_id].needs_supplement
    if session.state != "convened" or not is_new:
        raise GuardRefused(
            "The notice went out with the documents of the agenda: no other is attached to it.",
            remedy="Attach it to an item of which the members are still to be told.",
            article=ARTICLE,
        )
