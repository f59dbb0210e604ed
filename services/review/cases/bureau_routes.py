"""The bureau's part of the interface of cases: conditions, decision, notice, consent, letters."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response
from flask_smorest import Blueprint

from services.review.cases import (
    act_schemas,
    bureau,
    conditions,
    detail,
    endings,
    letter_schemas,
    letters,
    queries,
    rectifying,
    schemas,
)
from services.review.cases.acting import acting_on
from services.review.cases.acts import ACTS
from services.review.cases.models import Case
from services.review.cases.routes import COUNCIL, done
from shared.errors import InvalidInput
from shared.unit_of_work import UnitOfWork
from shared.web.auth import claims, current_role, may
from shared.web.fields import ActSchema
from shared.web.transaction import answer, reading, show

blueprint = Blueprint("bureau", __name__, description="The bureau's decision on a petition.")


@blueprint.post("/cases/<uuid:case_id>/checks")
@may(*ACTS["check"].roles)
@blueprint.arguments(act_schemas.CheckIn)
@blueprint.response(201, letter_schemas.CheckOut)
def check_condition(data: dict[str, Any], case_id: UUID) -> Response:
    """Record what was found about one condition of the law."""
    said = ("condition", "outcome", "note", "sha256")
    found = conditions.Finding(**{name: data.pop(name) for name in said})
    with acting_on(case_id) as (uow, case):
        row = conditions.check_condition(uow, case, found, **data)
        return answer(uow, letter_schemas.CheckOut, row, status=201)


@blueprint.post("/cases/<uuid:case_id>/admission")
@may(*ACTS["admit"].roles)
@blueprint.arguments(act_schemas.AdmissionIn)
@blueprint.response(200, schemas.CaseOut)
def admit(data: dict[str, Any], case_id: UUID) -> Response:
    """Accept the petition, as the bureau decided."""
    with acting_on(case_id) as (uow, case):
        return done(uow, bureau.admit(uow, case, **data))


@blueprint.post("/cases/<uuid:case_id>/refusal")
@may(*ACTS["refuse"].roles)
@blueprint.arguments(act_schemas.RefusalIn)
@blueprint.response(200, schemas.CaseOut)
def refuse(data: dict[str, Any], case_id: UUID) -> Response:
    """Refuse the petition with reasons, as the bureau decided."""
    with acting_on(case_id) as (uow, case):
        return done(uow, bureau.refuse(uow, case, **data))


@blueprint.post("/cases/<uuid:case_id>/refusal-notice")
@may(*ACTS["notify_refusal"].roles)
@blueprint.arguments(act_schemas.RefusalNoticeIn)
@blueprint.response(200, schemas.CaseOut)
def notify_refusal(data: dict[str, Any], case_id: UUID) -> Response:
    """Record that the petitioners were notified of the refusal, with proof."""
    notice = bureau.Notice(channel=data.pop("channel"), proof_sha256=data.pop("proof_sha256"))
    with acting_on(case_id) as (uow, case):
        return done(uow, bureau.notify_refusal(uow, case, notice, **data))


@blueprint.post("/cases/<uuid:case_id>/consent")
@may(*ACTS["record_consent"].roles)
@blueprint.arguments(act_schemas.ConsentIn)
@blueprint.response(200, schemas.CaseOut)
def record_consent(data: dict[str, Any], case_id: UUID) -> Response:
    """Record whether the petitioners agree to a complaint; they may say so themselves."""
    with acting_on(case_id) as (uow, case):
        consent = endings.Consent(
            agrees=data.pop("agrees"),
            given_by=_who_agrees(uow, case, data.pop("given_by")),
            proof_sha256=data.pop("proof_sha256"),
        )
        return done(uow, endings.record_consent(uow, case, consent, **data))


@blueprint.post("/cases/<uuid:case_id>/reclassification")
@may(*ACTS["reclassify"].roles)
@blueprint.arguments(ActSchema)
@blueprint.response(200, schemas.CaseOut)
def reclassify(data: dict[str, Any], case_id: UUID) -> Response:
    """Handle the petition as a complaint, once the petitioners' consent is recorded."""
    with acting_on(case_id) as (uow, case):
        return done(uow, endings.reclassify(uow, case, **data))


@blueprint.post("/cases/<uuid:case_id>/rectification")
@may(*ACTS["rectify_to_admitted"].roles)
@blueprint.arguments(act_schemas.RectificationIn)
@blueprint.response(200, schemas.CaseOut)
def rectify(data: dict[str, Any], case_id: UUID) -> Response:
    """Correct the bureau's decision by a new act; a second person turns its result round."""
    said = ("to", "because", "decided_on", "reasons", "text", "present")
    right = rectifying.Correction(**{name: data.pop(name) for name in said})
    with acting_on(case_id) as (uow, case):
        return done(uow, rectifying.rectify(uow, case, right, **data))


@blueprint.get("/cases/<uuid:case_id>/letters/<kind>")
@may(*COUNCIL, "auditor", "petitioner", "service")
@blueprint.response(200, letter_schemas.CaseLetterOut)
def read_letter(case_id: UUID, kind: str) -> Response:
    """The facts of a letter: ``admission``, ``refusal`` or ``referral``, in three languages."""
    who = claims()
    with reading() as session:
        case = (
            detail.own_case(session, who.authority, case_id, who.person)
            if current_role() == "petitioner"
            else queries.case_of(session, who.authority, case_id)
        )
        return show(letter_schemas.CaseLetterOut, letters.letter(session, case, kind))


def _who_agrees(uow: UnitOfWork, case: Case, said: str | None) -> str:
    """The role in the file of who agrees: the petitioner who acts, or whom the paper names."""
    if uow.actor.role == "petitioner":
        own = [one["role"] for one in case.people if one["person"] == uow.actor.id]
        if not own:
            raise queries.no_such_case()
        return own[0]
    if said is None:
        raise InvalidInput(
            "Say who of the petitioners gave the consent.",
            field="given_by",
            remedy="Choose the mandatary or the legal representative.",
        )
    return said
