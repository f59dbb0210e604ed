"""The governor and the agenda: his receipt, his items' last day, his objections (art. 38 to 41)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from services.review.cases.clocks import await_another_session
from services.review.cases.models import Case
from services.review.cases.workflow import UNDER_WAY
from services.review.council.office import check_office
from services.review.sessions import rules
from services.review.sessions.actions.versions import note_version
from services.review.sessions.models import CouncilSession, Item
from services.review.sessions.state import ITEM_WORKFLOW, SESSION_WORKFLOW
from shared.errors import InvalidInput
from shared.events.sessions import AgendaReceived, ItemObjected, ObjectionSettled
from shared.unit_of_work import UnitOfWork
from shared.workflow import Act, move


@dataclass(frozen=True, kw_only=True)
class Objection:
    """The governor's reasoned objection: when it came, under which article, and his reason."""

    received_on: date
    article: str
    reason: str


def note_receipt(
    uow: UnitOfWork, session: CouncilSession, *, received_on: date, **act: Any
) -> CouncilSession:
    """Record when the governor received the agenda: his eight days run from it (article 39)."""
    on = act.get("acted_on") or uow.today
    check_office(uow, on)
    facts = {"on": on, "received_on": received_on}
    session.governor_received_on = received_on
    what = AgendaReceived(
        received_on=received_on,
        latest_on=rules.governor_latest(uow.profile, session) or received_on,
    )
    move(SESSION_WORKFLOW, session, "note_receipt", uow, Act(what=what, facts=facts, **act))
    return session


def object_to(
    uow: UnitOfWork, item: Item, objection: Objection, *, session: CouncilSession, **act: Any
) -> Item:
    """Record the governor's objection: the council may not deliberate meanwhile (article 41)."""
    check_office(uow, act.get("acted_on") or uow.today)
    facts = {
        "governor_latest": latest_for_governor(uow, session),
        "governor_received_on": session.governor_received_on,
        "session_state": session.state,
    }
    item.objection_received_on = objection.received_on
    item.objection_article, item.objection_reason = objection.article, objection.reason
    item.objection_outcome = None
    what = ItemObjected(received_on=objection.received_on, article=objection.article)
    move(ITEM_WORKFLOW, item, "object", uow, Act(what=what, facts=facts, **act))
    return item


def settle(
    uow: UnitOfWork, item: Item, *, outcome: str, session: CouncilSession, **act: Any
) -> Item:
    """Record how an objection ended: withdrawn, dismissed by the judge, or upheld."""
    check_office(uow, act.get("acted_on") or uow.today)
    item.objection_outcome = outcome
    is_upheld = outcome == "upheld"
    if is_upheld:
        item.postponed_because = "governor-objection"
    trigger = "strike" if is_upheld else "lift"
    move(ITEM_WORKFLOW, item, trigger, uow, Act(what=ObjectionSettled(outcome=outcome), **act))
    if is_upheld:
        case = uow.find(Case, item.case_id) if item.case_id else None
        if case is not None and case.state in UNDER_WAY:
            await_another_session(uow, case, on=act.get("acted_on") or uow.today)
        note_version(uow, session, "objection-upheld", on=act.get("acted_on"))
    return item


def latest_for_governor(uow: UnitOfWork, session: CouncilSession) -> date:
    """The last of the governor's eight days; raises ``InvalidInput`` before his receipt is known.

    What he adds or objects to is measured by that receipt (articles 39 and 41).
    """
    latest = rules.governor_latest(uow.profile, session)
    if latest is None:
        raise InvalidInput(
            "It is not recorded yet when the governor received the agenda.",
            field="received_on",
            remedy="Record his receipt of the agenda first.",
            article="113-14, 39",
        )
    return latest
