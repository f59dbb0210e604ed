"""Checks of conditions and the president's choice of a session, for a fill from the log.

What was noted with a check, and why a session was chosen, is found among the files by its hash.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from uuid import UUID

from services.review.cases.clocks import await_another_session
from services.review.cases.condition_models import CaseCheck
from services.review.cases.models import Case
from services.review.kept_texts import text_of
from services.review.sessions import rules
from services.review.sessions.actions.clashes import NEXT
from services.review.sessions.agenda_models import ClashChoice
from services.review.sessions.models import CouncilSession
from services.review.sessions.workflow import SessionState
from shared.events.envelope import Envelope
from shared.recall import EarlierMissing
from shared.unit_of_work import UnitOfWork


def recall_check(uow: UnitOfWork, case: Case, told: Envelope) -> bool:
    """Bring back one check; False where what was noted with it is not kept any more."""
    said = told.data.what
    note = text_of(uow, said.get("note_sha256"))
    uow.session.add(
        CaseCheck(
            authority=told.authority,
            case_id=case.id,
            condition=said["condition"],
            outcome=said["outcome"],
            note=note or "",
            sha256=said["evidence_sha256"],
            checked_on=told.data.acted_on,
            checked_by=told.actorid,
            checked_as=told.actorrole,
            event_id=UUID(told.id),
            recorded_at=told.time,
        )
    )
    return note is not None or said.get("note_sha256") is None


def recall_choice(uow: UnitOfWork, case: Case, told: Envelope) -> bool:
    """Bring back the president's choice; False where its reason is not kept any more."""
    said = told.data.what
    if uow.find(CouncilSession, said["session"]) is None:
        _plan_again(uow, case, told)
    if said["choice"] == NEXT:
        await_another_session(uow, case, on=told.data.acted_on)
    reason, agreed_on = text_of(uow, said["reason_sha256"]), said.get("governor_agreed_on")
    uow.session.add(
        ClashChoice(
            authority=told.authority,
            case_id=case.id,
            session_id=UUID(said["session"]),
            choice=said["choice"],
            reason=reason or "",
            governor_agreed_on=date.fromisoformat(agreed_on) if agreed_on else None,
            chosen_on=told.data.acted_on,
            recorded_by=told.actorid,
            recorded_at=told.time,
        )
    )
    return reason is not None


def _plan_again(uow: UnitOfWork, case: Case, told: Envelope) -> None:
    """The ordinary session that the choice was about: until its call it is in no event but this."""
    if case.session_on is None:
        raise EarlierMissing("An earlier event of %(subject)s is missing.", subject=case.subject)
    planned = CouncilSession(
        id=UUID(told.data.what["session"]),
        state=SessionState.PLANNED.value,
        sequence=0,
        session_kind="ordinary",
        called_by="president",
        opens_on=case.session_on,
        law_version=rules.pack_for(uow.profile, case.session_on).version,
        planned_at=told.time,
    )
    uow.add(planned)
    uow.session.flush()


CHECKED: Mapping[str, Callable[[UnitOfWork, Case, Envelope], bool]] = {
    "checked": recall_check,
    "session_chosen": recall_choice,
}
