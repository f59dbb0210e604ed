"""The clocks of a case, started and stopped by the acts that begin and end a term.

A running clock is a row with the days on which it warns, reminds, is missed and goes to those
above; deadlines.py tells them. The queue of the secretariat is sorted by the earliest day to act.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from sqlalchemy import select

from services.review.cases import law
from services.review.cases.clock_models import RunningClock
from services.review.cases.models import NOT_URGENT, Case
from services.review.cases.workflow import CaseState
from services.review.sessions.queries import ordinary_session_dates
from services.review.sessions.rules import calendar_for
from shared.law.clock import due
from shared.law.pack import Pack
from shared.unit_of_work import UnitOfWork

WARNING = "deadline-warning"
REMINDER = "deadline-reminder"
ESCALATION = "deadline-escalation"
WARN_DAYS = 14
"""How long before the safe day the first warning comes where the authority has set nothing."""


def begin_clocks(uow: UnitOfWork, case: Case, rules: Sequence[str], *, on: date) -> None:
    """Start the clocks of a case that was opened just now, so that none has to be looked for."""
    made = [clock for rule in rules if (clock := _clock(uow, case, rule, on=on))]
    for clock in made:
        _set(uow, case, clock)
    uow.session.add_all(made)
    sort_in_queue(case, made)


def start_clock(uow: UnitOfWork, case: Case, rule: str, *, on: date) -> None:
    """Let a term of a case run from a civil date; starting it again restarts it.

    A term that the law leaves to the authority runs only where the case keeps a rule for it. The
    caller holds the case's lock, as a change of the calendar does: one of both sees the other.
    """
    uow.renewed_profile()
    clock = _clock(uow, case, rule, on=on)
    if clock is not None:
        _run(uow, case, clock)


def start_clock_to(uow: UnitOfWork, case: Case, rule: str, *, on: date, due_on: date) -> None:
    """Let a clock run to a day that a person gave, such as the one to complete the file by."""
    clock = RunningClock(rule=rule, start_on=on, due_on=due_on, safe_on=due_on, is_given=True)
    _run(uow, case, clock)


def stop_clock(uow: UnitOfWork, case: Case, rule: str) -> None:
    """End the clock of a rule, if it runs."""
    _keep(uow, case, lambda clock: clock.rule != rule)


def stop_clocks_but(uow: UnitOfWork, case: Case, rule: str) -> None:
    """End every clock but that of a rule."""
    _keep(uow, case, lambda clock: clock.rule == rule)


def stop_every_clock(uow: UnitOfWork, case: Case) -> None:
    """End all clocks of a case that came to its end."""
    _keep(uow, case, lambda _clock: False)


def await_session(uow: UnitOfWork, case: Case, session_on: date | None, *, on: date) -> None:
    """Let the clock run by which an accepted petition must be on the agenda of its session.

    An agenda whose last day has passed already starts none: the president is asked what to do.
    """
    case.session_on = session_on
    latest = due(law.pack_of_case(case), law.AGENDA, session_on).due_on if session_on else None
    if latest is not None and latest >= on:
        start_clock_to(uow, case, law.AGENDA, on=on, due_on=latest)
    else:
        stop_clock(uow, case, law.AGENDA)


def await_another_session(uow: UnitOfWork, case: Case, *, on: date) -> None:
    """Plan a petition that came off its agenda for the next session whose agenda is not sent."""
    pack, ordinary = law.pack_of_case(case), ordinary_session_dates(uow.session, uow.authority)
    ahead = [day for day in ordinary if due(pack, law.AGENDA, day).due_on >= on]
    # Its agenda is still to be sent, so nothing is left for the president to choose.
    case.is_clash = False
    await_session(uow, case, min(ahead, default=None), on=on)


def clocks_of(uow: UnitOfWork, case: Case) -> Sequence[RunningClock]:
    """The clocks of a case that run, the most urgent first."""
    return uow.session.scalars(
        select(RunningClock)
        .where(RunningClock.case_id == case.id)
        .order_by(RunningClock.safe_on, RunningClock.rule)
    ).all()


def sort_in_queue(case: Case, running: Sequence[RunningClock]) -> None:
    """Put the case where its most urgent clock belongs in the secretariat's queue."""
    # An accepted petition for which no session is planned waits for that since the decision.
    otherwise = case.decided_on if case.state == CaseState.ADMITTED else None
    earliest = min((clock.safe_on for clock in running), default=None)
    case.urgent_on = earliest or otherwise or NOT_URGENT


def alarm_days(clock: RunningClock, pack: Pack) -> None:
    """Set the days of a clock's alarms: warning, reminder, and when those above are told.

    The first warning never comes in the first half of a term, so a short one is not announced on
    the day it begins. Without a local rule nobody is reminded a second time or told above.
    """
    half = clock.start_on + (clock.safe_on - clock.start_on) / 2
    days = {rule: _local_days(pack, rule) for rule in (WARNING, REMINDER, ESCALATION)}
    warn_days = timedelta(days=days[WARNING] or WARN_DAYS)
    clock.warn_on = max(clock.safe_on - warn_days, half)
    remind, escalate = days[REMINDER], days[ESCALATION]
    remind_on = clock.safe_on - timedelta(days=remind) if remind else None
    clock.remind_on = remind_on if remind_on and remind_on > clock.warn_on else None
    clock.escalate_on = clock.due_on + timedelta(days=escalate) if escalate else None


def _clock(uow: UnitOfWork, case: Case, rule: str, *, on: date) -> RunningClock | None:
    """The clock of a rule from a day; None where the authority has no such rule."""
    pack = law.pack_of_case(case)
    if rule not in pack.term_by_id:
        return None
    term = due(pack, rule, on, holidays=calendar_for(uow.profile))
    return RunningClock(rule=rule, start_on=on, due_on=term.due_on, safe_on=term.safe_on)


def _set(uow: UnitOfWork, case: Case, clock: RunningClock) -> None:
    clock.authority, clock.case_id = uow.authority, case.id
    alarm_days(clock, law.pack_of_case(case))


def _run(uow: UnitOfWork, case: Case, clock: RunningClock) -> None:
    _set(uow, case, clock)
    running = clocks_of(uow, case)
    if any(other.rule == clock.rule for other in running):
        uow.session.merge(clock)
    else:
        uow.session.add(clock)
    others = [other for other in running if other.rule != clock.rule]
    sort_in_queue(case, [*others, clock])


def _keep(uow: UnitOfWork, case: Case, is_kept: Callable[[RunningClock], bool]) -> None:
    running = clocks_of(uow, case)
    for clock in running:
        if not is_kept(clock):
            uow.session.delete(clock)
    sort_in_queue(case, [clock for clock in running if is_kept(clock)])


def _local_days(pack: Pack, rule: str) -> int | None:
    """The days of one of the authority's own rules about alarms, None where it has set none."""
    term = pack.term_by_id.get(rule)
    return term.value if term else None
