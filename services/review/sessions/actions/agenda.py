"""The agenda of a session: what goes on it (``schedule``) and what comes off (``put_back``)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from services.review.cases import law
from services.review.cases.clocks import await_another_session, stop_clock
from services.review.cases.models import Case
from services.review.cases.workflow import UNDER_WAY
from services.review.council.office import check_office
from services.review.sessions import queries
from services.review.sessions.models import CouncilSession, Item
from services.review.sessions.state import ITEM_WORKFLOW
from services.review.sessions.workflow import ItemState, SessionState
from shared.errors import InvalidInput
from shared.events.sessions import ItemPostponed, ItemScheduled
from shared.unit_of_work import UnitOfWork
from shared.workflow import Act, move

WITHDRAWN = "petition-withdrawn"


def schedule(
    uow: UnitOfWork,
    session: CouncilSession,
    *,
    case_id: UUID | None,
    subject: Mapping[str, str | None] | None,
    basis: str = "votes-cast",
    is_again: bool = False,
    **act: Any,
) -> Item:
    """Put an accepted petition or a free subject on the agenda of a session (locked by the caller).

    After the call this raises the agenda's version; after the notice it is refused (article 41).
    ``subject`` is a subject line of at most 200 characters; it becomes public. ``is_again``: the
    governor stopped the decision on it, so it goes to any session and may have had its item.
    """
    check_office(uow, act.get("acted_on") or uow.today)
    case = _case(uow, case_id) if case_id else None
    item = Item(
        state=ItemState.PROPOSED.value,
        session_id=session.id,
        case_id=case_id,
        subject_line=dict(case.subject_line if case else subject or {}),
        position=queries.next_position(uow.session, session.id),
        basis=basis,
        added_after_call=session.state == SessionState.CALLED,
        removed_after_call=False,
    )
    facts = {
        "session_state": session.state,
        "session_kind": "ordinary" if is_again else session.session_kind,
        "case_state": case.state if case else None,
        "other_item": _other_item(uow, case, is_again=is_again),
    }
    uow.add(item)
    move(ITEM_WORKFLOW, item, "schedule", uow, Act(what=ItemScheduled(), facts=facts, **act))
    if case is not None:
        stop_clock(uow, case, law.AGENDA)
    return item


def put_back(
    uow: UnitOfWork, item: Item, *, session: CouncilSession, reason: str, **act: Any
) -> Item:
    """Take an item off its agenda; its petition may go on another. ``reason`` is a code."""
    check_office(uow, act.get("acted_on") or uow.today)
    item.removed_after_call = session.state == SessionState.CALLED
    item.postponed_because = reason
    # The case's row comes before the item's, as in the vote and the withdrawal.
    case = uow.get(Case, item.case_id) if item.case_id else None
    done = Act(what=ItemPostponed(reason=reason), **act)
    move(ITEM_WORKFLOW, item, "postpone", uow, done)
    if case is not None and case.state in UNDER_WAY:
        await_another_session(uow, case, on=act.get("acted_on") or uow.today)
    return item


def put_back_withdrawn(uow: UnitOfWork, case_id: UUID, **act: Any) -> Item | None:
    """Take a withdrawn petition off its agenda, if it is on one and not voted on yet.

    The caller holds the case's row, as the vote does, so one of the two comes first.
    """
    found = queries.item_of_case(uow.session, case_id)
    if found is None or found.state != ItemState.SCHEDULED:
        return None
    item = uow.get(Item, found.id)
    session = queries.row_of(
        uow.session, CouncilSession, authority=uow.authority, id_=item.session_id
    )
    return put_back(uow, item, session=session, reason=WITHDRAWN, **act)


def _other_item(uow: UnitOfWork, case: Case | None, *, is_again: bool) -> Item | None:
    """The item that a petition has already; a vote that is taken again does not count."""
    found = queries.item_of_case(uow.session, case.id) if case else None
    is_voted = found is not None and found.state == ItemState.DELIBERATED
    return None if is_again and is_voted else found


def _case(uow: UnitOfWork, case_id: UUID) -> Case:
    case = uow.find(Case, case_id)
    if case is None:
        raise InvalidInput(
            "There is no petition with this id.",
            field="case",
            remedy="Choose an accepted petition from the list.",
        )
    return case
