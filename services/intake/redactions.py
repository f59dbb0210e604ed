"""Erasing a person's name in files: at once where no file needs it any more, else in its time.

What needs it says the retention table (docs/retention.md); each look locks the person's petitions,
so that none is filed between the look and the erasure. Whoever notes the end of a case locks them
first as well: a look sees the end, or the end sees what the look put off. Redactions are locked
after petitions, always.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session

from services.intake import papers
from services.intake.actions import PEOPLE_PURPOSE
from services.intake.models import EndedCase, Petition, PetitionPerson, Redaction
from services.intake.state import PETITION_WORKFLOW, REDACTION_WORKFLOW
from services.intake.workflow import FOLLOWS, PetitionState, RedactionState
from shared.events.erasures import RedactionCarriedOut, RedactionPutOff
from shared.events.petitions import PetitionGivenUp
from shared.retention.local import last_day
from shared.retention.table import Row, load_table
from shared.unit_of_work import UnitOfWork
from shared.workflow import Act, move

COLLECTING, CASE_OPEN = "petition-collecting", "case-open"
TERM_RUNNING = "term-running"
"""The case is closed, and the days that the table lets pass after it are not over."""


@dataclass(frozen=True, kw_only=True)
class Holds:
    """What keeps a name, as codes; and its last day, where nothing but days keeps it."""

    waits_for: list[str]
    until_on: date | None = None


def begin_redaction(uow: UnitOfWork, *, erasure: UUID, person: UUID) -> Redaction:
    """Take up an erasure that was asked for: carried out at once, or waiting for what is said."""
    redaction = uow.add(
        Redaction(
            state=RedactionState.NEW.value,
            erasure_id=erasure,
            person_id=person,
            waits_for=[],
            files=0,
            erased=[],
            stays=[],
        )
    )
    look_at(uow, redaction)
    return redaction


def look_at(uow: UnitOfWork, redaction: Redaction) -> None:
    """Carry a redaction out if nothing keeps the name any more; else say anew what does.

    A look that finds what the one before found tells nobody.
    """
    petitions = _petitions_of(uow, redaction.person_id)
    holds = _holds(uow, petitions)
    if holds.waits_for:
        _put_off(uow, redaction, holds)
        return
    redaction.waits_for, redaction.until_on = [], None
    redaction.files = destroy_names(uow, redaction.person_id)
    _leave_drafts(uow, petitions, redaction.person_id)
    gone = [papers.erase(uow, petition, redaction.id) for petition in petitions]
    redaction.erased = [*_if(PEOPLE_PURPOSE, redaction.files > 0), *_if(papers.PROOFS, any(gone))]
    redaction.stays = _if(papers.DOCUMENTS, any(papers.stay(one) for one in petitions))
    facts = {"waits_for": holds.waits_for}
    what = RedactionCarriedOut()
    move(REDACTION_WORKFLOW, redaction, "carry_out", uow, Act(what=what, facts=facts))


def _if(purpose: str, is_so: bool) -> list[str]:
    return [purpose] if is_so else []


def look_again(uow: UnitOfWork, redaction_id: UUID) -> None:
    """Look at a waiting redaction again, under its lock."""
    person = uow.session.scalar(select(Redaction.person_id).where(Redaction.id == redaction_id))
    if person is not None:
        _petitions_of(uow, person)
    redaction = uow.get(Redaction, redaction_id)
    if redaction.state == RedactionState.WAITING:
        look_at(uow, redaction)


def look_again_for(uow: UnitOfWork, people: list[UUID]) -> None:
    """Look again at what waits for these people, as a case of theirs was closed or opened."""
    statement = select(Redaction.id).where(
        Redaction.authority == uow.authority,
        Redaction.person_id.in_(people),
        Redaction.state == RedactionState.WAITING.value,
    )
    for redaction_id in uow.session.scalars(statement.order_by(Redaction.id)).all():
        look_again(uow, redaction_id)


def give_up(uow: UnitOfWork, petition: Petition, **act: Any) -> None:
    """End a collection of signatures; erasures that waited for it go on.

    Raises ``GuardRefused`` for somebody of the file who does not follow the procedure.
    """
    roles = {one.role for one in petition.people if str(one.person_id) == uow.actor.id}
    facts = {"acts_for_all": uow.actor.role != "petitioner" or bool(roles & FOLLOWS)}
    what = PetitionGivenUp()
    move(PETITION_WORKFLOW, petition, "give_up", uow, Act(what=what, facts=facts, **act))
    look_again_for(uow, [one.person_id for one in petition.people])


def due(session: Session, authority: str, today: date) -> list[UUID]:
    """The redactions whose last day has passed."""
    statement = select(Redaction.id).where(
        Redaction.authority == authority,
        Redaction.state == RedactionState.WAITING.value,
        Redaction.until_on < today,
    )
    return list(session.scalars(statement.order_by(Redaction.until_on, Redaction.id)).all())


def hold_files(uow: UnitOfWork, case: UUID, people: list[UUID]) -> None:
    """Lock the petition of a case and the others of these people, before its end is noted."""
    _locked(uow, or_(Petition.id == case, Petition.id.in_(_on_file_of(people))))


def note_ended(uow: UnitOfWork, case: UUID, ended_on: date) -> None:
    """Remember that a case was closed, when, and until when names are kept from then on.

    An authority's own days are those in force on that day: later changes do not reach back.
    """
    entries = uow.profile.profile.get("local_rules") or {}
    kept_until = last_day(_row(uow), ended_on, entries)
    ended = EndedCase(id=case, authority=uow.authority, ended_on=ended_on, kept_until=kept_until)
    uow.session.merge(ended)


def note_opened_again(uow: UnitOfWork, case: UUID) -> None:
    """Forget that a case was closed."""
    ended = uow.session.get(EndedCase, case)
    if ended is not None:
        uow.session.delete(ended)


def note_as_told(uow: UnitOfWork, case: UUID, ended_on: date | None) -> None:
    """Note what review says of a case that is not heard of here: its end, or that it has none."""
    on_file = select(PetitionPerson.person_id).where(PetitionPerson.petition_id == case)
    people = list(uow.session.scalars(on_file))
    hold_files(uow, case, people)
    known = uow.session.get(EndedCase, case)
    if (known and known.ended_on) == ended_on:
        return
    if ended_on is None:
        note_opened_again(uow, case)
    else:
        note_ended(uow, case, ended_on)
    look_again_for(uow, people)


def destroy_names(uow: UnitOfWork, person: UUID) -> int:
    """Destroy the key of a person's names in files; returns in how many files it was one."""
    statement = select(PetitionPerson).where(
        PetitionPerson.authority == uow.authority, PetitionPerson.person_id == person
    )
    named = [one for one in uow.session.scalars(statement) if one.name_arabic or one.name_latin]
    return len(named) if uow.vault.destroy(person, PEOPLE_PURPOSE) else 0


