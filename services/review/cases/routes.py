"""The HTTP interface of cases: what is read, then one address for each step of the workflow."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, jsonify
from flask_smorest import Blueprint

from services.review import correction_views
from services.review.base import Base
from services.review.cases import (
    act_schemas,
    actions,
    consultations,
    detail,
    endings,
    plan_schemas,
    planning,
    queries,
    referring,
    schemas,
)
from services.review.cases.acting import acting_on
from services.review.cases.acts import ACTS, CANCELLATION, CONSULTATION
from services.review.cases.codes import REFUSAL_REASONS
from services.review.cases.law import pack_in_force
from services.review.cases.models import Case
from shared.clock import now
from shared.db.authorities import load_authority
from shared.unit_of_work import UnitOfWork
from shared.web.auth import EVERYONE, SIGNED_IN, claims, current_role, may
from shared.web.fields import ActSchema
from shared.web.scope import current_context
from shared.web.transaction import answer, etag_of, reading, show

blueprint = Blueprint("cases", __name__, description="Petitions before the council.")

COUNCIL = ("secretariat", "president", "bureau", "committee-chair", "council-member")


@blueprint.get("/petitions")
@may(EVERYONE)
@blueprint.arguments(schemas.PublicListQuery, location="query")
@blueprint.response(200, schemas.PublicCasePage)
def list_petitions(data: dict[str, Any]) -> Response:
    """The filed petitions of an authority, newest first; open to everyone."""
    with current_context().database.read(data["authority"]) as session:
        page = queries.public_cases(session, data["authority"], data["cursor"])
        return show(
            schemas.PublicCasePage, {"petitions": page.rows, "next_cursor": page.next_cursor}
        )


@blueprint.get("/petitions/<authority>/<int:year>/<int:number>")
@may(EVERYONE)
@blueprint.response(200, schemas.PublicCaseDetail)
def read_petition(authority: str, year: int, number: int) -> Response:
    """One filed petition with its next legal step and its timeline; open to everyone."""
    with current_context().database.read(authority) as session:
        case = queries.case_by_reference(session, authority, f"{authority}/{year}/{number}")
        return jsonify(detail.public_detail(session, case))


@blueprint.get("/cases")
@may(*COUNCIL, "auditor")
@blueprint.arguments(act_schemas.QueueQuery, location="query")
@blueprint.response(200, schemas.Queue)
def list_cases(data: dict[str, Any]) -> Response:
    """The queue: what waits for an act, the most urgent first, each with its next legal step."""
    authority = claims().authority
    with reading() as session:
        page = queries.queue(session, authority, data["cursor"], state=data["state"])
        rows = detail.with_next_steps(session, authority, page.rows)
        return jsonify({"cases": rows, "next_cursor": page.next_cursor})


@blueprint.get("/cases/mine")
@may("petitioner")
@blueprint.arguments(act_schemas.PageQuery, location="query")
@blueprint.response(200, schemas.OwnCasePage)
def list_own_cases(data: dict[str, Any]) -> Response:
    """The cases of the petitions that the caller is on, newest first, each with its next step."""
    who = claims()
    with reading() as session:
        page = queries.cases_of_person(session, who.authority, UUID(who.person), data["cursor"])
        own = schemas.OwnCaseOut
        rows = detail.with_next_steps(session, who.authority, page.rows, shown_as=own)
        return jsonify({"cases": rows, "next_cursor": page.next_cursor})


@blueprint.get("/cases/<uuid:case_id>")
@may(*COUNCIL, "auditor", "petitioner")
@blueprint.response(200, schemas.CaseDetail)
def read_case(case_id: UUID) -> Response:
    """One case with all beside it; petitioners see their own, with what was said to them."""
    who = claims()
    with reading() as session:
        if current_role() == "petitioner":
            case = detail.own_case(session, who.authority, case_id, who.person)
            shown = detail.petitioner_detail(session, case)
        else:
            case = queries.case_of(session, who.authority, case_id)
            vault = current_context().vault(session, who.authority)
            shown = detail.case_detail(session, vault, case)
    answered = jsonify(shown)
    answered.headers["ETag"] = etag_of(case)
    return answered


@blueprint.get("/cases/<uuid:case_id>/plan")
@may(*COUNCIL)
@blueprint.response(200, plan_schemas.PlanAnswer)
def read_plan(case_id: UUID) -> Response:
    """Which session a case can still reach, by when each step is due, and what delay costs."""
    with reading() as session:
        case = queries.case_of(session, claims().authority, case_id)
        return show(plan_schemas.PlanAnswer, planning.plan_of(session, case))


@blueprint.get("/refusal-reasons")
@may(SIGNED_IN)
@blueprint.response(200, schemas.ReasonList)
def list_refusal_reasons() -> Response:
    """The reasons a bureau may give for a refusal, in the language asked for."""
    with reading() as session:
        profile = load_authority(session, Base.plumbing, claims().authority)
    pack = pack_in_force(profile, profile.today(now()))
    reasons = [
        {
            "code": code,
            "label": str(reason.label),
            "article": reason.article_in(pack),
            "petitioner": reason.petitioner,
        }
        for code, reason in REFUSAL_REASONS.items()
    ]
    return show(schemas.ReasonList, {"reasons": reasons})


@blueprint.get("/timeline")
@may(SIGNED_IN)
@blueprint.arguments(act_schemas.TimelineQuery, location="query")
@blueprint.response(200, schemas.Timeline)
def read_timeline(data: dict[str, Any]) -> Response:
    """The acts of one subject of this service; the council and auditors see who corrected what."""
    who = claims()
    with reading() as session:
        acts = queries.acts_of(session, who.authority, [data["subject"]])
        if not {*COUNCIL, "auditor"} & set(who.roles):
            return jsonify({"acts": schemas.ActOut(many=True).dump(acts)})
        vault = current_context().vault(session, who.authority)
        told = correction_views.explained(session, vault, who.authority, acts)
        return show(schemas.Timeline, {"acts": told})


@blueprint.post("/cases/<uuid:case_id>/completion-request")
@may(*ACTS["request_completion"].roles)
@blueprint.arguments(act_schemas.CompletionRequestIn)
@blueprint.response(200, schemas.CaseOut)
def request_completion(data: dict[str, Any], case_id: UUID) -> Response:
    """Ask the petitioners for what is missing."""
    with acting_on(case_id) as (uow, case):
        return done(uow, actions.request_completion(uow, case, **data))


@blueprint.post("/cases/<uuid:case_id>/completion")
@may(*ACTS["complete"].roles)
@blueprint.arguments(act_schemas.CompletionIn)
@blueprint.response(200, schemas.CaseOut)
def complete(data: dict[str, Any], case_id: UUID) -> Response:
    """Record that what was missing came in."""
    with acting_on(case_id) as (uow, case):
        return done(uow, actions.complete(uow, case, **data))


@blueprint.post("/cases/<uuid:case_id>/referral")
@may(*ACTS["refer"].roles)
@blueprint.arguments(act_schemas.ReferralIn)
@blueprint.response(200, schemas.CaseOut)
def refer(data: dict[str, Any], case_id: UUID) -> Response:
    """Refer the petition to the competent committee."""
    with acting_on(case_id) as (uow, case):
        return done(uow, actions.refer(uow, case, **data))


@blueprint.post("/cases/<uuid:case_id>/further-referral")
@may(*ACTS["refer_on"].roles)
@blueprint.arguments(act_schemas.ReferralIn)
@blueprint.response(200, schemas.CaseOut)
def refer_further(data: dict[str, Any], case_id: UUID) -> Response:
    """Refer the petition to another committee too."""
    with acting_on(case_id) as (uow, case):
        return done(uow, referring.refer_further(uow, case, **data))


@blueprint.post("/cases/<uuid:case_id>/withdrawal")
@may(*ACTS["withdraw"].roles)
@blueprint.arguments(ActSchema)
@blueprint.response(200, schemas.CaseOut)
def withdraw(data: dict[str, Any], case_id: UUID) -> Response:
    """Record that the petition was withdrawn."""
    with acting_on(case_id) as (uow, case):
        return done(uow, endings.withdraw(uow, case, **data))


@blueprint.post("/cases/<uuid:case_id>/closing")
@may(*ACTS["close"].roles)
@blueprint.arguments(act_schemas.ClosingIn)
@blueprint.response(200, schemas.CaseOut)
def close(data: dict[str, Any], case_id: UUID) -> Response:
    """Close the case with what became of it."""
    with acting_on(case_id) as (uow, case):
        return done(uow, endings.close(uow, case, **data))


@blueprint.post("/cases/<uuid:case_id>/reopening")
@may(*ACTS["reopen"].roles)
@blueprint.arguments(act_schemas.ReopeningIn)
@blueprint.response(200, schemas.CaseOut)
def reopen(data: dict[str, Any], case_id: UUID) -> Response:
    """Open an ended case again; a second person must do it."""
    with acting_on(case_id) as (uow, case):
        return done(uow, endings.reopen(uow, case, **data))


@blueprint.post("/cases/<uuid:case_id>/consultations")
@may(*CONSULTATION.roles)
@blueprint.arguments(act_schemas.ConsultationIn)
@blueprint.response(201, schemas.ConsultationOut)
def request_opinion(data: dict[str, Any], case_id: UUID) -> Response:
    """Ask a consultative body for its opinion."""
    with acting_on(case_id) as (uow, case):
        asked = consultations.request(uow, case, **data)
        return answer(uow, schemas.ConsultationOut, asked, status=201)


@blueprint.post("/cases/<uuid:case_id>/consultation-cancellation")
@may(*CANCELLATION.roles)
@blueprint.arguments(act_schemas.CancellationIn)
@blueprint.response(200, schemas.ConsultationOut)
def cancel_request(data: dict[str, Any], case_id: UUID) -> Response:
    """Take back a request for an opinion that is not answered; the body is told."""
    with acting_on(case_id) as (uow, case):
        row = consultations.cancel(uow, case, data.pop("consultation"), **data)
        return answer(uow, schemas.ConsultationOut, row)


def done(uow: UnitOfWork, case: Case) -> Response:
    """The answer of an act on a case: the case as it stands now."""
    return answer(uow, schemas.CaseOut, case)
