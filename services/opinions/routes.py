"""The HTTP interface of opinions, ``/opinions/v1``."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response
from flask_smorest import Blueprint
from sqlalchemy.orm import Session

from services.opinions import queries, schemas
from services.opinions.actions import bodies, opinions
from services.opinions.models import Body, Opinion
from shared.errors import NotFound
from shared.unit_of_work import UnitOfWork
from shared.web.auth import EVERYONE, claims, may
from shared.web.fields import ActSchema
from shared.web.paging import Page
from shared.web.scope import current_context
from shared.web.transaction import answer, reading, require_match, show, writing

blueprint = Blueprint("opinions", __name__, description="Consultative bodies and opinions.")

COUNCIL = ("secretariat", "president", "bureau", "committee-chair", "council-member")
READERS = ("body-member", *COUNCIL, "auditor")


@blueprint.get("/bodies")
@may(EVERYONE)
@blueprint.arguments(schemas.PublicQuery, location="query")
@blueprint.response(200, schemas.BodyPage)
def list_bodies(data: dict[str, Any]) -> Response:
    """The consultative bodies of an authority; open to everyone, without its members' ids."""
    with current_context().database.read(data["authority"]) as session:
        page = queries.bodies_of_authority(session, data["authority"], data["cursor"])
        return _show_page(schemas.BodyPage, "bodies", page)


@blueprint.post("/bodies")
@may("secretariat", "operator")
@blueprint.arguments(schemas.BodyIn)
@blueprint.response(201, schemas.BodyOut)
def form_body(data: dict[str, Any]) -> Response:
    """Set up a body; its members are seated one by one."""
    act = {name: data.pop(name) for name in ActSchema().fields}
    with writing() as uow:
        body = bodies.form_body(uow, bodies.Charter(**data), **act)
        location = f"/opinions/v1/bodies/{body.id}"
        return answer(uow, schemas.BodyOut, body, status=201, location=location)


@blueprint.get("/bodies/<uuid:body_id>")
@may("secretariat", "operator", "body-member", "auditor")
@blueprint.response(200, schemas.BodyOut)
def read_body(body_id: UUID) -> Response:
    """One body with its members, for those who keep the list and for the body itself."""
    who = claims()
    with reading() as session:
        body = queries.body_of(session, who.authority, body_id)
        keeps_list = who.roles & {"secretariat", "operator", "auditor"}
        if not keeps_list and body.id not in _view(session).bodies:
            raise _nothing("body")
        return show(schemas.BodyOut, body)


@blueprint.post("/bodies/<uuid:body_id>/members")
@may("secretariat", "operator")
@blueprint.arguments(schemas.MemberIn)
@blueprint.response(200, schemas.BodyOut)
def add_member(data: dict[str, Any], body_id: UUID) -> Response:
    """Seat a member."""
    seat = bodies.Seat(person=data.pop("person"), role=data.pop("role"))
    with writing() as uow:
        body = uow.get(Body, body_id)
        return answer(uow, schemas.BodyOut, bodies.add_member(uow, body, seat, **data))


@blueprint.post("/bodies/<uuid:body_id>/members/<uuid:member_id>/ending")
@may("secretariat", "operator")
@blueprint.arguments(schemas.MemberEndIn)
@blueprint.response(200, schemas.BodyOut)
def end_membership(data: dict[str, Any], body_id: UUID, member_id: UUID) -> Response:
    """Record a member's last day in office."""
    with writing() as uow:
        body = uow.get(Body, body_id)
        return answer(uow, schemas.BodyOut, bodies.end_membership(uow, body, member_id, **data))


@blueprint.post("/bodies/<uuid:body_id>/rules")
@may("secretariat", "operator")
@blueprint.arguments(schemas.RulesIn)
@blueprint.response(200, schemas.BodyOut)
def change_rules(data: dict[str, Any], body_id: UUID) -> Response:
    """Change name, seats or quorum as the body's own rules now have them."""
    act = {name: data.pop(name) for name in ActSchema().fields}
    with writing() as uow:
        body = uow.get(Body, body_id)
        return answer(uow, schemas.BodyOut, bodies.change_rules(uow, body, data, **act))


