"""Every service remembers the authorities it hears of; these handlers go into its table."""

from __future__ import annotations

from typing import Any

from shared.db.authorities import AuthorityProfile
from shared.events.authorities import AuthorityChanged, AuthorityRegistered, AuthoritySnapshot
from shared.events.canonical import to_plain
from shared.events.catalogue import Event
from shared.events.envelope import Received
from shared.unit_of_work import UnitOfWork
from shared.worker import Handler


def when_authority_told_remember_it(
    uow: UnitOfWork, event: Received[Any, AuthoritySnapshot]
) -> None:
    """Replace what this service knows of the authority by what the event says of it."""
    after = event.after
    profile = AuthorityProfile(
        code=after.code,
        kind=after.kind,
        zone=after.zone,
        business_date=after.business_date,
        name=to_plain(after.name),
        profile=to_plain(after),
        sequence=event.envelope.sequence,
    )
    uow.remember(profile)


AUTHORITY_HANDLERS: dict[type[Event], Handler] = {
    AuthorityRegistered: when_authority_told_remember_it,
    AuthorityChanged: when_authority_told_remember_it,
}
