"""The recorded days of a transmission corrected by a new act; the days that follow are new."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from services.review import corrections
from services.review.control import rules
from services.review.control.models import Decision
from services.review.control.state import DECISION_WORKFLOW
from services.review.council.office import check_office
from services.review.kept_texts import hash_of
from services.review.sessions.models import CouncilSession
from shared.errors import IllegalMove
from shared.events.corrections import DecisionDatesRectified
from shared.unit_of_work import UnitOfWork
from shared.workflow import Act, move

RECORDED = ("transmit", "rectify_receipt")


@dataclass(frozen=True, kw_only=True)
class RightDates:
    """The civil days of sending and receipt as they were; ``because`` stays inside."""

    governor_receipt_on: date
    because: str
    transmitted_on: date | None = None


def rectify_receipt(uow: UnitOfWork, decision: Decision, right: RightDates, **act: Any) -> Decision:
    """Correct when a decision went to the governor and when he received it (locked by the caller).

    The clock of articles 117 and 118 counts anew from his receipt: a decision that was held
    enforceable too early is with him again. Raises ``IllegalMove`` before the transmission,
    ``GuardRefused`` without a second person or for days out of order.
    """
    check_office(uow, act.get("acted_on") or uow.today)
    old = corrections.old_act(uow, decision, RECORDED)
    if decision.transmitted_on is None or decision.governor_receipt_on is None:
        raise IllegalMove("Nothing is recorded that could be corrected.")
    was_sent, was_received = decision.transmitted_on, decision.governor_receipt_on
    decision.transmitted_on = right.transmitted_on or was_sent
    decision.governor_receipt_on = right.governor_receipt_on
    first_day = rules.enforceability(
        uow.profile, right.governor_receipt_on, visa_needed=bool(decision.visa_needed)
    ).due_on
    decision.enforceable_from = first_day
    session = uow.session.get_one(CouncilSession, decision.session_id)
    facts = {
        **old.facts(uow),
        "on": decision.transmitted_on,
        "today": uow.today,
        "closed_on": session.closed_on,
    }
    what = DecisionDatesRectified(
        was_transmitted_on=was_sent,
        was_receipt_on=was_received,
        governor_receipt_on=right.governor_receipt_on,
        enforceable_if_unopposed_from=first_day,
        reason_sha256=hash_of(right.because),
    )
    done = Act(what=what, corrects=old.event_id, facts=facts, **act)
    told = move(DECISION_WORKFLOW, decision, "rectify_receipt", uow, done)
    corrections.keep_reason(uow, told, right.because)
    return decision
