"""Reads of sessions, their sittings and their agenda."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select, tuple_
from sqlalchemy.orm import Session

from services.review.cases.consultation_models import ReceivedOpinion
from services.review.cases.models import Case
from services.review.sessions.agenda_models import AgendaDocument, AgendaRequest, ClashChoice
from services.review.sessions.models import CouncilSession, Item, Recusal, Sitting
from services.review.sessions.sitting_workflow import SittingState
from services.review.sessions.workflow import ItemState, SessionState
from shared.db.base import Subject
from shared.errors import NotFound
from shared.web.paging import LARGEST_PAGE, Page, decode_cursor, page_of

ACCEPTED = ("admitted", "referred")
"""States of a case in which its petition is, or must be, on an agenda."""

NOT_HELD = (SessionState.POSTPONED.value, SessionState.DROPPED.value, SessionState.REFUSED.value)
"""States of a session that will not be held on its day."""

ON_AGENDA = (ItemState.SCHEDULED.value, ItemState.UNDER_OBJECTION.value)
LIVE = (*ON_AGENDA, ItemState.DELIBERATED.value)
Row = TypeVar("Row", bound=Subject)


def ordinary_session_dates(session: Session, authority: str) -> list[date]:
    """The opening days of ordinary sessions that are planned or later, not the postponed ones."""
    statement = (
        select(CouncilSession.opens_on)
        .where(
            CouncilSession.authority == authority,
            CouncilSession.session_kind == "ordinary",
            CouncilSession.state.not_in(NOT_HELD),
        )
        .order_by(CouncilSession.opens_on)
    )
    return list(session.scalars(statement))


def item_of_case(session: Session, case_id: UUID) -> Item | None:
    """The item by which a case is on an agenda or was voted on; a postponed one does not count."""
    statement = (
        select(Item)
        .where(Item.case_id == case_id, Item.state.in_(LIVE))
        .order_by(Item.id.desc())
        .limit(1)
    )
    return session.scalars(statement).first()


def items_of_case(session: Session, case_id: UUID) -> Sequence[Item]:
    """Every item a case ever had, oldest first."""
    return session.scalars(select(Item).where(Item.case_id == case_id).order_by(Item.id)).all()


def row_of(session: Session, model: type[Row], *, authority: str, id_: UUID) -> Row:
    """One row of an authority, without a lock; raises ``NotFound``."""
    row = session.scalars(
        select(model).where(model.id == id_, model.authority == authority)
    ).one_or_none()
    if row is None:
        raise NotFound("Nothing was found under this id.", kind=model.kind)
    return row


def list_sessions(
    session: Session, authority: str, *, cursor: str | None, with_planned: bool
) -> Page[CouncilSession]:
    """Sessions of an authority, latest opening first; planned ones only where asked for."""
    statement = (
        select(CouncilSession)
        .where(CouncilSession.authority == authority)
        .order_by(CouncilSession.opens_on.desc(), CouncilSession.id.desc())
        .limit(LARGEST_PAGE + 1)
    )
    if not with_planned:
        statement = statement.where(
            CouncilSession.sequence > 0, CouncilSession.state != SessionState.DROPPED.value
        )
    last = decode_cursor(cursor, date, UUID)
    if last:
        statement = statement.where(tuple_(CouncilSession.opens_on, CouncilSession.id) < last)
    rows = session.scalars(statement).all()
    return page_of(rows, LARGEST_PAGE, keys=lambda row: (row.opens_on.isoformat(), str(row.id)))


def items_of(session: Session, session_ids: Sequence[UUID]) -> dict[UUID, list[Item]]:
    """The items of some sessions by session, in the order of the agenda."""
    statement = (
        select(Item)
        .where(Item.session_id.in_(session_ids))
        .order_by(Item.session_id, Item.position)
    )
    found: dict[UUID, list[Item]] = {id_: [] for id_ in session_ids}
    for item in session.scalars(statement):
        found[item.session_id].append(item)
    return found


def unreported(session: Session, session_id: UUID) -> list[Item]:
    """The items withdrawn after the notice that the council was not told of, in their order."""
    items = items_of(session, [session_id])[session_id]
    return [one for one in items if one.withdrawn_on is not None and one.reported_on is None]


def references_of(session: Session, items: Sequence[Item]) -> dict[UUID, str]:
    """The public references of the petitions that items are about, by case id."""
    ids = [item.case_id for item in items if item.case_id]
    rows = session.execute(select(Case.id, Case.reference).where(Case.id.in_(ids)))
    return {row.id: row.reference for row in rows}


def agenda_of(session: Session, session_id: UUID) -> list[Item]:
    """The items that are still on a session's agenda, in order."""
    items = items_of(session, [session_id])[session_id]
    return [item for item in items if item.state in ON_AGENDA]


def next_position(session: Session, session_id: UUID) -> int:
    """The position of the next item; call it with the session's row locked."""
    last = session.scalar(select(func.max(Item.position)).where(Item.session_id == session_id))
    return (last or 0) + 1


