"""What the log remembers of a service's own subjects and its database lacks, while it is filled.

A handler that runs again must not tell anew what it told before: a step that the log holds gets
the id and time that it had, and is not emitted a second time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from shared.db.base import Subject
from shared.errors import TryLater
from shared.events.envelope import Envelope


class NotAsRecorded(TryLater):
    """The handler would now tell something else than the log holds; more must be filled first."""

    code = "not-as-recorded"


class OwnEvents:
    """Events of the service's own subjects that the log holds and its database does not."""

    def __init__(self, events: Iterable[Envelope]) -> None:
        self._by_id = {one.id: one for one in events}
        self._places = {(one.subject, one.sequence) for one in self._by_id.values()}
        self._by_cause: dict[str, list[Envelope]] = defaultdict(list)
        for one in self._by_id.values():
            self._by_cause[one.causationid or ""].append(one)
        self._taken: set[str] = set()

    def __contains__(self, event_id: str) -> bool:
        return event_id in self._by_id

    def __len__(self) -> int:
        return len(self._by_id)

    def left(self) -> list[Envelope]:
        """What the database still lacks, in order of subject and sequence."""
        return sorted(self._by_id.values(), key=lambda one: (one.subject, one.sequence))

    def moment_of(self, cause: str | None) -> datetime | None:
        """When what this event caused was recorded; None where the log holds nothing of it."""
        told = self._by_cause.get(cause or "", ()) if cause else ()
        return min((one.time for one in told), default=None)

    def instead_of(self, made: Envelope, row: Subject) -> Envelope:
        """The event as the log holds it, if it holds this step; a new row gets the id it had.

        Raises ``NotAsRecorded`` when the log holds another event in its place or of its cause.
        """
        caused = self._by_cause.get(made.causationid or "", ()) if made.causationid else ()
        for told in caused:
            if told.id not in self._taken and _is_same_step(told, made):
                self._taken.add(told.id)
                if told.subject != made.subject:
                    row.id = UUID(told.key)
                return told
        if any(one.type == made.type for one in caused) or self._holds(made):
            raise NotAsRecorded("The log holds another event in this place.")
        return made

    def is_told(self, event_id: str) -> bool:
        """Whether this transaction took the event from the log, so that it is not emitted again."""
        return event_id in self._taken

    def settle(self, event_id: str | None = None) -> None:
        """Forget what was just written, and this event: the database has them now."""
        for id_ in {*self._taken, *filter(None, [event_id])}:
            told = self._by_id.pop(id_, None)
            if told is not None:
                self._by_cause[told.causationid or ""].remove(told)
                self._places.discard((told.subject, told.sequence))
        self._taken.clear()

    def let_go(self) -> None:
        """Nothing was written after all."""
        self._taken.clear()

    def _holds(self, made: Envelope) -> bool:
        return (made.subject, made.sequence) in self._places


def _is_same_step(told: Envelope, made: Envelope) -> bool:
    is_same_subject = told.subject == made.subject or (
        made.sequence == 1 and told.kind == made.kind
    )
    return (
        is_same_subject
        and (told.type, told.sequence) == (made.type, made.sequence)
        and told.data.after == made.data.after
    )
