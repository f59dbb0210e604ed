"""A committee's meetings: ``call_meeting``, then ``hold_meeting`` with its roll by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from services.review.cases.models import Case
from services.review.cases.referred import is_before
from services.review.council import queries
from services.review.council.meeting_models import CommitteeMeeting, CommitteePresence
from services.review.council.models import Committee
from services.review.council.office import check_office
from services.review.council.state import COMMITTEE_WORKFLOW
from shared.errors import InvalidInput, NotAllowed
from shared.events.council import CommitteeMeetingCalled, CommitteeMet, MeetingMark
from shared.ids import new_id
from shared.unit_of_work import UnitOfWork
from shared.workflow import Act, move

ARTICLE = "113-14, 28"
PRESENT = "present"
CALLED_BY_ROLE = {"president": "president", "committee-chair": "chair"}
"""What the holder of an office calls is called by that office; the secretariat records any."""


@dataclass(frozen=True, kw_only=True)
class Call:
    """Who calls a meeting (president, chair or third), how many asked, for when, about what."""

    called_by: str
    meets_on: date
    members: int | None = None
    cases: Sequence[UUID] = field(default=())


@dataclass(frozen=True, kw_only=True)
class Presence:
    """How one member of the committee is entered: present, excused or unexcused."""

    person: UUID
    mark: str


def call_meeting(
    uow: UnitOfWork, committee: Committee, call: Call, *, acted_on: date | None = None, **act: Any
) -> CommitteeMeeting:
    """Call a meeting of a committee (locked by the caller) for a civil date.

    Raises ``GuardRefused`` for a third that is none, a day before the call, or a petition that is
    not before the committee; ``NotAllowed`` for a chair of another committee (article 28).
    """
    on = acted_on or uow.today
    check_office(uow, on, committee=committee.id)
    _check_own_name(uow, call)
    cases = sorted({str(one) for one in call.cases})
    facts = {"on": on, **_before_call(uow, committee, call, cases=cases)}
    meeting = CommitteeMeeting(
        id=new_id(),
        authority=uow.authority,
        committee_id=committee.id,
        called_by=call.called_by,
        called_by_members=call.members,
        called_on=on,
        meets_on=call.meets_on,
        cases=cases,
        is_held=False,
        recorded_by=uow.actor.id,
        recorded_at=uow.recorded_at,
    )
    what = CommitteeMeetingCalled(
        meeting=str(meeting.id),
        meets_on=call.meets_on,
        called_by=call.called_by,
        cases=cases,
        members=call.members,
    )
    done = Act(what=what, acted_on=acted_on, facts=facts, **act)
    move(COMMITTEE_WORKFLOW, committee, "call_meeting", uow, done)
    uow.session.add(meeting)
    return meeting


def hold_meeting(
    uow: UnitOfWork,
    committee: Committee,
    meeting: CommitteeMeeting,
    *,
    roll: Sequence[Presence],
    late_reason: str | None = None,
) -> CommitteeMeeting:
    """Record who was at a meeting (its committee locked by the caller); the act has its day.

    Members who are not on ``roll`` are entered as absent without excuse. Raises ``InvalidInput``
    for a meeting that is still to come and for who has no seat on the committee on its day.
    """
    on = meeting.meets_on
    check_office(uow, on, committee=committee.id)
    marks = _marks(uow, committee, roll, on=on)
    present = sum(mark == PRESENT for mark in marks.values())
    facts = {"is_held": meeting.is_held, "present": present}
    entered = [MeetingMark(person=str(person), mark=mark) for person, mark in marks.items()]
    what = CommitteeMet(meeting=str(meeting.id), present=present, seats=len(marks), roll=entered)
    done = Act(what=what, acted_on=on, late_reason=late_reason, facts=facts)
    move(COMMITTEE_WORKFLOW, committee, "meet", uow, done)
    meeting.is_held = True
    uow.session.add_all(
        CommitteePresence(
            authority=uow.authority, meeting_id=meeting.id, person_id=person, mark=mark
        )
        for person, mark in marks.items()
    )
    return meeting


def _check_own_name(uow: UnitOfWork, call: Call) -> None:
    """The president and a chair call in their own name; the secretariat records any call."""
    if CALLED_BY_ROLE.get(uow.actor.role, call.called_by) != call.called_by:
        raise NotAllowed("A meeting is called in one's own name.", article=ARTICLE)


def _before_call(
    uow: UnitOfWork, committee: Committee, call: Call, *, cases: Sequence[str]
) -> dict[str, Any]:
    """Who asks for the meeting, for when, and whether its petitions are before the committee."""
    seats = queries.seats_of_committee(uow.session, uow.authority, committee.id, on=call.meets_on)
    return {
        "meets_on": call.meets_on,
        "called_by": call.called_by,
        "members": min(call.members or 0, len(seats)),
        "seats": len(seats),
        "strangers": _strangers(uow, committee, cases),
    }


def _marks(
    uow: UnitOfWork, committee: Committee, roll: Sequence[Presence], *, on: date
) -> dict[UUID, str]:
    """How each member of the committee is entered on a meeting's day, which must have come."""
    if on > uow.today:
        raise InvalidInput(
            "A meeting is recorded once it was held; today is %(today)s.",
            field="attendance",
            remedy="Wait until its day.",
            today=uow.today,
        )
    seats = queries.seats_of_committee(uow.session, uow.authority, committee.id, on=on)
    marks = dict.fromkeys(seats, "unexcused")
    for one in roll:
        if one.person not in marks:
            raise InvalidInput(
                "This person does not sit on the committee on that day.",
                field="attendance",
                remedy="Choose a member of the committee.",
                article=ARTICLE,
            )
        marks[one.person] = one.mark
    return marks


def _strangers(uow: UnitOfWork, committee: Committee, cases: Sequence[str]) -> list[str]:
    """The cases that were not referred to a committee."""
    ids = [UUID(one) for one in cases]
    before_it = uow.session.scalars(
        select(Case.id).where(
            Case.id.in_(ids),
            Case.authority == uow.authority,
            Case.state == "referred",
            is_before(committee.id),
        )
    )
    return sorted(set(cases) - {str(one) for one in before_it})
