"""Cases of which intake never heard, since they ended before it listened: it asks review for them.

Only where an erasure waits for one. Such a case is asked for again until the erasure is done, as
what happens to it now is not applied here either before the log was read (`arida log fill`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from services.intake import redactions
from services.intake.models import Petition, PetitionPerson, Redaction
from services.intake.workflow import PetitionState, RedactionState
from shared.context import ServiceContext
from shared.db.engine import EVERY_AUTHORITY
from shared.db.plumbing import Plumbing
from shared.db.upsert import locked_or_new
from shared.due import MOST_FIRINGS_A_ROUND, timer_unit_of_work
from shared.http_client import ServiceUnavailable
from shared.unit_of_work import UnitOfWork

log = structlog.get_logger()
CLOSED = "closed"
CLOSING = "case.closed."


@dataclass(frozen=True, kw_only=True)
class Unheard:
    """A filed petition of whose case no event was applied here."""

    id: UUID
    authority: str
    reference: str


def ask_for_earlier(context: ServiceContext) -> None:
    """Learn of cases that ended before intake listened, for the erasures that wait for them."""
    with context.database.read(EVERY_AUTHORITY) as session:
        unheard = _unheard(session, context.base.plumbing)
    for one in unheard:
        try:
            answer = context.clients.get("review", f"/review/v1/petitions/{one.reference}")
        except ServiceUnavailable:
            # The next round asks again; until then the name is kept.
            log.warning("earlier_cases_not_asked", petitions=len(unheard))
            return
        if answer.is_success:
            _note(context, one, _ended_on(answer.json()))


def _unheard(session: Session, tables: Plumbing) -> list[Unheard]:
    """All of them, looked for page by page: those that were heard of are mostly before them."""
    unheard: list[Unheard] = []
    page = _filed_after(session, None)
    while page:
        subjects = [_subject(one) for one in page]
        cursor = tables.inbox_cursor.c
        statement = select(cursor.subject).where(cursor.subject.in_(subjects), cursor.sequence > 0)
        heard = set(session.scalars(statement))
        unheard += [one for one in page if _subject(one) not in heard]
        page = _filed_after(session, page[-1].id)
    return unheard


def _filed_after(session: Session, last: UUID | None) -> list[Unheard]:
    """The next filed petitions whose people include one whose erasure waits."""
    waiting = select(Redaction.person_id).where(Redaction.state == RedactionState.WAITING.value)
    on_file = select(PetitionPerson.petition_id).where(PetitionPerson.person_id.in_(waiting))
    filed = (
        select(Petition.id, Petition.authority, Petition.reference)
        .where(Petition.state == PetitionState.FILED.value, Petition.id.in_(on_file))
        .order_by(Petition.id)
        .limit(MOST_FIRINGS_A_ROUND)
    )
    if last is not None:
        filed = filed.where(Petition.id > last)
    return [Unheard(**row._mapping) for row in session.execute(filed)]


def _subject(petition: Unheard) -> str:
    return f"case/{petition.id}"


def _ended_on(case: dict[str, Any]) -> date | None:
    """The day on which a closed case was closed; None for one that is not."""
    if case["state"] != CLOSED:
        return None
    days = [act["acted_on"] for act in case["timeline"] if act["type"].startswith(CLOSING)]
    return date.fromisoformat(max(days)) if days else None


def _note(context: ServiceContext, petition: Unheard, ended_on: date | None) -> None:
    with timer_unit_of_work(context, petition.authority) as uow:
        if not _was_heard_meanwhile(uow, petition):
            redactions.note_as_told(uow, petition.id, ended_on)


def _was_heard_meanwhile(uow: UnitOfWork, petition: Unheard) -> bool:
    """Whether an event of the case was applied since review was asked; none is until this ends."""
    cursor = locked_or_new(
        uow.session,
        uow.base.plumbing.inbox_cursor,
        subject=_subject(petition),
        authority=petition.authority,
        sequence=0,
        is_stopped=False,
    )
    return bool(cursor.sequence)
