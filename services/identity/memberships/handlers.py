"""Offices and bodies open and end roles; identity never decides who holds an office."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from services.identity.memberships import actions
from services.identity.memberships.actions import NewMembership
from shared.events.catalogue import Event
from shared.events.council import MandateEnded, MandateSnapshot, MandateStarted
from shared.events.envelope import Received
from shared.events.opinions import BodyChanged, BodyFormed, BodySnapshot
from shared.unit_of_work import UnitOfWork
from shared.worker import Handler

ROLES_OF_OFFICE: dict[str, tuple[str, ...]] = {
    "member": ("council-member",),
    "president": ("president", "bureau"),
    "vice-president": ("bureau",),
    "secretary": ("council-member",),
    "deputy-secretary": ("council-member",),
    "committee-chair": ("committee-chair",),
    "committee-member": (),
}
"""The log-in roles of each office; a committee's members act as the council members they are."""


def when_mandate_started_grant_role(
    uow: UnitOfWork, event: Received[MandateStarted, MandateSnapshot]
) -> None:
    """Whoever takes office may act in its roles from the first day of the mandate."""
    mandate = event.after
    for role in ROLES_OF_OFFICE.get(mandate.office, ()):
        new = NewMembership(
            person_id=UUID(mandate.person),
            role=role,
            scope=mandate.committee if role == "committee-chair" else None,
            from_on=mandate.from_on,
            until_on=mandate.until_on,
            source=event.envelope.subject,
        )
        actions.grant_membership(uow, new, acted_on=event.acted_on)


def when_mandate_ended_end_role(
    uow: UnitOfWork, event: Received[MandateEnded, MandateSnapshot]
) -> None:
    """The roles of an office end with it."""
    for membership in actions.granted_from(uow, event.envelope.subject):
        actions.end_membership(uow, membership, reason="mandate-ended", acted_on=event.acted_on)


def when_body_formed_align_members(
    uow: UnitOfWork, event: Received[BodyFormed, BodySnapshot]
) -> None:
    """The members of a new body may act for it."""
    _align(uow, event)


def when_body_changed_align_members(
    uow: UnitOfWork, event: Received[BodyChanged, BodySnapshot]
) -> None:
    """Whoever joined a body may act for it, whoever left may not."""
    _align(uow, event)


def _align(uow: UnitOfWork, event: Received[Any, BodySnapshot]) -> None:
    people = {UUID(member.person) for member in event.after.members}
    actions.align_members(uow, event.key, people=people, acted_on=event.acted_on)


HANDLERS: dict[type[Event], Handler] = {
    MandateStarted: when_mandate_started_grant_role,
    MandateEnded: when_mandate_ended_end_role,
    BodyFormed: when_body_formed_align_members,
    BodyChanged: when_body_changed_align_members,
}
