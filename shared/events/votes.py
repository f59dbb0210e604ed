"""How votes and rolls travel: members by opaque person ids, and what their count was made of.

Enough for the calculation to be worked out again where a database is filled from the log.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, kw_only=True)
class MemberVote:
    """How one member voted in a ballot by name: for, against or abstain."""

    person: str
    side: str


@dataclass(frozen=True, kw_only=True)
class NoPart:
    """Who declared to take no part in an item: one member by id, or some whose number is known.

    Who recorded it, and the instant (UTC, RFC 3339); why it was recorded late stays with the
    council.
    """

    person: str | None
    members: int
    declared_on: date
    recorded_by: str
    recorded_at: str


@dataclass(frozen=True, kw_only=True)
class BallotCount:
    """A ballot with what stood around it.

    ``mode`` is public, by-name or secret, ``article`` the one that asks for a secret one; only a
    ballot by name has ``names``. ``sitting`` is its place in the session, ``in_office`` the members
    who took part in the item, ``recused`` those who did not; ``private_for`` says who asked for
    the closed door.
    """

    basis: str
    mode: str
    article: str | None
    votes_for: int
    votes_against: int
    abstentions: int
    president: str | None
    held_on: date
    sitting: int | None
    present: int
    in_office: int
    recused: int
    private_for: str | None
    names: list[MemberVote] = field(default_factory=list)
    no_part: list[NoPart] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class RollMark:
    """One member on the roll at an opening, with who entered it and the instant (UTC, RFC 3339)."""

    person: str
    mark: str
    recorded_by: str
    recorded_at: str
