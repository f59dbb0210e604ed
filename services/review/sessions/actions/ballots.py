"""The ballot on an item: counted as a whole, by name, or in secret; and how it came out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, cast
from uuid import UUID

from services.review.council.queries import holds_office
from services.review.sessions import attendance, rules
from services.review.sessions.actions import roll
from services.review.sessions.attendance_models import NamedVote
from services.review.sessions.models import Item, Recusal, Sitting
from shared.errors import GuardRefused, InvalidInput
from shared.law.majority import Count, Majority, Side, majority
from shared.unit_of_work import UnitOfWork

ARTICLE = "113-14, 43"


@dataclass(frozen=True, kw_only=True)
class NamedSide:
    """How one member voted: for, against or abstain."""

    person: UUID
    side: str


@dataclass(frozen=True, kw_only=True)
class Ballot:
    """The votes on an item; the president's own is among them (None: not known).

    ``mode`` is public, by-name or secret; a secret one names the ``article`` that asks for it.
    """

    votes_for: int = 0
    votes_against: int = 0
    abstentions: int = 0
    president: str | None = None
    mode: str = "public"
    article: str | None = None
    names: Sequence[NamedSide] = field(default=())

    @property
    def total(self) -> int:
        """How many members took part."""
        return self.votes_for + self.votes_against + self.abstentions


def counted(
    uow: UnitOfWork,
    ballot: Ballot,
    *,
    sitting: Sitting | None,
    recused: Sequence[Recusal],
    on: date,
) -> Ballot:
    """The ballot with its numbers: those of the names where it was by name.

    Raises ``InvalidInput`` for who is not in office or voted twice, ``GuardRefused`` for who was
    not there or takes no part in the item.
    """
    if ballot.mode == "secret" and ballot.president is not None:
        raise InvalidInput(
            "In a secret ballot the president's vote is not known.",
            field="president",
            remedy="Leave the president's own vote empty.",
        )
    if ballot.mode != "by-name":
        return ballot
    _check_names(uow, ballot, sitting=sitting, recused={one.person_id for one in recused}, on=on)
    sides = [one.side for one in ballot.names]
    return replace(
        ballot,
        votes_for=sides.count("for"),
        votes_against=sides.count("against"),
        abstentions=sides.count("abstain"),
        president=_presidents(uow, ballot, on=on),
    )


@dataclass(frozen=True, kw_only=True)
class Members:
    """The members in office at a vote: those who take part, and those recused beside them."""

    taking_part: int
    recused: int = 0


def result(uow: UnitOfWork, item: Item, ballot: Ballot, *, members: Members, on: date) -> Majority:
    """How the rules of the day judge a ballot; raises ``LawError`` for counts that cannot be."""
    return judged(uow, item.basis, ballot, members=members, on=on, matter=item.matter)


def judged(
    uow: UnitOfWork,
    basis: str,
    ballot: Ballot,
    *,
    members: Members,
    on: date,
    matter: str | None = None,
) -> Majority:
    """How a ballot comes out by one basis.

    ``matter`` is what the item is about, where the law names a majority for it.
    """
    return majority(
        rules.pack_for(uow.profile, on),
        basis,
        Count(
            votes_for=ballot.votes_for,
            against=ballot.votes_against,
            abstain=ballot.abstentions,
            # Without an opening, or with more votes than members are left, a guard refuses the
            # vote; until then any number does.
            in_office=max(members.taking_part, ballot.total),
            recused=members.recused,
            president=cast(Side | None, ballot.president),
        ),
        matter=matter,
    )


def enter(
    uow: UnitOfWork,
    item: Item,
    ballot: Ballot,
    *,
    found: Majority,
    around: dict[str, Any],
) -> None:
    """Keep a ballot with its calculation for pages and minutes, and each name with its vote.

    ``around`` says where it was: ``held_on``, ``sitting``, ``in_office``, ``recused``; of a
    correction also the place of the count it ``corrects``, from 1.
    """
    round_ = 2 if item.first_vote_on else 1
    item.ballot, item.ballot_article = ballot.mode, ballot.article
    made = {
        "round": round_,
        "basis": item.basis,
        "matter": item.matter,
        "ballot": ballot.mode,
        "ballot_article": ballot.article,
        "votes_for": ballot.votes_for,
        "votes_against": ballot.votes_against,
        "abstentions": ballot.abstentions,
        "president": ballot.president,
        "needed": found.needed,
        "tie_broken": found.tie_broken,
        "adopted": found.adopted,
        "article": found.article,
        "explanation": dict(found.explanation),
        **around,
    }
    item.calculations = [*(item.calculations or []), made]
    enter_names(uow, item, ballot, round_=round_, revision=around.get("corrects", 0))


def enter_names(
    uow: UnitOfWork, item: Item, ballot: Ballot, *, round_: int, revision: int = 0
) -> None:
    """Keep each name of a ballot with its vote; ``WITHOUT_DEBATE`` is a round of its own."""
    uow.session.add_all(
        NamedVote(
            authority=uow.authority,
            item_id=item.id,
            round=round_,
            person_id=one.person,
            side=one.side,
            revision=revision,
        )
        for one in ballot.names
    )


def _check_names(
    uow: UnitOfWork,
    ballot: Ballot,
    *,
    sitting: Sitting | None,
    recused: Collection[UUID | None],
    on: date,
) -> None:
    people = [one.person for one in ballot.names]
    if len(set(people)) < len(people):
        raise InvalidInput(
            "A member votes once on an item.",
            field="names",
            remedy="Enter each member once.",
            article=ARTICLE,
        )
    known = attendance.roll_of(uow.session, sitting.id) if sitting and sitting.is_named else None
    for person in people:
        roll.check_member(uow, person, on=on)
        if person in recused:
            raise GuardRefused(
                "A member who takes no part in the item does not vote on it.", article="113-14, 65"
            )
        if known is not None and not (person in known and known[person].is_there):
            raise GuardRefused("A member who is not there does not vote.", article=ARTICLE)


def _presidents(uow: UnitOfWork, ballot: Ballot, *, on: date) -> str | None:
    """The president's own side, where the president voted."""
    for one in ballot.names:
        chairs = holds_office(uow.session, uow.authority, one.person, offices=("president",), on=on)
        if chairs:
            return one.side
    return None
