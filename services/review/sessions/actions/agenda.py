"""The agenda of a session: what goes on it (``schedule``) and what comes off (``put_back``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from services.review.cases import law
from services.review.cases.clocks import await_another_session, stop_clock
from services.review.cases.models import Case
from services.review.cases.workflow import UNDER_WAY
from services.review.council.office import check_office
from services.review.council.queries import members_in_office
from services.review.sessions import queries, rules
from services.review.sessions.actions.versions import KEPT_IN, note_version
from services.review.sessions.attendance import sitting_on
from services.review.sessions.models import CouncilSession, Item
from services.review.sessions.state import ITEM_WORKFLOW
from services.review.sessions.workflow import ItemState, SessionState
from shared.errors import InvalidInput
from shared.events.items import WithdrawalReported
from shared.events.sessions import ItemPostponed, ItemScheduled
from shared.unit_of_work import UnitOfWork
from shared.workflow import Act, move

WITHDRAWN = "petition-withdrawn"
TOLD = ("convened", "opened")
"""States of a session whose members have their notice with the agenda."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """The majority an item needs: by its matter, or by the code of a majority (None: votes cast).

    A code beside a matter must be that of the matter.
    """

    matter: str | None = None
    basis: str | None = None


USUAL = Wanted()


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Who put an item on an agenda (a code), when that came, and how many members asked.

    ``is_again``: the governor stopped the decision on it, so it goes to any session and may have
    had its item.
    """

    kind: str
    on: date | None = None
    members: int | None = None
    is_again: bool = False


def schedule(
    uow: UnitOfWork,
    session: CouncilSession,
    *,
    case_id: UUID | None,
    subject: Mapping[str, str | None] | None,
    wanted: Wanted = USUAL,
    origin: Origin | None = None,
    **act: Any,
) -> Item:
    """Put an accepted petition or a free subject on the agenda of a session (locked by the caller).

    After the call this raises the agenda's version; after the notice it is refused (article 41),
    but for what the law puts there by right: a supplementary notice then tells of it.
    ``subject`` is a subject line of at most 200 characters; it becomes public.
    """
    check_office(uow, on := act.get("acted_on") or uow.today)
    case = _case(uow, case_id) if case_id else None
    origin = origin or Origin(kind="petition" if case else "president")
    item = _proposed(uow, session, origin)
    item.case_id = case_id
    own = rules.majority_of(uow.profile, wanted.matter, on)
    item.matter, item.basis = wanted.matter, wanted.basis or own.basis
    item.subject_line = dict(case.subject_line if case else subject or {})
    facts = {
        "session_state": session.state,
        "session_kind": "ordinary" if origin.is_again else session.session_kind,
        **_decided(case),
        "other_item": _other_item(uow, case, is_again=origin.is_again),
        "clash": _clash(uow, session, case) if case else None,
        "basis_of_matter": own.basis if wanted.matter else None,
        **_origin_facts(uow, session, origin),
    }
    uow.add(item)
    what = ItemScheduled(origin=origin.kind)
    move(ITEM_WORKFLOW, item, "schedule", uow, Act(what=what, facts=facts, **act))
    note_version(uow, session, "added", on=act.get("acted_on"))
    if case is not None:
        stop_clock(uow, case, law.AGENDA)
    return item


def _decided(case: Case | None) -> dict[str, Any]:
    """Where the petition stands, and since when the bureau has accepted it."""
    if case is None:
        return {"case_state": None, "decided_on": None}
    return {"case_state": case.state, "decided_on": case.decided_on}


def _proposed(uow: UnitOfWork, session: CouncilSession, origin: Origin) -> Item:
    return Item(
        state=ItemState.PROPOSED.value,
        session_id=session.id,
        position=queries.next_position(uow.session, session.id),
        added_after_call=session.state in KEPT_IN,
        removed_after_call=False,
        needs_supplement=session.state == SessionState.CONVENED,
        origin=origin.kind,
        origin_on=origin.on,
        origin_members=origin.members,
    )


