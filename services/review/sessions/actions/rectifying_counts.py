"""The count at the opening of a sitting corrected by a new act, members in office included.

A roll by name goes the same way (rectifying_rolls.py). Nothing is reversed: a figure by which the
quorum or a result would be another is refused, and the council deliberates again.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.review import corrections
from services.review.control.queries import decisions_of_sessions
from services.review.council.office import check_office
from services.review.council.queries import members_in_office
from services.review.kept_texts import hash_of
from services.review.sessions import queries, rules
from services.review.sessions.actions import ballots
from services.review.sessions.actions.ballots import Ballot
from services.review.sessions.models import CouncilSession, Item, Sitting
from services.review.sessions.rectifying_guards import STILL_HERE
from services.review.sessions.state import SITTING_WORKFLOW
from shared.errors import InvalidInput
from shared.events.corrections import MarkRectified, SittingRectified
from shared.law.model import LANGUAGES
from shared.law.quorum import quorum
from shared.unit_of_work import UnitOfWork
from shared.workflow import Act, move

RECORDED = ("meet_quorum", "fail_quorum", "open", "rectify_count", "rectify_roll")


@dataclass(frozen=True, kw_only=True)
class Recount:
    """An attendance as it was: how many were present, and how many were in the room at some time.

    ``marks`` are the members entered wrongly, ``absent_voters`` those who by them were never there
    but voted by name; both are for a roll only.
    """

    present: int
    ever_there: int
    marks: Sequence[MarkRectified] = ()
    absent_voters: Collection[UUID] = ()


def rectify_count(
    uow: UnitOfWork,
    session: CouncilSession,
    *,
    sitting_id: UUID,
    present: int,
    because: str,
    **act: Any,
) -> Sitting:
    """Correct how many were present (session locked by the caller); ``because`` stays inside.

    The members in office are counted anew by the mandates as they are known now. Raises
    ``LawError`` for more present than in office, ``GuardRefused`` without a second person, where
    the quorum or a result would change, or once a decision went to the governor;
    ``InvalidInput`` for a sitting counted by name.
    """
    check_office(uow, act.get("acted_on") or uow.today)
    sitting = sitting_of(uow, session, sitting_id, is_named=False)
    right = Recount(present=present, ever_there=present)
    return recount(uow, session, sitting, right, because=because, **act)


def recount(
    uow: UnitOfWork,
    session: CouncilSession,
    sitting: Sitting,
    right: Recount,
    *,
    because: str,
    **act: Any,
) -> Sitting:
    """Enter another attendance of a sitting, with its quorum worked out again; one event."""
    old = corrections.old_act(uow, sitting, RECORDED)
    was_present, was_in_office = sitting.present, sitting.in_office
    was_met = sitting.present >= sitting.needed
    sitting.present = right.present
    sitting.in_office = members_in_office(uow.session, uow.authority, sitting.held_on)
    count_again(uow, session, sitting)
    facts = {
        **old.facts(uow),
        **_votes(uow, session, sitting),
        "is_met_as_before": was_met == (sitting.present >= sitting.needed),
        "absent_voters": right.absent_voters,
        "present": right.ever_there,
    }
    what = SittingRectified(
        was_present=was_present,
        was_in_office=was_in_office,
        reason_sha256=hash_of(because),
        marks=list(right.marks),
    )
    trigger = "rectify_roll" if sitting.is_named else "rectify_count"
    done = Act(what=what, corrects=old.event_id, facts=facts, **act)
    told = move(SITTING_WORKFLOW, sitting, trigger, uow, done)
    corrections.keep_reason(uow, told, because)
    return sitting


def sitting_of(
    uow: UnitOfWork, session: CouncilSession, sitting_id: UUID, *, is_named: bool
) -> Sitting:
    """A sitting under its lock; raises ``InvalidInput`` if it was counted in the other way."""
    sitting = uow.get(Sitting, sitting_id)
    if sitting.session_id == session.id and sitting.is_named == is_named:
        return sitting
    if is_named:
        raise InvalidInput(
            "Only the roll of a sitting of this session that was called by name is corrected so.",
            field="sitting",
            remedy="Choose one of its sittings whose roll was called by name.",
            article="113-14, 42",
        )
    raise InvalidInput(
        "Only a sitting of this session that was counted by number is corrected by number.",
        field="sitting",
        remedy="Choose one of its sittings that were counted so.",
        article="113-14, 42",
    )


def voted_in(uow: UnitOfWork, session: CouncilSession, sitting: Sitting) -> Sequence[Item]:
    """The items whose vote was taken in a sitting."""
    items = queries.items_of(uow.session, [session.id])[session.id]
    return [item for item in items if item.sitting_id == sitting.id and item.votes_for is not None]


def _votes(uow: UnitOfWork, session: CouncilSession, sitting: Sitting) -> dict[str, Any]:
    """What was decided on this attendance; the opening carries every decision of its session."""
    voted = voted_in(uow, session, sitting)
    carried = {item.id for item in voted}
    decisions = decisions_of_sessions(uow.session, [session.id])[session.id]
    return {
        "has_left": any(
            one.state not in STILL_HERE
            for one in decisions
            if sitting.call or one.item_id in carried
        ),
        "most_votes": max((_ballot(item).total for item in voted), default=0),
        "results_stand": all(_stands(uow, sitting, item) for item in voted),
    }


def count_again(uow: UnitOfWork, session: CouncilSession, sitting: Sitting) -> None:
    """The quorum by the new figures; a sitting after the opening has none of its own."""
    pack = rules.pack_for(uow.profile, sitting.held_on)
    call, caller = sitting.call or 1, session.called_by
    counted = quorum(pack, sitting.in_office, sitting.present, call, called_by=caller)
    if sitting.call:
        sitting.needed, sitting.article = counted.needed, counted.article
        sitting.calculation = {code: counted.explanation[code] for code in LANGUAGES}


def _ballot(item: Item) -> Ballot:
    return Ballot(
        votes_for=item.votes_for or 0,
        votes_against=item.votes_against or 0,
        abstentions=item.abstentions or 0,
        president=item.president_side,
    )


def _stands(uow: UnitOfWork, sitting: Sitting, item: Item) -> bool:
    """Whether the result of a vote is the same by the members now in office."""
    if item.basis == "votes-cast" or not item.calculations or item.voted_on is None:
        return True
    kept = item.calculations[-1]
    recused = int(kept.get("recused", 0))
    members = ballots.Members(taking_part=sitting.in_office - recused, recused=recused)
    found = ballots.result(uow, item, _ballot(item), members=members, on=item.voted_on)
    return found.adopted == bool(kept["adopted"])
