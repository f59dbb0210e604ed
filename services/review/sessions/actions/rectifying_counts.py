"""The count at the opening of a sitting corrected by a new act, members in office included.

Nothing is reversed: a figure by which the quorum or a result would be another is refused, and the
council deliberates again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from services.review import corrections
from services.review.council.office import check_office
from services.review.council.queries import members_in_office
from services.review.sessions import queries, rules
from services.review.sessions.actions import ballots
from services.review.sessions.actions.ballots import Ballot
from services.review.sessions.models import CouncilSession, Item, Sitting
from services.review.sessions.state import SITTING_WORKFLOW
from shared.errors import InvalidInput
from shared.events.corrections import SittingRectified
from shared.law.model import LANGUAGES
from shared.law.quorum import quorum
from shared.unit_of_work import UnitOfWork
from shared.workflow import Act, move

RECORDED = ("meet_quorum", "fail_quorum", "open", "rectify_count")


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
    ``LawError`` for more present than in office, ``GuardRefused`` without a second person or where
    the quorum or a result would change, ``InvalidInput`` for a sitting counted by name.
    """
    check_office(uow, act.get("acted_on") or uow.today)
    sitting = _sitting(uow, session, sitting_id)
    old = corrections.old_act(uow, sitting, RECORDED)
    was_present, was_in_office = sitting.present, sitting.in_office
    was_met = sitting.present >= sitting.needed
    sitting.present = present
    sitting.in_office = members_in_office(uow.session, uow.authority, sitting.held_on)
    _count(uow, session, sitting)
    voted = _voted_in(uow, session, sitting)
    facts = {
        **old.facts(uow),
        "is_met_as_before": was_met == (sitting.present >= sitting.needed),
        "most_votes": max((_ballot(item).total for item in voted), default=0),
        "present": present,
        "results_stand": all(_stands(uow, sitting, item) for item in voted),
    }
    what = SittingRectified(
        was_present=was_present,
        was_in_office=was_in_office,
        reason_sha256=corrections.hash_of(because),
    )
    done = Act(what=what, corrects=old.event_id, facts=facts, **act)
    told = move(SITTING_WORKFLOW, sitting, "rectify_count", uow, done)
    corrections.keep_reason(uow, told, because)
    return sitting


def _sitting(uow: UnitOfWork, session: CouncilSession, sitting_id: UUID) -> Sitting:
    sitting = uow.get(Sitting, sitting_id)
    if sitting.session_id != session.id or sitting.is_named:
        raise InvalidInput(
            "Only a sitting of this session that was counted by number is corrected by number.",
            field="sitting",
            remedy="Choose one of its sittings that were counted so.",
            article="113-14, 42",
        )
    return sitting


def _count(uow: UnitOfWork, session: CouncilSession, sitting: Sitting) -> None:
    """The quorum by the new figures; a sitting after the opening has none of its own."""
    pack = rules.pack_for(uow.profile, sitting.held_on)
    call, caller = sitting.call or 1, session.called_by
    counted = quorum(pack, sitting.in_office, sitting.present, call, called_by=caller)
    if sitting.call:
        sitting.needed, sitting.article = counted.needed, counted.article
        sitting.calculation = {code: counted.explanation[code] for code in LANGUAGES}


def _voted_in(uow: UnitOfWork, session: CouncilSession, sitting: Sitting) -> Sequence[Item]:
    items = queries.items_of(uow.session, [session.id])[session.id]
    return [item for item in items if item.sitting_id == sitting.id and item.votes_for is not None]


def _ballot(item: Item) -> Ballot:
    return Ballot(
        votes_for=item.votes_for or 0,
        votes_against=item.votes_against or 0,
        abstentions=item.abstentions or 0,
        president=item.president_side,
    )


def _stands(uow: UnitOfWork, sitting: Sitting, item: Item) -> bool:
    """Whether the result of a vote is the same by the members now in office."""
    if item.basis != "members-in-office" or not item.calculations or item.voted_on is None:
        return True
    kept = item.calculations[-1]
    members = sitting.in_office - int(kept.get("recused", 0))
    found = ballots.result(uow, item, _ballot(item), members=members, on=item.voted_on)
    return found.adopted == bool(kept["adopted"])
