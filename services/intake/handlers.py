"""What intake does when others say something: erasures, and the ends of cases they wait for."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from services.intake import redactions
from shared.authority_handlers import AUTHORITY_HANDLERS
from shared.events.cases import CaseClosed, CaseReopened, CaseSnapshot
from shared.events.catalogue import Event
from shared.events.envelope import Received
from shared.events.erasures import ErasureRequested, ErasureSnapshot
from shared.unit_of_work import UnitOfWork
from shared.worker import Handler


def when_erasure_requested_erase_name_in_files(
    uow: UnitOfWork, event: Received[ErasureRequested, ErasureSnapshot]
) -> None:
    """Erase the person's name in files, or say what it waits for."""
    person = UUID(event.after.person)
    redactions.begin_redaction(uow, erasure=UUID(event.key), person=person)


def when_case_closed_look_at_waiting_erasures(
    uow: UnitOfWork, event: Received[CaseClosed, CaseSnapshot]
) -> None:
    """From the day on which a case is closed the days of the retention table are counted."""
    case, people = UUID(event.key), _people(event)
    redactions.hold_files(uow, case, people)
    redactions.note_ended(uow, case, event.acted_on)
    redactions.look_again_for(uow, people)


def when_case_reopened_keep_names_again(
    uow: UnitOfWork, event: Received[CaseReopened, CaseSnapshot]
) -> None:
    """A case that is opened again needs the names of its people, unless they were erased."""
    case, people = UUID(event.key), _people(event)
    redactions.hold_files(uow, case, people)
    redactions.note_opened_again(uow, case)
    redactions.look_again_for(uow, people)


def _people(event: Received[Any, CaseSnapshot]) -> list[UUID]:
    return [UUID(one.person) for one in event.after.people]


HANDLERS: dict[type[Event], Handler] = {
    **AUTHORITY_HANDLERS,
    ErasureRequested: when_erasure_requested_erase_name_in_files,
    CaseClosed: when_case_closed_look_at_waiting_erasures,
    CaseReopened: when_case_reopened_keep_names_again,
}
