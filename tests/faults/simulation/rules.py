"""What must hold when a run has come to rest, the rules for acts that meet included."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from services.audit.workflow_tables import WorkflowTables
from shared.broker.topology import SUBSCRIPTIONS
from shared.testing.installation import ROOT
from tests.faults.simulation.world import SERVICES, World

TABLES = WorkflowTables(ROOT / "docs/contracts/workflows")
STEPS = (
    'SELECT subject, sequence, type, "trigger", from_state, to_state, actor_role FROM history'
    " ORDER BY subject, sequence"
)
OVER = ("refused", "withdrawn", "reclassified", "closed")


def violations(world: World) -> list[str]:
    """Every rule that does not hold, in a line each."""
    steps = {service: world.rows(service, STEPS) for service in SERVICES}
    return [
        *_petitions_have_cases(world),
        *(line for service in SERVICES for line in _steps_are_legal(steps[service])),
        *_consumers_are_level(world, steps),
        *_withdrawals_are_answered(steps),
        *_opinions_are_received(world, steps),
        *_nothing_is_left(world),
        *world.untold,
    ]


def _petitions_have_cases(world: World) -> Iterator[str]:
    filed = world.rows("intake", "SELECT id, reference FROM petition WHERE state = 'filed'")
    cases = world.rows("review", 'SELECT id, reference FROM "case"')
    if sorted(map(tuple, filed)) != sorted(map(tuple, cases)):
        yield f"I2 filed {filed}, cases {cases}"
    numbers = sorted(int(row.reference.rsplit("/", 1)[1]) for row in filed)
    years = Counter(row.reference.rsplit("/", 1)[0] for row in filed)
    if len(years) == 1 and numbers != list(range(1, len(numbers) + 1)):
        yield f"I3 numbers {numbers}"


def _steps_are_legal(steps: list[Any]) -> Iterator[str]:
    last: dict[str, tuple[int, str]] = {}
    for row in steps:
        sequence, state = last.get(row.subject, (0, row.from_state))
        if row.sequence != sequence + 1:
            yield f"I6 {row.subject} has {row.sequence} after {sequence}"
        step = (row.trigger, row.from_state, row.to_state, row.type)
        if row.from_state != state or not TABLES.allows(row.subject.split("/")[0], step):
            yield f"I7 {row.subject} took {step} in state {state}"
        last[row.subject] = (row.sequence, row.to_state)


def _consumers_are_level(world: World, steps: dict[str, list[Any]]) -> Iterator[str]:
    reached = {row.subject: row.sequence for rows in steps.values() for row in rows}
    for service in SERVICES:
        rows = world.rows(service, "SELECT subject, sequence FROM inbox_cursor")
        cursors = {row.subject: row.sequence for row in rows}
        for subject, sequence in reached.items():
            is_taken = subject.split("/")[0] in SUBSCRIPTIONS[service]
            if is_taken and cursors.get(subject) != sequence:
                yield f"I11 {service} is at {cursors.get(subject)} of {sequence} of {subject}"


def _withdrawals_are_answered(steps: dict[str, list[Any]]) -> Iterator[str]:
    """Race "withdrawal asked / decision": each request has one answer, done or refused."""
    asked = Counter(
        row.subject.split("/")[1] for row in steps["intake"] if row.trigger == "request_withdrawal"
    )
    answers = Counter(
        row.subject.split("/")[1]
        for row in steps["review"]
        if row.trigger == "refuse_withdrawal"
        or (row.trigger == "withdraw" and row.actor_role == "service")
    )
    if asked != answers:
        yield f"race: withdrawals asked {dict(asked)}, answered {dict(answers)}"


def _opinions_are_received(world: World, steps: dict[str, list[Any]]) -> Iterator[str]:
    """Race "opinion submitted / lapse / vote": each is received once; a lapse in time is undone."""
    handed_in = Counter(
        row.subject.split("/")[1] for row in steps["opinions"] if row.trigger == "submit"
    )
    received = world.rows("review", "SELECT opinion_id FROM received_opinion")
    if Counter(_plain(row[0]) for row in received) != handed_in:
        yield f"race: opinions {dict(handed_in)} handed in, {len(received)} received"
    known = world.rows("opinions", "SELECT id, state FROM known_consultation")
    asked = world.rows("review", "SELECT id, state FROM consultation")
    if sorted(map(tuple, known)) != sorted(map(tuple, asked)):
        yield f"opinions knows {known}, review has {asked}"
    late = world.rows(
        "review",
        "SELECT c.id FROM consultation c JOIN received_opinion o ON o.consultation_id = c.id"
        " WHERE c.state = 'lapsed' AND o.submitted_on <= c.due_on",
    )
    yield from (f"race: {row.id} is lapsed though its opinion came in time" for row in late)


def _nothing_is_left(world: World) -> Iterator[str]:
    yield from (f"I11 dead at {service}: {reason}" for service, reason in world.bus.dead)
    for service in SERVICES:
        parked = world.rows(service, "SELECT subject, sequence, reason FROM inbox_parked")
        yield from (f"I11 {service} still holds {tuple(row)}" for row in parked)


def _plain(value: Any) -> str:
    text = str(value)
    return (
        f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
        if "-" not in text
        else text
    )
