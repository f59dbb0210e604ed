"""Workflows as declared tables, and ``move``: the only way a subject changes its state.

A table is a list of dicts for the ``transitions`` library, plus ``event``, the event class that
the step emits, and ``is_aside`` on steps that are offered to nobody: the service's own, and those
that a guard refuses in that state in any case. One stateless machine serves all rows of a kind;
``move`` writes state, history and event into the caller's unit of work.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Protocol
from uuid import UUID

from transitions import EventData, Machine, MachineError

from shared.db.base import Subject
from shared.errors import GuardRefused, IllegalMove, InvalidInput, TryLater
from shared.events.canonical import to_plain
from shared.events.catalogue import Event, Snapshot
from shared.events.envelope import Data, Envelope
from shared.ids import new_id
from shared.unit_of_work import UnitOfWork
from shared.web.i18n import gettext_noop

ANY = "*"
OWN_KEYS = frozenset({"event", "is_aside"})
"""What the tables say beside what the library reads."""


class StateOf(Protocol):
    """Builds the snapshot of a row; one function per kind."""

    def __call__(self, row: Any) -> Snapshot:
        """The state of ``row`` as events and ``/states`` carry it."""
        ...


@dataclass(frozen=True, kw_only=True)
class Act:
    """One step as a person took it: when, with what to say, and what it corrects.

    ``acted_on`` is a civil date in the authority's zone (None: today's business date);
    ``late_reason`` says why it is recorded later than that; ``facts`` is what guards look at, to
    which ``move`` adds ``acted_on``, the day of the act.
    """

    what: Event
    acted_on: date | None = None
    late_reason: str | None = None
    corrects: UUID | None = None
    facts: Mapping[str, Any] | None = None


@dataclass(frozen=True, kw_only=True)
class Workflow:
    """The states and steps of one kind of subject."""

    kind: str
    states: type[StrEnum]
    table: Sequence[Mapping[str, Any]]
    state_of: StateOf
    machine: Machine

    def event_of(self, trigger: str) -> type[Event]:
        """The event class that a trigger emits."""
        for step in self.table:
            if step["trigger"] == trigger:
                declared: type[Event] = step["event"]
                return declared
        raise KeyError(f"{self.kind} has no trigger {trigger}")

    def triggers_from(self, state: str) -> list[str]:
        """The triggers the table offers from a state, in the table's order; not those aside."""
        return list(dict.fromkeys(step["trigger"] for step in self._offered(state)))

    def acts_from(self, state: str) -> list[type[Event]]:
        """The events of the steps that the table offers from a state, each once."""
        return list(dict.fromkeys(step["event"] for step in self._offered(state)))

    def _offered(self, state: str) -> list[Mapping[str, Any]]:
        return [
            step
            for step in self.table
            if not step.get("is_aside")
            and (step["source"] == ANY or state in _as_list(step["source"]))
        ]


def workflow(
    kind: str, *, states: type[StrEnum], table: Sequence[Mapping[str, Any]], state_of: StateOf
) -> Workflow:
    """Build the machine of a kind from its table."""
    steps = [{key: step[key] for key in step if key not in OWN_KEYS} for step in table]
    for step in steps:
        step["conditions"] = [_as_condition(guard) for guard in step.get("conditions", ())]
    machine = Machine(
        model=None,
        states=[state.value for state in states],
        transitions=steps,
        initial=next(iter(states)).value,
        auto_transitions=False,
        send_event=True,
    )
    return Workflow(kind=kind, states=states, table=table, state_of=state_of, machine=machine)


def with_aside(
    table: Sequence[Mapping[str, Any]], triggers: Collection[str]
) -> list[Mapping[str, Any]]:
    """The table with the steps of some triggers marked as offered to nobody."""
    return [{**step, "is_aside": True} if step["trigger"] in triggers else step for step in table]


def refuses(
    message: str, *, article: str = "", remedy: str = "", field: str | None = None
) -> Callable[[Any], Any]:
    """Give a guard what is told when it says no: the sentence, article, remedy and field."""

    def declare(guard: Any) -> Any:
        guard.message, guard.article = message, article
        guard.remedy, guard.field = remedy, field
        return guard

    return declare


