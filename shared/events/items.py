"""Events of agenda items before any debate: the choice without a report, a withdrawal reported."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shared.events.catalogue import Event, event
from shared.events.sessions import ItemSnapshot
from shared.events.votes import BallotCount


@dataclass(frozen=True, kw_only=True)
class WithoutDebate:
    """A vote without debate on deliberating on a point that no committee examined (article 28).

    ``ballot`` is public or by-name; ``count`` is how it was counted, the names by person id.
    """

    sitting: str
    votes_for: int
    votes_against: int
    abstentions: int
    tie_broken: bool
    ballot: str = "public"
    count: BallotCount | None = None


@event("item.taken_up.v1", after=ItemSnapshot)
class ItemTakenUp(Event):
    """The council decided without debate to deliberate though no committee examined the point."""

    vote: WithoutDebate


@event("item.sent_back.v1", after=ItemSnapshot)
class ItemSentBack(Event):
    """The council decided without debate not to deliberate before a committee has reported."""

    vote: WithoutDebate


@event("item.recusal_declared.v1", after=ItemSnapshot)
class RecusalDeclared(Event):
    """A member takes no part in the point (113-14, article 65), or so many without their names.

    ``person`` is an opaque id, None where only the number is known.
    """

    person: str | None
    members: int


@event("item.withdrawal_reported.v1", after=ItemSnapshot)
class WithdrawalReported(Event):
    """The council was told, without debate, that a petition on its notice was withdrawn."""

    withdrawn_on: date | None
