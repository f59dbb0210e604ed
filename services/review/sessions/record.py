"""The record of a session: sittings with their rolls, votes by name, the quorum as it stands.

The minutes, the attendance sheet and the page of the session room are printed from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.review.base import Base
from services.review.council.names import names_of
from services.review.council.queries import seats_on
from services.review.sessions import attendance, examined, queries, rules, schemas, sitting_schemas
from services.review.sessions.models import CouncilSession, Item, Sitting
from services.review.sessions.sitting_workflow import SittingState
from shared.clock import now
from shared.db.authorities import AuthorityProfile, load_authority
from shared.db.personal import PersonalVault


def recorded(session: Session, vault: PersonalVault, row: CouncilSession) -> dict[str, Any]:
    """The whole record of a session; a fixed number of statements whatever it holds."""
    profile = load_authority(session, Base.plumbing, row.authority)
    sittings = queries.sittings_of(session, row.id)
    items = queries.items_of(session, [row.id])[row.id]
    on = _day(profile, row, sittings)
    seats = seats_on(session, row.authority, on)
    shown_sittings = _sittings(session, sittings)
    shown_items = _items(session, items)
    people = {*seats, *_people_in(shown_sittings, shown_items)}
    names = names_of(session, vault, row.authority, people)
    return {
        **schemas.SessionOut().dump(row),
        "extension_reason": row.extension_reason,
        "on": on.isoformat(),
        "members": members_shown(seats),
        "people": {str(id_): {"ar": one.ar, "latin": one.latin} for id_, one in names.items()},
        "sittings": shown_sittings,
        "items": shown_items,
        "quorum": _live_quorum(session, profile, row, sittings),
        "last_day": _iso(rules.last_day(profile, row)),
    }


def _day(profile: AuthorityProfile, row: CouncilSession, sittings: Sequence[Sitting]) -> date:
    """The day whose members are listed: the last sitting's, else the opening planned."""
    if sittings:
        return sittings[-1].held_on
    return min(row.opens_on, profile.today(now()))


def members_shown(seats: dict[UUID, list[str]]) -> list[dict[str, Any]]:
    """The president first, then the other members in a fixed order."""
    shown = [
        {"person": str(person), "offices": offices, "is_president": "president" in offices}
        for person, offices in seats.items()
    ]
    return sorted(shown, key=lambda one: (not one["is_president"], str(one["person"])))


def _sittings(session: Session, sittings: Sequence[Sitting]) -> list[dict[str, Any]]:
    rolls = attendance.rolls_of(session, [one.id for one in sittings])
    return [
        {
            **schemas.SittingOut().dump(one),
            "roll": sitting_schemas.MarkOut(many=True).dump(rolls[one.id]),
            "there": sum(mark.is_there for mark in rolls[one.id]) if one.is_named else one.present,
        }
        for one in sittings
    ]


def _items(session: Session, items: Sequence[Item]) -> list[dict[str, Any]]:
    ids = [item.id for item in items]
    references = queries.references_of(session, items)
    votes = attendance.votes_by_name(session, ids)
    recusals, waiting = queries.recusals_of(session, ids), examined.unexamined(session, items)
    return [
        {
            **schemas.ItemOut().dump(item),
            "reference": references.get(item.case_id) if item.case_id else None,
            "is_examined": item.id not in waiting,
            "recused": sum(one.members for one in recusals if one.item_id == item.id),
            "unreported_because": item.unreported_because,
            "recusals": [
                str(one.person_id) for one in recusals if one.item_id == item.id and one.person_id
            ],
            "votes": sitting_schemas.NamedVoteOut(many=True).dump(votes[item.id]),
        }
        for item in items
    ]


def _people_in(
    sittings: Iterable[dict[str, Any]], items: Iterable[dict[str, Any]]
) -> Iterable[UUID]:
    """Everybody whom the record names, in office on its day or not."""
    for sitting in sittings:
        yield from (UUID(one["person"]) for one in sitting["roll"])
    for item in items:
        yield from (UUID(one) for one in item["recusals"])
        yield from (UUID(one["person"]) for one in item["votes"])


def _live_quorum(
    session: Session, profile: AuthorityProfile, row: CouncilSession, sittings: Sequence[Sitting]
) -> dict[str, Any] | None:
    """The quorum of the roll that is being called; None where none is, or it needs none."""
    draft = next((one for one in sittings if one.state == SittingState.PLANNED), None)
    if draft is None or draft.call == 0:
        return None
    present = attendance.marked_present(session, draft.id)
    in_office = len(seats_on(session, draft.authority, draft.held_on))
    counted = {"in_office": in_office, "present": present, "call": draft.call}
    found = rules.quorum_of(profile, row, draft.held_on, **counted)
    return {
        "in_office": in_office,
        "present": present,
        "needed": found.needed,
        "met": found.met,
        "article": found.article,
        "explanation": dict(found.explanation),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
