"""Events of authorities and of memberships; identity owns them."""

from __future__ import annotations

from datetime import date
from typing import Any

from shared.events.catalogue import Event, Snapshot, event, snapshot
from shared.events.texts import Texts


@snapshot("authority.state.v1")
class AuthoritySnapshot(Snapshot):
    """An authority with everything that other services need of it, whole.

    ``council_seats`` is how many members its council has by law, where that was recorded.
    """

    code: str
    state: str
    kind: str
    name: Texts
    zone: str
    languages: list[str]
    population: int
    has_arrondissements: bool
    business_date: date | None
    holidays: list[date]
    local_rules: dict[str, Any]
    council_seats: int | None = None


@event("authority.registered.v1", after=AuthoritySnapshot)
class AuthorityRegistered(Event):
    """An authority joined the system."""


@event("authority.changed.v1", after=AuthoritySnapshot)
class AuthorityChanged(Event):
    """Something about an authority changed; ``fields`` names what."""

    fields: list[str]


@snapshot("membership.state.v1")
class MembershipSnapshot(Snapshot):
    """One person's role in one authority; ``scope`` limits it (a body or a committee by id)."""

    state: str
    person: str
    role: str
    scope: str | None
    from_on: date
    until_on: date | None


@event("membership.granted.v1", after=MembershipSnapshot)
class MembershipGranted(Event):
    """A person was given a role in an authority."""


@event("membership.ended.v1", after=MembershipSnapshot)
class MembershipEnded(Event):
    """A person's role in an authority ended; ``reason`` is a code."""

    reason: str
