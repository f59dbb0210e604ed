"""The facts of a vote as minutes and extracts print them: its counts, its answers to opinions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from services.review.documents.facts.people import Author, Cast, Seat

Texts = Mapping[str, str | None]


@dataclass(frozen=True, kw_only=True)
class OldCount:
    """A count as it was recorded before the correction of a civil date.

    ``by`` corrected it, ``because`` is the reason given; both are None where they are not printed
    or not known any more.
    """

    votes_for: int
    votes_against: int
    abstentions: int
    corrected_on: date
    by: Author | None = None
    because: str | None = None


@dataclass(frozen=True, kw_only=True)
class Vote:
    """A vote with its calculation; ``president_side`` is None where it was not noted.

    ``ballot`` is ``public``, ``by-name`` or ``secret`` (by ``ballot_article``); ``cast`` names each
    vote that was by name, ``recusals`` those who took no part and are known. ``corrected`` are the
    counts that were recorded first, oldest first.
    """

    votes_for: int
    votes_against: int
    abstentions: int
    recused: int
    president_side: str | None
    voted_on: date
    explanation: Texts
    ballot: str | None
    cast: tuple[Cast, ...]
    recusals: tuple[Seat, ...]
    corrected: tuple[OldCount, ...] = ()
    ballot_article: str | None = None


@dataclass(frozen=True, kw_only=True)
class FirstVote:
    """A vote that did not reach its majority, so that a second sitting voted (113-14, article 43).

    ``cast`` names each vote where it was by name.
    """

    votes_for: int
    votes_against: int
    abstentions: int
    voted_on: date
    explanation: Texts
    cast: tuple[Cast, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a decision makes of an opinion it cites: ``followed``, ``partly`` or ``not``."""

    body: Texts | None
    answer: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class TakenUp:
    """The vote without debate on a point that no committee examined (113-14, article 28).

    ``cast`` names each vote where it was by name.
    """

    is_taken_up: bool
    votes_for: int
    votes_against: int
    abstentions: int
    explanation: Texts | None
    cast: tuple[Cast, ...] = ()
