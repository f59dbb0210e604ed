"""Hearing those who filed a petition before the committee that examines it: set, then recorded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from services.review.cases.models import Case
from services.review.cases.referred import committees_of
from services.review.cases.state import CASE_WORKFLOW
from services.review.council.meeting_models import CommitteeMeeting, Hearing
from services.review.council.meeting_queries import hearing_of, meeting_of
from services.review.council.office import check_office
from shared.events.cases import HearingSet, PetitionersHeard
from shared.unit_of_work import UnitOfWork
from shared.workflow import Act, move

WHO = {"citizens": "mandatary", "association": "legal-representative"}
"""Who speaks for a petition, by who filed it (113-14, articles 122 and 125)."""


@dataclass(frozen=True, kw_only=True)
class Heard:
    """Whether who was invited came, and what the committee noted of what was said."""

    came: bool
    text: str = ""


def set_hearing(
    uow: UnitOfWork, case: Case, *, meeting: UUID, acted_on: date | None = None, **act: Any
) -> Hearing:
    """Invite the mandatary or the legal representative to a meeting that is to come.

    The petitioners are told by the event. Raises ``GuardRefused`` for a meeting that is not about
    this petition, or was held.
    """
    on = acted_on or uow.today
    found = meeting_of(uow.session, uow.authority, meeting)
    check_office(uow, on, committee=found.committee_id)
    hearing = hearing_of(uow.session, meeting, case.id)
    who = WHO[case.petitioner]
    what = HearingSet(
        committee=str(found.committee_id),
        meeting=str(meeting),
        meets_on=found.meets_on,
        who=who,
    )
    facts = _facts(case, found, hearing)
    move(
        CASE_WORKFLOW,
        case,
        "set_hearing",
        uow,
        Act(what=what, acted_on=acted_on, facts=facts, **act),
    )
    made = Hearing(
        authority=uow.authority,
        meeting_id=meeting,
        case_id=case.id,
        who=who,
        set_on=on,
        recorded_by=uow.actor.id,
        recorded_at=uow.recorded_at,
    )
    uow.session.add(made)
    return made


def record_hearing(
    uow: UnitOfWork, case: Case, heard: Heard, *, meeting: UUID, **act: Any
) -> Hearing | None:
    """Record what became of a hearing after the roll of its meeting; the text stays inside.

    Raises ``GuardRefused`` where none was set, the committee has not met, or it is recorded.
    """
    found = meeting_of(uow.session, uow.authority, meeting)
    check_office(uow, act.get("acted_on") or uow.today, committee=found.committee_id)
    hearing = hearing_of(uow.session, meeting, case.id)
    what = PetitionersHeard(meeting=str(meeting), came=heard.came)
    facts = _facts(case, found, hearing)
    move(CASE_WORKFLOW, case, "record_hearing", uow, Act(what=what, facts=facts, **act))
    if hearing is not None:
        hearing.came, hearing.text = heard.came, heard.text
    return hearing


def _facts(case: Case, meeting: CommitteeMeeting, hearing: Hearing | None) -> dict[str, Any]:
    is_before_it = str(meeting.committee_id) in committees_of(case)
    return {
        "is_about_it": is_before_it and str(case.id) in meeting.cases,
        "is_held": meeting.is_held,
        "is_set": hearing is not None,
        "is_recorded": hearing is not None and hearing.came is not None,
    }
