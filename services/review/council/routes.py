"""The HTTP interface of the council, under ``/review/v1``."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response
from flask_smorest import Blueprint

from services.review.council import actions, names, queries, reporting, schemas
from services.review.council.models import Committee, Mandate
from shared.web.auth import SIGNED_IN, claims, may
from shared.web.transaction import answer, reading, show, writing

blueprint = Blueprint("council", __name__, description="Offices of the council, committees.")

READERS = ("secretariat", "president", "bureau", "committee-chair", "council-member")


@blueprint.get("/mandates")
@may(*READERS, "auditor", "operator")
@blueprint.arguments(schemas.MandateQuery, location="query")
@blueprint.response(200, schemas.MandatePage)
def list_mandates(data: dict[str, Any]) -> Response:
    """Who holds which office, all or on one day."""
    with reading() as session:
        page = queries.mandates(session, claims().authority, data["cursor"], on=data["on"])
        return show(schemas.MandatePage, {"mandates": page.rows, "next_cursor": page.next_cursor})


@blueprint.post("/mandates")
@may("secretariat", "operator")
@blueprint.arguments(schemas.MandateIn)
@blueprint.response(201, schemas.MandateOut)
def start_mandate(data: dict[str, Any]) -> Response:
    """Record that somebody took office."""
    mandate = Mandate(
        person_id=data["person"],
        office=data["office"],
        committee_id=data["committee"],
        from_on=data["from_on"],
        until_on=data["until_on"],
    )
    act = {key: data[key] for key in ("acted_on", "late_reason")}
    with writing() as uow:
        actions.start_mandate(uow, mandate, **act)
        if data["name"]:
            names.set_name(uow, mandate.person_id, names.Name(**data["name"]))
        location = f"/review/v1/mandates/{mandate.id}"
        return answer(uow, schemas.MandateOut, mandate, status=201, location=location)


@blueprint.post("/members/<uuid:person>/name")
@may("secretariat", "operator")
@blueprint.arguments(schemas.MemberNameIn)
@blueprint.response(200, schemas.KeptNameOut)
def set_name(data: dict[str, Any], person: UUID) -> Response:
    """Keep the name of somebody who holds or held an office here, in place of the one before."""
    with writing() as uow:
        queries.check_held_office(uow.session, uow.authority, person)
        names.set_name(uow, person, names.Name(**data))
        return answer(uow, schemas.KeptNameOut, {"person": person, **data})


@blueprint.post("/mandates/<uuid:mandate_id>/ending")
@may("secretariat", "operator")
@blueprint.arguments(schemas.EndingIn)
@blueprint.response(200, schemas.MandateOut)
def end_mandate(data: dict[str, Any], mandate_id: UUID) -> Response:
    """End an office."""
    with writing() as uow:
        mandate = uow.get(Mandate, mandate_id)
        return answer(uow, schemas.MandateOut, actions.end_mandate(uow, mandate, **data))


@blueprint.get("/committees")
@may(SIGNED_IN)
@blueprint.arguments(schemas.PageQuery, location="query")
@blueprint.response(200, schemas.CommitteePage)
def list_committees(data: dict[str, Any]) -> Response:
    """The permanent committees."""
    with reading() as session:
        page = queries.committees(session, claims().authority, data["cursor"])
        return show(
            schemas.CommitteePage, {"committees": page.rows, "next_cursor": page.next_cursor}
        )


@blueprint.post("/committees")
@may("secretariat", "president", "operator")
@blueprint.arguments(schemas.CommitteeIn)
@blueprint.response(201, schemas.CommitteeOut)
def form_committee(data: dict[str, Any]) -> Response:
    """Record a permanent committee that the council formed."""
    with writing() as uow:
        committee = actions.form_committee(uow, **data)
        location = f"/review/v1/committees/{committee.id}"
        return answer(uow, schemas.CommitteeOut, committee, status=201, location=location)


@blueprint.post("/committees/<uuid:committee_id>/reports")
@may("committee-chair", "secretariat")
@blueprint.arguments(schemas.ReportIn)
@blueprint.response(201, schemas.ReportOut)
def report_on_case(data: dict[str, Any], committee_id: UUID) -> Response:
    """Hand in the committee's report on a case that is before it."""
    case_id = data.pop("case")
    said = reporting.Said(recommendation=data.pop("recommendation"), text=data.pop("text"))
    with writing() as uow:
        committee = uow.get(Committee, committee_id)
        report = reporting.report_on_case(uow, committee, case_id=case_id, said=said, **data)
        return answer(uow, schemas.ReportOut, report, status=201)


@blueprint.post("/committees/<uuid:committee_id>/reports/<uuid:report_id>/correction")
@may("committee-chair", "secretariat")
@blueprint.arguments(schemas.ReportCorrectionIn)
@blueprint.response(201, schemas.ReportOut)
def correct_report(data: dict[str, Any], committee_id: UUID, report_id: UUID) -> Response:
    """Correct a committee's report by a new one, until the council has voted; the old one stays."""
    said = reporting.Said(recommendation=data.pop("recommendation"), text=data.pop("text"))
    with writing() as uow:
        committee = uow.get(Committee, committee_id)
        report = reporting.correct_report(uow, committee, report_id, said, **data)
        return answer(uow, schemas.ReportOut, report, status=201)


@blueprint.post("/committees/<uuid:committee_id>/remit")
@may("secretariat", "president")
@blueprint.arguments(schemas.RemitIn)
@blueprint.response(200, schemas.CommitteeOut)
def record_remit(data: dict[str, Any], committee_id: UUID) -> Response:
    """Record what a committee deals with."""
    with writing() as uow:
        committee = uow.get(Committee, committee_id)
        return answer(uow, schemas.CommitteeOut, actions.record_remit(uow, committee, **data))