@blueprint.get("/consultations")
@may("body-member")
@blueprint.arguments(schemas.PageQuery, location="query")
@blueprint.response(200, schemas.ConsultationPage)
def list_requests(data: dict[str, Any]) -> Response:
    """What the council asked the caller's bodies; cancelled requests stay and say why."""
    with reading() as session:
        own = _view(session).bodies
        page = queries.requests_to(session, claims().authority, own, data["cursor"])
        return _show_page(schemas.ConsultationPage, "consultations", page)


@blueprint.get("/sessions")
@may("body-member")
@blueprint.arguments(schemas.PageQuery, location="query")
@blueprint.response(200, schemas.SessionPage)
def list_sessions(data: dict[str, Any]) -> Response:
    """The called sessions that an opinion can be addressed to, latest first."""
    with reading() as session:
        page = queries.called_sessions(session, claims().authority, data["cursor"])
        return _show_page(schemas.SessionPage, "sessions", page)


@blueprint.get("/opinions/public")
@may(EVERYONE)
@blueprint.arguments(schemas.PublicQuery, location="query")
@blueprint.response(200, schemas.PublicOpinionPage)
def list_public_opinions(data: dict[str, Any]) -> Response:
    """The opinions handed to the council, without their texts; open to everyone."""
    with current_context().database.read(data["authority"]) as session:
        page = queries.public_opinions(session, data["authority"], data["cursor"])
        return _show_page(schemas.PublicOpinionPage, "opinions", page)


@blueprint.get("/opinions")
@may(*READERS)
@blueprint.arguments(schemas.OpinionQuery, location="query")
@blueprint.response(200, schemas.OpinionPage)
def list_opinions(data: dict[str, Any]) -> Response:
    """All opinions of the caller's bodies; the council sees submitted ones."""
    with reading() as session:
        page = queries.opinions_in(session, claims().authority, _view(session), **data)
        return _show_page(schemas.OpinionPage, "opinions", page)


@blueprint.post("/opinions")
@may("body-member")
@blueprint.arguments(schemas.OpinionIn)
@blueprint.response(201, schemas.OpinionOut)
def start_opinion(data: dict[str, Any]) -> Response:
    """Begin an opinion, on request or on the body's own initiative."""
    body_id = data.pop("body")
    topic = opinions.Topic(
        **{name: data.pop(name) for name in ("consultation", "session", "subject")}
    )
    _require_scope(body_id, "body")
    with writing() as uow:
        opinion = opinions.start_opinion(uow, opinions.own_body(uow, body_id), topic, **data)
        location = f"/opinions/v1/opinions/{opinion.id}"
        return answer(uow, schemas.OpinionOut, opinion, status=201, location=location)


@blueprint.get("/opinions/<uuid:opinion_id>")
@may(*READERS)
@blueprint.response(200, schemas.OpinionOut)
def read_opinion(opinion_id: UUID) -> Response:
    """One opinion, without its text."""
    with reading() as session:
        view = _view(session)
        return show(
            schemas.OpinionOut, queries.opinion_of(session, claims().authority, opinion_id, view)
        )


@blueprint.get("/opinions/<uuid:opinion_id>/timeline")
@may(*READERS)
@blueprint.response(200, schemas.TimelineOut)
def read_timeline(opinion_id: UUID) -> Response:
    """What was done about an opinion, in order; writing drafts is no act."""
    with reading() as session:
        opinion = queries.opinion_of(session, claims().authority, opinion_id, _view(session))
        return show(schemas.TimelineOut, {"acts": queries.acts_of(session, opinion.subject)})


@blueprint.put("/opinions/<uuid:opinion_id>/draft")
@may("body-member")
@blueprint.arguments(schemas.DraftIn)
@blueprint.response(200, schemas.OpinionOut)
def write_draft(data: dict[str, Any], opinion_id: UUID) -> Response:
    """Write the next version of the text (If-Match is needed)."""
    with writing() as uow:
        opinion = _own(uow, opinion_id)
        require_match(opinion)
        return answer(uow, schemas.OpinionOut, opinions.write_draft(uow, opinion, **data))


