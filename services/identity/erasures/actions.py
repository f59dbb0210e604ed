"""Everything that changes an erasure. Names in files are intake's part (its redactions.py)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from services.identity.accounts.queries import PURPOSE as ACCOUNT
from services.identity.erasures.accounts import end_own_roles, erase_account, holds_role
from services.identity.erasures.models import Erasure
from services.identity.erasures.queries import held_an_office, is_asked
from services.identity.erasures.state import ERASURE_WORKFLOW
from services.identity.erasures.workflow import ErasureState
from shared.db.wall import beyond_wall
from shared.events.erasures import (
    ErasureCarriedOut,
    ErasurePutOff,
    ErasureRefused,
    ErasureRequested,
    RedactionSnapshot,
)
from shared.unit_of_work import UnitOfWork
from shared.workflow import Act, move

ANSWER_WITHIN = timedelta(days=10)
"""Law 09-08, article 8, from the day on which it was asked for."""

NAMES, DOCUMENTS, MEMBER = "petition", "petition-documents", "council-member"
ROLE_HELD = "role-held"
NOTHING_HELD, PUBLIC_ACT = "nothing-held", "public-act"
OVER = (ErasureState.DONE.value, ErasureState.REFUSED.value)


def request_erasure(
    uow: UnitOfWork, person: UUID, *, ground: str, acted_on: date | None = None, **act: Any
) -> Erasure:
    """Record that the erasure of a person's data was asked for, on the day ``acted_on``.

    Raises ``GuardRefused`` while an earlier request for the person is under way.
    """
    facts = {"is_asked": is_asked(uow.session, uow.authority, person)}
    # A day to come is refused by the step; nothing is counted from it before.
    requested_on = min(acted_on or uow.today, uow.today)
    erasure = uow.add(
        Erasure(
            state=ErasureState.NEW.value,
            person_id=person,
            ground=ground,
            requested_on=requested_on,
            answer_due_on=requested_on + ANSWER_WITHIN,
            names_settled=False,
            waits_for=[],
            erased=[],
            stays=[],
        )
    )
    done = Act(what=ErasureRequested(), acted_on=acted_on, facts=facts, **act)
    move(ERASURE_WORKFLOW, erasure, "ask", uow, done)
    return erasure


def wait_for_names(uow: UnitOfWork, erasure: Erasure, told: RedactionSnapshot) -> None:
    """Say for what the names in files wait; the account waits for them."""
    if erasure.state not in OVER:
        _put_off(uow, erasure, told.waits_for, told.until_on)


def settle(uow: UnitOfWork, erasure: Erasure, told: RedactionSnapshot) -> None:
    """Go on once the names in files are dealt with, and the documents with them."""
    if erasure.state in OVER:
        return
    erasure.names_settled = True
    erasure.erased, erasure.stays = list(told.erased), list(told.stays)
    if told.files and not told.erased:
        # Told before purposes were: names went, documents stayed.
        erasure.erased, erasure.stays = [NAMES], [DOCUMENTS]
    if held_an_office(uow.session, uow.authority, erasure.person_id):
        erasure.stays = [*erasure.stays, MEMBER]
    go_on(uow, erasure)


def go_on(uow: UnitOfWork, erasure: Erasure) -> None:
    """Erase the account, unless a role still needs it, and end the request."""
    waits_for = _waits_for(uow, erasure.person_id)
    if waits_for:
        _put_off(uow, erasure, waits_for, None)
        return
    if erase_account(uow, erasure.person_id):
        erasure.erased = [*erasure.erased, ACCOUNT]
    erasure.waits_for, erasure.until_on = [], None
    if not erasure.erased:
        _refuse(uow, erasure, PUBLIC_ACT if MEMBER in erasure.stays else NOTHING_HELD)
        return
    end_own_roles(uow, erasure.person_id)
    act = Act(what=ErasureCarriedOut(), facts={"waits_for": waits_for})
    move(ERASURE_WORKFLOW, erasure, "carry_out", uow, act)


def go_on_again(uow: UnitOfWork, erasure_id: UUID) -> None:
    """Look at an erasure again that waited for the end of a role, under its lock."""
    erasure = uow.get(Erasure, erasure_id)
    if erasure.state == ErasureState.WAITING and erasure.names_settled:
        go_on(uow, erasure)


def _put_off(
    uow: UnitOfWork, erasure: Erasure, waits_for: list[str], until_on: date | None
) -> None:
    is_known = erasure.state == ErasureState.WAITING
    if is_known and (erasure.waits_for, erasure.until_on) == (waits_for, until_on):
        return
    erasure.waits_for, erasure.until_on = list(waits_for), until_on
    move(ERASURE_WORKFLOW, erasure, "put_off", uow, Act(what=ErasurePutOff()))


def _refuse(uow: UnitOfWork, erasure: Erasure, reason: str) -> None:
    erasure.reason = reason
    move(ERASURE_WORKFLOW, erasure, "refuse", uow, Act(what=ErasureRefused(reason=reason)))


def _waits_for(uow: UnitOfWork, person: UUID) -> list[str]:
    """What keeps the account, as codes; other authorities' roles count too."""
    with beyond_wall(uow.session, back_to=uow.authority):
        held = holds_role(person, authority=uow.authority, today=uow.today)
        return [ROLE_HELD] if uow.session.scalar(select(held)) else []
