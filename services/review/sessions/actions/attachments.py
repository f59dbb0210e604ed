"""The documents that go out with an agenda: kept by their hash, on one item or on all of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from services.review.council.dating import date_of_act
from services.review.council.office import check_office
from services.review.kept_texts import hash_of
from services.review.sessions import queries
from services.review.sessions.agenda_models import AgendaDocument
from services.review.sessions.models import CouncilSession
from services.review.sessions.state import SESSION_WORKFLOW
from services.review.sessions.workflow import SessionState
from shared.errors import GuardRefused, InvalidInput, NotFound
from shared.events.sessions import DocumentTakenOff
from shared.files import StoredFile
from shared.unit_of_work import UnitOfWork
from shared.workflow import Act, move

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


def take_off(
    uow: UnitOfWork, session: CouncilSession, document_id: UUID, *, reason: str, **act: Any
) -> AgendaDocument:
    """Take a document off the agenda again (session locked by the caller); its file is kept.

    A session that is only planned has told nobody yet, so there is nothing to tell of. Raises
    ``NotFound``, and ``GuardRefused`` once the members were sent it with their notice.
    """
    document = _attached(uow, session, document_id)
    on = date_of_act(uow, act.get("acted_on"), act.get("late_reason"))
    check_office(uow, on)
    document.taken_off_on, document.taken_off_because = on, reason
    document.taken_off_by = uow.actor.id
    if session.state == SessionState.PLANNED:
        return document
    what = DocumentTakenOff(
        document=str(document.id),
        sha256=document.sha256,
        item=str(document.item_id) if document.item_id else None,
        reason_sha256=hash_of(reason),
    )
    facts = {"item_is_new": _is_new(uow, session, document.item_id)}
    move(SESSION_WORKFLOW, session, "take_off_document", uow, Act(what=what, facts=facts, **act))
    return document


def _attached(uow: UnitOfWork, session: CouncilSession, document_id: UUID) -> AgendaDocument:
    attached = queries.attachments_of(uow.session, session.id)
    found = next((one for one in attached if one.id == document_id), None)
    if found is None:
        raise NotFound("Nothing was found under this id.", kind="document")
    return found


def _is_new(uow: UnitOfWork, session: CouncilSession, item_id: UUID | None) -> bool:
    """Whether the members are still to be told of an item."""
    agenda = {item.id: item for item in queries.agenda_of(uow.session, session.id)}
    return item_id in agenda and agenda[item_id].needs_supplement


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
    if session.state != "convened" or not _is_new(uow, session, item_id):
        raise GuardRefused(
            "The notice went out with the documents of the agenda: no other is attached to it.",
            remedy="Attach it to an item of which the members are still to be told.",
            article=ARTICLE,
        )