@blueprint.get("/opinions/<uuid:opinion_id>/drafts")
@may("body-member")
@blueprint.arguments(schemas.PageQuery, location="query")
@blueprint.response(200, schemas.DraftPage)
def list_drafts(data: dict[str, Any], opinion_id: UUID) -> Response:
    """Who wrote which version of the text when; for the body alone."""
    with reading() as session:
        own = queries.View(bodies=_view(session).bodies)
        opinion = queries.opinion_of(session, claims().authority, opinion_id, own)
        page = queries.drafts_of(session, opinion.id, data["cursor"])
        return _show_page(schemas.DraftPage, "drafts", page)


@blueprint.get("/opinions/<uuid:opinion_id>/text")
@may(*READERS)
@blueprint.response(200, schemas.TextOut)
def read_text(opinion_id: UUID) -> Response:
    """The text: for the body always, for the council and auditors once it is submitted."""
    with reading() as session:
        view = _view(session)
        opinion = queries.opinion_of(session, claims().authority, opinion_id, view)
        draft = queries.latest_draft(session, opinion.id)
        if draft is None or not view.reads(opinion):
            raise _nothing("text")
        shown = {
            name: getattr(draft, name) for name in ("text", "language", "number", "written_at")
        }
        frozen = {"text_sha256": opinion.text_sha256, "is_frozen": opinion.adopted_on is not None}
        return show(schemas.TextOut, {**shown, **frozen})


@blueprint.post("/opinions/<uuid:opinion_id>/adoption")
@may("body-member")
@blueprint.arguments(schemas.AdoptionIn)
@blueprint.response(200, schemas.OpinionOut)
def adopt_opinion(data: dict[str, Any], opinion_id: UUID) -> Response:
    """Record the body's vote on its text."""
    counted = ("present", "votes_for", "votes_against", "abstentions")
    ballot = opinions.Ballot(**{name: data.pop(name) for name in counted})
    with writing() as uow:
        done = opinions.adopt_opinion(uow, _own(uow, opinion_id), ballot, **data)
        return answer(uow, schemas.OpinionOut, done)


@blueprint.post("/opinions/<uuid:opinion_id>/submission")
@may("body-member")
@blueprint.arguments(schemas.SubmissionIn)
@blueprint.response(200, schemas.OpinionOut)
def submit_opinion(data: dict[str, Any], opinion_id: UUID) -> Response:
    """Hand the opinion to the council; the answer carries the receipt."""
    with writing() as uow:
        done = opinions.submit_opinion(uow, _own(uow, opinion_id), **data)
        return answer(uow, schemas.OpinionOut, done)


@blueprint.post("/opinions/<uuid:opinion_id>/declining")
@may("body-member")
@blueprint.arguments(schemas.DecliningIn)
@blueprint.response(200, schemas.OpinionOut)
def decline_opinion(data: dict[str, Any], opinion_id: UUID) -> Response:
    """Record that the body gives no opinion."""
    with writing() as uow:
        done = opinions.decline_opinion(uow, _own(uow, opinion_id), **data)
        return answer(uow, schemas.OpinionOut, done)


def _view(session: Session) -> queries.View:
    """What the caller may see: a seat needs both the token's scope and this service's own table."""
    who = claims()
    seats = (
        queries.bodies_of_person(session, who.authority, who.person)
        if "body-member" in who.roles
        else frozenset()
    )
    return queries.View(
        bodies=frozenset(one for one in seats if who.holds("body-member", str(one))),
        submitted=bool(who.roles & set(COUNCIL)),
        every="auditor" in who.roles,
    )


def _own(uow: UnitOfWork, opinion_id: UUID) -> Opinion:
    opinion = opinions.own_opinion(uow, opinion_id)
    _require_scope(opinion.body_id, "opinion")
    return opinion


def _require_scope(body_id: UUID, kind: str) -> None:
    if not claims().holds("body-member", str(body_id)):
        raise _nothing(kind)


def _nothing(kind: str) -> NotFound:
    """One answer for what is not there and for what the caller may not know of."""
    return NotFound("Nothing was found under this id.", kind=kind)


def _show_page(schema: type[Any], name: str, page: Page[Any]) -> Response:
    return show(schema, {name: page.rows, "next_cursor": page.next_cursor})
