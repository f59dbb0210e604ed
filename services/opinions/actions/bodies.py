"""Everything that changes a body: forming it, its members, its rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from services.opinions.models import Body, BodyMember
from services.opinions.state import BODY_WORKFLOW
from services.opinions.workflow import BodyState
from shared.errors import InvalidInput, NotFound
from shared.events.opinions import BodyChanged, BodyFormed
from shared.ids import new_id
from shared.unit_of_work import UnitOfWork
from shared.workflow import Act, move


@dataclass(frozen=True, kw_only=True)
class Charter:
    """What a body is by its own rules; ``quorum_percent`` None means more than half."""

    code: str
    name: dict[str, str | None]
    seats: int
    quorum_percent: int | None = None


@dataclass(frozen=True, kw_only=True)
class Seat:
    """A person, by opaque id, and what they are in the body."""

    person: UUID
    role: str


def form_body(
    uow: UnitOfWork,
    charter: Charter,
    *,
    members: Sequence[Seat] = (),
    id_: UUID | None = None,
    acted_on: date | None = None,
    **act: Any,
) -> Body:
    """Set up a body with its first members; raises ``InvalidInput`` for a code already taken."""
    day = acted_on or uow.today
    body = uow.add(
        Body(
            id=id_,
            state=BodyState.NEW.value,
            code=charter.code,
            name=charter.name,
            seats=charter.seats,
            quorum_percent=charter.quorum_percent,
            formed_on=day,
            members=[_member(uow, seat, day) for seat in members],
        )
    )
    _flush_new_code(uow)
    move(BODY_WORKFLOW, body, "form", uow, Act(what=BodyFormed(), acted_on=acted_on, **act))
    return body


def add_member(
    uow: UnitOfWork,
    body: Body,
    seat: Seat,
    *,
    from_on: date | None = None,
    acted_on: date | None = None,
    **act: Any,
) -> Body:
    """Seat a member from a civil date on (default: the day of the act)."""
    day = from_on or acted_on or uow.today
    _check_past(uow, day, "from_on")
    body.members.append(_member(uow, seat, day))
    return _changed(uow, body, ["members"], acted_on=acted_on, **act)


def end_membership(
    uow: UnitOfWork,
    body: Body,
    member_id: UUID,
    *,
    until_on: date | None = None,
    acted_on: date | None = None,
    **act: Any,
) -> Body:
    """Record a member's last day in office; votes counted before stand as they were counted."""
    member = next((one for one in body.current_members if one.id == member_id), None)
    if member is None:
        raise NotFound("Nothing was found under this id.", kind="member")
    day = until_on or acted_on or uow.today
    _check_past(uow, day, "until_on")
    if day < member.from_on:
        raise InvalidInput(
            "The last day in office is before the first, %(from_on)s.",
            field="until_on",
            remedy="Give a day on or after the first day in office.",
            from_on=member.from_on,
        )
    member.until_on = day
    return _changed(uow, body, ["members"], acted_on=acted_on, **act)


def change_rules(uow: UnitOfWork, body: Body, changes: dict[str, Any], **act: Any) -> Body:
    """Change name, seats or quorum as the body's rules now have them."""
    changed = sorted(field for field, value in changes.items() if getattr(body, field) != value)
    if not changed:
        raise InvalidInput(
            "Nothing of this body would change.",
            field="seats",
            remedy="Give a new name, number of seats or quorum.",
        )
    for field in changed:
        setattr(body, field, changes[field])
    return _changed(uow, body, changed, **act)


def _changed(uow: UnitOfWork, body: Body, fields: list[str], **act: Any) -> Body:
    what = BodyChanged(fields=fields)
    move(BODY_WORKFLOW, body, "change", uow, Act(what=what, **act))
    return body


def _member(uow: UnitOfWork, seat: Seat, day: date) -> BodyMember:
    return BodyMember(
        id=new_id(),
        authority=uow.authority,
        person_id=seat.person,
        role=seat.role,
        from_on=day,
    )


def _check_past(uow: UnitOfWork, day: date, field: str) -> None:
    """Seats are told once they are held or left, so the snapshot never changes by itself."""
    if day > uow.today:
        raise InvalidInput(
            "This day is after today, %(today)s.",
            field=field,
            remedy="Record it when the day has come.",
            today=uow.today,
        )


def _flush_new_code(uow: UnitOfWork) -> None:
    """Let the database say whether the code is free: two may be formed at the same moment."""
    try:
        uow.session.flush()
    except IntegrityError as error:
        raise InvalidInput(
            "A body of this authority already has this code.",
            field="code",
            remedy="Choose another code.",
        ) from error
