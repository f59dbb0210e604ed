"""Reads the facts of the papers of a session: agenda, notice, attendance sheet, minutes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from services.review.base import Base
from services.review.correction_reads import Corrected
from services.review.council.queries import members_in_office, seats_on
from services.review.documents.facts import votes
from services.review.documents.facts.acts import LastAct
from services.review.documents.facts.course import course_of, meeting_of
from services.review.documents.facts.people import Author, Marked, OldMark, Seat
from services.review.documents.facts.values import (
    AgendaFacts,
    AttendanceFacts,
    MinutesFacts,
    NoticeFacts,
    OldOpening,
    Opening,
    Point,
)
from services.review.documents.facts.vote_values import Texts
from services.review.sessions import attendance as attendance_of
from services.review.sessions import queries, rules
from services.review.sessions.attendance_models import Attendance
from services.review.sessions.models import CouncilSession, Item, Sitting
from services.review.sessions.workflow import SessionState
from shared.db.authorities import load_authority
from shared.law.pack import Pack
from shared.law.quorum import Quorum, calls, quorum

Acts = Mapping[str, LastAct]
FURTHER, LAST_CALL = 0, 3
"""A sitting after the opening has no call of its own."""


def editions(session: Session, row: CouncilSession, acts: Acts) -> dict[str, int]:
    """Which papers a session allows now, each with its version, call or act."""
    found: dict[str, int] = {}
    if row.state == SessionState.POSTPONED or "call" not in acts:
        return found
    items = queries.items_of(session, [row.id])[row.id]
    found["agenda"] = queries.agenda_version(row, items)
    if "convene" in acts:
        found["notice"] = acts["convene"].sequence
        found["attendance"] = call_now(queries.sittings_of(session, row.id))
    if row.state == SessionState.CLOSED and "close" in acts:
        # A correction after the close asks for minutes that say both counts.
        found["minutes"] = (
            acts["close"].sequence + votes.corrections_of(items) + _corrected_counts(session, row)
        )
    return found


def _corrected_counts(session: Session, row: CouncilSession) -> int:
    found = attendance_of.count_corrections(session, queries.sittings_of(session, row.id))
    return sum(len(one) for one in found.values())


def call_now(sittings: Sequence[Sitting], *, last: int = LAST_CALL) -> int:
    """The call that a sheet is for: the one that met its quorum, else the next (article 42)."""
    counted = [one for one in sittings if one.call and one.sequence > 0]
    met = next((one.call for one in counted if one.present >= one.needed), None)
    failed = max((one.call for one in counted), default=0)
    return met or min(failed + 1, last)


def agenda(session: Session, row: CouncilSession, acts: Acts) -> AgendaFacts:
    """What the agenda says."""
    items = queries.items_of(session, [row.id])[row.id]
    return AgendaFacts(
        meeting=meeting_of(row),
        version=queries.agenda_version(row, items),
        sent_on=row.agenda_to_governor_on or acts["call"].acted_on,
        points=points_of(session, items),
        article=_article(_pack(session, row), "agenda-to-governor"),
    )


def notice(session: Session, row: CouncilSession, acts: Acts) -> NoticeFacts:
    """What the notice to the members says."""
    items = queries.items_of(session, [row.id])[row.id]
    needed = _quorum(session, row, 1)
    papers = queries.papers_of(session, row.id, items)
    return NoticeFacts(
        meeting=meeting_of(row),
        sent_on=row.notice_to_members_on or acts["convene"].acted_on,
        points=points_of(session, items),
        papers=tuple(dict(one.subject_line) for one in papers),
        attached=tuple(one.title for one in queries.attachments_of(session, row.id)),
        needed=needed.needed,
        in_office=members_in_office(session, row.authority, row.opens_on),
        article=_article(_pack(session, row), "notice-to-members"),
    )


def attendance(session: Session, row: CouncilSession, _acts: Acts) -> AttendanceFacts:
    """What the sheet to be signed at the opening says."""
    last = calls(_pack(session, row), row.called_by)
    call = call_now(queries.sittings_of(session, row.id), last=last)
    needed = _quorum(session, row, call)
    return AttendanceFacts(
        meeting=meeting_of(row),
        call=call,
        in_office=members_in_office(session, row.authority, row.opens_on),
        needed=needed.needed,
        article=needed.article,
        members=_members(session, row),
    )


def minutes(session: Session, row: CouncilSession, acts: Acts) -> MinutesFacts:
    """What the minutes say."""
    sittings = queries.sittings_of(session, row.id)
    items = queries.items_of(session, [row.id])[row.id]
    pack = _pack(session, row)
    return MinutesFacts(
        meeting=meeting_of(row),
        opened_on=row.opened_on or row.opens_on,
        closed_on=row.closed_on or acts["close"].acted_on,
        openings=_openings(session, pack, row, sittings=sittings),
        treated=votes.treated_of(session, pack, items),
        copies_article=_article(pack, "minutes-to-members"),
        **course_of(session, row, sittings),
    )


def points_of(session: Session, items: Sequence[Item]) -> tuple[Point, ...]:
    """The points still on the agenda, in its order."""
    live = [item for item in items if item.state in queries.LIVE]
    references = queries.references_of(session, live)
    return tuple(votes.point_of(item, references) for item in live)


def _members(session: Session, row: CouncilSession) -> tuple[Seat, ...]:
    """Who sits in the council on the opening day."""
    seats = seats_on(session, row.authority, row.opens_on)
    return tuple(
        Seat(person=str(person), is_president="president" in offices)
        for person, offices in sorted(seats.items(), key=lambda one: str(one[0]))
    )


def _openings(
    session: Session, pack: Pack, row: CouncilSession, *, sittings: Sequence[Sitting]
) -> tuple[Opening, ...]:
    """The sittings that took place, each with its roll where it was called by name."""
    rolls = attendance_of.rolls_of(session, [one.id for one in sittings])
    corrected = attendance_of.count_corrections(session, sittings)
    return tuple(
        replace(
            _opening(one, rolls[one.id], told=_counted(pack, row, one)),
            corrected=tuple(_before(made) for made in corrected[one.id]),
        )
        for one in sittings
        if one.sequence > 0
    )


def _before(made: Corrected) -> OldOpening:
    return OldOpening(
        present=made.what["was_present"],
        in_office=made.what["was_in_office"],
        corrected_on=made.corrected_on,
        by=Author(person=made.author, role=made.role),
        because=made.because,
        marks=tuple(OldMark(**one) for one in made.marks),
    )


def _opening(sitting: Sitting, roll: Sequence[Attendance], *, told: Texts | None) -> Opening:
    return Opening(
        call=sitting.call,
        held_on=sitting.held_on,
        in_office=sitting.in_office,
        present=sitting.present,
        is_met=sitting.present >= sitting.needed,
        roll=tuple(Marked(person=str(one.person_id), mark=one.mark) for one in roll),
        explanation=told,
    )


def _counted(pack: Pack, row: CouncilSession, sitting: Sitting) -> Texts | None:
    """How a sitting was counted: as kept with it, else counted again; a further one needs none."""
    if sitting.calculation:
        return dict(sitting.calculation)
    if sitting.call == FURTHER:
        return None
    found = quorum(pack, sitting.in_office, sitting.present, sitting.call, called_by=row.called_by)
    return votes.told(found.explanation)


def _quorum(session: Session, row: CouncilSession, call: int) -> Quorum:
    in_office = members_in_office(session, row.authority, row.opens_on)
    return quorum(_pack(session, row), in_office, in_office, call, called_by=row.called_by)


def _pack(session: Session, row: CouncilSession) -> Pack:
    profile = load_authority(session, Base.plumbing, row.authority)
    opened: date = row.opened_on or row.opens_on
    return rules.pack_for(profile, opened)


def _article(pack: Pack, rule: str) -> str:
    return pack.article_of(pack.term_by_id[rule])
