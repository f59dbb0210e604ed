"""What a case looks like to others: its snapshot, and its workflow."""

from __future__ import annotations

from services.review.cases.models import Case
from services.review.cases.referred import committees_of
from services.review.cases.workflow import BY_ITSELF, TRANSITIONS, CaseState
from shared.converting import convert
from shared.events.cases import CaseSnapshot
from shared.events.texts import PersonInRole, Texts
from shared.workflow import with_aside, workflow


def state_of_case(row: Case) -> CaseSnapshot:
    """The snapshot of a case."""
    return CaseSnapshot(
        state=row.state,
        reference=row.reference,
        subject=convert(row.subject_line, Texts),
        petitioner=row.petitioner,
        people=convert(row.people, list[PersonInRole]),
        filed_on=row.filed_on,
        law_version=row.law_version,
        refusal_due_on=row.refusal_due_on,
        refusal_safe_on=row.refusal_safe_on,
        decided_on=row.decided_on,
        reasons=list(row.reasons),
        committee=row.committee,
        also_before=[one for one in committees_of(row) if one != row.committee],
    )


CASE_WORKFLOW = workflow(
    "case",
    states=CaseState,
    table=with_aside(TRANSITIONS, BY_ITSELF),
    state_of=state_of_case,
)
