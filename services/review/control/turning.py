"""A decision follows its vote when the vote was misrecorded: adopted or rejected by a new act."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select

from services.review import corrections
from services.review.cases import law
from services.review.cases.clocks import start_clock, stop_clock
from services.review.cases.models import Case
from services.review.control.models import Decision
from services.review.control.state import DECISION_WORKFLOW
from services.review.kept_texts import hash_of
from services.review.sessions.models import Item
from shared.events.corrections import DecisionRectified
from shared.unit_of_work import UnitOfWork
from shared.workflow import Act, move

RECORDED = ("adopt", "reject", "turn_to_adopted", "turn_to_rejected")


def decision_on(uow: UnitOfWork, item: Item) -> Decision:
    """The decision that the vote on an item made, under its lock."""
    found = uow.session.scalars(select(Decision.id).where(Decision.item_id == item.id)).one()
    return uow.get(Decision, found)


def turn(
    uow: UnitOfWork,
    decision: Decision,
    *,
    adopted: bool,
    closed_on: date | None,
    because: str,
    **act: Any,
) -> None:
    """Let the decision become what its corrected vote says; its number in the register stays.

    ``because`` is why the vote was corrected. A decision that is adopted after all must go to the
    governor by the day that its session's close on ``closed_on`` gives (113-14, article 116).
    """
    old = corrections.old_act(uow, decision, RECORDED)
    was, now = ("rejected", "adopted") if adopted else ("adopted", "rejected")
    done = Act(
        what=DecisionRectified(was=was, now=now, reason_sha256=hash_of(because)),
        corrects=old.event_id,
        facts=old.facts(uow),
        **act,
    )
    told = move(DECISION_WORKFLOW, decision, f"turn_to_{now}", uow, done)
    corrections.keep_reason(uow, told, because)
    if decision.case_id is not None:
        case = uow.get(Case, decision.case_id)
        follow_result(uow, case, adopted=adopted, closed_on=closed_on)


def follow_result(uow: UnitOfWork, case: Case, *, adopted: bool, closed_on: date | None) -> None:
    """Start or stop the term in which an adopted decision goes to the governor."""
    if not adopted:
        stop_clock(uow, case, law.TRANSMISSION)
    elif closed_on is not None:
        start_clock(uow, case, law.TRANSMISSION, on=closed_on)