def _petitions_of(uow: UnitOfWork, person: UUID) -> list[Petition]:
    """Every petition that a person is on, under lock, drafts included."""
    return _locked(uow, Petition.id.in_(_on_file_of([person])))


def _on_file_of(people: list[UUID]) -> Select[UUID]:
    return select(PetitionPerson.petition_id).where(PetitionPerson.person_id.in_(people))


def _locked(uow: UnitOfWork, which: ColumnElement[bool]) -> list[Petition]:
    """Petitions of the authority as they are now, under their locks, always in one order."""
    statement = select(Petition).where(Petition.authority == uow.authority, which)
    locked = statement.order_by(Petition.id).with_for_update(of=Petition)
    fresh = locked.execution_options(populate_existing=True)
    return list(uow.session.scalars(fresh).unique())


def _holds(uow: UnitOfWork, petitions: list[Petition]) -> Holds:
    ended = _ended(uow, petitions)
    row = _row(uow)
    kept = (one.kept_until or row.last_day(one.ended_on) for one in ended.values())
    last_days = [day for day in kept if day >= uow.today]
    found = {_code(petition, ended) for petition in petitions}
    waits_for: list[str] = sorted(code for code in row.kept_while if code in found)
    if waits_for:
        return Holds(waits_for=waits_for)
    if last_days:
        return Holds(waits_for=[TERM_RUNNING], until_on=max(last_days))
    return Holds(waits_for=[])


def _row(uow: UnitOfWork) -> Row:
    return load_table(uow.today).row(uow.context.name, PEOPLE_PURPOSE)


def _ended(uow: UnitOfWork, petitions: list[Petition]) -> dict[UUID, EndedCase]:
    ids = [petition.id for petition in petitions]
    rows = uow.session.scalars(select(EndedCase).where(EndedCase.id.in_(ids)))
    return {row.id: row for row in rows}


def _code(petition: Petition, ended: dict[UUID, EndedCase]) -> str | None:
    """What a petition itself keeps the name for; None for a draft and for one that is over."""
    if petition.state == PetitionState.COLLECTING:
        return COLLECTING
    if petition.state == PetitionState.FILED and petition.id not in ended:
        return CASE_OPEN
    return None


def _put_off(uow: UnitOfWork, redaction: Redaction, holds: Holds) -> None:
    is_known = redaction.state == RedactionState.WAITING
    said = (redaction.waits_for, redaction.until_on)
    if is_known and said == (holds.waits_for, holds.until_on):
        return
    redaction.waits_for, redaction.until_on = holds.waits_for, holds.until_on
    move(REDACTION_WORKFLOW, redaction, "put_off", uow, Act(what=RedactionPutOff()))


def _leave_drafts(uow: UnitOfWork, petitions: list[Petition], person: UUID) -> None:
    """Take the person off drafts, so that nobody files one in a name that is not there."""
    for petition in petitions:
        if petition.state != PetitionState.DRAFT:
            continue
        petition.erased_on = uow.today
        for one in petition.people:
            if one.person_id == person:
                one.is_active = False
