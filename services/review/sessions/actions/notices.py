"""Notices to the members: the proof of each sending, and the supplementary notice (article 35)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from services.review.council.dating import date_of_act
from services.review.council.office import check_office
from services.review.council.queries import seats_on
from services.review.sessions import queries
from services.review.sessions.actions import roll
from services.review.sessions.actions.versions import latest_version, note_version
from services.review.sessions.agenda_models import Convocation
from services.review.sessions.models import CouncilSession
from services.review.sessions.state import SESSION_WORKFLOW
from shared.errors import GuardRefused
from shared.events.sessions import SessionSupplemented
from shared.unit_of_work import UnitOfWork
from shared.workflow import Act, move

ARTICLE = "113-14, 35"


@dataclass(frozen=True, kw_only=True)
class Sending:
    """How a notice went out: notice, supplement or second-call; by which channel; what proves it.

    ``people`` are the members it went to; none stands for all whose proof is not recorded yet.
    """

    notice: str
    channel: str
    proof: str
    people: Sequence[UUID] = field(default=())


def prove(
    uow: UnitOfWork,
    session: CouncilSession,
    sending: Sending,
    *,
    acted_on: date | None = None,
    late_reason: str | None = None,
) -> list[Convocation]:
    """Record the proof of sending for members (session locked by the caller).

    The ten days count from the sending. Raises ``GuardRefused`` before the members were convened,
    ``InvalidInput`` for who is not in office.
    """
    on = date_of_act(uow, acted_on, late_reason)
    check_office(uow, on)
    convened_on = session.notice_to_members_on
    if session.state not in {"convened", "opened"} or convened_on is None or on < convened_on:
        raise GuardRefused("A notice is proven once the members were convened.", article=ARTICLE)
    known = _proven(uow, session, sending.notice)
    for person in sending.people:
        roll.check_member(uow, person, on=on)
    wanted = sending.people or seats_on(uow.session, uow.authority, on)
    made = [
        _row(uow, session, sending, person=person, on=on)
        for person in wanted
        if person not in known
    ]
    uow.session.add_all(made)
    return made


def supplement(
    uow: UnitOfWork, session: CouncilSession, *, acted_on: date | None = None, **act: Any
) -> CouncilSession:
    """Tell the members of what came on the agenda by right after the notice."""
    on = acted_on or uow.today
    check_office(uow, on)
    agenda = queries.agenda_of(uow.session, session.id)
    added = [item for item in agenda if item.needs_supplement]
    facts = {"on": on, "added": added}
    for item in added:
        item.needs_supplement = False
    session.agenda_version = latest_version(uow, session) + 1
    what = SessionSupplemented(
        agenda=[str(item.id) for item in agenda],
        added=[str(item.id) for item in added],
        agenda_version=session.agenda_version,
    )
    done = Act(what=what, acted_on=acted_on, facts=facts, **act)
    move(SESSION_WORKFLOW, session, "supplement", uow, done)
    note_version(uow, session, "supplement", on=on)
    return session


def _proven(uow: UnitOfWork, session: CouncilSession, notice: str) -> set[UUID]:
    statement = select(Convocation.person_id).where(
        Convocation.session_id == session.id,
        Convocation.notice == notice,
        Convocation.version == session.agenda_version,
    )
    return set(uow.session.scalars(statement))


def _row(
    uow: UnitOfWork, session: CouncilSession, sending: Sending, *, person: UUID, on: date
) -> Convocation:
    return Convocation(
        authority=uow.authority,
        session_id=session.id,
        notice=sending.notice,
        version=session.agenda_version,
        person_id=person,
        channel=sending.channel,
        proof=sending.proof,
        sent_on=on,
        recorded_by=uow.actor.id,
        recorded_at=uow.recorded_at,
    )
