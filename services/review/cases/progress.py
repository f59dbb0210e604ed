"""How far cases are: reports, items, sessions and decisions, read for a whole page at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import func, literal, select, union_all
from sqlalchemy.orm import Session

from services.review.cases.models import Case
from services.review.cases.referred import asked_on, awaited
from services.review.control.follow_up_models import OPEN, FollowUp
from services.review.control.models import Decision
from services.review.control.queries import decisions_of_cases
from services.review.control.workflow import DecisionState
from services.review.council.models import CommitteeReport
from services.review.council.queries import reports_on
from services.review.sessions.agenda_models import ClashChoice
from services.review.sessions.models import CouncilSession, Item
from services.review.sessions.queries import LIVE

PLANNED_ON = ("planned", "called")
"""Sessions whose agenda still takes items."""


@dataclass(frozen=True, kw_only=True)
class Progress:
    """What stands beside a case: reports, its last item with its session, its last decision.

    ``action_due_on`` is when the first open action is due that carries its decision out;
    ``is_session_chosen`` says that the president settled which session a late petition goes to.
    """

    reports: Sequence[CommitteeReport] = ()
    item: Item | None = None
    session: CouncilSession | None = None
    decision: Decision | None = None
    action_due_on: date | None = None
    is_session_chosen: bool = False

    def awaits_report(self, case: Case) -> bool:
        """Whether there is no report yet, or not that of each committee the case is before."""
        return not self.reports or bool(awaited(case, self._reported))

    def report_asked_on(self, case: Case) -> date | None:
        """When the report was asked for that is still to come, of several the first one."""
        return asked_on(case, self._reported)

    @property
    def _reported(self) -> set[str]:
        return {str(one.committee_id) for one in self.reports}


@dataclass(frozen=True, kw_only=True)
class Progresses:
    """The progress of some cases, and the ordinary sessions still to come."""

    by_case: Mapping[UUID, Progress] = field(default_factory=dict)
    ordinary: Sequence[CouncilSession] = ()

    def of(self, case: Case) -> Progress:
        """The progress of one case."""
        return self.by_case.get(case.id, Progress())


def progress_of(session: Session, authority: str, cases: Sequence[Case]) -> Progresses:
    """Read the progress of some cases of one authority, in four statements for all of them.

    Where decisions can be carried out or petitions came too late for an agenda, one more reads
    open actions and the president's choices.
    """
    ids = [case.id for case in cases]
    reports: dict[UUID, list[CommitteeReport]] = {}
    for report in reports_on(session, authority, ids):
        reports.setdefault(report.case_id, []).append(report)
    items = _items(session, ids)
    decisions = {row.case_id: row for row in decisions_of_cases(session, authority, ids)}
    open_actions, chosen = _asides(session, decisions.values(), cases)
    by_case = {
        id_: Progress(
            reports=reports.get(id_, ()),
            item=items[id_][0] if id_ in items else None,
            session=items[id_][1] if id_ in items else None,
            decision=decisions.get(id_),
            action_due_on=open_actions.get(decisions[id_].id) if id_ in decisions else None,
            is_session_chosen=id_ in chosen,
        )
        for id_ in ids
    }
    return Progresses(by_case=by_case, ordinary=ordinary_sessions(session, authority))


def ordinary_sessions(session: Session, authority: str) -> Sequence[CouncilSession]:
    """The ordinary sessions that are planned, called or convened, the next one first."""
    return session.scalars(
        select(CouncilSession)
        .where(
            CouncilSession.authority == authority,
            CouncilSession.session_kind == "ordinary",
            CouncilSession.state.in_((*PLANNED_ON, "convened")),
        )
        .order_by(CouncilSession.opens_on)
    ).all()


def _items(session: Session, cases: Sequence[UUID]) -> dict[UUID, tuple[Item, CouncilSession]]:
    """The last item of each case that is on an agenda or was voted on, with its session."""
    rows = session.execute(
        select(Item, CouncilSession)
        .join(CouncilSession, CouncilSession.id == Item.session_id)
        .where(Item.case_id.in_(cases), Item.state.in_(LIVE))
        .order_by(Item.id)
    )
    return {item.case_id: (item, held) for item, held in rows if item.case_id}


def _asides(
    session: Session, decisions: Iterable[Decision], cases: Iterable[Case]
) -> tuple[dict[UUID, date], set[UUID]]:
    """When the first open action of each decision that can be carried out is due; and the cases
    whose session the president has chosen. One statement, and none where neither can be.
    """
    enforceable = [one.id for one in decisions if one.state == DecisionState.ENFORCEABLE]
    clashing = [one.id for one in cases if one.is_clash]
    if not enforceable and not clashing:
        return {}, set()
    actions = (
        select(literal("action"), FollowUp.decision_id, func.min(FollowUp.due_on))
        .where(FollowUp.decision_id.in_(enforceable), FollowUp.state.in_(OPEN))
        .group_by(FollowUp.decision_id)
    )
    choices = select(literal("choice"), ClashChoice.case_id, ClashChoice.chosen_on).where(
        ClashChoice.case_id.in_(clashing)
    )
    rows = session.execute(union_all(actions, choices)).all()
    due = {row[1]: row[2] for row in rows if row[0] == "action"}
    return due, {row[1] for row in rows if row[0] == "choice"}
