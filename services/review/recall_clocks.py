"""The running clocks of cases as their events started and stopped them, for a fill from the log."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from uuid import UUID

from services.review.cases import clocks, law
from services.review.cases.clock_models import RunningClock
from services.review.cases.models import Case
from services.review.cases.rectifying import settle
from services.review.cases.referred import refer_on, refer_to
from services.review.cases.referring import await_reports
from services.review.cases.workflow import UNDER_WAY
from services.review.control import rules as control_rules
from services.review.control.queries import cases_to_transmit
from services.review.firing import fires_first
from services.review.sessions.models import CouncilSession, Item
from shared.events.envelope import Envelope
from shared.recall import EarlierMissing
from shared.unit_of_work import UnitOfWork

Step = Callable[[UnitOfWork, Case, Envelope], None]
ALARMS = {
    ("deadline_approaching", 0): "warn",
    ("deadline_approaching", 1): "remind",
    ("deadline_missed", 0): "miss",
    ("deadline_missed", 1): "escalate",
}
"""Which alarm of deadlines.py an event was, by its level."""


def follow_case(uow: UnitOfWork, case: Case, told: Envelope) -> None:
    """Start, stop or move the clocks of a case as one of its events did."""
    step = _STEPS.get(told.type.split(".")[1])
    if step is not None:
        step(uow, case, told)


OFF_AGENDA = ("postponed", "sent_back")


def follow_item(uow: UnitOfWork, item: Item, told: Envelope) -> None:
    """A petition on an agenda waits for none; one that came off waits for the next."""
    step = told.type.split(".")[1]
    if item.case_id is None or told.data.trigger == "hold_over":
        return
    if step == "scheduled":
        clocks.stop_clock(uow, known_case(uow, item.case_id), law.AGENDA)
    elif step in OFF_AGENDA and (case := known_case(uow, item.case_id)).state in UNDER_WAY:
        clocks.await_another_session(uow, case, on=told.data.acted_on)


def follow_session(uow: UnitOfWork, session: CouncilSession, told: Envelope) -> None:
    """From the close decisions and the register must go to the governor (articles 116 and 67)."""
    if told.type.split(".")[1] == "closed":
        session.register_awaited_until = control_rules.register(uow.profile, told.data.acted_on)
        for case_id in cases_to_transmit(uow.session, session.id):
            case = known_case(uow, case_id)
            clocks.start_clock(uow, case, law.TRANSMISSION, on=told.data.acted_on)


def stop_for_case(uow: UnitOfWork, case_id: UUID | str, rule: str) -> None:
    """End the clock of a case that an event of another subject met."""
    clocks.stop_clock(uow, known_case(uow, case_id), rule)


def known_case(uow: UnitOfWork, case_id: UUID | str) -> Case:
    """The case under its lock; raises ``EarlierMissing`` while its first event is to come."""
    case = uow.find(Case, case_id)
    if case is None:
        raise EarlierMissing("An earlier event of %(subject)s is missing.", subject=case_id)
    return case


def _open(uow: UnitOfWork, case: Case, told: Envelope) -> None:
    clocks.begin_clocks(uow, case, (law.REFUSAL, law.BUREAU), on=told.data.acted_on)


def _await_completion(uow: UnitOfWork, case: Case, told: Envelope) -> None:
    due_on = date.fromisoformat(told.data.what["due_on"])
    clocks.start_clock_to(uow, case, law.COMPLETION, on=told.data.acted_on, due_on=due_on)


def _complete(uow: UnitOfWork, case: Case, _told: Envelope) -> None:
    clocks.stop_clock(uow, case, law.COMPLETION)


def _admit(uow: UnitOfWork, case: Case, told: Envelope) -> None:
    clocks.stop_every_clock(uow, case)
    said = told.data.what["session_on"]
    session_on = date.fromisoformat(said) if said else None
    clocks.await_session(uow, case, session_on, on=told.data.acted_on)


def _refuse(uow: UnitOfWork, case: Case, _told: Envelope) -> None:
    clocks.stop_clocks_but(uow, case, law.REFUSAL)


def _refer(uow: UnitOfWork, case: Case, told: Envelope) -> None:
    refer_to(case, uow.profile, told.data.what["committee"], on=told.data.acted_on)
    await_reports(uow, case)


def _refer_on(uow: UnitOfWork, case: Case, told: Envelope) -> None:
    refer_on(case, uow.profile, told.data.what["committee"], on=told.data.acted_on)
    await_reports(uow, case)


def _rectify(uow: UnitOfWork, case: Case, told: Envelope) -> None:
    said = told.data.what.get("session_on")
    settle(uow, case, session_on=date.fromisoformat(said) if said else None)


def _reopen(uow: UnitOfWork, case: Case, _told: Envelope) -> None:
    clocks.start_clock(uow, case, law.REFUSAL, on=case.filed_on)


def _end(uow: UnitOfWork, case: Case, _told: Envelope) -> None:
    clocks.stop_every_clock(uow, case)


def _ring(uow: UnitOfWork, _case: Case, told: Envelope) -> None:
    """What was told is not told again."""
    said = told.data.what
    name = ALARMS[told.type.split(".")[1], said.get("level", 0)]
    due_on = date.fromisoformat(said["due_on"])
    fires_first(uow, f"{name}:{said['rule']}", subject=told.subject, due_on=due_on)


def _move(uow: UnitOfWork, case: Case, told: Envelope) -> None:
    said = told.data.what
    clock = uow.session.get(RunningClock, (case.id, said["rule"]))
    if clock is not None:
        clock.due_on = date.fromisoformat(said["due_on"])
        clock.safe_on = case.refusal_safe_on if clock.rule == law.REFUSAL else clock.due_on
        clocks.alarm_days(clock, law.pack_of_case(case))
    clocks.sort_in_queue(case, clocks.clocks_of(uow, case))


_STEPS: Mapping[str, Step] = {
    "opened": _open,
    "completion_requested": _await_completion,
    "completed": _complete,
    "admitted": _admit,
    "refused": _refuse,
    "rectified": _rectify,
    "refusal_notified": _end,
    "referred": _refer,
    "referred_on": _refer_on,
    "reopened": _reopen,
    "withdrawn": _end,
    "reclassified": _end,
    "closed": _end,
    "deadline_approaching": _ring,
    "deadline_missed": _ring,
    "deadline_moved": _move,
}
