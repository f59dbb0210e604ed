"""A decision before and with the governor: its classification, the answer on its visa, its return.

A person classifies each decision before it goes (113-14, article 118); silence gives the visa by
the clock (actions.enforce), a word from the governor at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from services.review import corrections
from services.review.control import rules
from services.review.control.actions import term_end
from services.review.control.models import Decision
from services.review.control.state import DECISION_WORKFLOW
from services.review.control.workflow import HELD_UP, DecisionState
from services.review.council.office import check_office
from services.review.firing import fires_first
from services.review.kept_texts import hash_of
from services.review.sessions.actions.agenda import Origin, Wanted, schedule
from services.review.sessions.models import CouncilSession, Item
from services.review.sessions.queries import row_of
from services.review.sessions.workflow import ItemState
from shared.errors import GuardRefused, InvalidInput
from shared.events.decisions import (
    DecisionClassified,
    DecisionEnforceable,
    EnforceabilitySuspended,
    VisaGranted,
    VisaRefused,
)
from shared.unit_of_work import UnitOfWork
from shared.workflow import Act, move

GRANTED = "visa-granted"


def classify(
    uow: UnitOfWork,
    decision: Decision,
    *,
    matter: str | None,
    because: str | None = None,
    **act: Any,
) -> Decision:
    """Say for which matter of the law a decision needs the visa; None: it needs none.

    The article follows from the authority's rule pack. Saying it again corrects what was said, with
    the reason in ``because``, and by another person where the result changes. Raises
    ``InvalidInput`` for an unknown matter, or for a correction without its reason.
    """
    on = act.get("acted_on") or uow.today
    check_office(uow, on)
    _check_matter(uow, matter, on=on)
    corrects = decision.classified_event
    reason = _why(because) if corrects else None
    facts = {
        "was_needed": decision.visa_needed,
        "classified_by": decision.classified_by,
        "actor": uow.actor.id,
    }
    decision.visa_needed, decision.visa_matter = matter is not None, matter
    decision.visa_article = rules.visa_article(uow.profile, on, visa_needed=matter is not None)
    what = DecisionClassified(
        visa_needed=matter is not None,
        matter=matter,
        article=decision.visa_article,
        reason_sha256=hash_of(reason) if reason else None,
    )
    done = Act(what=what, corrects=corrects, facts=facts, **act)
    told = move(DECISION_WORKFLOW, decision, "classify", uow, done)
    decision.classified_by, decision.classified_event = uow.actor.id, UUID(told.id)
    if reason:
        corrections.keep_reason(uow, told, reason)
    return decision


def _check_matter(uow: UnitOfWork, matter: str | None, *, on: date) -> None:
    if matter is not None and matter not in {one.id for one in rules.visa_matters(uow.profile, on)}:
        raise InvalidInput(
            "The law knows no such matter for the visa.",
            field="matter",
            remedy="Choose one of the matters of the list, or none.",
        )


def _why(because: str | None) -> str:
    """The reason for classifying otherwise than before; raises ``InvalidInput`` without one."""
    if not (because and because.strip()):
        raise InvalidInput(
            "This decision is classified already: classifying it anew corrects that.",
            field="because",
            remedy="Say why it is corrected.",
            article="113-14, 118",
        )
    return because


def answer_visa(
    uow: UnitOfWork,
    decision: Decision,
    *,
    granted: bool,
    received_on: date,
    late_reason: str | None = None,
) -> Decision:
    """Record the answer on the visa by the day it was received.

    Given, the decision can be carried out from that day; refused, it goes back to the council. A
    refusal received in time that is recorded after silence gave the visa suspends the decision.
    """
    if received_on > uow.today:
        raise InvalidInput(
            "An answer on the visa is recorded once it was received; today is %(today)s.",
            field="received_on",
            remedy="Give the day on which it was received.",
            today=uow.today,
        )
    check_office(uow, received_on)
    said: dict[str, Any] = {"acted_on": received_on, "late_reason": late_reason}
    facts = {"received_on": received_on, "term_end": term_end(uow, decision)}
    if granted:
        return _grant(uow, decision, received_on, facts=facts, **said)
    decision.visa_answered_on = received_on
    if decision.state == DecisionState.ENFORCEABLE and decision.visa_needed:
        what = EnforceabilitySuspended(received_on=received_on)
        move(DECISION_WORKFLOW, decision, "suspend", uow, Act(what=what, facts=facts, **said))
        return decision
    refused = Act(what=VisaRefused(received_on=received_on), facts=facts, **said)
    move(DECISION_WORKFLOW, decision, "refuse_visa", uow, refused)
    return decision


def deliberate_again(
    uow: UnitOfWork, decision: Decision, *, session: CouncilSession, **act: Any
) -> Item:
    """Put what the governor stopped on the agenda of a session (113-14, article 117).

    Raises ``GuardRefused`` for a decision that nobody stopped, or that is on an agenda already.
    """
    if decision.state not in HELD_UP:
        raise GuardRefused(
            "Only a decision that the governor opposed goes back to the council.",
            article="113-14, 117",
            remedy="Look at where the decision stands.",
        )
    if decision.again_item_id is not None:
        before = row_of(uow.session, Item, authority=uow.authority, id_=decision.again_item_id)
        if before.state == ItemState.SCHEDULED:
            raise GuardRefused(
                "The decision is on an agenda again already.",
                article="113-14, 117",
                remedy="Look at the agenda it is on.",
            )
    item = schedule(
        uow,
        session,
        case_id=decision.case_id,
        subject=decision.subject_line,
        wanted=_as_before(uow, decision),
        origin=Origin(kind="petition" if decision.case_id else "president", is_again=True),
        **act,
    )
    decision.again_item_id = item.id
    return item


def _as_before(uow: UnitOfWork, decision: Decision) -> Wanted:
    """The majority that the first vote on the item needed: a second sitting has another."""
    item = row_of(uow.session, Item, authority=uow.authority, id_=decision.item_id)
    first = item.calculations[0]["basis"] if item.calculations else item.basis
    return Wanted(matter=item.matter, basis=None if item.matter else first)


def _grant(
    uow: UnitOfWork,
    decision: Decision,
    received_on: date,
    *,
    facts: Mapping[str, Any],
    **said: Any,
) -> Decision:
    """The visa in words, then the decision's first day: two steps, each with its event."""
    granted = Act(what=VisaGranted(received_on=received_on), facts=facts, **said)
    decision.enforceable_from = received_on
    move(DECISION_WORKFLOW, decision, "grant_visa", uow, granted)
    decision.visa_answered_on = received_on
    if fires_first(uow, GRANTED, subject=decision.subject, due_on=received_on):
        done = Act(what=DecisionEnforceable(rule=GRANTED), facts={"today": uow.today}, **said)
        move(DECISION_WORKFLOW, decision, "enforce", uow, done)
    return decision
