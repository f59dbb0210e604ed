"""The recorded day of an opposition or of the answer on the visa corrected by a new act.

Whether the answer came in its term is judged anew (113-14, articles 117 and 118). A decision that
nothing stops any more goes back to where silence leaves it; its clock then does the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from services.review import corrections
from services.review.control import rules
from services.review.control.actions import term_end
from services.review.control.models import Decision
from services.review.control.state import DECISION_WORKFLOW
from services.review.council.office import check_office
from services.review.kept_texts import hash_of
from services.review.sessions.models import Item
from services.review.sessions.queries import ON_AGENDA
from shared.errors import InvalidInput
from shared.events.corrections import DecisionAnswerRectified
from shared.unit_of_work import UnitOfWork
from shared.workflow import Act, move

OPPOSITION, VISA = "opposition", "visa"
ANSWERS = {OPPOSITION: "opposed_on", VISA: "visa_answered_on"}
"""The kind of answer -> where the decision keeps the day it was received."""


@dataclass(frozen=True, kw_only=True)
class RightAnswer:
    """The civil day on which an opposition or an answer on the visa came; the reason is inside."""

    of: str
    received_on: date
    because: str


def rectify_answer(uow: UnitOfWork, decision: Decision, right: RightAnswer, **act: Any) -> Decision:
    """Correct when the governor's answer was received (decision locked by the caller).

    Raises ``IllegalMove`` where no such answer is recorded, ``GuardRefused`` without a second
    person, for a day before his receipt, or while the decision is on an agenda again;
    ``InvalidInput`` for a day that has not come or is the recorded one.
    """
    check_office(uow, act.get("acted_on") or uow.today)
    old = corrections.old_act(uow, decision, _recorded(decision, right.of))
    was = getattr(decision, ANSWERS[right.of])
    _check(uow, right, was=was)
    granted = _is_granted(uow, decision)
    setattr(decision, ANSWERS[right.of], right.received_on)
    first_day = _first_day(uow, decision, granted=granted)
    decision.enforceable_from = first_day
    stops = _stops(uow, decision, granted=granted)
    facts = {
        **old.facts(uow),
        "received_on": right.received_on,
        "stops": stops,
        "is_on_agenda_again": _is_on_agenda_again(uow, decision),
    }
    what = DecisionAnswerRectified(
        answer=right.of,
        was=was,
        now=right.received_on,
        stops=stops,
        enforceable_if_unopposed_from=None if stops else first_day,
        reason_sha256=hash_of(right.because),
    )
    done = Act(what=what, corrects=old.event_id, facts=facts, **act)
    told = move(DECISION_WORKFLOW, decision, f"rectify_{right.of}", uow, done)
    corrections.keep_reason(uow, told, right.because)
    return decision


def _recorded(decision: Decision, answer: str) -> tuple[str, ...]:
    """The steps that record an answer; what suspends is an opposition where one is known."""
    if answer == OPPOSITION:
        return ("oppose", "suspend", "rectify_opposition") if decision.opposed_on else ()
    steps = ("grant_visa", "refuse_visa", "rectify_visa")
    return steps if decision.opposed_on else (*steps, "suspend")


def _check(uow: UnitOfWork, right: RightAnswer, *, was: date) -> None:
    if right.received_on > uow.today or right.received_on == was:
        raise InvalidInput(
            "The corrected day is another than the recorded one, and not after today, %(today)s.",
            field="received_on",
            remedy="Give the day on which it was received.",
            today=uow.today,
        )


def _is_granted(uow: UnitOfWork, decision: Decision) -> bool:
    """Whether the visa was given in words."""
    return corrections.has_act(uow, decision, ("grant_visa",))


def _first_day(uow: UnitOfWork, decision: Decision, *, granted: bool) -> date:
    """From when it can be carried out: his word at once, else his silence (article 118)."""
    receipt = cast(date, decision.governor_receipt_on)
    silent = rules.enforceability(uow.profile, receipt, visa_needed=bool(decision.visa_needed))
    if granted and decision.visa_answered_on is not None:
        return min(decision.visa_answered_on, silent.due_on)
    return silent.due_on


def _stops(uow: UnitOfWork, decision: Decision, *, granted: bool) -> bool:
    """Whether an opposition, or a refusal of the visa, was received in the governor's term."""
    refused_on = None if granted else decision.visa_answered_on
    last = term_end(uow, decision)
    days = [day for day in (decision.opposed_on, refused_on) if day is not None]
    return last is not None and any(day <= last for day in days)


def _is_on_agenda_again(uow: UnitOfWork, decision: Decision) -> bool:
    if decision.again_item_id is None:
        return False
    return uow.session.get_one(Item, decision.again_item_id).state in ON_AGENDA
