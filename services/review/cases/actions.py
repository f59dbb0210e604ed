"""Everything that changes a case. Where a petition becomes a case: ``open_case``."""

from __future__ import annotations

from uuid import UUID

from services.review.cases.models import Case
from services.review.cases.state import CASE_WORKFLOW
from services.review.cases.workflow import CaseState
from shared.events.canonical import to_plain
from shared.events.cases import CaseOpened
from shared.events.petitions import PetitionFiled, PetitionSnapshot
from shared.events.envelope import Received
from shared.law.clock import due
from shared.law.packs import load_pack
from shared.law.thresholds import signatures_needed
from shared.unit_of_work import UnitOfWork
from shared.workflow import Act, move


def open_case(uow: UnitOfWork, event: Received[PetitionFiled, PetitionSnapshot]) -> Case:
    """Open the case of a filed petition, under the law in force on the filing date.

    The term for a reasoned refusal counts from the president's receipt, which is the filing
    (113-14, article 125).
    """
    filed_on = event.acted_on
    pack = load_pack(f"ma-{uow.profile.kind}", filed_on)
    refusal = due(pack, "refusal-notice", filed_on)
    case = uow.add(_case_of(uow, event, law_version=pack.version))
    case.refusal_due_on, case.refusal_safe_on = refusal.due_on, refusal.safe_on
    case.signatures_needed = _signatures_needed(uow, event.after, filed_on)
    what = CaseOpened(
        signatures_needed=case.signatures_needed, signatures=event.after.signatures
    )
    move(CASE_WORKFLOW, case, "open", uow, Act(what=what, acted_on=filed_on))
    return case


def _case_of(
    uow: UnitOfWork, event: Received[PetitionFiled, PetitionSnapshot], *, law_version: str
) -> Case:
    after = event.after
    return Case(
        id=UUID(event.key),
        state=CaseState.NEW.value,
        reference=event.what.reference,
        petitioner=after.petitioner,
        subject_line=to_plain(after.subject),
        association=to_plain(after.association),
        people=to_plain(after.people),
        signatures=after.signatures,
        filed_on=event.acted_on,
        law_version=law_version,
        reasons=[],
        opened_at=uow.recorded_at,
    )


def _signatures_needed(uow: UnitOfWork, after: PetitionSnapshot, filed_on: object) -> int:
    """Associations need none (article 124); citizens by kind of authority and population."""
    if after.petitioner == "association":
        return 0
    facts = uow.profile.profile
    pack = load_pack(f"ma-{uow.profile.kind}", filed_on)  # type: ignore[arg-type]
    needed = signatures_needed(
        pack, facts["population"], arrondissements=facts["has_arrondissements"]
    )
    return needed.signatures
