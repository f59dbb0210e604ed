"""A committee as its people see it: members by name, petitions before it, meetings with rolls."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.review.cases.models import Case
from services.review.cases.referred import committees_of, is_before
from services.review.council import meeting_queries, meeting_schemas, queries
from services.review.council.meeting_models import CommitteeMeeting
from services.review.council.models import Committee
from services.review.council.names import names_of
from services.review.council.schemas import CommitteeOut
from shared.db.personal import PersonalVault

Json = dict[str, Any]
MOST_CASES = 100


def committee_record(session: Session, vault: PersonalVault, row: Committee, *, on: date) -> Json:
    """Everything about a committee on a day; a fixed number of statements."""
    seats = queries.seats_of_committee(session, row.authority, row.id, on=on)
    meetings = _meetings(session, meeting_queries.meetings_of(session, row.authority, row.id))
    people = {*seats, *(UUID(one["person"]) for made in meetings for one in made["roll"])}
    names = names_of(session, vault, row.authority, people)
    return {
        **CommitteeOut().dump(row),
        "on": on.isoformat(),
        "members": [{"person": str(person), "office": office} for person, office in seats.items()],
        "people": {str(id_): {"ar": one.ar, "latin": one.latin} for id_, one in names.items()},
        "cases": meeting_schemas.CommitteeCaseOut(many=True).dump(_cases(session, row)),
        "meetings": meetings,
    }


def meetings_about(session: Session, case: Case) -> list[Json]:
    """The meetings of a case's committees that are about it, each with the hearing there."""
    rows = [
        one
        for committee in committees_of(case)
        for one in meeting_queries.meetings_of(session, case.authority, UUID(committee))
    ]
    about = [one for one in rows if str(case.id) in one.cases]
    hearings = meeting_queries.hearings_at(session, [one.id for one in about]) if about else []
    by_meeting = {one.meeting_id: one for one in hearings if one.case_id == case.id}
    shown = meeting_schemas.HearingOut()
    return [
        {
            **meeting_schemas.CommitteeMeetingOut().dump(one),
            "hearing": shown.dump(found) if (found := by_meeting.get(one.id)) else None,
        }
        for one in about
    ]


def _meetings(session: Session, rows: Sequence[CommitteeMeeting]) -> list[Json]:
    ids = [one.id for one in rows]
    rolls, hearings = (
        meeting_queries.rolls_of(session, ids),
        meeting_queries.hearings_at(session, ids),
    )
    return [
        {
            **meeting_schemas.CommitteeMeetingOut().dump(one),
            "roll": meeting_schemas.PresenceOut(many=True).dump(rolls[one.id]),
            "hearings": meeting_schemas.HearingOut(many=True).dump(
                [made for made in hearings if made.meeting_id == one.id]
            ),
        }
        for one in rows
    ]


def _cases(session: Session, row: Committee) -> Sequence[Case]:
    return session.scalars(
        select(Case)
        .where(
            Case.authority == row.authority,
            Case.state == "referred",
            is_before(row.id),
        )
        .order_by(Case.reference)
        .limit(MOST_CASES)
    ).all()
