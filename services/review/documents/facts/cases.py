"""Reads the facts of letters about a petition."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy.orm import Session

from services.review.cases.codes import (
    ASSOCIATIONS,
    CITIZENS,
    PROCEDURE,
    REFUSAL_REASONS,
)
from services.review.cases.law import pack_of_case
from services.review.cases.letters import letter
from services.review.cases.models import Case
from services.review.council.models import Committee
from services.review.documents.facts.acts import LastAct
from services.review.documents.facts.letters import (
    AdmissionFacts,
    CompletionFacts,
    Petition,
    Reason,
    ReferralFacts,
    RefusalFacts,
    Remedy,
)

Acts = Mapping[str, LastAct]
TAKEN_BACK = ("reopen", "complete", "rectify_to_admitted", "rectify_to_refused")
"""Steps after which a letter of the decision before says what holds no more."""


ASKED = ("request_completion", "admit", "refuse", *TAKEN_BACK)
"""Steps after which a request for completion is answered, or comes too late."""


def editions(acts: Acts) -> dict[str, int]:
    """Which letters a case allows now: each has the number of the act that it certifies."""
    found: dict[str, int] = {}
    asked = acts.get("request_completion")
    if asked and asked.sequence == max(acts[name].sequence for name in ASKED if name in acts):
        found["completion"] = asked.sequence
    decided = max(
        (acts[name] for name in ("admit", "refuse", *TAKEN_BACK) if name in acts),
        key=lambda act: act.sequence,
        default=None,
    )
    if decided is None or decided.trigger in TAKEN_BACK:
        return found
    found["admission" if decided.trigger == "admit" else "refusal"] = decided.sequence
    referred = acts.get("refer")
    if decided.trigger == "admit" and referred and referred.sequence > decided.sequence:
        found["referral"] = referred.sequence
    return found


def completion(_session: Session, case: Case, acts: Acts) -> CompletionFacts:
    """What the request for completion says; the case keeps the last day while it waits."""
    asked_on = acts["request_completion"].acted_on
    return CompletionFacts(
        petition=petition_of(case),
        asked_on=asked_on,
        due_on=case.completion_due_on or asked_on,
        missing=tuple(case.missing),
    )


def admission(_session: Session, case: Case, acts: Acts) -> AdmissionFacts:
    """What the receipt of admissibility says."""
    pack = pack_of_case(case)
    is_association = case.petitioner == "association"
    return AdmissionFacts(
        petition=petition_of(case),
        decided_on=acts["admit"].acted_on,
        session_on=case.session_on,
        conditions=pack.article_on(ASSOCIATIONS if is_association else CITIZENS),
        procedure=pack.article_on(PROCEDURE),
    )


def refusal(session: Session, case: Case, acts: Acts) -> RefusalFacts:
    """What the reasoned refusal says."""
    pack = pack_of_case(case)
    told = letter(session, case, "refusal")
    return RefusalFacts(
        petition=petition_of(case),
        decided_on=acts["refuse"].acted_on,
        reasons=tuple(
            Reason(code=code, article=REFUSAL_REASONS[code].article_in(pack))
            for code in case.reasons
        ),
        text=case.refusal_text or "",
        procedure=pack.article_on(PROCEDURE),
        notified_on=told["notified_on"],
        counted_from=told["counted_from"],
        remedies=tuple(
            Remedy(
                to=dict(one["to"]),
                due_on=one["due_on"],
                article=one["article"],
                explanation=dict(one["explanation"]),
            )
            for one in told["remedies"]
        ),
    )


def referral(session: Session, case: Case, acts: Acts) -> ReferralFacts:
    """What the letter to the committee says."""
    committee = session.get_one(Committee, UUID(str(case.committee)))
    told = letter(session, case, "referral")
    return ReferralFacts(
        petition=petition_of(case),
        decided_on=acts["admit"].acted_on,
        committee=dict(committee.name),
        referred_on=case.referred_on or acts["refer"].acted_on,
        session_on=case.session_on,
        report_due_on=told["report_due_on"],
        procedure=pack_of_case(case).article_on(PROCEDURE),
    )


def petition_of(case: Case) -> Petition:
    """The petition as letters name it."""
    return Petition(
        reference=case.reference,
        subject=dict(case.subject_line),
        petitioner=case.petitioner,
        association=(case.association or {}).get("name"),
        signatures=case.signatures,
        filed_on=case.filed_on,
    )