def agenda_version(session: CouncilSession, items: Sequence[Item]) -> int:
    """The version of the agenda now: 1 with the call, one more for each change until the notice."""
    if session.state != SessionState.CALLED:
        return session.agenda_version
    changes = sum(item.added_after_call + item.removed_after_call for item in items)
    return 1 + changes


def sittings_of(session: Session, session_id: UUID) -> list[Sitting]:
    """The sittings of a session, the one whose roll is being called included, in their order."""
    statement = select(Sitting).where(Sitting.session_id == session_id).order_by(Sitting.number)
    return list(session.scalars(statement))


def opening_of(session: Session, session_id: UUID) -> Sitting | None:
    """The sitting that had its quorum: it decides the session, later departures do not count."""
    held = [one for one in calls_of(session, session_id) if one.state != SittingState.QUORUM_FAILED]
    return next(iter(held), None)


def calls_of(session: Session, session_id: UUID) -> list[Sitting]:
    """The counted openings of a session, one a call; further sittings are none."""
    counted = sittings_of(session, session_id)
    return [one for one in counted if one.call > 0 and one.state != SittingState.PLANNED]


def recusals_of(session: Session, item_ids: Sequence[UUID]) -> Sequence[Recusal]:
    """Who takes no part in some items."""
    return session.scalars(
        select(Recusal).where(Recusal.item_id.in_(item_ids)).order_by(Recusal.id)
    ).all()


def forgotten_references(session: Session, authority: str, decided_by: date) -> list[str]:
    """Accepted petitions, decided by a day, that are on no agenda (113-14, article 38)."""
    on_an_agenda = select(Item.id).where(Item.case_id == Case.id, Item.state.in_(LIVE)).exists()
    statement = (
        select(Case.reference)
        .where(
            Case.authority == authority,
            Case.state.in_(ACCEPTED),
            Case.decided_on <= decided_by,
            ~on_an_agenda,
        )
        .order_by(Case.reference)
    )
    return list(session.scalars(statement))


def awaiting(session: Session, row: CouncilSession) -> Sequence[Case]:
    """The accepted petitions on no agenda that were to go to an ordinary session."""
    return _off_agenda(session, row, Case.session_on == row.opens_on)


def without_session(session: Session, row: CouncilSession) -> Sequence[Case]:
    """The accepted petitions on no agenda that an ordinary session comes earlier for than others.

    One that was accepted too late for an agenda waits for the president's choice instead.
    """
    later = or_(Case.session_on.is_(None), Case.session_on > row.opens_on)
    return _off_agenda(session, row, and_(later, Case.is_clash.is_(False)))


def _off_agenda(
    session: Session, row: CouncilSession, condition: ColumnElement[bool]
) -> Sequence[Case]:
    if row.session_kind != "ordinary":
        return []
    live = select(Item.case_id).where(Item.case_id == Case.id, Item.state.in_(LIVE))
    return session.scalars(
        select(Case)
        .where(
            Case.authority == row.authority,
            Case.state.in_(ACCEPTED),
            Case.decided_on < row.opens_on,
            condition,
            ~live.exists(),
        )
        .order_by(Case.id)
    ).all()


def clash_choice(session: Session, case_id: UUID, session_id: UUID) -> ClashChoice | None:
    """What the president chose for a petition that came too late for a session's agenda."""
    return session.scalars(
        select(ClashChoice).where(
            ClashChoice.case_id == case_id, ClashChoice.session_id == session_id
        )
    ).one_or_none()


def clashing(session: Session, row: CouncilSession) -> list[Case]:
    """The petitions accepted too late for the agenda of an ordinary session, by reference."""
    if row.session_kind != "ordinary":
        return []
    statement = select(Case).where(
        Case.authority == row.authority,
        Case.is_clash.is_(True),
        Case.session_on == row.opens_on,
        Case.state.in_(ACCEPTED),
    )
    return list(session.scalars(statement.order_by(Case.reference)))


def open_requests(session: Session, session_id: UUID) -> list[AgendaRequest]:
    """The requests of half of the members that have no answer yet."""
    statement = select(AgendaRequest).where(
        AgendaRequest.session_id == session_id,
        AgendaRequest.is_binding.is_(True),
        AgendaRequest.answer.is_(None),
    )
    return list(session.scalars(statement))


def papers_of(
    session: Session, session_id: UUID, items: Sequence[Item]
) -> Sequence[ReceivedOpinion]:
    """The opinions received for a session, or for the petitions on its agenda."""
    cases = [item.case_id for item in items if item.case_id]
    of_agenda = ReceivedOpinion.case_id.in_(cases)
    statement = (
        select(ReceivedOpinion)
        .where(or_(ReceivedOpinion.session_id == session_id, of_agenda))
        .order_by(ReceivedOpinion.submitted_on, ReceivedOpinion.opinion_id)
    )
    return session.scalars(statement).all()


def attachments_of(session: Session, session_id: UUID) -> Sequence[AgendaDocument]:
    """The documents that go with an agenda, the first attached first."""
    statement = select(AgendaDocument).where(
        AgendaDocument.session_id == session_id, AgendaDocument.taken_off_on.is_(None)
    )
    return session.scalars(statement.order_by(AgendaDocument.id)).all()
