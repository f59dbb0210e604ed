"""Everything that changes a decision: decide, transmit, record_opposition, enforce."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from uuid import UUID

from sqlalchemy import select

from services.review.cases import law
from services.review.cases.clocks import stop_clock
from services.review.cases.models import Case
from services.review.control import rules
from services.review.control.models import Decision, DecisionRegister
from services.review.control.opinions import Reply, check_replies, cite, told
from services.review.control.state import DECISION_WORKFLOW
from services.review.control.workflow import DecisionState
from services.review.council.office import check_office
from services.review.firing import fires_first
from services.review.kept_texts import keep_text
from services.review.sessions.models import CouncilSession, Item
from shared.db.upsert import count_up
from shared.errors import InvalidInput
from shared.events.decisions import (
    DecisionAdopted,
    DecisionEnforceable,
    DecisionOpposed,
    DecisionRedeliberated,
    DecisionRejected,
    DecisionTransmitted,
    EnforceabilitySuspended,
)
from shared.unit_of_work import UnitOfWork
from shared.workflow import Act, move


@dataclass(frozen=True, kw_only=True)
class Transmission:
    """How a decision went to the governor, classified before by a person (classifying.py).

    ``delay_reason`` explains a transmission after the fifteen working days; it stays inside.
    """

    governor_receipt_on: date
    delay_reason: str | None = None


def decide(
    uow: UnitOfWork,
    item: Item,
    *,
    adopted: bool,
    on: date,
    replies: Sequence[Reply] = (),
    **act: Any,
) -> Decision:
    """Enter the council's decision on an item in the register, in the transaction of its vote.

    ``on`` is the civil date of the vote; numbers of a year have no gaps (article 47). Raises
    ``InvalidInput`` while an opinion received on the petition has no reply.
    """
    check_replies(uow, item, replies, on=on)
    number = count_up(uow.session, DecisionRegister.last, authority=uow.authority, year=on.year)
    decision = Decision(
        state=DecisionState.DRAFTED.value,
        number=f"{on.year}/{number}",
        item_id=item.id,
        session_id=item.session_id,
        case_id=item.case_id,
        subject_line=dict(item.subject_line),
        adopted_on=on,
    )
    uow.add(decision)
    trigger = "adopt" if adopted else "reject"
    cite(uow, decision, replies)
    answered = told(replies)
    what = (
        DecisionAdopted(opinions_answered=answered)
        if adopted
        else DecisionRejected(opinions_answered=answered)
    )
    move(DECISION_WORKFLOW, decision, trigger, uow, Act(what=what, **act))
    _replace_old_one(uow, decision, maintained=adopted, **act)
    if decision.case_id is not None:
        stop_clock(uow, uow.get(Case, decision.case_id), law.OPINION_ANSWER)
    return decision


def transmit(
    uow: UnitOfWork,
    decision: Decision,
    sent: Transmission,
    *,
    acted_on: date | None = None,
    **act: Any,
) -> Decision:
    """Record that a decision went to the governor against receipt (113-14, article 116).

    His receipt starts the clocks (articles 117 and 118). Late is allowed; it starts them later.
    """
    on = acted_on or uow.today
    check_office(uow, on)
    session = uow.session.get_one(CouncilSession, decision.session_id)
    first_day = rules.enforceability(
        uow.profile, sent.governor_receipt_on, visa_needed=bool(decision.visa_needed)
    )
    decision.transmitted_on, decision.governor_receipt_on = on, sent.governor_receipt_on
    decision.enforceable_from = first_day.due_on
    decision.delay_reason = sent.delay_reason
    if session.closed_on is not None:
        decision.transmission_due_on = rules.transmission(uow.profile, session.closed_on).due_on
    what = DecisionTransmitted(
        governor_receipt_on=sent.governor_receipt_on,
        visa_needed=bool(decision.visa_needed),
        enforceable_if_unopposed_from=first_day.due_on,
    )
    facts = {"on": on, "today": uow.today, "closed_on": session.closed_on}
    done = Act(what=what, acted_on=acted_on, facts=facts, **act)
    move(DECISION_WORKFLOW, decision, "transmit", uow, done)
    if decision.case_id is not None:
        stop_clock(uow, uow.get(Case, decision.case_id), law.TRANSMISSION)
    return decision


def record_opposition(
    uow: UnitOfWork,
    decision: Decision,
    *,
    received_on: date,
    reason: str | None = None,
    late_reason: str | None = None,
) -> Decision:
    """Record the governor's opposition by its receipt date (113-14, article 117).

    ``reason`` are his, which the law asks for and the council deliberates on; they stay inside.

    One that was received in time and is recorded after the decision became enforceable suspends it;
    nothing is reversed.
    """
    if received_on > uow.today:
        raise InvalidInput(
            "An opposition is recorded once it was received; today is %(today)s.",
            field="received_on",
            remedy="Give the day on which it was received.",
            today=uow.today,
        )
    check_office(uow, received_on)
    is_late = decision.state == DecisionState.ENFORCEABLE
    event = EnforceabilitySuspended if is_late else DecisionOpposed
    kept = keep_text(uow, reason) if reason else None
    what = event(received_on=received_on, reason_sha256=kept)
    decision.opposed_on, decision.opposed_because = received_on, reason
    done = Act(
        what=what,
        acted_on=received_on,
        late_reason=late_reason,
        facts={"received_on": received_on, "term_end": term_end(uow, decision)},
    )
    move(DECISION_WORKFLOW, decision, "suspend" if is_late else "oppose", uow, done)
    return decision


def enforce(uow: UnitOfWork, decision_id: UUID) -> bool:
    """Let a decision become enforceable on its day; False where it is not with him any more.

    The act has the date of the law, however late the clock looked (articles 117 and 118). Raises
    ``GuardRefused`` before that day.
    """
    decision = uow.get(Decision, decision_id)
    if decision.state != DecisionState.TRANSMITTED:
        return False
    on = cast(date, decision.enforceable_from)
    rule = rules.enforceability(
        uow.profile,
        cast(date, decision.governor_receipt_on),
        visa_needed=bool(decision.visa_needed),
    ).rule
    # A correction may lead back to a day on which it was enforceable once: what says whether it is
    # to be told is the state of the row, which is locked; the firing is only noted.
    fires_first(uow, rule, subject=decision.subject, due_on=on)
    what = DecisionEnforceable(rule=rule)
    facts = {"today": uow.today}
    done = Act(what=what, acted_on=on, facts=facts)
    move(DECISION_WORKFLOW, decision, "enforce", uow, done)
    return True


def _replace_old_one(uow: UnitOfWork, new: Decision, *, maintained: bool, **act: Any) -> None:
    """End the decision that the governor stopped, once the council voted on it again."""
    old = uow.session.scalars(
        select(Decision).where(
            Decision.authority == uow.authority, Decision.again_item_id == new.item_id
        )
    ).one_or_none()
    if old is None:
        return
    decision = uow.get(Decision, old.id)
    what = DecisionRedeliberated(decision=str(new.id), maintained=maintained)
    facts = {"item": new.item_id}
    move(DECISION_WORKFLOW, decision, "redeliberate", uow, Act(what=what, facts=facts, **act))


def term_end(uow: UnitOfWork, decision: Decision) -> date | None:
    """The governor's last day; None before a receipt, when no opposition is possible anyway."""
    if decision.governor_receipt_on is None:
        return None
    return rules.control_end(
        uow.profile, decision.governor_receipt_on, visa_needed=bool(decision.visa_needed)
    ).due_on
