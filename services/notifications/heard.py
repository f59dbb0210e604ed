"""An event that was heard, with the case it is about as this service knows it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from services.notifications import queries
from services.notifications.models import KnownCase
from shared.events.envelope import Received
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Heard:
    """One event in its unit of work: who is told of it and what they are told is found from it."""

    uow: UnitOfWork
    event: Received[Any, Any]

    @cached_property
    def case(self) -> KnownCase | None:
        """The case that the subject is about, None where it is about none; read at most once.

        Raises ``TryLater`` while the case is not known here.
        """
        case_id = getattr(self.event.after, "case", None)
        if case_id is None:
            return None
        return queries.known_case(self.uow.session, self.uow.authority, case_id)
