"""Reads of the council: who is in office on a day, committees, reports."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from services.review.council.models import Committee, CommitteeReport, Mandate, ReplacedReport
from services.review.council.workflow import COMMITTEE_OFFICES, CommitteeState
from shared.errors import NotFound
from shared.web.paging import LARGEST_PAGE, Page, decode_cursor, page_of


def members_in_office(session: Session, authority: str, on: date) -> int:
    """How many people sit in the council on a day; each counts once, whatever offices they hold."""
    statement = select(func.count(func.distinct(Mandate.person_id))).where(
        Mandate.authority == authority, in_force(on)
    )
    return session.scalars(statement).one()


def seats_on(session: Session, authority: str, on: date) -> dict[UUID, list[str]]:
    """Who sits in the council on a day, with the offices each holds."""
    statement = (
        select(Mandate.person_id, Mandate.office)
        .where(Mandate.authority == authority, in_force(on))
        .order_by(Mandate.person_id, Mandate.office)
    )
    found: dict[UUID, list[str]] = {}
    for person, office in session.execute(statement):
        found.setdefault(person, []).append(office)
    return found


def holds_office(
    session: Session,
    authority: str,
    person: UUID,
    *,
    offices: Collection[str],
    on: date,
    committee: UUID | None = None,
) -> bool:
    """Whether a person holds one of some offices on a day (of one committee, if it is named)."""
    statement = select(Mandate.id).where(
        Mandate.authority == authority,
        Mandate.person_id == person,
        Mandate.office.in_(offices),
        in_force(on),
    )
    if committee is not None:
        statement = statement.where(Mandate.committee_id == committee)
    return session.scalars(statement.limit(1)).first() is not None


def bureau_on(session: Session, authority: str, on: date) -> Sequence[Mandate]:
    """The mandates of the president and the vice-presidents on a day (113-14, article 7)."""
    return session.scalars(
        select(Mandate)
        .where(
            Mandate.authority == authority,
            Mandate.office.in_(("president", "vice-president")),
            in_force(on),
        )
        .order_by(Mandate.office, Mandate.id)
    ).all()


def seats_of_committee(
    session: Session, authority: str, committee: UUID, *, on: date
) -> dict[UUID, str]:
    """Who sits on a committee on a day, with the office held there: its chair first."""
    statement = (
        select(Mandate.person_id, Mandate.office)
        .where(
            Mandate.authority == authority,
            Mandate.committee_id == committee,
            Mandate.office.in_(COMMITTEE_OFFICES),
            in_force(on),
        )
        .order_by(Mandate.office, Mandate.person_id)
    )
    found: dict[UUID, str] = {}
    for person, office in session.execute(statement):
        found.setdefault(person, office)
    return found


def in_force(on: date) -> ColumnElement[bool]:
    """The condition that a mandate covers a day; its first and last day both count."""
    return and_(
        Mandate.sequence > 0,
        Mandate.from_on <= on,
        or_(Mandate.until_on.is_(None), Mandate.until_on >= on),
    )


def overlapping(
    session: Session, authority: str, from_on: date, until_on: date | None
) -> Sequence[Mandate]:
    """The mandates that share at least one day with a span (None: without end)."""
    statement = select(Mandate).where(
        Mandate.authority == authority,
        Mandate.sequence > 0,
        or_(Mandate.until_on.is_(None), Mandate.until_on >= from_on),
    )
    if until_on is not None:
        statement = statement.where(Mandate.from_on <= until_on)
    return session.scalars(statement).all()


def is_formed(session: Session, authority: str, committee: UUID) -> bool:
    """Whether a committee of this id exists and works."""
    return (
        session.scalars(
            select(Committee.id).where(
                Committee.id == committee,
                Committee.authority == authority,
                Committee.state == CommitteeState.ACTIVE.value,
            )
        ).first()
        is not None
    )


def has_committee(session: Session, authority: str, code: str) -> bool:
    """Whether a committee of this code exists."""
    known = select(Committee.id).where(Committee.authority == authority, Committee.code == code)
    return session.scalars(known).first() is not None


def count_committees(session: Session, authority: str) -> int:
    """How many committees the council formed."""
    formed = select(func.count()).select_from(Committee)
    known = formed.where(Committee.authority == authority, Committee.sequence > 0)
    return session.scalars(known).one()


def seats_by_committee(session: Session, authority: str, on: date) -> dict[UUID, int]:
    """How many members sit on each committee on a day; one without any is missing."""
    statement = (
        select(Mandate.committee_id, func.count(func.distinct(Mandate.person_id)))
        .where(Mandate.authority == authority, Mandate.committee_id.is_not(None), in_force(on))
        .group_by(Mandate.committee_id)
    )
    return {committee: number for committee, number in session.execute(statement) if committee}


def committee_of(session: Session, authority: str, committee: UUID) -> Committee:
    """One committee; raises ``NotFound``."""
    row = session.scalars(
        select(Committee).where(Committee.id == committee, Committee.authority == authority)
    ).one_or_none()
    if row is None:
        raise NotFound("Nothing was found under this id.", kind="committee")
    return row


def check_held_office(session: Session, authority: str, person: UUID) -> None:
    """Raise ``NotFound`` unless a person has or had some office of this authority."""
    held = select(Mandate.id).where(Mandate.authority == authority, Mandate.person_id == person)
    if session.scalars(held.limit(1)).first() is None:
        raise NotFound("Nothing was found under this id.", kind="mandate")


def mandates(
    session: Session, authority: str, cursor: str | None, *, on: date | None
) -> Page[Mandate]:
    """The mandates of an authority in order of their id, all or those in force on a day."""
    statement = select(Mandate).where(Mandate.authority == authority, Mandate.sequence > 0)
    if on is not None:
        statement = statement.where(in_force(on))
    last = decode_cursor(cursor, UUID)
    if last:
        statement = statement.where(Mandate.id > last[0])
    rows = session.scalars(statement.order_by(Mandate.id).limit(LARGEST_PAGE + 1)).all()
    return page_of(rows, LARGEST_PAGE, keys=lambda row: (str(row.id),))


def committees(session: Session, authority: str, cursor: str | None) -> Page[Committee]:
    """The committees of an authority in order of their id."""
    statement = select(Committee).where(Committee.authority == authority, Committee.sequence > 0)
    last = decode_cursor(cursor, UUID)
    if last:
        statement = statement.where(Committee.id > last[0])
    rows = session.scalars(statement.order_by(Committee.id).limit(LARGEST_PAGE + 1)).all()
    return page_of(rows, LARGEST_PAGE, keys=lambda row: (str(row.id),))


def reports_on(
    session: Session, authority: str, cases: Collection[UUID]
) -> Sequence[CommitteeReport]:
    """The reports of committees on some cases, in the order they came in."""
    return session.scalars(
        select(CommitteeReport)
        .where(
            CommitteeReport.authority == authority,
            CommitteeReport.case_id.in_(cases),
        )
        .order_by(CommitteeReport.recorded_at, CommitteeReport.id)
    ).all()


def replaced_reports(session: Session, authority: str, case: UUID) -> Sequence[ReplacedReport]:
    """What reports on a case said before they were corrected, oldest first."""
    return session.scalars(
        select(ReplacedReport)
        .where(ReplacedReport.authority == authority, ReplacedReport.case_id == case)
        .order_by(ReplacedReport.committee_id, ReplacedReport.event_sequence)
    ).all()
