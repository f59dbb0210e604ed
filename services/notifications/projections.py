"""What notifications remembers of others, replaced whole by their newest event."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from sqlalchemy import Table, delete, update

from services.notifications.models import (
    Base,
    KnownBody,
    KnownCase,
    KnownMandate,
    KnownMembership,
    KnownSession,
)
from shared.db.upsert import insert_or_replace
from shared.events.authorities import MembershipSnapshot
from shared.events.canonical import to_plain
from shared.events.cases import CaseSnapshot
from shared.events.council import MandateSnapshot
from shared.events.envelope import Received
from shared.events.opinions import BodySnapshot
from shared.events.sessions import SessionSnapshot
from shared.unit_of_work import UnitOfWork


def when_case_told_remember_it(uow: UnitOfWork, event: Received[Any, CaseSnapshot]) -> None:
    """Keep the reference, the subject line and the people of a case."""
    _replace(
        uow,
        KnownCase,
        event,
        reference=event.after.reference,
        subject_line=to_plain(event.after.subject),
        people=to_plain(event.after.people),
    )


def when_membership_granted_remember_it(
    uow: UnitOfWork, event: Received[Any, MembershipSnapshot]
) -> None:
    """Keep who holds which role."""
    after = event.after
    _replace(
        uow,
        KnownMembership,
        event,
        person_id=UUID(after.person),
        role=after.role,
        scope=after.scope,
        from_on=after.from_on,
        until_on=after.until_on,
    )


def when_membership_ended_forget_it(
    uow: UnitOfWork, event: Received[Any, MembershipSnapshot]
) -> None:
    """Whoever gave a role back is told nothing more in it."""
    held = KnownMembership
    uow.session.execute(
        delete(held).where(held.id == UUID(event.key), held.authority == uow.authority)
    )


def when_mandate_started_remember_it(
    uow: UnitOfWork, event: Received[Any, MandateSnapshot]
) -> None:
    """Keep who is in office, from which day to which."""
    after = event.after
    _replace(
        uow,
        KnownMandate,
        event,
        person_id=UUID(after.person),
        office=after.office,
        from_on=after.from_on,
        until_on=after.until_on,
    )


def when_mandate_ended_remember_its_last_day(
    uow: UnitOfWork, event: Received[Any, MandateSnapshot]
) -> None:
    """Whoever left office is told nothing more as a member after the last day."""
    ended = KnownMandate
    uow.session.execute(
        update(ended)
        .where(ended.id == UUID(event.key), ended.authority == uow.authority)
        .values(until_on=event.after.until_on or event.acted_on)
    )


def when_body_told_remember_it(uow: UnitOfWork, event: Received[Any, BodySnapshot]) -> None:
    """Keep the members of a body."""
    _replace(
        uow,
        KnownBody,
        event,
        name=to_plain(event.after.name),
        members=to_plain(event.after.members),
    )


def when_session_told_remember_it(uow: UnitOfWork, event: Received[Any, SessionSnapshot]) -> None:
    """Keep the day a session opens."""
    _replace(uow, KnownSession, event, opens_on=event.after.opens_on)


def _replace(
    uow: UnitOfWork, model: type[Base], event: Received[Any, Any], **values: object
) -> None:
    """Write what is known of the event's subject, whether or not something was known before."""
    table = cast(Table, model.__table__)
    key = {"id": UUID(event.key), "authority": uow.authority}
    insert_or_replace(uow.session, table, **key, **values)
