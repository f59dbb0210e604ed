"""What the bureau decides on a petition: ``admit``, ``refuse``, and the notice of a refusal.

The bureau is the president and the vice-presidents (113-14, article 7); those who were there are
named with the decision. One decision is taken: another way leads over a correcting act.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from services.review.cases import conditions, law
from services.review.cases.clocks import await_session, stop_clocks_but, stop_every_clock
from services.review.cases.codes import REFUSAL_REASONS
from services.review.cases.models import Case
from services.review.cases.state import CASE_WORKFLOW
from services.review.cases.workflow import BEFORE_DECISION
from services.review.council.office import OFFICES_OF_ROLE, check_office
from services.review.council.queries import holds_office
from services.review.sessions.queries import ordinary_session_dates
from shared.errors import GuardRefused, InvalidInput
from shared.events.cases import CaseAdmitted, CaseRefused, RefusalNotified
from shared.unit_of_work import UnitOfWork
from shared.web.i18n import gettext_noop
from shared.workflow import Act, move, not_possible

ARTICLE = "113-14, 125"
STANDS: Mapping[str, str] = {
    "admitted": gettext_noop("The bureau accepted this petition on %(day)s; that decision stands."),
    "referred": gettext_noop("The bureau accepted this petition on %(day)s; that decision stands."),
    "refused": gettext_noop("The bureau refused this petition on %(day)s; that decision stands."),
}


@dataclass(frozen=True, kw_only=True)
class Notice:
    """How a refusal was notified: the channel by its code, and the hash of the proof."""

    channel: str
    proof_sha256: str | None = None


def admit(
    uow: UnitOfWork,
    case: Case,
    *,
    present: Sequence[UUID] = (),
    despite_reason: str | None = None,
    **act: Any,
) -> Case:
    """Accept the petition: it goes to the ordinary session after the decision.

    The law counts from the day of the bureau's decision, not of the filing (113-14, article 38).
    ``present`` are the members of the bureau who were there (empty: who acts). Raises
    ``GuardRefused`` while conditions are unmet or unchecked and no reason is given.
    """
    decided_on = act.get("acted_on") or uow.today
    check_office(uow, decided_on)
    _check_first(case, "admit")
    decided_by = named(uow, present, on=decided_on)
    listed = conditions.conditions_of(uow.session, case)
    missing = [one for one in listed if one.is_open]
    _check_conditions(case, missing, despite_reason)
    ordinary = ordinary_session_dates(uow.session, uow.authority)
    ahead = law.session_ahead(law.pack_of_case(case), decided_on, ordinary)
    case.decided_on, case.decided_by = decided_on, decided_by
    case.despite_reason = despite_reason if missing else None
    what = CaseAdmitted(
        session_on=ahead.session_on,
        is_clash=ahead.is_clash,
        present=decided_by,
        unmet=[one.rule.id for one in missing if one.check],
        unchecked=[one.rule.id for one in missing if not one.check],
    )
    facts = {"open_conditions": missing, "despite_reason": despite_reason}
    move(CASE_WORKFLOW, case, "admit", uow, Act(what=what, facts=facts, **act))
    case.is_clash = ahead.is_clash
    stop_every_clock(uow, case)
    await_session(uow, case, ahead.session_on, on=decided_on)
    return case


def refuse(
    uow: UnitOfWork,
    case: Case,
    *,
    reasons: Sequence[str],
    text: str = "",
    present: Sequence[UUID] = (),
    **act: Any,
) -> Case:
    """Refuse the petition with reasons; the free text stays between council and petitioners.

    It is decided until its notice is recorded (``notify_refusal``), which the law owes the
    petitioners within its term.
    """
    decided_on = act.get("acted_on") or uow.today
    check_office(uow, decided_on)
    _check_first(case, "refuse")
    check_reasons(case, reasons)
    decided_by = named(uow, present, on=decided_on)
    case.decided_on, case.decided_by, case.reasons = decided_on, decided_by, list(reasons)
    facts = {"on": decided_on}
    what = CaseRefused(reasons=list(reasons), present=decided_by)
    move(CASE_WORKFLOW, case, "refuse", uow, Act(what=what, facts=facts, **act))
    case.refusal_text = text or None
    # The term of a refusal runs on until its notice.
    stop_clocks_but(uow, case, law.REFUSAL)
    return case


def notify_refusal(uow: UnitOfWork, case: Case, notice: Notice, **act: Any) -> Case:
    """Record that the petitioners were notified of the refusal; the terms of appeal begin."""
    notified_on = act.get("acted_on") or uow.today
    check_office(uow, notified_on)
    what = RefusalNotified(channel=notice.channel, proof_sha256=notice.proof_sha256)
    facts = {"on": notified_on}
    move(CASE_WORKFLOW, case, "notify_refusal", uow, Act(what=what, facts=facts, **act))
    case.refusal_notified_on = notified_on
    stop_every_clock(uow, case)
    return case


def check_reasons(case: Case, reasons: Sequence[str]) -> None:
    """Each reason must be one that the law knows for this kind of petitioner."""
    for place, code in enumerate(reasons):
        concerned = REFUSAL_REASONS[code].petitioner
        if concerned not in {None, case.petitioner}:
            raise InvalidInput(
                "This reason does not concern a petition of this kind.",
                field=f"reasons.{place}",
                remedy="Choose among the reasons for citizens or for associations, as it applies.",
            )


def _check_first(case: Case, trigger: str) -> None:
    """Say what stands where the bureau has decided already; raises ``IllegalMove``."""
    if case.decided_on is None or case.state in BEFORE_DECISION or case.state not in STANDS:
        return
    raise not_possible(
        CASE_WORKFLOW,
        case.state,
        STANDS[case.state],
        remedy=gettext_noop("A correcting act, or the next step of the procedure, is the way now."),
        trigger=trigger,
        article=ARTICLE,
        day=case.decided_on,
    )


def _check_conditions(
    case: Case, missing: Sequence[conditions.Checked], despite_reason: str | None
) -> None:
    """Say how many conditions are open; the guard of the table only knows that some are."""
    if case.state == "open" and missing and not despite_reason:
        raise GuardRefused(
            "%(count)s conditions of the law are not met or not checked yet.",
            field="despite_reason",
            remedy="Check them on the case's page, or say why the bureau goes on.",
            article=ARTICLE,
            count=len(missing),
        )


def named(uow: UnitOfWork, present: Sequence[UUID], *, on: date) -> list[str]:
    """The members of the bureau who decided, each in office on that day; at least who acts."""
    if not present:
        return [uow.actor.id]
    for place, person in enumerate(present):
        offices = OFFICES_OF_ROLE["bureau"]
        if not holds_office(uow.session, uow.authority, person, offices=offices, on=on):
            raise InvalidInput(
                "This person is not a member of the bureau on that day.",
                field=f"present.{place}",
                remedy="The bureau is the president and the vice-presidents.",
                article="113-14, 7",
            )
    return sorted({str(person) for person in present})