def move(flow: Workflow, row: Subject, trigger: str, uow: UnitOfWork, act: Act) -> Envelope:
    """Take one step: check it against the table, change the row, record history and event.

    Raises ``IllegalMove`` when the table has no such step, ``GuardRefused`` when a rule says no,
    ``InvalidInput`` for a date after the business date or a late act without its reason.
    """
    expected = flow.event_of(trigger)
    if not isinstance(act.what, expected):
        raise TypeError(f"{trigger} emits {expected.__name__}, not {type(act.what).__name__}")
    acted_on, late_days = _acted_on(uow, act)
    before = row.state
    _trigger(flow, row, trigger, {"acted_on": acted_on, **(act.facts or {})})
    row.sequence = (row.sequence or 0) + 1
    data = Data(
        workflow=flow.kind,
        trigger=trigger,
        from_=before,
        to=row.state,
        acted_on=acted_on,
        corrects=str(act.corrects) if act.corrects else None,
        what=to_plain(act.what),
        after=to_plain(flow.state_of(row)),
    )
    envelope = uow.as_told_before(_envelope(uow, row, expected.TYPE, data), row)
    uow.record(row, envelope, _history(envelope, act, late_days))
    return envelope


def _acted_on(uow: UnitOfWork, act: Act) -> tuple[date, int]:
    today = uow.today
    acted_on = act.acted_on or today
    if acted_on > today and uow.cause.causation_id is not None:
        # The act was in time where it was done; the new business date is on its way here.
        raise TryLater("The business date is not known here yet.")
    if acted_on > today:
        raise InvalidInput(
            "The date of an act cannot be after today, %(today)s.",
            field="acted_on",
            remedy="Give the day on which it was done.",
            today=today,
        )
    late_days = (today - acted_on).days
    # What a service does by itself is as late as the act or the day behind it; people give reasons.
    if late_days and not act.late_reason and uow.actor.role != "service":
        raise InvalidInput(
            "This act is recorded after its date, by so many days: %(days)s.",
            field="late_reason",
            remedy="Say why it is recorded late.",
            days=late_days,
        )
    return acted_on, late_days


def _trigger(flow: Workflow, row: Subject, trigger: str, facts: Mapping[str, Any]) -> None:
    before = row.state
    try:
        moved = flow.machine.events[trigger].trigger(row, facts=facts)
    except MachineError as error:
        said = gettext_noop("This step is not possible any more, or not yet.")
        raise not_possible(flow, before, said, trigger=trigger) from error
    if not moved:
        raise _refusal(flow, row, trigger, facts)


def not_possible(
    flow: Workflow, state: str, message: str, *, trigger: str = "", **said: Any
) -> IllegalMove:
    """The refusal of a step from a state, with what the table offers there instead."""
    return IllegalMove(
        message,
        kind=flow.kind,
        state=state,
        trigger=trigger,
        allowed=flow.triggers_from(state),
        offers=flow.acts_from(state),
        **said,
    )


def _refusal(flow: Workflow, row: Subject, trigger: str, facts: Mapping[str, Any]) -> GuardRefused:
    """Name the first rule that says no (transitions only reports that one of them did)."""
    for step in flow.table:
        if step["trigger"] != trigger or row.state not in _as_list(step["source"]):
            continue
        for guard in step.get("conditions", ()):
            if not guard(row, facts):
                return GuardRefused(
                    guard.message, article=guard.article, remedy=guard.remedy, field=guard.field
                )
    raise AssertionError(f"{flow.kind}.{trigger} was refused by no guard")


def _envelope(uow: UnitOfWork, row: Subject, type_: str, data: Data) -> Envelope:
    return Envelope(
        id=str(new_id()),
        source=f"/{uow.context.name}",
        type=type_,
        subject=row.subject,
        time=uow.recorded_at,
        sequence=row.sequence,
        authority=row.authority,
        correlationid=uow.cause.correlation_id,
        causationid=uow.cause.causation_id,
        actorid=uow.actor.id,
        actorrole=uow.actor.role,
        onbehalfof=uow.actor.on_behalf_of,
        traceparent=uow.cause.traceparent,
        data=data,
    )


def _history(envelope: Envelope, act: Act, late_days: int) -> dict[str, Any]:
    return {
        "type": envelope.type,
        "trigger": envelope.data.trigger,
        "from_state": envelope.data.from_,
        "to_state": envelope.data.to,
        "acted_on": envelope.data.acted_on,
        "late_days": late_days,
        "late_reason": act.late_reason,
        "corrects": act.corrects,
        "actor_id": envelope.actorid,
        "actor_role": envelope.actorrole,
        "what": envelope.data.what,
    }


def _as_condition(guard: Callable[[Any, Mapping[str, Any]], bool]) -> Callable[[EventData], bool]:
    def condition(event: EventData) -> bool:
        return guard(event.model, event.kwargs["facts"])

    return condition


def _as_list(source: str | Sequence[str]) -> list[str]:
    return [source] if isinstance(source, str) else list(source)
