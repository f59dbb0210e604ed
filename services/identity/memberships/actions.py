"""Everything that changes a membership: by an operator, or as offices and bodies change."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from services.identity.memberships.models import Membership
from services.identity.memberships.state import MEMBERSHIP_WORKFLOW
from services.identity.memberships.workflow import MembershipState
from shared.errors import GuardRefused
from shared.events.authorities import MembershipEnded, MembershipGranted
from shared.unit_of_work import UnitOfWork
from shared.workflow import Act, move


@dataclass(frozen=True, kw_only=True)
class NewMembership:
    """A role to be given; without ``from_on`` it holds from today's business date."""

    person_id: UUID
    role: str
    scope: str | None = None
    from_on: date | None = None
    until_on: date | None = None
    source: str | None = None


def grant_membership(uow: UnitOfWork, new: NewMembership, **act: Any) -> Membership:
    """Give a person a role; raises ``GuardRefused`` when they hold it from the same source."""
    if find_granted(uow, new) is not None:
        raise GuardRefused(
            "This person holds this role already.",
            field="role",
            remedy="Leave it as it is, or end the earlier one first.",
        )
    membership = uow.add(
        Membership(
            state=MembershipState.NEW.value,
            person_id=new.person_id,
            role=new.role,
            scope=new.scope,
            from_on=new.from_on or uow.today,
            until_on=new.until_on,
            source=new.source,
        )
    )
    move(MEMBERSHIP_WORKFLOW, membership, "grant", uow, Act(what=MembershipGranted(), **act))
    return membership


def end_membership(
    uow: UnitOfWork,
    membership: Membership,
    *,
    reason: str,
    acted_on: date | None = None,
    **act: Any,
) -> Membership:
    """End a role at once; the day of the act is its last."""
    last_day = acted_on or uow.today
    membership.until_on = min(membership.until_on or last_day, last_day)
    what = MembershipEnded(reason=reason)
    move(MEMBERSHIP_WORKFLOW, membership, "end", uow, Act(what=what, acted_on=acted_on, **act))
    return membership


def find_granted(uow: UnitOfWork, new: NewMembership) -> Membership | None:
    """The granted membership of the same person, role, scope and source, under its lock."""
    return uow.session.scalars(
        select(Membership)
        .where(
            Membership.authority == uow.authority,
            Membership.state == MembershipState.GRANTED.value,
            Membership.person_id == new.person_id,
            Membership.role == new.role,
            Membership.scope == new.scope,
            Membership.source == new.source,
        )
        .with_for_update()
    ).first()


def align_members(uow: UnitOfWork, body: str, *, people: AbstractSet[UUID], acted_on: date) -> None:
    """Give the role of body member to ``people``, and end it for those who left the body."""
    held = granted_from(uow, f"body/{body}")
    for membership in held:
        if membership.person_id not in people:
            end_membership(uow, membership, reason="left-body", acted_on=acted_on)
    for person in sorted(people - {membership.person_id for membership in held}):
        new = NewMembership(
            person_id=person,
            role="body-member",
            scope=body,
            from_on=acted_on,
            source=f"body/{body}",
        )
        grant_membership(uow, new, acted_on=acted_on)


def granted_from(uow: UnitOfWork, source: str) -> list[Membership]:
    """The granted memberships that follow a subject, under their locks."""
    return list(
        uow.session.scalars(
            select(Membership)
            .where(
                Membership.authority == uow.authority,
                Membership.source == source,
                Membership.state == MembershipState.GRANTED.value,
            )
            .order_by(Membership.id)
            .with_for_update()
        )
    )
