"""Reads of cases: the public list, the secretariat's queue, a petitioner's own, the acts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, or_, select, tuple_
from sqlalchemy.orm import Session

from services.review.base import Base
from services.review.cases.consultation_models import Consultation, KnownBody, ReceivedOpinion
from services.review.cases.models import Case, CasePerson, HandedIn
from services.review.cases.workflow import UNDER_WAY
from services.review.control.models import Decision
from services.review.council.models import Committee, CommitteeReport, ReplacedReport
from shared.errors import NotFound
from shared.web.paging import LARGEST_PAGE, Page, decode_cursor, page_of


def public_cases(session: Session, authority: str, cursor: str | None) -> Page[Case]:
    """The filed petitions of an authority, newest filing first."""
    cases = select(Case).where(Case.authority == authority)
    return _with_decisions(session, authority, _newest_first(session, cases, cursor))


def cases_of_person(
    session: Session, authority: str, person: UUID, cursor: str | None
) -> Page[Case]:
    """The cases whose petition names a person, newest filing first."""
    statement = (
        select(Case)
        .join(CasePerson, CasePerson.case_id == Case.id)
        .where(Case.authority == authority, CasePerson.person_id == person)
    )
    return _with_decisions(session, authority, _newest_first(session, statement, cursor))


def _with_decisions(session: Session, authority: str, page: Page[Case]) -> Page[Case]:
    """Say of each case how the council's decision on it stands, with one query for the page."""
    ids = [case.id for case in page.rows]
    decided = select(Decision.case_id, Decision.state).where(
        Decision.authority == authority, Decision.case_id.in_(ids)
    )
    states = {row.case_id: row.state for row in session.execute(decided.order_by(Decision.id))}
    for case in page.rows:
        case.decision_state = states.get(case.id)
    return page


def queue(session: Session, authority: str, cursor: str | None, *, state: str | None) -> Page[Case]:
    """The cases that wait for an act (or those of one state), the most urgent day first."""
    waits = Case.state == state if state else or_(Case.state.in_(UNDER_WAY), to_be_notified())
    statement = select(Case).where(Case.authority == authority, waits)
    last = decode_cursor(cursor, date, UUID)
    if last:
        # A row comparison is one range of the index; "or" would read it from its beginning.
        statement = statement.where(tuple_(Case.urgent_on, Case.id) > last)
    rows = session.scalars(
        statement.order_by(Case.urgent_on, Case.id).limit(LARGEST_PAGE + 1)
    ).all()
    return page_of(rows, LARGEST_PAGE, keys=lambda row: (row.urgent_on.isoformat(), str(row.id)))


def to_be_notified() -> ColumnElement[bool]:
    """Refused petitions whose petitioners are not notified yet."""
    return and_(Case.state == "refused", Case.refusal_notified_on.is_(None))


def case_by_reference(session: Session, authority: str, reference: str) -> Case:
    """One case by its public reference; raises ``NotFound``."""
    row = session.scalars(
        select(Case).where(Case.reference == reference, Case.authority == authority)
    ).one_or_none()
    if row is None:
        raise NotFound("No petition has this reference.")
    return row


def case_of(session: Session, authority: str, case_id: UUID) -> Case:
    """One case; raises ``NotFound``."""
    row = session.scalars(
        select(Case).where(Case.id == case_id, Case.authority == authority)
    ).one_or_none()
    if row is None:
        raise no_such_case()
    return row


def no_such_case() -> NotFound:
    """The one answer for an unknown case and for one that is somebody else's."""
    return NotFound("Nothing was found under this id.", kind="case")


def is_on_file(case: Case, person: str) -> bool:
    """Whether a person is one of the petitioners of a case."""
    return any(one["person"] == person for one in case.people)


def acts_of(
    session: Session,
    authority: str,
    subjects: Sequence[str],
    *,
    reports: Sequence[CommitteeReport | ReplacedReport] = (),
) -> Sequence[Row[Any]]:
    """The recorded acts of some subjects and those of some reports, in the order of recording."""
    history = Base.plumbing.history
    of_reports = [
        and_(
            history.c.subject == f"{Committee.kind}/{report.committee_id}",
            history.c.sequence == report.event_sequence,
        )
        for report in reports
    ]
    return session.execute(
        select(history)
        .where(
            history.c.authority == authority,
            or_(history.c.subject.in_(subjects), *of_reports),
        )
        .order_by(history.c.recorded_at, history.c.event_id)
    ).all()


def consultations_of(session: Session, case_id: UUID) -> Sequence[Consultation]:
    """The opinions asked about a case, oldest first."""
    return session.scalars(
        select(Consultation).where(Consultation.case_id == case_id).order_by(Consultation.id)
    ).all()


def opinions_of_case(session: Session, case_id: UUID) -> Sequence[ReceivedOpinion]:
    """The opinions received on a case, in the order they were handed in."""
    return session.scalars(
        select(ReceivedOpinion)
        .where(ReceivedOpinion.case_id == case_id)
        .order_by(ReceivedOpinion.submitted_on, ReceivedOpinion.opinion_id)
    ).all()


def handed_in(session: Session, case_id: UUID) -> Sequence[HandedIn]:
    """What petitioners handed in after filing, oldest first."""
    return session.scalars(
        select(HandedIn).where(HandedIn.case_id == case_id).order_by(HandedIn.told_at, HandedIn.id)
    ).all()


def holding(session: Session, case_id: UUID) -> Sequence[Consultation]:
    """The mandatory opinions still awaited on a case: they hold its item back from a vote."""
    return session.scalars(
        select(Consultation).where(
            Consultation.case_id == case_id,
            Consultation.is_mandatory.is_(True),
            Consultation.state.in_(("requested", "reopened")),
        )
    ).all()


def names_of_bodies(session: Session, authority: str) -> dict[str, dict[str, Any]]:
    """The names of the authority's consultative bodies by id."""
    rows = session.execute(
        select(KnownBody.body_id, KnownBody.name).where(KnownBody.authority == authority)
    )
    return {str(row.body_id): row.name for row in rows}


def names_of_committees(session: Session, authority: str) -> dict[str, dict[str, Any]]:
    """The names of the authority's committees by id."""
    rows = session.execute(
        select(Committee.id, Committee.name).where(Committee.authority == authority)
    )
    return {str(row.id): row.name for row in rows}


def _newest_first(session: Session, statement: Select[Any], cursor: str | None) -> Page[Case]:
    last = decode_cursor(cursor, date, UUID)
    if last:
        statement = statement.where(tuple_(Case.filed_on, Case.id) < last)
    rows: Sequence[Case] = session.scalars(
        statement.order_by(Case.filed_on.desc(), Case.id.desc()).limit(LARGEST_PAGE + 1)
    ).all()
    return page_of(rows, LARGEST_PAGE, keys=lambda row: (row.filed_on.isoformat(), str(row.id)))
