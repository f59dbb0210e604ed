"""The HTTP interface of sessions, under ``/review/v1``."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, jsonify, request
from flask_smorest import Blueprint

from services.review.cases.models import Case
from services.review.control.opinions import Reply
from services.review.sessions import (
    agenda_schemas,
    detail,
    queries,
    schemas,
    sitting_schemas,
    vote_schemas,
)
from services.review.sessions.actions import (
    agenda,
    ballots,
    planning,
    recusals,
    roll,
    sessions,
    sittings,
    taking_up,
    votes,
)
from services.review.sessions.models import CouncilSession, Item
from shared.web.auth import EVERYONE, claims, may
from shared.web.fields import ActSchema
from shared.web.scope import current_context
from shared.web.transaction import answer, etag_of, reading, writing

blueprint = Blueprint("sessions", __name__, description="Sessions of the council.")

READERS = ("secretariat", "president", "bureau", "committee-chair", "council-member")
CALLERS = ("secretariat", "president")


@blueprint.get("/sessions")
@may(EVERYONE)
@blueprint.arguments(schemas.PublicListQuery, location="query")
@blueprint.response(200, schemas.SessionPage)
def list_sessions(data: dict[str, Any]) -> Response:
    """Sessions, latest first: called and later for everyone, planned ones for the council."""
    with current_context().database.read(data["authority"]) as session:
        page = queries.list_sessions(
            session,
            data["authority"],
            cursor=data["cursor"],
            with_planned=_is_of_council(data["authority"]),
        )
        shown = detail.listed(session, page.rows)
        return jsonify({"sessions": shown, "next_cursor": page.next_cursor})


@blueprint.post("/sessions")
@may(*CALLERS)
@blueprint.arguments(schemas.SessionIn)
@blueprint.response(201, schemas.SessionOut)
def plan_session(data: dict[str, Any]) -> Response:
    """Plan a session as a private draft."""
    request_ = planning.Request(
        called_by=data.pop("called_by"),
        requested_on=data.pop("requested_on"),
        members=data.pop("requested_by_members"),
    )
    with writing() as uow:
        session = planning.plan_session(uow, request=request_, **data)
        location = f"/review/v1/sessions/{session.id}"
        return answer(uow, schemas.SessionOut, session, status=201, location=location)


@blueprint.get("/sessions/<uuid:session_id>")
@may(*READERS, "auditor", "service")
@blueprint.response(200, schemas.SessionDetail)
def read_session(session_id: UUID) -> Response:
    """One session, planned ones too, with everything its next step needs."""
    with reading() as session:
        row = queries.row_of(session, CouncilSession, authority=claims().authority, id_=session_id)
        vault = current_context().vault(session, row.authority)
        response = jsonify(detail.detailed(session, vault, row))
        response.headers["ETag"] = etag_of(row)
        return response


@blueprint.post("/sessions/<uuid:session_id>/items")
@may(*CALLERS)
@blueprint.arguments(schemas.ItemIn)
@blueprint.response(201, schemas.ItemOut)
def schedule_item(data: dict[str, Any], session_id: UUID) -> Response:
    """Put an accepted petition or a free subject on the agenda."""
    case_id, came_on = data.pop("case"), data.pop("origin_on")
    kind = "petition" if case_id else data.pop("origin", "president")
    data.pop("origin", None)
    origin = agenda.Origin(kind=kind, on=came_on, members=data.pop("origin_members"))
    wanted = agenda.Wanted(matter=data.pop("matter"), basis=data.pop("basis"))
    with writing() as uow:
        session = uow.get(CouncilSession, session_id)
        item = agenda.schedule(uow, session, case_id=case_id, wanted=wanted, origin=origin, **data)
        return answer(uow, schemas.ItemOut, item, status=201)


@blueprint.post("/sessions/<uuid:session_id>/call")
@may(*CALLERS)
@blueprint.arguments(ActSchema)
@blueprint.response(200, schemas.SessionOut)
def call_session(data: dict[str, Any], session_id: UUID) -> Response:
    """Send the agenda to the governor."""
    with writing() as uow:
        session = uow.get(CouncilSession, session_id)
        return answer(uow, schemas.SessionOut, sessions.call(uow, session, **data))


@blueprint.post("/sessions/<uuid:session_id>/convening")
@may(*CALLERS)
@blueprint.arguments(ActSchema)
@blueprint.response(200, schemas.SessionOut)
def convene_session(data: dict[str, Any], session_id: UUID) -> Response:
    """Send the members their notice; it freezes the agenda."""
    with writing() as uow:
        session = uow.get(CouncilSession, session_id)
        return answer(uow, schemas.SessionOut, sessions.convene(uow, session, **data))


@blueprint.post("/sessions/<uuid:session_id>/sittings")
@may(*CALLERS)
@blueprint.arguments(sitting_schemas.SittingIn)
@blueprint.response(201, schemas.SittingOut)
def record_sitting(data: dict[str, Any], session_id: UUID) -> Response:
    """Record who was there at the opening; with the quorum the session opens."""
    with writing() as uow:
        session = uow.get(CouncilSession, session_id)
        opening = sittings.Opening(
            call=data["call"],
            present=data["present"] or 0,
            marks=[roll.Mark(**one) for one in data["attendance"]],
            held_on=data["held_on"] or data["acted_on"] or uow.today,
            called_on=data["called_on"],
        )
        late_reason = data["late_reason"]
        sitting = sittings.record_sitting(uow, session, opening, late_reason=late_reason)
        return answer(uow, schemas.SittingOut, sitting, status=201)


@blueprint.post("/sessions/<uuid:session_id>/closing")
@may(*CALLERS)
@blueprint.arguments(agenda_schemas.SessionClosingIn)
@blueprint.response(200, schemas.SessionOut)
def close_session(data: dict[str, Any], session_id: UUID) -> Response:
    """Close the session."""
    with writing() as uow:
        session = uow.get(CouncilSession, session_id)
        return answer(uow, schemas.SessionOut, sessions.close(uow, session, **data))


@blueprint.post("/sessions/<uuid:session_id>/postponement")
@may(*CALLERS)
@blueprint.arguments(schemas.PostponementIn)
@blueprint.response(200, schemas.SessionOut)
def postpone_session(data: dict[str, Any], session_id: UUID) -> Response:
    """Put off the session; its items go back."""
    with writing() as uow:
        session = uow.get(CouncilSession, session_id)
        return answer(uow, schemas.SessionOut, sessions.postpone(uow, session, **data))


@blueprint.post("/items/<uuid:item_id>/vote")
@may(*CALLERS)
@blueprint.arguments(vote_schemas.VoteIn)
@blueprint.response(200, schemas.ItemOut)
def record_vote(data: dict[str, Any], item_id: UUID) -> Response:
    """Record the vote on an item; the decision follows in the same transaction."""
    ballot = ballot_of(data)
    heard = votes.Heard(
        without_opinion_reason=data.pop("without_opinion_reason"),
        replies=[Reply(**one) for one in data.pop("opinions")],
    )
    with writing() as uow:
        done = votes.record_vote(uow, item_id, ballot, heard=heard, **data)
        return answer(uow, schemas.ItemOut, done)


@blueprint.post("/items/<uuid:item_id>/taking-up")
@may(*CALLERS)
@blueprint.arguments(vote_schemas.TakingUpIn)
@blueprint.response(200, schemas.ItemOut)
def take_up(data: dict[str, Any], item_id: UUID) -> Response:
    """Record the vote without debate on an item that no committee examined."""
    ballot = ballot_of(data)
    with writing() as uow:
        return answer(uow, schemas.ItemOut, taking_up.decide_whether(uow, item_id, ballot, **data))


@blueprint.post("/items/<uuid:item_id>/withdrawal-report")
@may(*CALLERS)
@blueprint.arguments(ActSchema)
@blueprint.response(200, schemas.ItemOut)
def report_withdrawal(data: dict[str, Any], item_id: UUID) -> Response:
    """Record that the council was told of a withdrawal that came after the notice."""
    with writing() as uow:
        return answer(uow, schemas.ItemOut, agenda.report_withdrawal(uow, item_id, **data))


@blueprint.post("/items/<uuid:item_id>/recusals")
@may(*CALLERS)
@blueprint.arguments(vote_schemas.RecusalIn)
@blueprint.response(201, vote_schemas.RecusalOut)
def declare_recusal(data: dict[str, Any], item_id: UUID) -> Response:
    """Record that members take no part in an item; the quorum at the opening stays."""
    who = recusals.Declared(**{name: data.pop(name) for name in ("person", "count")})
    with writing() as uow:
        item = uow.get(Item, item_id)
        recusal = recusals.declare(uow, item, who, **data)
        return answer(uow, vote_schemas.RecusalOut, recusal, status=201)


@blueprint.post("/items/<uuid:item_id>/postponement")
@may(*CALLERS)
@blueprint.arguments(schemas.PostponementIn)
@blueprint.response(200, schemas.ItemOut)
def postpone_item(data: dict[str, Any], item_id: UUID) -> Response:
    """Take an item off the agenda; it may go on another."""
    with writing() as uow:
        seen = queries.row_of(uow.session, Item, authority=uow.authority, id_=item_id)
        session = uow.get(CouncilSession, seen.session_id)
        if seen.case_id is not None:
            # Session, case and item are locked in this order everywhere.
            uow.get(Case, seen.case_id)
        item = uow.get(Item, item_id)
        return answer(uow, schemas.ItemOut, agenda.put_back(uow, item, session=session, **data))


def ballot_of(data: dict[str, Any]) -> ballots.Ballot:
    """The ballot of a request, taken out of it."""
    return ballots.Ballot(
        votes_for=data.pop("votes_for") or 0,
        votes_against=data.pop("votes_against") or 0,
        abstentions=data.pop("abstentions") or 0,
        president=data.pop("president"),
        mode=data.pop("mode"),
        article=data.pop("article"),
        names=[ballots.NamedSide(**one) for one in data.pop("names")],
    )


def _is_of_council(authority: str) -> bool:
    """Whether the caller came with a token of this authority and a role of its council."""
    if "Authorization" not in request.headers:
        return False
    who = claims()
    return who.authority == authority and bool({*READERS, "auditor"} & set(who.roles))
