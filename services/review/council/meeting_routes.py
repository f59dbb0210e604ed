"""The HTTP interface of committees at work: one committee, its meetings, and hearings there."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, jsonify
from flask_smorest import Blueprint

from services.review.base import Base
from services.review.cases import hearings
from services.review.cases.acting import acting_on
from services.review.cases.acts import ACTS
from services.review.council import meeting_record, meeting_schemas, meetings, queries
from services.review.council.meeting_queries import meeting_of
from services.review.council.models import Committee
from services.review.council.routes import READERS
from services.review.council.set_up import set_up
from shared.clock import now
from shared.db.authorities import load_authority
from shared.web.auth import claims, may
from shared.web.scope import current_context
from shared.web.transaction import answer, reading, show, writing

blueprint = Blueprint("committees", __name__, description="Committees at work.")

CALLERS = ("secretariat", "president", "committee-chair")
KEEPERS = ("secretariat", "committee-chair")


@blueprint.get("/council")
@may(*READERS, "auditor")
@blueprint.response(200, meeting_schemas.CouncilOut)
def read_council() -> Response:
    """The council as it is set up today, and where it does not agree with the law."""
    authority = claims().authority
    with reading() as session:
        vault = current_context().vault(session, authority)
        return show(meeting_schemas.CouncilOut, set_up(session, vault, authority))


@blueprint.get("/committees/<uuid:committee_id>")
@may(*READERS, "auditor")
@blueprint.response(200, meeting_schemas.CommitteeDetail)
def read_committee(committee_id: UUID) -> Response:
    """One committee: its members, the petitions before it, its meetings."""
    authority = claims().authority
    with reading() as session:
        row = queries.committee_of(session, authority, committee_id)
        today = load_authority(session, Base.plumbing, authority).today(now())
        vault = current_context().vault(session, authority)
        return jsonify(meeting_record.committee_record(session, vault, row, on=today))


@blueprint.post("/committees/<uuid:committee_id>/meetings")
@may(*CALLERS)
@blueprint.arguments(meeting_schemas.CommitteeMeetingIn)
@blueprint.response(201, meeting_schemas.CommitteeMeetingOut)
def call_meeting(data: dict[str, Any], committee_id: UUID) -> Response:
    """Call a meeting of the committee."""
    said = ("called_by", "meets_on", "members", "cases")
    call = meetings.Call(**{name: data.pop(name) for name in said})
    with writing() as uow:
        committee = uow.get(Committee, committee_id)
        meeting = meetings.call_meeting(uow, committee, call, **data)
        return answer(uow, meeting_schemas.CommitteeMeetingOut, meeting, status=201)


@blueprint.post("/committee-meetings/<uuid:meeting_id>/attendance")
@may(*KEEPERS)
@blueprint.arguments(meeting_schemas.MeetingRollIn)
@blueprint.response(200, meeting_schemas.CommitteeMeetingOut)
def hold_meeting(data: dict[str, Any], meeting_id: UUID) -> Response:
    """Record who was at the meeting, which is held with it; the act has the meeting's day."""
    roll = [meetings.Presence(**one) for one in data.pop("attendance")]
    with writing() as uow:
        seen = meeting_of(uow.session, uow.authority, meeting_id)
        committee = uow.get(Committee, seen.committee_id)
        uow.session.refresh(seen)
        held = meetings.hold_meeting(uow, committee, seen, roll=roll, **data)
        return answer(uow, meeting_schemas.CommitteeMeetingOut, held)


@blueprint.post("/cases/<uuid:case_id>/hearing")
@may(*ACTS["set_hearing"].roles)
@blueprint.arguments(meeting_schemas.HearingIn)
@blueprint.response(201, meeting_schemas.HearingOut)
def set_hearing(data: dict[str, Any], case_id: UUID) -> Response:
    """Invite the mandatary or the legal representative to a meeting; the petitioners are told."""
    with acting_on(case_id) as (uow, case):
        hearing = hearings.set_hearing(uow, case, **data)
        return answer(uow, meeting_schemas.HearingOut, hearing, status=201)


@blueprint.post("/cases/<uuid:case_id>/hearing-record")
@may(*ACTS["record_hearing"].roles)
@blueprint.arguments(meeting_schemas.HearingRecordIn)
@blueprint.response(200, meeting_schemas.HearingOut)
def record_hearing(data: dict[str, Any], case_id: UUID) -> Response:
    """Record what became of the hearing."""
    heard = hearings.Heard(came=data.pop("came"), text=data.pop("text"))
    with acting_on(case_id) as (uow, case):
        hearing = hearings.record_hearing(uow, case, heard, **data)
        return answer(uow, meeting_schemas.HearingOut, hearing)
