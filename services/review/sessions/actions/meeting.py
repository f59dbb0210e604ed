"""A sitting under way: suspended, resumed, ended; its doors closed and opened (article 48)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from services.review.council.office import check_office
from services.review.sessions import attendance, queries, rules
from services.review.sessions.models import CouncilSession, Sitting
from services.review.sessions.state import SITTING_WORKFLOW
from shared.events.catalogue import Event
from shared.events.sittings import (
    DoorsClosed,
    DoorsOpened,
    SittingEnded,
    SittingResumed,
    SittingSuspended,
)
from shared.unit_of_work import UnitOfWork
from shared.workflow import Act, move

NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, kw_only=True)
class ClosedDoor:
    """Who asked for the closed door (president, third or governor), and what the council said.

    ``members`` asked together; the counts are of the council's vote without debate, which the
    governor's request does not need.
    """

    asked_by: str
    members: int | None = None
    votes_for: int | None = None
    votes_against: int | None = None


def suspend(uow: UnitOfWork, sitting: Sitting, **act: Any) -> Sitting:
    """Suspend a sitting (locked by the caller)."""
    return _step(uow, sitting, "suspend", SittingSuspended(), act)


def resume(uow: UnitOfWork, sitting: Sitting, **act: Any) -> Sitting:
    """Resume a suspended sitting; the quorum of the opening stands."""
    return _step(uow, sitting, "resume", SittingResumed(), act)


def end(uow: UnitOfWork, sitting: Sitting, *, acted_on: date | None = None, **act: Any) -> Sitting:
    """End a sitting; the public is let in again with it."""
    sitting.ended_on, sitting.private_for = acted_on or uow.today, None
    return _step(uow, sitting, "end", SittingEnded(), {"acted_on": acted_on, **act})


def end_running(uow: UnitOfWork, session: CouncilSession, **act: Any) -> None:
    """End the sitting that has not ended, where there is one: the session closes with it."""
    running = attendance.running_of(queries.sittings_of(uow.session, session.id))
    if running is not None:
        end(uow, uow.get(Sitting, running.id), **act)


def close_doors(uow: UnitOfWork, sitting: Sitting, door: ClosedDoor, **act: Any) -> Sitting:
    """Send the public out, as the council decided without debate or the governor asked."""
    facts = {
        "asked_by": door.asked_by,
        "members": door.members or 0,
        "in_office": sitting.in_office,
        "is_private": sitting.private_for is not None,
        "is_decided": (door.votes_for or 0) > (door.votes_against or 0),
        "votes": (door.votes_for or 0) + (door.votes_against or 0),
        "there": attendance.there_now(uow.session, sitting),
    }
    sitting.private_for = door.asked_by
    what = DoorsClosed(asked_by=door.asked_by)
    return _step(uow, sitting, "close_doors", what, act, facts=facts)


def open_doors(uow: UnitOfWork, sitting: Sitting, **act: Any) -> Sitting:
    """Let the public in again."""
    facts = {"is_private": sitting.private_for is not None}
    sitting.private_for = None
    return _step(uow, sitting, "open_doors", DoorsOpened(), act, facts=facts)


def _step(
    uow: UnitOfWork,
    sitting: Sitting,
    trigger: str,
    what: Event,
    act: Mapping[str, Any],
    *,
    facts: Mapping[str, Any] = NOTHING,
) -> Sitting:
    on = act.get("acted_on") or uow.today
    check_office(uow, on)
    session = queries.row_of(
        uow.session, CouncilSession, authority=uow.authority, id_=sitting.session_id
    )
    known = {
        "on": on,
        "session_kind": session.session_kind,
        "last_day": rules.last_day(uow.profile, session),
        **facts,
    }
    move(SITTING_WORKFLOW, sitting, trigger, uow, Act(what=what, facts=known, **act))
    return sitting
