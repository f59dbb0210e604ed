"""The conditions of a petition: what the law asks, what was checked, what the figures advise.

The list comes from the rule pack of the case (113-14, articles 121 to 125). The program advises; a
person says of each condition whether it is met, with evidence.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.review.cases import law
from services.review.cases.condition_models import CaseCheck
from services.review.cases.models import Case
from services.review.cases.state import CASE_WORKFLOW
from services.review.council.office import check_office
from services.review.kept_texts import keep_text
from shared.errors import InvalidInput
from shared.events.cases import CaseChecked
from shared.law.model import Condition
from shared.law.pack import Pack
from shared.law.thresholds import association_conditions
from shared.unit_of_work import UnitOfWork
from shared.workflow import Act, move

MET, NOT_MET, NOT_APPLICABLE = "met", "not-met", "not-applicable"
OUTCOMES = (MET, NOT_MET, NOT_APPLICABLE)


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What a person found about one condition, on the evidence of a note or of documents."""

    condition: str
    outcome: str
    note: str = ""
    sha256: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class Checked:
    """One condition of a case: the rule, the check that stands, and what the figures say."""

    rule: Condition
    written: str
    check: CaseCheck | None
    advice: str | None

    @property
    def is_open(self) -> bool:
        """Whether the bureau must say why it goes on: not checked yet, or found not met."""
        return self.check is None or self.check.outcome == NOT_MET


def asked_of(case: Case, pack: Pack) -> list[Condition]:
    """The conditions that the law sets for a petition of this kind, in the order of the pack."""
    return [one for one in pack.conditions if one.petitioner in {"everyone", case.petitioner}]


def conditions_of(session: Session, case: Case) -> list[Checked]:
    """Every condition of a case with the check that stands; one statement."""
    pack = law.pack_of_case(case)
    stands = {one.condition: one for one in checks_of(session, case)}
    return [
        Checked(
            rule=rule,
            written=pack.article_of(rule),
            check=stands.get(rule.id),
            advice=advice_on(case, rule, pack),
        )
        for rule in asked_of(case, pack)
    ]


def checks_of(session: Session, case: Case) -> Sequence[CaseCheck]:
    """Every check ever recorded on a case, oldest first."""
    return session.scalars(
        select(CaseCheck).where(CaseCheck.case_id == case.id).order_by(CaseCheck.id)
    ).all()


def check_condition(uow: UnitOfWork, case: Case, found: Finding, **act: Any) -> CaseCheck:
    """Record what a person found about one condition; a second finding corrects the first.

    Raises ``InvalidInput`` for a condition that the law does not ask of such a petition, and for a
    finding without evidence.
    """
    checked_on = act.get("acted_on") or uow.today
    check_office(uow, checked_on)
    _check_finding(case, found)
    before = next(
        (one for one in reversed(checks_of(uow.session, case)) if one.condition == found.condition),
        None,
    )
    what = CaseChecked(
        condition=found.condition,
        outcome=found.outcome,
        evidence_sha256=list(found.sha256),
        note_sha256=keep_text(uow, found.note) if found.note else None,
    )
    corrects = before.event_id if before else None
    told = move(CASE_WORKFLOW, case, "check", uow, Act(what=what, corrects=corrects, **act))
    row = CaseCheck(
        authority=uow.authority,
        case_id=case.id,
        condition=found.condition,
        outcome=found.outcome,
        note=found.note,
        sha256=list(found.sha256),
        checked_on=checked_on,
        checked_by=uow.actor.id,
        checked_as=uow.actor.role,
        event_id=UUID(told.id),
        recorded_at=uow.recorded_at,
    )
    uow.session.add(row)
    return row


def advice_on(case: Case, rule: Condition, pack: Pack) -> str | None:
    """What the figures of the file say of a condition; None where only a person can tell."""
    advise = _ADVICE.get(rule.id)
    said = advise(case, pack) if advise else None
    return None if said is None else (MET if said else NOT_MET)


def _enough_signatures(case: Case, _pack: Pack) -> bool:
    return case.signatures >= case.signatures_needed


def _old_enough(case: Case, pack: Pack) -> bool | None:
    founded_on = (case.association or {}).get("founded_on")
    if founded_on is None:
        return None
    years = association_conditions(pack).years_more_than
    founded, filed = date.fromisoformat(str(founded_on)), case.filed_on
    passed = filed.year - founded.year
    # More than three years: the anniversary itself is not enough.
    return passed > years or (
        passed == years and (filed.month, filed.day) > (founded.month, founded.day)
    )


def _has_seat(case: Case, _pack: Pack) -> bool | None:
    said = (case.association or {}).get("has_seat_here")
    return None if said is None else bool(said)


_ADVICE: Mapping[str, Callable[[Case, Pack], bool | None]] = {
    "citizens-signatures": _enough_signatures,
    "association-age": _old_enough,
    "association-seat": _has_seat,
}


def _check_finding(case: Case, found: Finding) -> None:
    known = {one.id for one in asked_of(case, law.pack_of_case(case))}
    if found.condition not in known:
        raise InvalidInput(
            "The law does not ask this condition of a petition of this kind.",
            field="condition",
            remedy="Choose one of the conditions on the case's checklist.",
        )
    if not found.note.strip() and not found.sha256:
        raise InvalidInput(
            "A condition is judged on evidence: a note or a document of the file.",
            field="note",
            remedy="Say what was looked at.",
        )
