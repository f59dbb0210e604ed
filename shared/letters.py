"""A dead letter as a subject: discarding one is a step like any other, and an event."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any

from sqlalchemy.orm import Session

from shared.context import ServiceContext
from shared.db.base import Subject
from shared.db.contents import Marked
from shared.db.entering import Entrance
from shared.errors import TryLater
from shared.events.letters import LetterDiscarded, LetterSnapshot
from shared.ids import new_id
from shared.unit_of_work import Actor, Cause, UnitOfWork
from shared.workflow import Act, move, workflow


class LetterState(StrEnum):
    """A letter that is retried is none any more; only a discarded one is told of."""

    DEAD = "dead"
    DISCARDED = "discarded"


TRANSITIONS = [
    {
        "trigger": "discard",
        "source": "dead",
        "dest": "discarded",
        "event": LetterDiscarded,
    },
]


@dataclass(frozen=True, kw_only=True)
class Discarded:
    """Which event is passed over, under which id, and why."""

    envelope: Marked
    event: str
    reason: str


class Letter(Subject):
    """No row of a table of its own: what is kept of it stands in ``inbox_discarded``."""

    kind = "letter"

    def __init__(self, service: str, discarded: Discarded) -> None:
        self.id, self.state, self.sequence = new_id(), LetterState.DEAD.value, 0
        self.authority = discarded.envelope.authority
        self.service, self.discarded = service, discarded


def state_of_letter(row: Any) -> LetterSnapshot:
    """The snapshot of a letter."""
    envelope: Marked = row.discarded.envelope
    return LetterSnapshot(
        state=row.state,
        service=row.service,
        event=row.discarded.event,
        about=envelope.subject,
        sequence=envelope.sequence,
        type=envelope.type,
        reason_sha256=sha256(row.discarded.reason.encode()).hexdigest(),
    )


LETTER_WORKFLOW = workflow(
    "letter", states=LetterState, table=TRANSITIONS, state_of=state_of_letter
)


def tell_discarded_within(
    session: Session,
    context: ServiceContext,
    discarded: Discarded,
    *,
    moment: datetime,
    actor: Actor,
    cause: Cause,
) -> bool:
    """`tell_discarded` in a transaction over every authority that began at ``moment``."""
    authority = discarded.envelope.authority
    uow = UnitOfWork(
        context=context,
        entrance=Entrance(session, authority, moment=moment),
        authority=authority,
        actor=actor,
        cause=cause,
    )
    return tell_discarded(uow, discarded)


def tell_discarded(uow: UnitOfWork, discarded: Discarded) -> bool:
    """Emit ``letter.discarded``; False for an authority that is not known here, and so has no day.

    Whoever decided and why is kept in either case.
    """
    try:
        _ = uow.profile
    except TryLater:
        return False
    letter = Letter(uow.context.name, discarded)
    move(
        LETTER_WORKFLOW,
        letter,
        "discard",
        uow,
        Act(what=LetterDiscarded(event=discarded.event)),
    )
    return True
