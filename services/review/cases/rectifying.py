"""The bureau's decision corrected by a new act, never by editing: result, reasons or day.

The act names the one it corrects; turning the result round needs another person than who recorded
it, and is not possible while the petition is on an agenda.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select

from services.review import corrections
from services.review.cases import law
from services.review.cases.bureau import check_reasons, named
from services.review.cases.clocks import await_session, start_clock, stop_every_clock
from services.review.cases.models import Case
from services.review.cases.state import CASE_WORKFLOW
from services.review.council.office import check_office
from services.review.kept_texts import hash_of
from services.review.sessions.queries import item_of_case, ordinary_session_dates
from shared.errors import InvalidInput
from shared.events.cases import CaseRectified
from shared.unit_of_work import UnitOfWork
from shared.web.i18n import gettext_noop
from shared.workflow import Act, move, not_possible

DECIDING = ("admit", "refuse", "rectify_to_admitted", "rectify_to_refused")
ADMITTED, REFUSED = "admitted", "refused"


@dataclass(frozen=True, kw_only=True)
class Correction:
    """What the bureau's decision should have said, and why; the reason stays inside.

    Who was there and the explanation to the petitioners stay unless they are said anew.
    """

    to: str
    because: str
    decided_on: date | None = None
    reasons: Sequence[str] = ()
    text: str = ""
    present: Sequence[UUID] = ()


def rectify(uow: UnitOfWork, case: Case, right: Correction, **act: Any) -> Case:
    """Correct the bureau's decision by a new act.

    Raises ``IllegalMove`` where no decision can be corrected, ``GuardRefused`` without a second
    person, ``InvalidInput`` for a refusal without reasons or a day that has not come.
    """
    on = act.get("acted_on") or uow.today
    check_office(uow, on)
    decided = _last_decision(uow, case)
    decided_on = right.decided_on or case.decided_on or on
    _check(uow, case, right, decided_on=decided_on)
    item = item_of_case(uow.session, case.id)
    facts = {
        "actor": uow.actor.id,
        "last_actor": decided.actor_id,
        "is_on_agenda": item is not None,
    }
    was, by = case.state, _there(uow, case, right, decided_on=decided_on)
    is_refused = right.to == REFUSED
    case.decided_on, case.decided_by = decided_on, by
    case.reasons = list(right.reasons) if is_refused else []
    ahead = None if is_refused else _session_ahead(uow, case, decided_on)
    what = CaseRectified(
        was=was,
        now=right.to,
        decided_on=decided_on,
        reasons=list(case.reasons),
        present=by,
        session_on=ahead.session_on if ahead else None,
        is_clash=ahead is not None and ahead.is_clash,
        reason_sha256=hash_of(right.because),
    )
    done = Act(what=what, corrects=decided.event_id, facts=facts, **act)
    told = move(CASE_WORKFLOW, case, f"rectify_to_{right.to}", uow, done)
    case.rectified_because = right.because
    corrections.keep_reason(uow, told, right.because)
    case.is_clash = what.is_clash
    case.refusal_text = (right.text or case.refusal_text) if is_refused else None
    settle(uow, case, session_on=what.session_on)
    return case


def settle(uow: UnitOfWork, case: Case, *, session_on: date | None) -> None:
    """Start and stop what follows from the decision as it stands now, by the case's state."""
    case.refusal_notified_on = None
    stop_every_clock(uow, case)
    if case.state == REFUSED:
        case.session_on = None
        start_clock(uow, case, law.REFUSAL, on=case.filed_on)
    else:
        await_session(uow, case, session_on, on=case.decided_on or uow.today)


def _there(uow: UnitOfWork, case: Case, right: Correction, *, decided_on: date) -> list[str]:
    """Who of the bureau was there: as is said now, else as it was recorded."""
    if right.present or not case.decided_by:
        return named(uow, right.present, on=decided_on)
    return list(case.decided_by)


def _session_ahead(uow: UnitOfWork, case: Case, decided_on: date) -> law.SessionAhead:
    ordinary = ordinary_session_dates(uow.session, uow.authority)
    return law.session_ahead(law.pack_of_case(case), decided_on, ordinary)


def _check(uow: UnitOfWork, case: Case, right: Correction, *, decided_on: date) -> None:
    if right.to == REFUSED and not right.reasons:
        raise InvalidInput(
            "A refusal has at least one reason.",
            field="reasons",
            remedy="Choose the reasons of the list.",
        )
    check_reasons(case, right.reasons if right.to == REFUSED else ())
    if not case.filed_on <= decided_on <= uow.today:
        raise InvalidInput(
            "The bureau decided between the filing, %(filed)s, and today.",
            field="decided_on",
            remedy="Give the day of the decision.",
            filed=case.filed_on,
        )


def _last_decision(uow: UnitOfWork, case: Case) -> Row[Any, Any]:
    """The act that is corrected; raises ``IllegalMove`` where the bureau has not decided."""
    history = uow.base.plumbing.history
    found = uow.session.execute(
        select(history.c.event_id, history.c.actor_id)
        .where(history.c.subject == case.subject, history.c.trigger.in_(DECIDING))
        .order_by(history.c.sequence.desc())
        .limit(1)
    ).first()
    if found is None or case.decided_on is None:
        raise not_possible(
            CASE_WORKFLOW,
            case.state,
            gettext_noop(
                "The bureau has not decided on this petition: there is nothing to correct."
            ),
            remedy=gettext_noop("Record its decision."),
            trigger="rectify",
            article="113-14, 125",
        )
    return found
