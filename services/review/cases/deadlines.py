"""What the clocks of cases tell: a term ends soon, was missed, was computed anew.

Missing a term is an event and an alarm, not a state: the act it is for may still be done (for a
refusal, 113-14, article 125). Each alarm is told once for each rule, case and due date.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from services.review.cases import law
from services.review.cases.clock_models import RunningClock
from services.review.cases.clocks import alarm_days, clocks_of, sort_in_queue
from services.review.cases.models import Case
from services.review.cases.state import CASE_WORKFLOW
from services.review.cases.workflow import UNDER_WAY
from services.review.firing import fires_first, not_fired
from services.review.sessions.rules import calendar_for
from shared.events.cases import DeadlineApproaching, DeadlineMissed, DeadlineMoved
from shared.law.clock import due
from shared.unit_of_work import UnitOfWork
from shared.workflow import Act, move


@dataclass(frozen=True, kw_only=True)
class Alarm:
    """One kind of alarm: the column with its day, and what it says to whom.

    A warning or reminder comes only until the legal day; ``level`` 0 tells those who work on the
    file, 1 those above them as well.
    """

    name: str
    day: InstrumentedAttribute[date] | InstrumentedAttribute[date | None]
    is_ahead: bool
    level: int

    def rings(self, today: date) -> ColumnElement[bool]:
        """A condition on running clocks: this alarm is due on a business date."""
        if self.is_ahead:
            return and_(self.day <= today, RunningClock.due_on >= today)
        return self.day < today

    @property
    def trigger(self) -> str:
        """The step of the case that tells it."""
        return "approach_deadline" if self.is_ahead else "miss_deadline"

    def fact(self, clock: RunningClock) -> DeadlineApproaching | DeadlineMissed:
        """What the event says."""
        told = DeadlineApproaching if self.is_ahead else DeadlineMissed
        return told(rule=clock.rule, due_on=clock.due_on, level=self.level)


WARN = Alarm(name="warn", day=RunningClock.warn_on, is_ahead=True, level=0)
REMIND = Alarm(name="remind", day=RunningClock.remind_on, is_ahead=True, level=1)
MISS = Alarm(name="miss", day=RunningClock.due_on, is_ahead=False, level=0)
ESCALATE = Alarm(name="escalate", day=RunningClock.escalate_on, is_ahead=False, level=1)
ALARMS = (WARN, REMIND, MISS, ESCALATE)


def ringing(alarm: Alarm, session: Session, authority: str, today: date) -> list[UUID]:
    """The cases for which an alarm is due and was not told yet, the most urgent first."""
    statement = (
        select(RunningClock.case_id)
        .where(
            RunningClock.authority == authority,
            alarm.rings(today),
            not_fired(_key(alarm, RunningClock.rule), RunningClock.case_id, RunningClock.due_on),
        )
        .group_by(RunningClock.case_id)
        .order_by(func.min(RunningClock.due_on), RunningClock.case_id)
    )
    return list(session.scalars(statement))


def tell(alarm: Alarm, uow: UnitOfWork, case_id: UUID) -> None:
    """Tell one alarm of a case; nothing where the term was met in the meantime."""
    case = uow.get(Case, case_id)
    due_clocks = select(RunningClock).where(RunningClock.case_id == case.id, alarm.rings(uow.today))
    for clock in uow.session.scalars(due_clocks.order_by(RunningClock.rule)).all():
        key = f"{alarm.name}:{clock.rule}"
        if fires_first(uow, key, subject=case.subject, due_on=clock.due_on):
            move(CASE_WORKFLOW, case, alarm.trigger, uow, Act(what=alarm.fact(clock)))


def move_deadlines(uow: UnitOfWork) -> None:
    """Compute the running terms of an authority anew after its calendar changed.

    The legal day never comes earlier than it was told: a term already notified is not shortened.
    """
    for case in uow.session.scalars(_live_cases(uow.authority)).all():
        running = clocks_of(uow, case)
        if not running:
            continue
        for clock in running:
            if not clock.is_given:
                _move(uow, case, clock)
        sort_in_queue(case, running)


def _live_cases(authority: str) -> Select[Case]:
    """Cases with a clock, or whose first one is being started now by whoever holds their lock."""
    running = select(RunningClock.case_id).where(RunningClock.authority == authority)
    is_live = or_(Case.state.in_(UNDER_WAY), Case.id.in_(running))
    return (
        select(Case)
        .where(Case.authority == authority, is_live)
        .order_by(Case.id)
        .with_for_update(of=Case)
        .execution_options(populate_existing=True)
    )


def _move(uow: UnitOfWork, case: Case, clock: RunningClock) -> None:
    pack = law.pack_of_case(case)
    term = due(pack, clock.rule, clock.start_on, holidays=calendar_for(uow.profile))
    was_due_on = clock.due_on
    due_on = max(term.due_on, was_due_on)
    if (due_on, term.safe_on) == (was_due_on, clock.safe_on):
        return
    clock.due_on, clock.safe_on = due_on, term.safe_on
    alarm_days(clock, pack)
    if clock.rule == law.REFUSAL:
        case.refusal_due_on, case.refusal_safe_on = due_on, term.safe_on
    what = DeadlineMoved(rule=clock.rule, due_on=due_on, was_due_on=was_due_on)
    move(CASE_WORKFLOW, case, "move_deadline", uow, Act(what=what))


def _key(alarm: Alarm, rule: InstrumentedAttribute[str]) -> ColumnElement[str]:
    """Under which name an alarm of a rule is noted as told."""
    return literal(f"{alarm.name}:").concat(rule)
