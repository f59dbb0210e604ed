"""The statements of a persisted step alone: recorded from steps that are taken back, sent again.

What they take without anything of ours around them says how near to a bare UPDATE a step could
come at all.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import psycopg
from sqlalchemy import event

from services.intake.actions import open_petition
from services.intake.models import Petition
from shared.testing.harness import AUTHORITY, Harness
from shared.unit_of_work import Actor, Cause, unit_of_work

Sent = tuple[str, Any]


class _TakenBack(Exception):
    """Ends a step before its commit."""


def recorded_steps(harness: Harness, ids: Sequence[UUID], actor: Actor) -> list[list[Sent]]:
    """The statements and values of one step for each draft; the drafts stay drafts."""
    steps: list[list[Sent]] = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        steps[-1].append((statement, values))

    engine = harness.context.database.engine
    event.listen(engine, "before_cursor_execute", note)
    for id_ in ids:
        steps.append([])
        cause = Cause(correlation_id=str(id_))
        try:
            with unit_of_work(
                harness.context, authority=AUTHORITY, actor=actor, cause=cause
            ) as uow:
                open_petition(uow, uow.get(Petition, id_))
                raise _TakenBack  # noqa: TRY301 - it ends the block that would commit.
        except _TakenBack:
            continue
    event.remove(engine, "before_cursor_execute", note)
    return steps


def send_again(connection: psycopg.Connection, steps: Sequence[Sequence[Sent]]) -> float:
    """Send the statements of some steps, each step committed; returns the seconds of all."""
    began = time.perf_counter()
    for step in steps:
        for statement, values in step:
            connection.execute(statement.encode(), values)
        connection.commit()
    return time.perf_counter() - began