def _clash(uow: UnitOfWork, session: CouncilSession, case: Case) -> str | None:
    """None where the petition came in time; else the president's choice, or that there is none."""
    if not (case.is_clash and case.session_on == session.opens_on):
        return None
    choice = queries.clash_choice(uow.session, case.id, session.id)
    return choice.choice if choice else "open"


def _origin_facts(uow: UnitOfWork, session: CouncilSession, origin: Origin) -> dict[str, Any]:
    known = {"origin": origin.kind, "origin_on": origin.on, "origin_members": origin.members or 0}
    if origin.kind == "governor":
        known["governor_latest"] = rules.governor_latest(uow.profile, session)
        if origin.on is None or known["governor_latest"] is None:
            raise InvalidInput(
                "The governor's item has the day on which it came, and his receipt is recorded.",
                field="origin_on",
                remedy="Record his receipt of the agenda, then give the day of his letter.",
                article="113-14, 39",
            )
    on = origin.on or uow.today
    known["in_office"] = members_in_office(uow.session, uow.authority, on)
    return known


def put_back(
    uow: UnitOfWork, item: Item, *, session: CouncilSession, reason: str, **act: Any
) -> Item:
    """Take an item off its agenda; its petition may go on another. ``reason`` is a code."""
    check_office(uow, act.get("acted_on") or uow.today)
    item.removed_after_call = session.state in KEPT_IN
    item.postponed_because = reason
    # The case's row comes before the item's, as in the vote and the withdrawal.
    case = uow.get(Case, item.case_id) if item.case_id else None
    done = Act(what=ItemPostponed(reason=reason), **act)
    move(ITEM_WORKFLOW, item, "postpone", uow, done)
    if reason != "session-postponed":
        note_version(uow, session, "removed", on=act.get("acted_on"))
    if case is not None and case.state in UNDER_WAY:
        await_another_session(uow, case, on=act.get("acted_on") or uow.today)
    return item


def put_back_withdrawn(uow: UnitOfWork, case_id: UUID, **act: Any) -> Item | None:
    """Take a withdrawn petition off its agenda, if it is on one and not voted on yet.

    The caller holds the case's row, as the vote does, so one of the two comes first.
    """
    found = queries.item_of_case(uow.session, case_id)
    if found is None or found.state not in queries.ON_AGENDA:
        return None
    item = uow.get(Item, found.id)
    session = queries.row_of(
        uow.session, CouncilSession, authority=uow.authority, id_=item.session_id
    )
    if session.state in TOLD:
        item.withdrawn_on = act.get("acted_on") or uow.today
    return put_back(uow, item, session=session, reason=WITHDRAWN, **act)


def report_withdrawal(
    uow: UnitOfWork, item_id: UUID, *, acted_on: date | None = None, **act: Any
) -> Item:
    """Record that the council was told of a withdrawal, at the opening and without debate.

    Only one that came after the notice is told so. Raises ``GuardRefused`` for any other, for a
    second report, and where no sitting was held on the day.
    """
    seen = queries.row_of(uow.session, Item, authority=uow.authority, id_=item_id)
    session = uow.get(CouncilSession, seen.session_id)
    item = uow.get(Item, item_id)
    on = acted_on or uow.today
    check_office(uow, on)
    sitting = sitting_on(queries.sittings_of(uow.session, session.id), on)
    facts = {
        "on": on,
        "session_state": session.state,
        "opened_on": session.opened_on,
        "sitting": sitting.number if sitting else None,
    }
    what = WithdrawalReported(withdrawn_on=item.withdrawn_on)
    done = Act(what=what, acted_on=acted_on, facts=facts, **act)
    move(ITEM_WORKFLOW, item, "report_withdrawal", uow, done)
    item.reported_on = on
    return item


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
