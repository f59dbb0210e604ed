"""What sessions, sittings and items look like to others: their snapshots and workflows."""

from __future__ import annotations

from services.review.sessions.models import CouncilSession, Item, Sitting
from services.review.sessions.sitting_workflow import SITTING_TRANSITIONS, SittingState
from services.review.sessions.workflow import (
    ITEM_TRANSITIONS,
    SESSION_TRANSITIONS,
    ItemState,
    SessionState,
)
from shared.converting import convert
from shared.events.sessions import ItemSnapshot, SessionSnapshot
from shared.events.sittings import SittingSnapshot
from shared.events.texts import Texts
from shared.workflow import workflow


def state_of_session(row: CouncilSession) -> SessionSnapshot:
    """The snapshot of a session."""
    return SessionSnapshot(
        state=row.state,
        session_kind=row.session_kind,
        called_by=row.called_by,
        opens_on=row.opens_on,
        agenda_to_governor_on=row.agenda_to_governor_on,
        notice_to_members_on=row.notice_to_members_on,
        agenda_version=row.agenda_version,
        closed_on=row.closed_on,
        governor_received_on=row.governor_received_on,
        extended_until=row.extended_until,
    )


def state_of_sitting(row: Sitting) -> SittingSnapshot:
    """The snapshot of a sitting."""
    return SittingSnapshot(
        state=row.state,
        session=str(row.session_id),
        call=row.call,
        held_on=row.held_on,
        in_office=row.in_office,
        present=row.present,
        needed=row.needed,
        # Sittings of before this field was recorded were one a call; it is told of further ones.
        number=row.number if row.call == 0 else None,
        private_for=row.private_for,
        ended_on=row.ended_on,
    )


def state_of_item(row: Item) -> ItemSnapshot:
    """The snapshot of an item of an agenda."""
    return ItemSnapshot(
        state=row.state,
        session=str(row.session_id),
        case=str(row.case_id) if row.case_id else None,
        subject=convert(row.subject_line, Texts),
        position=row.position,
        basis=row.basis,
        matter=row.matter,
        votes_for=row.votes_for,
        votes_against=row.votes_against,
        abstentions=row.abstentions,
    )


SESSION_WORKFLOW = workflow(
    "session", states=SessionState, table=SESSION_TRANSITIONS, state_of=state_of_session
)
SITTING_WORKFLOW = workflow(
    "sitting", states=SittingState, table=SITTING_TRANSITIONS, state_of=state_of_sitting
)
ITEM_WORKFLOW = workflow("item", states=ItemState, table=ITEM_TRANSITIONS, state_of=state_of_item)
KINDS = (
    (CouncilSession, SESSION_WORKFLOW),
    (Sitting, SITTING_WORKFLOW),
    (Item, ITEM_WORKFLOW),
)
